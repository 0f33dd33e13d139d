"""The window; all Qt imports of the project are below this package."""

import builtins

import PySide6

# PySide replaces the import function by one that reads and keeps the source of each module, in
# search of `from __feature__ import`, which is not used here.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

__all__: list[str] = []
del PySide6
