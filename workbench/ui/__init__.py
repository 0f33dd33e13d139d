"""The window: every Qt import of the project is below here."""

import builtins

import PySide6

# PySide replaces the import of the interpreter by one that reads, and keeps, the source of each
# module in search of `from __feature__ import`, which nothing here says.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

__all__: list[str] = []
del PySide6
