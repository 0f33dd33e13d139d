"""The list of what is about to fade."""
