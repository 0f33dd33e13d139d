"""Versions, export, import and merging of facts and notes."""
