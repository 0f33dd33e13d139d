"""The address of a database: a path, or a URL of SQLite or PostgreSQL.

User and password are only kept until the connection is made: they are never displayed, and no error
quotes an address that may contain them.
"""

import os
import re
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import AddressError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9_.+-]+):(?=/|[^\\/]*$)")
_SYSTEMS = frozenset({"sqlite", "postgresql", "postgres", "file"})
_SECRETS = re.compile(r"@|://|passw|secret|\bpwd\b|\buser\s*=", re.IGNORECASE)
_FORMS = "Write sqlite:///path/to/file.db or postgresql://user@host/database."
_SSL = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 4096
#: Allowed query parameters of a PostgreSQL URL.
_OPTIONS = frozenset(
    ("host", "port", "dbname", "user", "password", "sslmode", "sslrootcert", "connect_timeout",
     "application_name")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A file, whatever is in it."""

    path: Path


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    """A database of a server; `host` is a folder for a Unix socket."""

    host: str
    port: int
    database: str
    user: str = field(repr=False)
    password: str | None = field(repr=False)
    sslmode: str
    certificates: str

    @property
    def redacted(self) -> str:
        """The address without user and password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if host.startswith("/"):
            host = urllib.parse.quote(host, safe="")
        return f"postgresql://{host}:{self.port}/{urllib.parse.quote(self.database, safe='')}"


def parse(text: str) -> SqliteFile | PostgresPlace:
    """Parse an address or path. Raises `AddressError`, which never quotes a password."""
    address = text.strip()
    if not address:
        raise AddressError("The address of a database is missing.", _FORMS)
    if len(address) > _LONGEST:
        raise AddressError("This is too long for the address of a database.", _FORMS)
    scheme_match = _SCHEME.match(address)
    scheme = scheme_match[1].lower() if scheme_match else ""
    # SQLAlchemy names the driver after a plus.
    system = scheme.partition("+")[0]
    if scheme_match is None or (
        system not in _SYSTEMS and not address[scheme_match.end() :].startswith("//")
    ):
        return _path(address)
    if system not in _SYSTEMS:
        raise AddressError(f"Databases of the kind “{system[:30]}” cannot be learned yet.", _FORMS)
    if _UNPRINTABLE.search(address):
        raise AddressError("This address contains characters that no address can have.", _FORMS)
    remainder = address[scheme_match.end() :]
    if system in {"sqlite", "file"}:
        return _file(system, remainder)
    return _server(remainder)


def _path(address: str) -> SqliteFile:
    try:
        path = Path(address).expanduser()
        exists = path.exists()
    except (OSError, ValueError, RuntimeError):
        path, exists = Path(address), False
    if not exists and _SECRETS.search(address):
        raise AddressError("This address does not say what kind of database it is.", _FORMS)
    if "\0" in address:
        raise AddressError("This is not a file path.", _FORMS)
    return SqliteFile(path)


def _file(system: str, remainder: str) -> SqliteFile:
    """The file of a URL such as `sqlite:///relative.db` or `sqlite:////absolute.db`.

    After `file:` every path is absolute.
    """
    path = remainder.partition("?")[0]
    if path.startswith("//"):
        host, mark, path = path[2:].partition("/")
        if host not in ("", "localhost"):
            raise AddressError(
                "This address contains a host, but SQLite databases are files.",
                "The path begins after the third slash: sqlite:///path/to/file.db.",
            )
        if not mark:
            path = ""
        elif system == "file":
            path = f"/{path}"
    path = urllib.parse.unquote(path)
    if not path or path == ":memory:" or "\0" in path:
        raise AddressError("This address names no file.", _FORMS)
    return SqliteFile(Path(path))


def _server(remainder: str) -> PostgresPlace:
    try:
        parts = urllib.parse.urlsplit(f"postgresql:{remainder}")
        options = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        netloc, _, _ = parts.netloc.rpartition("@")
        user, _, secret = netloc.partition(":")
        # The folder of a socket is given as the host, with slashes as %2F.
        host = options.get("host") or urllib.parse.unquote(parts.hostname or "") or "localhost"
        port = int(options["port"]) if options.get("port") else (parts.port or 5432)
    except ValueError:
        # Not chained: the error of the standard library quotes the address.
        raise AddressError(
            "This is not an address that a server can be reached at.", _FORMS
        ) from None
    if (
        not remainder.startswith("//")
        or not 0 < port < 65536
        or "," in parts.netloc.rpartition("@")[2]
    ):
        raise AddressError("This address names no server, or more than one.", _FORMS)
    if unknown := sorted(options.keys() - _OPTIONS):
        redacted = unknown[0] if re.fullmatch(r"[a-z_]{1,30}", unknown[0]) else "…"
        raise AddressError(
            f"The address asks for “{redacted}”, which is not known here.",
            f"It may say {', '.join(sorted(_OPTIONS))}.",
        )
    mode = options.get("sslmode") or os.environ.get("PGSSLMODE") or "prefer"
    if mode not in _SSL:
        raise AddressError("The address asks for an unknown sslmode.", f"Known: {', '.join(_SSL)}.")
    name = urllib.parse.unquote(user) or options.get("user") or os.environ.get("PGUSER") or _login()
    password = (
        urllib.parse.unquote(secret) or options.get("password") or os.environ.get("PGPASSWORD")
    )
    database = urllib.parse.unquote(parts.path.lstrip("/")) or options.get("dbname") or ""
    if not database:
        raise AddressError("This address names no database.", _FORMS)
    if not name:
        raise AddressError("This address names no user.", _FORMS)
    password = password or _saved((host, str(port), database, name))
    root = options.get("sslrootcert") or os.environ.get("PGSSLROOTCERT") or ""
    return PostgresPlace(host, port, database, name, password or None, mode, root)


def _saved(wanted: tuple[str, str, str, str]) -> str | None:
    """The password that ~/.pgpass has for host, port, database and user, as libpq reads it.

    https://www.postgresql.org/docs/current/libpq-pgpass.html
    """
    try:
        path = Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")
        if os.name == "posix" and path.stat().st_mode & 0o077:
            # Others could read it, so that nobody uses it.
            return None
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError, RuntimeError):
        return None
    for line in lines:
        fields = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\):", line)]
        if len(fields) == 5 and all(
            field in ("*", value) for field, value in zip(fields, wanted, strict=False)
        ):
            return fields[4]
    return None


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
