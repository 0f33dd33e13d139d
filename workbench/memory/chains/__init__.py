"""Chains along named relations over told statements, and what statements are associated with."""
