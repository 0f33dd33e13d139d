"""Reads the rows of an SQLite file page by page (https://sqlite.org/fileformat.html).

SQLite gives up a whole table if one page of its tree cannot be read. This reader descends from the
roots as far as it can, and then examines all unreferenced pages: a leaf describes its own cells, so
that only damaged cells are lost.
"""

import struct
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from mmap import mmap

SIZE = 4096
_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 0x02, 0x05, 0x0A, 0x0D
_KINDS = (_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE)
#: Most and fewest bytes of a row within its own page (tables, indexes).
_MAX_LOCAL = {_LEAF_TABLE: SIZE - 35}
_MAX_INDEX = (SIZE - 12) * 64 // 255 - 23
_MIN_LOCAL = (SIZE - 12) * 32 // 255 - 23
_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
#: Columns of a row, more than any table has.
_COLUMNS = 200

Value = int | float | bytes | str | None


class BadCellError(ValueError):
    """A cell that cannot be decoded as a row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of a page: its id, 0 in an index, and its values, with text as bytes.

    `texts` says which values are text rather than blobs.
    """

    rowid: int
    values: tuple[int | float | bytes | None, ...]
    texts: frozenset[int]


class Pages:
    """The pages of one file, numbered from 1."""

    def __init__(self, data: bytes | mmap) -> None:
        self.data = data
        self.count = -(-len(data) // SIZE)
        #: Pages whose rows were read, and their ancestors.
        self.seen: set[int] = set()
        #: Unreadable cells and pages by root.
        self.unread: Counter[int] = Counter()

    def page(self, number: int) -> bytes:
        """The bytes of a page; truncated ones are zero."""
        if not 1 <= number <= self.count:
            raise BadCellError(f"there is no page {number}")
        return self.data[(number - 1) * SIZE : number * SIZE].ljust(SIZE, b"\0")

    def written(self, number: int) -> int:
        """The number of bytes of a page that are in the file, fewer where it was cut off."""
        return min(SIZE, len(self.data) - (number - 1) * SIZE)

    def kind(self, number: int) -> int:
        """The type of a page; 0 for none of a tree."""
        kind = self.page(number)[100 if number == 1 else 0]
        return kind if kind in _KINDS else 0

    def tree(
        self, root: int, *, rows: bool, excluded: Container[int] = frozenset()
    ) -> Iterator[Cell]:
        """Yield all reachable cells under a root, except those in pages `excluded`.

        `rows` for a table with row ids.
        """
        for number, kind in self.reached(root, rows=rows):
            if kind is None:
                self.unread[root] += 1
                if not 1 <= number <= self.count:
                    continue
            self.seen.add(number)
            if number not in excluded:
                # The type byte may be the damaged one.
                leaf = _LEAF_TABLE if rows else _LEAF_INDEX
                yield from self.cells(number, leaf if kind is None else kind, root)

    def reached(self, root: int, *, rows: bool) -> Iterator[tuple[int, int | None]]:
        """The pages under a root with their types; None for one that cannot be of this tree."""
        kinds = (_INTERIOR_TABLE, _LEAF_TABLE) if rows else (_INTERIOR_INDEX, _LEAF_INDEX)
        waiting, been = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in been:
                continue
            been.add(number)
            kind = self.kind(number) if 1 <= number <= self.count else 0
            yield number, kind if kind in kinds else None
            if kind == kinds[0]:
                waiting += reversed(list(self.children(number)))

    def mark(self, root: int) -> None:
        """Skip the pages of an index."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self.seen or not 1 <= number <= self.count:
                continue
            if self.kind(number) in (_INTERIOR_INDEX, _LEAF_INDEX):
                self.seen.add(number)
                waiting += self.children(number)

    def children(self, number: int) -> Iterator[int]:
        """The child pages of an interior page."""
        kind = self.kind(number)
        if kind not in (_INTERIOR_INDEX, _INTERIOR_TABLE):
            return
        page, head = self.page(number), 100 if number == 1 else 0
        for at in self._pointers(number):
            yield int.from_bytes(page[at : at + 4], "big")
        yield int.from_bytes(page[head + 8 : head + 12], "big")

    def cells(self, number: int, kind: int, root: int = 0) -> Iterator[Cell]:
        """Yield the rows of a page, without deleted ones."""
        if kind == _INTERIOR_TABLE:
            return
        been: set[int] = set()
        for at in self._pointers(number):
            if at in been:
                # It led to another row before.
                self.unread[root] += 1
                continue
            been.add(at)
            try:
                yield self._cell(number, kind, at)
            except (BadCellError, IndexError, struct.error):
                self.unread[root] += 1

    def leaves(self) -> Iterator[int]:
        """The leaf pages that no tree has led to."""
        free = self._free()
        for number in range(1, self.count + 1):
            if number not in self.seen and number not in free:
                kind = self.kind(number)
                if kind in (_LEAF_TABLE, _LEAF_INDEX, _INTERIOR_INDEX):
                    yield number

    def strays(self, number: int) -> Iterator[Cell]:
        """Yield the rows of a page that no tree has led to."""
        yield from self.cells(number, self.kind(number))

    def has_ids(self, number: int) -> bool:
        """Whether a page belongs to a table with row ids."""
        return self.kind(number) == _LEAF_TABLE

    def _free(self) -> set[int]:
        """Free pages, as far as the freelist can be followed."""
        results: set[int] = set()
        trunk = int.from_bytes(self.data[32:36], "big")
        while 1 < trunk <= self.count and trunk not in results:
            results.add(trunk)
            page = self.page(trunk)
            number = min(int.from_bytes(page[4:8], "big"), (SIZE - 8) // 4)
            results.update(struct.unpack_from(f">{number}I", page, 8))
            trunk = int.from_bytes(page[:4], "big")
        return results

    def _pointers(self, number: int) -> Iterator[int]:
        page, head = self.page(number), 100 if number == 1 else 0
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        first = head + (12 if page[head] in (_INTERIOR_INDEX, _INTERIOR_TABLE) else 8)
        for place in range(first, min(first + 2 * count, SIZE - 1), 2):
            at = int.from_bytes(page[place : place + 2], "big")
            if first <= at < SIZE:
                yield at

    def _cell(self, number: int, kind: int, at: int) -> Cell:
        page, rowid = self.page(number), 0
        if kind == _INTERIOR_INDEX:
            at += 4
        length, at = _varint(page, at)
        if kind == _LEAF_TABLE:
            rowid, at = _varint(page, at)
        maximum = _MAX_LOCAL.get(kind, _MAX_INDEX)
        if length <= maximum:
            if at + length > self.written(number):
                raise BadCellError("a row reaches over its page, or over the end of the file")
            payload = page[at : at + length]
        else:
            part = _MIN_LOCAL + (length - _MIN_LOCAL) % (SIZE - 4)
            part = part if part <= maximum else _MIN_LOCAL
            if at + part + 4 > self.written(number):
                raise BadCellError("a row reaches over the end of the file")
            follows = int.from_bytes(page[at + part : at + part + 4], "big")
            payload = page[at : at + part] + self._overflow(follows, length - part)
        values, texts = _record(payload)
        return Cell(rowid, values, texts)

    def _overflow(self, number: int, length: int) -> bytes:
        parts: list[bytes] = []
        used: list[int] = []
        if length > len(self.data):
            raise BadCellError("a row is longer than the file")
        while length > 0:
            if number in used[-1:]:
                raise BadCellError("a row goes in a circle")
            page = self.page(number)
            used.append(number)
            if 4 + min(length, SIZE - 4) > self.written(number):
                raise BadCellError("a row reaches over the end of the file")
            parts.append(page[4 : 4 + min(length, SIZE - 4)])
            length -= SIZE - 4
            number = int.from_bytes(page[:4], "big")
        self.seen.update(used)
        return b"".join(parts)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9


def _record(payload: bytes) -> tuple[tuple[int | float | bytes | None, ...], frozenset[int]]:
    """The values of a record, and which of them are text."""
    end, at = _varint(payload, 0)
    types: list[int] = []
    while at < end:
        type, at = _varint(payload, at)
        types.append(type)
        if len(types) > _COLUMNS:
            raise BadCellError("too many columns")
    if at != end:
        raise BadCellError("the head of a row does not end where it says")
    values: list[int | float | bytes | None] = []
    texts: set[int] = set()
    for type in types:
        value, at = _value(payload, at, type)
        if type >= 13 and type % 2:
            texts.add(len(values))
        values.append(value)
    if at != len(payload):
        raise BadCellError("a row is not as long as it says")
    return tuple(values), frozenset(texts)


def _value(payload: bytes, at: int, type: int) -> tuple[int | float | bytes | None, int]:
    if type == 0:
        return None, at
    if type in _WIDTHS:
        end = at + _WIDTHS[type]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if type == 7:
        (number,) = struct.unpack_from(">d", payload, at)
        return float(number), at + 8
    if type in (8, 9):
        return type - 8, at
    if type < 12:
        raise BadCellError("a type that no value has")
    end = at + (type - 12) // 2
    if end > len(payload):
        raise BadCellError("a value reaches over its row")
    return payload[at:end], end


def text(values: Sequence[Value], texts: frozenset[int]) -> tuple[Value, ...]:
    """Decode text values; bytes that are no UTF-8 become replacement characters."""
    return tuple(
        value.decode("utf-8", "replace") if number in texts and isinstance(value, bytes) else value
        for number, value in enumerate(values)
    )
