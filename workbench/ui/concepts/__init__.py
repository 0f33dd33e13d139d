"""Concept tables, and the details of a concept."""
