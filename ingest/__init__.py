"""Reads the world: a path in, records out. Imports nothing of the workbench and stores nothing."""

from ingest.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    IngestError,
    MissingFileError,
    NoTextError,
    UnsupportedFileError,
)
from ingest.readers import read, sniff
from ingest.records import Box, Locator, Notice, Page, Passage, Reading, Section, Source, Span

__all__ = [
    "Box",
    "DamagedFileError",
    "EmptyFileError",
    "EncryptedFileError",
    "IngestError",
    "Locator",
    "MissingFileError",
    "NoTextError",
    "Notice",
    "Page",
    "Passage",
    "Reading",
    "Section",
    "Source",
    "Span",
    "UnsupportedFileError",
    "read",
    "sniff",
]
