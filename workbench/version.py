"""The program's version, and the address of its releases, defined only here."""

__version__ = "1.0.0"

#: Where the newest version is published, asked only on request (JSON of the package index).
RELEASES = "https://pypi.org/pypi/engram-workbench/json"
