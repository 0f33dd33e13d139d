"""Analyses a text: tokens, clauses with roles, claims. Pure: no database, no window."""
