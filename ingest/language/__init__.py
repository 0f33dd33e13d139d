"""Analyses a text: tokens, clauses with roles, claims. Pure: no database, no window.

`VERSION` changes with every change of what an analysis holds.
"""

VERSION = 1
