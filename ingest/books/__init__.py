"""Readers of books: plain text, EPUB, PDF."""
