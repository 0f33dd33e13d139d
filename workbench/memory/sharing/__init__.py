"""Versions, export, import and merging of what people told."""
