"""Chains along named relations over told statements, and spreading activation."""
