"""Reads the world: a path in, records out. Imports nothing of the workbench and stores nothing."""

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
from ingest.records import Box, Locator, Notice, Page, Passage, Reading, Section, Source, Span

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
