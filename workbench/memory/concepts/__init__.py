"""Finds the typed concepts of a statement by rules."""
