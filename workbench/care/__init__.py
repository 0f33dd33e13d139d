"""Care for a library: what is left of a damaged one, read page by page."""
