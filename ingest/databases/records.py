"""Records of a database schema, and a fingerprint to detect changes."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

#: Hexadecimal digits of a fingerprint: 128 bits.
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `type` is as the database writes it, in lower case ("" where it has none). `primary` is its
    place in the primary key, from 1 (0: not part of it). `values` are those that a check or an
    enumerated type allows, from the schema alone; `note` is the comment on it.
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
    """A foreign key: these columns point to those of a table, which need not exist."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or a view where `view` says so; outside the usual schema its name begins with it."""

    name: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    view: bool = False
    note: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key, in its order."""
        key_columns = sorted(
            (column.primary, column.name) for column in self.columns if column.primary
        )
        return tuple(name for _, name in key_columns)


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables and views of a database, by name.

    `place` says where it is, without user and password; `name` is what the database is called.
    `unread` names what is there and cannot be read, such as a view of a table that is gone.
    """

    system: str
    place: str
    name: str
    tables: tuple[Table, ...]
    unread: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for two databases of the same tables, whatever the order of their making."""
        return fingerprint(self.tables)


def fingerprint(tables: Iterable[Table]) -> str:
    """SHA-256 over tables, columns and references, cut to 128 bits, in hexadecimal."""
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
