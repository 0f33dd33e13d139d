"""Engrams and the inverted index over them."""
