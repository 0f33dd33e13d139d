"""The program's version, defined only here."""

__version__ = "1.0.0"
