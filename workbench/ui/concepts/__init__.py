"""Concepts on screen: their list in the Library, and all about one in the Inspector."""
