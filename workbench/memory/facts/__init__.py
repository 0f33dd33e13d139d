"""Told statements: how they are kept, found, replaced and answered from."""
