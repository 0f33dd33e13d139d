"""Readers of books and documents: text, Markdown, HTML, EPUB, PDF, Word, ODT and RTF."""
