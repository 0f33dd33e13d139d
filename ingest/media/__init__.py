"""Readers of what is spoken: captions."""
