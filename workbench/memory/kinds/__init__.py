"""Kinds of memories, projects, reviews and contradictions."""
