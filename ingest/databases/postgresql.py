"""The schema of a PostgreSQL database, from its catalogue, in one read-only transaction.

The driver (pg8000, BSD) is an optional extra, imported on first use. The socket is opened here,
with a timeout.
"""

import socket
import ssl
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ingest import installation
from ingest.databases.address import PostgresPlace
from ingest.databases.checks import allowed, resolved
from ingest.databases.records import Column, Reference, Schema, Table
from ingest.errors import (
    EmptyFileError,
    IngestError,
    RefusedError,
    TooLargeError,
    UnreachableError,
    UnsupportedFileError,
)

_COLUMN_LIMIT = 500_000

_OURS = (
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition "
    "AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
    "AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = c.oid "
    "AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e')"
)
_TABLES = (
    "SELECT c.oid::text, n.nspname::text, c.relname::text, c.relkind::text, "
    f"coalesce(obj_description(c.oid, 'pg_class'), '') {_OURS} ORDER BY 2, 3"
)
_COLUMNS = (
    "SELECT a.attrelid::text, a.attnum::int, a.attname::text, "
    "format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated <> '', "
    "coalesce(col_description(a.attrelid, a.attnum), ''), a.atttypid::text "
    "FROM pg_catalog.pg_attribute a "
    f"WHERE a.attrelid IN (SELECT c.oid {_OURS}) AND a.attnum > 0 AND NOT a.attisdropped "
    f"ORDER BY a.attrelid, a.attnum LIMIT {_COLUMN_LIMIT + 1}"
)
_CONSTRAINTS = (
    "SELECT k.conrelid::text, k.contype::text, k.conkey::int[], k.confrelid::text, "
    "k.confkey::int[], CASE WHEN k.contype = 'c' THEN pg_get_constraintdef(k.oid) ELSE '' END, "
    "coalesce((SELECT CASE WHEN tn.nspname = 'public' THEN t.relname::text "
    "ELSE tn.nspname::text || '.' || t.relname::text END FROM pg_catalog.pg_class t "
    "JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace WHERE t.oid = k.confrelid), '') "
    "FROM pg_catalog.pg_constraint k "
    f"WHERE k.conrelid IN (SELECT c.oid {_OURS}) AND k.contype IN ('p', 'u', 'f', 'c') "
    "ORDER BY k.conrelid, k.conname"
)
_ENUMS = (
    "SELECT enumtypid::text, enumlabel::text FROM pg_catalog.pg_enum "
    "ORDER BY enumtypid, enumsortorder LIMIT 100000"
)


def read(
    place: PostgresPlace,
    *,
    report: Callable[[int, int, str], None],
    cancel: Callable[[], None],
    timeout: float,
) -> Schema:
    """Read the schema of a database. Raises an `IngestError`."""
    with connected(place, timeout) as run:
        cancel()
        run("START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        run(f"SET LOCAL statement_timeout = {max(1, round(timeout * 1000))}")
        results = []
        for query in (_TABLES, _COLUMNS, _CONSTRAINTS, _ENUMS):
            cancel()
            results.append(run(query))
    tables, columns, constraints, labels = results
    if not tables:
        raise EmptyFileError(
            f"“{place.database}” is a database without tables that this user can see.",
            "Choose one that has some.",
        )
    if len(columns) > _COLUMN_LIMIT:
        raise TooLargeError(
            f"“{place.database}” has more than {_COLUMN_LIMIT:,} columns.",
            "Choose a smaller database.",
        )
    cancel()
    enums: dict[str, list[str]] = {}
    for kind, label in labels:
        enums.setdefault(kind, []).append(label)
    by_table: dict[str, list[Sequence[Any]]] = {}
    for row in columns:
        by_table.setdefault(row[0], []).append(row)
    constraints_by_table: dict[str, list[Sequence[Any]]] = {}
    for row in constraints:
        constraints_by_table.setdefault(row[0], []).append(row)
    names = {oid: {row[1]: row[2] for row in rows} for oid, rows in by_table.items()}
    schema_tables = []
    for number, (oid, space, name, kind, note) in enumerate(tables):
        cancel()
        report(number, len(tables), "tables")
        full = name if space == "public" else f"{space}.{name}"
        table_constraints = constraints_by_table.get(oid, ())
        schema_tables.append(
            Table(
                full,
                _columns(by_table.get(oid, ()), table_constraints, enums),
                _references(table_constraints, names),
                kind in ("v", "m"),
                note,
            )
        )
    report(len(tables), len(tables), "tables")
    schema_tables.sort(key=lambda table: table.name)
    return Schema("PostgreSQL", place.redacted, place.database, tuple(resolved(schema_tables)))


def _columns(
    rows: Sequence[Sequence[Any]],
    constraints: Sequence[Sequence[Any]],
    enums: dict[str, list[str]],
) -> tuple[Column, ...]:
    primary: dict[int, int] = {}
    single: set[int] = set()
    checked: dict[str, tuple[str, ...]] = {}
    for _, kind, key, _, _, definition, _ in constraints:
        if kind == "p":
            primary = {number: place for place, number in enumerate(key or (), 1)}
        elif kind == "u" and key and len(key) == 1:
            single.add(key[0])
        elif kind == "c":
            checked.update(allowed(definition))
    return tuple(
        Column(
            name=name,
            type=str(kind).lower(),
            required=bool(required),
            primary=primary.get(number, 0),
            unique=number in single,
            generated=bool(generated),
            values=checked.get(name.casefold()) or tuple(enums.get(type_id, ())[:100]),
            note=note,
        )
        for _, number, name, kind, required, generated, note, type_id in rows
    )


def _references(
    constraints: Sequence[Sequence[Any]], names: dict[str, dict[int, str]]
) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            tuple(names[table].get(number, "?") for number in key or ()),
            target_name,
            tuple(names.get(target, {}).get(number, "") for number in target_key or ()),
        )
        for table, kind, key, target, target_key, _, target_name in constraints
        if kind == "f"
    )


@contextmanager
def connected(place: PostgresPlace, timeout: float) -> Iterator[Callable[..., list[Sequence[Any]]]]:
    """A query function for the block, which takes parameters by name.

    Raises an `IngestError` without user and password.
    """
    try:
        from pg8000 import exceptions
    except ImportError as error:
        raise UnsupportedFileError(
            "The PostgreSQL driver is not installed.", f"{installation.add('postgresql')}."
        ) from error
    server = f"{place.host}:{place.port}" if not place.host.startswith("/") else place.host
    with closing(_line(place, server, timeout)) as line:
        connection = _greeted(place, server, line)
        try:
            yield connection.run
        except exceptions.DatabaseError as error:
            raise _server_error(place, server, error) from None
        except (exceptions.InterfaceError, OSError):
            raise _silent(server) from None
        finally:
            _hung_up(connection)


def _greeted(place: PostgresPlace, server: str, line: socket.socket) -> Any:
    """The driver's connection over a socket, after authentication."""
    from pg8000 import exceptions, native
    from scramp import ScramException

    # Errors of driver and server may quote credentials: neither is shown, nor chained.
    try:
        return native.Connection(
            place.user,
            # The driver needs a password, and a server without authentication ignores it.
            password=place.password or "",
            database=place.database,
            host=place.host,
            sock=line,
            ssl_context=_protection(place),
            application_name="engram-workbench",
            tcp_keepalive=False,
        )
    except exceptions.DatabaseError as error:
        raise _server_error(place, server, error) from None
    except (exceptions.InterfaceError, ssl.SSLError) as error:
        raise _broken(place, server, error) from None
    except OSError:
        raise _silent(server) from None
    except (ScramException, KeyError, ValueError, IndexError, struct.error, TypeError):
        raise UnreachableError(
            f"What answers at “{server}” is not a PostgreSQL server.", "Check host and port."
        ) from None


def _hung_up(connection: Any) -> None:
    from pg8000 import exceptions

    try:
        connection.close()
    except (exceptions.Error, OSError):
        # It is closed already.
        return


def _line(place: PostgresPlace, server: str, timeout: float) -> socket.socket:
    """Connect to the server with a timeout of `timeout` seconds."""
    try:
        if place.host.startswith("/"):
            if not hasattr(socket, "AF_UNIX"):
                raise UnreachableError(
                    "This system has no Unix sockets.", "Give the server's host."
                )
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                line.settimeout(timeout)
                line.connect(str(Path(place.host) / f".s.PGSQL.{place.port}"))
            except BaseException:
                line.close()
                raise
            return line
        return socket.create_connection((place.host, place.port), timeout)
    except socket.gaierror:
        raise UnreachableError(
            f"There is no host “{place.host}”.", "Check the address and the network."
        ) from None
    except TimeoutError:
        raise _silent(server) from None
    except (OSError, ValueError):
        raise UnreachableError(
            f"No PostgreSQL server can be reached at “{server}”.",
            "Check the address, and that the server runs and lets this machine in.",
        ) from None


def _protection(place: PostgresPlace) -> ssl.SSLContext | bool | None:
    """The TLS mode as in libpq: None if optional, False for never."""
    if place.sslmode == "disable" or place.host.startswith("/"):
        return False
    if place.sslmode in ("allow", "prefer"):
        return None
    if place.sslmode == "require" and not place.certificates:
        return True
    try:
        context = ssl.create_default_context(cafile=place.certificates or None)
    except (OSError, ssl.SSLError):
        raise UnsupportedFileError(
            "The sslrootcert file contains no readable certificates.", "Check its path."
        ) from None
    context.check_hostname = place.sslmode == "verify-full"
    return context


def _silent(server: str) -> IngestError:
    return UnreachableError(
        f"The server at “{server}” does not answer, or broke off.",
        "Check that it is PostgreSQL and not overloaded, then try again.",
    )


def _broken(place: PostgresPlace, server: str, error: Exception) -> IngestError:
    message = str(error).lower()
    if isinstance(error, ssl.SSLError) or "ssl" in message:
        return RefusedError(
            f"No secure connection (sslmode={place.sslmode}) to “{server}” can be made.",
            "Check the server's certificate, or whether another sslmode is right.",
        )
    if "authentication" in message:
        return RefusedError(
            f"The server at “{server}” uses a login method that is not supported here.",
            "Ask its administrator for a user with a password.",
        )
    return _silent(server)


def _server_error(place: PostgresPlace, server: str, error: Exception) -> IngestError:
    results = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    code = str(results.get("C", ""))
    if code == "28P01" and not place.password:
        return RefusedError(
            f"The server at “{server}” asks for a password.",
            "Put it into the address or into PGPASSWORD.",
        )
    if code.startswith("28"):
        return RefusedError(
            f"The server at “{server}” does not let this user in.",
            "Check user and password, and that the server admits this machine.",
        )
    if code == "3D000":
        return RefusedError(
            f"There is no database “{place.database}” at “{server}”.", "Check its name."
        )
    if code == "57014":
        return UnreachableError(
            f"The server at “{server}” took too long to describe its schema.", "Try again later."
        )
    if code in ("42703", "42883", "42P01"):
        return UnsupportedFileError(
            f"The server at “{server}” is older than PostgreSQL 12.", "Use a newer one."
        )
    if code == "42501":
        return RefusedError(
            f"This user may not see the schema of “{place.database}”.",
            "Ask for the right to connect to it.",
        )
    return UnreachableError(
        f"The server at “{server}” cannot serve this now (code {code[:5] or 'unknown'}).",
        "Try again later.",
    )
