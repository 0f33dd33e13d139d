"""A log in a PostgreSQL database, whose members may append to it and never change it.

One appends at a time (a lock on `engram_head`), since numbers of a sequence are not given in the
order of commits, and whoever follows them would miss some. Appending is a function that runs with
its owner's rights: nobody else can write, nor in the name of another's desk.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ingest.databases import address, postgresql
from ingest.errors import IngestError
from workbench.errors import LibraryError, LibraryFullError, UsageError
from workbench.memory.group.log import LARGEST, Entry
from workbench.store import bundle

#: Seconds for the server's answer.
_TIMEOUT = 60.0
#: Pieces that are read in one query.
_AHEAD = 64
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS engram_head(one int PRIMARY KEY DEFAULT 1 CHECK (one = 1), "
    "seq bigint NOT NULL)",
    "INSERT INTO engram_head VALUES (1, 0) ON CONFLICT DO NOTHING",
    "CREATE TABLE IF NOT EXISTS engram_log(seq bigint PRIMARY KEY, desk text NOT NULL, "
    "number int NOT NULL, hash text NOT NULL UNIQUE, body bytea NOT NULL, "
    "author text NOT NULL, at timestamptz NOT NULL DEFAULT now())",
    "CREATE INDEX IF NOT EXISTS engram_log_desk ON engram_log(desk)",
    "CREATE TABLE IF NOT EXISTS engram_text(hash text PRIMARY KEY, body bytea NOT NULL, "
    "author text NOT NULL)",
    """CREATE OR REPLACE FUNCTION engram_append(d text, n int, h text, b bytea) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    DECLARE last bigint;
    BEGIN
      SELECT seq INTO last FROM engram_head FOR UPDATE;
      IF EXISTS (SELECT 1 FROM engram_log WHERE hash = h) THEN RETURN last; END IF;
      IF EXISTS (SELECT 1 FROM engram_log WHERE desk = d AND author <> session_user) THEN
        RAISE EXCEPTION 'this desk belongs to somebody else' USING ERRCODE = '42501';
      END IF;
      INSERT INTO engram_log(seq, desk, number, hash, body, author)
        VALUES (last + 1, d, n, h, b, session_user);
      UPDATE engram_head SET seq = last + 1;
      PERFORM pg_notify('engram_log', (last + 1)::text);
      RETURN last + 1;
    END $$""",
    """CREATE OR REPLACE FUNCTION engram_put(h text, b bytea) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      INSERT INTO engram_text VALUES (h, b, session_user) ON CONFLICT DO NOTHING
    $$""",
    "REVOKE ALL ON FUNCTION engram_append, engram_put FROM PUBLIC",
)
#: Roles that an owner grants: members read and append, readers read.
_ROLES = (
    """DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'engram_reader') THEN
        CREATE ROLE engram_reader NOLOGIN;
      END IF;
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'engram_member') THEN
        CREATE ROLE engram_member NOLOGIN IN ROLE engram_reader;
      END IF;
    EXCEPTION WHEN insufficient_privilege OR duplicate_object THEN NULL;
    END $$""",
    """DO $$ BEGIN
      GRANT SELECT ON engram_log, engram_text TO engram_reader;
      GRANT EXECUTE ON FUNCTION engram_append, engram_put TO engram_member;
    EXCEPTION WHEN undefined_object THEN NULL;
    END $$""",
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_address(place: str) -> bool:
    """Whether a place is the address of a server, not a folder."""
    return place.startswith(("postgresql://", "postgres://"))


def checked(place: str) -> str:
    """The address, as the library stores it. Raises `UsageError` if it contains a password."""
    try:
        parts = urlsplit(place)
        address.parse(place)
        secret = parts.password or "password" in parts.query
    except ValueError:
        secret = None
    except IngestError as error:
        raise UsageError(error.message, error.hint) from error
    if secret:
        raise UsageError(
            "The address contains a password, which the library would store.",
            "Leave it out, and put it into the variable PGPASSWORD or the file ~/.pgpass.",
        )
    return place


class Server:
    """A log in a PostgreSQL database."""

    def __init__(self, place: str, *, create: bool = False) -> None:
        """Connect. Raises `LibraryError` if that fails."""
        self._ends = ExitStack()
        self._ahead: dict[str, bytes] = {}
        self._rows: Callable[..., Sequence[Any]] = self._connect(place)
        if create:
            self._create()

    def _connect(self, place: str) -> Callable[..., Sequence[Any]]:
        try:
            server = address.parse(place)
            assert isinstance(server, address.PostgresPlace)
            return self._ends.enter_context(postgresql.connected(_safe(server, place), _TIMEOUT))
        except IngestError as error:
            raise _failure(error) from error

    def _run(self, query: str, **values: Any) -> Sequence[Any]:
        from pg8000 import exceptions

        try:
            return self._rows(query, **values) or ()
        except (exceptions.Error, OSError) as error:
            code = error.args[0].get("C") if error.args and isinstance(error.args[0], dict) else ""
            if (failure := _FAILURES.get(str(code))) is not None:
                raise failure() from error
            raise self._ended(error) from error

    def _ended(self, error: Exception) -> LibraryError:
        """The failure of the connection, which ends."""
        ends, self._ends = self._ends, ExitStack()
        try:
            ends.__exit__(type(error), error, error.__traceback__)
        except IngestError as cause:
            return _failure(cause)
        return _failure(IngestError("The server's answer was not understood."))

    def _create(self) -> None:
        (existing,) = self._run("SELECT to_regclass('engram_log') IS NOT NULL")
        if existing[0]:
            return
        self._run("START TRANSACTION")
        self._run("SELECT pg_advisory_xact_lock(7305803)")
        for statement in (*_SCHEMA, *_ROLES):
            self._run(statement)
        self._run("COMMIT")

    def entries(self, after: int) -> Iterator[Entry]:
        """The pieces after a number of the log."""
        rows = self._run(
            "SELECT seq, desk, number, hash FROM engram_log WHERE seq > :after ORDER BY seq",
            after=after,
        )
        yield from (Entry(*row) for row in rows)

    def read(self, entry: Entry) -> bytes:
        """The bytes of a piece."""
        if entry.hash not in self._ahead:
            rows = self._run(
                "SELECT hash, body FROM engram_log WHERE seq >= :seq AND length(body) <= :largest "
                "ORDER BY seq LIMIT :limit",
                seq=entry.order, largest=LARGEST, limit=_AHEAD,
            )  # fmt: skip
            self._ahead = {hash: bytes(body) for hash, body in rows}
        return self._ahead.pop(entry.hash, b"")

    def has(self, entry: Entry) -> bool:
        """Whether a piece is there, and in its place if it has one."""
        return bool(
            self._run(
                "SELECT 1 FROM engram_log WHERE hash = :hash AND :seq::bigint IN (0, seq)",
                hash=entry.hash, seq=entry.order,
            )
        )  # fmt: skip

    def append(self, entry: Entry, content: bytes) -> None:
        """Add a piece."""
        self._run(
            "SELECT engram_append(:desk, :number::int, :hash, :body)",
            desk=entry.desk, number=entry.number, hash=entry.hash, body=content,
        )  # fmt: skip

    def has_source(self, hash: str) -> bool:
        """Whether the text of a source is there."""
        return bool(self._run("SELECT 1 FROM engram_text WHERE hash = :hash", hash=hash))

    def put_source(self, hash: str, bundle: Path) -> None:
        """Store a bundle."""
        self._run("SELECT engram_put(:hash, :body)", hash=hash, body=bundle.read_bytes())

    def sources(self, hash: str, folder: Path) -> Iterable[Path]:
        """The bundle of a source, copied into `folder`."""
        for (body,) in self._run("SELECT body FROM engram_text WHERE hash = :hash", hash=hash):
            path = folder / f"{hash}{bundle.SUFFIX}"
            path.write_bytes(body)
            yield path

    def close(self) -> None:
        """End the connection."""
        self._ends.close()


def _safe(server: address.PostgresPlace, place: str) -> address.PostgresPlace:
    """The server with its certificate checked, unless the address says otherwise or it is near."""
    is_near = server.host in _LOOPBACK or server.host.startswith("/")
    if is_near or "sslmode=" in place:
        return server
    return replace(server, sslmode="verify-full")


#: What the server's codes mean here.
_FAILURES: Mapping[str, Callable[[], LibraryError]] = {
    "42501": lambda: LibraryError(
        "You may read this shared log, but not write to it; your changes wait here.",
        "Ask its owner: GRANT engram_member TO your user.",
    ),
    "42P01": lambda: LibraryError(
        "There is no shared log in this database.", "Join it with: workbench group join ADDRESS"
    ),
    "53100": lambda: LibraryFullError(
        "The server has no space left; your changes wait here.", "Ask its administrator for some."
    ),
}


def _failure(error: IngestError) -> LibraryError:
    return LibraryError(f"{error.message} Your changes wait here.", error.hint)
