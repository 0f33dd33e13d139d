"""Which row of a library lies where in its file, worked out without SQLite.

A reader of the file format (https://sqlite.org/fileformat2.html) of its own, so that what a damaged
file has lost is judged by somebody else than the program that mends it.
"""

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: A row by its table and its key: the row id, or the columns of a primary key joined by "/".
Row = tuple[str, Any]

_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 2, 5, 10, 13
_HEADER = 100


@dataclass(slots=True)
class Layout:
    """The file's page size, what each page is part of, and the bytes of each row.

    `rows` has (begin, end, row) with offsets in the file; `heads` the bytes without which the rows
    of a page cannot be told apart, and those rows.
    """

    page: int
    owners: dict[int, str] = field(default_factory=dict)
    rows: list[tuple[int, int, Row]] = field(default_factory=list)
    heads: list[tuple[int, int, list[Row]]] = field(default_factory=list)

    def hit(self, damaged: Iterable[tuple[int, int]]) -> set[Row]:
        """The rows of which a byte lies in one of these ranges of the file."""
        found: set[Row] = set()
        for begin, end in damaged:
            found.update(row for low, high, row in self.rows if low < end and begin < high)
            for low, high, rows in self.heads:
                if low < end and begin < high:
                    found.update(rows)
        return found


def layout(file: Path) -> Layout:
    """Map a whole and checkpointed library."""
    raw = file.read_bytes()
    size = struct.unpack_from(">H", raw, 16)[0]
    found = Layout(65536 if size == 1 else size)
    usable = found.page - raw[20]
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1&mode=ro", uri=True)
    try:
        trees = connection.execute(
            "SELECT type, name, tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0"
        ).fetchall()
        keys = {name: _key_columns(connection, name) for kind, name, *_ in trees if kind == "table"}
    finally:
        connection.close()
    walker = _Walker(raw, found, usable)
    walker.tree(1, "sqlite_schema", 0)
    for kind, name, _, root in trees:
        walker.tree(root, name, keys[name] if kind == "table" else -1)
    return found


def _key_columns(connection: sqlite3.Connection, table: str) -> int:
    """How many columns lead each row of a table without row ids; 0 for one that has them."""
    sql = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = ? AND type = 'table'", (table,)
    ).fetchone()[0]
    if "WITHOUT ROWID" not in (sql or "").upper():
        return 0
    return sum(row[5] > 0 for row in connection.execute(f'PRAGMA table_info("{table}")'))


class _Walker:
    def __init__(self, raw: bytes, found: Layout, usable: int) -> None:
        self._raw, self._found, self._usable = raw, found, usable

    def tree(self, number: int, name: str, keys: int) -> None:
        """Walk a tree: of a table (`keys` 0), a table without row ids, or (-1) an index."""
        found, raw = self._found, self._raw
        found.owners[number] = name
        begin = (number - 1) * found.page
        head = begin + (_HEADER if number == 1 else 0)
        kind = raw[head]
        count = struct.unpack_from(">H", raw, head + 3)[0]
        interior = kind in (_INTERIOR_INDEX, _INTERIOR_TABLE)
        pointers = head + (12 if interior else 8)
        mine: list[Row] = []
        for place in range(count):
            at = begin + struct.unpack_from(">H", raw, pointers + 2 * place)[0]
            if interior:
                self.tree(struct.unpack_from(">I", raw, at)[0], name, keys)
            if kind == _INTERIOR_TABLE or keys < 0:
                if keys < 0:
                    self._cell(at, interior, kind, name, keys)
                continue
            low, high, row, further = self._cell(at, interior, kind, name, keys)
            mine.append(row)
            found.rows.append((low, high, row))
            found.rows += [(page, page + found.page, row) for page in further]
        if interior:
            self.tree(struct.unpack_from(">I", raw, head + 8)[0], name, keys)
        if mine:
            found.heads.append((head, pointers + 2 * count, mine))

    def _cell(
        self, at: int, interior: bool, kind: int, name: str, keys: int
    ) -> tuple[int, int, Row, list[int]]:
        """Begin and end of a cell, its row, and the offsets of the pages it runs over into."""
        raw, begin = self._raw, at
        if interior:
            at += 4
        payload, at = _varint(raw, at)
        rowid = 0
        if kind == _LEAF_TABLE:
            rowid, at = _varint(raw, at)
        held = self._held(payload, kind)
        body, end = raw[at : at + held], at + held
        further = []
        if held < payload:
            following = struct.unpack_from(">I", raw, end)[0]
            end += 4
            while following:
                page = (following - 1) * self._found.page
                self._found.owners[following] = name
                further.append(page)
                body += raw[page + 4 : page + self._usable]
                following = struct.unpack_from(">I", raw, page)[0]
        key: Any = rowid
        if keys > 0:
            parts = list(_values(body[:payload], keys))
            key = parts[0] if keys == 1 else "/".join(map(str, parts))
        return begin, end, (name, key), further

    def _held(self, payload: int, kind: int) -> int:
        """How many bytes of a payload lie in its cell."""
        usable = self._usable
        most = usable - 35 if kind == _LEAF_TABLE else (usable - 12) * 64 // 255 - 23
        if payload <= most:
            return payload
        least = (usable - 12) * 32 // 255 - 23
        held = least + (payload - least) % (usable - 4)
        return held if held <= most else least


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = raw[at + place]
        if place == 8:
            value = value << 8 | byte
            break
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    if value >= 1 << 63:
        value -= 1 << 64
    return value, at + place + 1


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _values(body: bytes, count: int) -> Iterator[Any]:
    """The first columns of a record."""
    head, at = _varint(body, 0)
    place = head
    for _ in range(count):
        kind, at = _varint(body, at)
        size = _SIZES[kind] if kind < 10 else (kind - 12) // 2
        piece = body[place : place + size]
        place += size
        if kind >= 12:
            yield piece if kind % 2 == 0 else piece.decode()
        elif kind == 7:
            yield struct.unpack(">d", piece)[0]
        elif kind in (8, 9):
            yield kind - 8
        else:
            yield None if kind == 0 else int.from_bytes(piece, "big", signed=True)
