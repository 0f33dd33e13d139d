"""The program's version, and the address of its releases, defined only here."""

from pathlib import Path

__version__ = "1.0.0"

#: Written where a release is built with `WORKBENCH_RELEASES` (CONTRIBUTING.md).
_RELEASES = Path(__file__).with_name("releases.txt")


def releases() -> str:
    """Where the newest version is published (JSON of a package index); "" in a checkout."""
    return _RELEASES.read_text("utf-8").strip() if _RELEASES.is_file() else ""
