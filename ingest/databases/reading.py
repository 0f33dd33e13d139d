"""Reads the schema of any supported database, by its address."""

from importlib import import_module

from ingest.databases import address
from ingest.databases.records import Schema
from ingest.records import Check, Report, uncancelled, unreported

#: Seconds to wait for a server or a lock, each time.
TIMEOUT = 15.0


def read_schema(
    url: str,
    *,
    report: Report | None = None,
    cancel: Check | None = None,
    timeout: float = TIMEOUT,
) -> Schema:
    """Read the tables, columns, keys and references of a database, but no rows.

    `url` is the path of an SQLite file, `sqlite:///…` or `postgresql://…`, with an optional
    password (or in PGPASSWORD). `report(done, total, "tables")` reports progress; `cancel()` may
    raise to stop. `timeout` is in seconds per wait. Raises an `IngestError` whose message has no
    credentials.
    """
    place = address.parse(url)
    report, cancel = report or unreported, cancel or uncancelled
    cancel()
    if isinstance(place, address.SqliteFile):
        from ingest.databases import sqlite

        return sqlite.read(place, report=report, cancel=cancel, timeout=timeout)
    postgresql = import_module(f"{__package__}.postgresql")
    schema: Schema = postgresql.read(place, report=report, cancel=cancel, timeout=timeout)
    return schema
