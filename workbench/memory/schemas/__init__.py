"""Statements about a database's schema, as facts."""
