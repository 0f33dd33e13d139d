"""Engram Workbench: reads your books, remembers every statement with its place, and answers.

from workbench import Library

with Library.open("thesis.brain") as library:
    library.add("moby-dick.epub")
    print(library.ask("What coin does the captain nail to the mast?").sentences[0].text)
"""

from typing import TYPE_CHECKING, Any

from ingest import telemetry
from workbench.version import __version__

if TYPE_CHECKING:
    from workbench.asynchronous import AsyncLibrary
    from workbench.library import Library

__all__ = ["AsyncLibrary", "Library", "__version__"]

# Before any import of a library that sends telemetry.
telemetry.switch_off()


def __getattr__(name: str) -> Any:
    # `workbench --version` and `doctor` must not import numpy.
    if name == "Library":
        from workbench.library import Library

        return Library
    if name == "AsyncLibrary":
        from workbench.asynchronous import AsyncLibrary

        return AsyncLibrary
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
