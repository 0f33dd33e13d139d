"""What a text says: tokens, clauses with roles, and claims. Pure: no database, no window.

`VERSION` changes with every change of what an analysis holds.
"""

VERSION = 1
