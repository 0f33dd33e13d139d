"""Statements about a database's schema, as facts and linked concepts."""
