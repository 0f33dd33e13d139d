"""Highlights, notes, variables, stances and instructions, and the context of a collection."""
