"""Health of a library: its grade, and alerts about what is too much or too old."""
