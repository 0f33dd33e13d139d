"""What a reader process runs for a mutant: the reader, the waveform and the schema, watched.

Faults that the guard of a part catches, and connections, come out as notices of their own.
"""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest import readers
from ingest.databases import sqlite
from ingest.databases.address import SqliteFile
from ingest.errors import IngestError
from ingest.media import signatures, sound
from ingest.records import Notice, Reading, ReadRequest

_caught: list[str] = []
_connects: list[str] = []


class _Caught(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """Keep the place where a part failed."""
        _caught.append(logging.Formatter().format(record)[-1500:])


logging.getLogger("ingest").addHandler(_Caught())


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        _connects.append(f"{event} {arguments[-1]!r}")


sys.addaudithook(_heard)


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read a file in every way that the program does."""
    _caught.clear()
    _connects.clear()
    path = Path(path)
    head = path.read_bytes()[:4096]
    try:
        if head.startswith(b"SQLite format 3"):
            sqlite.read(SqliteFile(path), report=_silent, cancel=_silent, timeout=1.0)
        if signatures.is_recording(head):
            sound.levels(path, 50, _silent)
    except IngestError as error:
        yield Notice("refused", str(error))
    yield from readers.read(path, request)
    yield from (Notice("part", text) for text in _caught)
    yield from (Notice("connect", text) for text in _connects)


def _silent(*_: object) -> None:
    """Nobody follows."""
