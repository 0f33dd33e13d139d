"""Records of a database schema, and a fingerprint to detect changes."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

#: Hexadecimal digits of a fingerprint (128 bits).
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `type` is as in the database, in lower case ("" without one). `primary` is its position in the
    primary key, from 1 (0: not part of it). `values` are those allowed by a check or an enumerated
    type; `note` is its comment.
    """

    name: str
    type: str = ""
    required: bool = False
    primary: int = 0
    unique: bool = False
    generated: bool = False
    values: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: columns that reference those of a table, which need not exist."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or a `view`; the name is prefixed with a schema other than the default one."""

    name: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    view: bool = False
    note: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key, in order."""
        key_columns = sorted(
            (column.primary, column.name) for column in self.columns if column.primary
        )
        return tuple(name for _, name in key_columns)


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables and views of a database, by name.

    `place` is its address without user and password; `name` that of the database. `unread` lists
    what cannot be read, such as a view of a missing table.
    """

    system: str
    place: str
    name: str
    tables: tuple[Table, ...]
    unread: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A fingerprint of the tables, independent of their order."""
        return fingerprint(self.tables)


def fingerprint(tables: Iterable[Table]) -> str:
    """SHA-256 over tables, columns and references, truncated to 128 bits, in hexadecimal."""
    description = [
        [
            table.name,
            table.view,
            table.note,
            [[c.name, c.type, c.required, c.primary, c.unique, c.generated, c.values, c.note]
             for c in table.columns],
            sorted([r.columns, r.table, r.targets] for r in table.references),
        ]
        for table in sorted(tables, key=lambda table: table.name)
    ]  # fmt: skip
    data = json.dumps(description, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return hashlib.sha256(data).hexdigest()[:_DIGITS]
