"""The public API: a library, and its calls in groups."""

from workbench.library.library import Library

__all__ = ["Library"]
