"""Reads the world: a path in, records out. Imports nothing of workbench and stores nothing."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ingest import telemetry

if TYPE_CHECKING:
    from ingest.errors import (
        AddressError,
        DamagedFileError,
        EmptyFileError,
        EncryptedFileError,
        IngestError,
        MissingFileError,
        ModelError,
        NoTextError,
        RefusedError,
        TooLargeError,
        UnreachableError,
        UnsupportedFileError,
    )
    from ingest.readers import read, sniff
    from ingest.records import (
        Box,
        Locator,
        Notice,
        Page,
        Passage,
        Reading,
        ReadRequest,
        Section,
        Source,
        Span,
    )

__all__ = [
    "AddressError",
    "Box",
    "DamagedFileError",
    "EmptyFileError",
    "EncryptedFileError",
    "IngestError",
    "Locator",
    "MissingFileError",
    "ModelError",
    "NoTextError",
    "Notice",
    "Page",
    "Passage",
    "ReadRequest",
    "Reading",
    "RefusedError",
    "Section",
    "Source",
    "Span",
    "TooLargeError",
    "UnreachableError",
    "UnsupportedFileError",
    "read",
    "sniff",
]

# Before any import of a library that reports to its maker.
telemetry.switch_off()

_READING = ("read", "sniff")


def __getattr__(name: str) -> Any:
    # Importing one module of this package must not load the readers.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    errors = name.endswith("Error")
    home = "errors" if errors else "readers" if name in _READING else "records"
    return getattr(import_module(f"{__name__}.{home}"), name)
