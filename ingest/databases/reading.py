"""Reads the schema of any database that is known here: its address says which reader reads it."""

from importlib import import_module

from ingest.databases import address
from ingest.databases.records import Schema
from ingest.records import Check, Report, uncancelled, unreported

#: Seconds that a server or another program's lock is waited for, each time.
TIMEOUT = 15.0


def read_schema(
    url: str,
    *,
    report: Report | None = None,
    cancel: Check | None = None,
    timeout: float = TIMEOUT,
) -> Schema:
    """The tables, columns, keys and references of a database; no row of it is read.

    `url` is the path of an SQLite file, `sqlite:///…` or `postgresql://…`; a password may stand in
    it, or in PGPASSWORD. `report(done, total, "tables")` is told how far it is; `cancel()` may
    raise to stop it. A server or a lock is waited for `timeout` seconds. Raises an `IngestError`:
    one sentence, without user and password.
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
