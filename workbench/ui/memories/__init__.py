"""Statements and notes: table, entry line, details."""
