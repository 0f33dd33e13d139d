"""Vectors learned from the library's own text: word usage, topics, projections."""
