"""Meaning: where words stand to each other, learned from the library's own text."""
