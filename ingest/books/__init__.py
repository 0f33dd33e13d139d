"""Readers of documents: text, Markdown, HTML, EPUB, PDF, Office and OpenDocument files."""
