"""Versions of what was told, and ways out of and into the library."""
