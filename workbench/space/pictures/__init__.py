"""What pictures show, as vectors: an image model in a process of its own, and search."""
