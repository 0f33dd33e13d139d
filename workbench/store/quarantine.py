"""Handles damaged rows (wrong checksum): they are reported, and excluded from answers.

A repair restores a single changed bit or byte by search (`heal`). Texts with more damage stay as
they are; users can correct them. Damaged figures of the program itself (strengths, links, counters)
are accepted by a repair, as their exact value does not matter; what is learned from questions and
texts is removed.
"""

import sqlite3
import struct
from collections.abc import Iterator, Sequence

from workbench.store import checksums
from workbench.store.checksums import Summed
from workbench.store.queries import select_one

#: Maximum bytes of a row for which every byte, and every bit, is tried.
_BYTES, _BITS = 1_000, 8_000

Value = int | float | bytes | None


def heal(connection: sqlite3.Connection, table: Summed, key: tuple[object, ...]) -> bool:
    """Find and restore the one changed bit or byte of a row; False if there is none.

    Inside a transaction.
    """
    if table.free:
        return False
    condition = " AND ".join(f'"{column}" = ?' for column in table.key)
    row = connection.execute(
        f"SELECT {', '.join(table.values(table.name))}, sum FROM {table.name} WHERE {condition}",
        key,
    ).fetchone()
    if row is None or row[-1] is None:
        return False
    *values, sum = row
    if _differ_in_a_byte(checksums.digest(table.name, *values), sum):
        # The row is intact, and its checksum is damaged.
        checksums.accept(connection, table, [key])
        return True
    for number, value in _neighbours(values):
        if number < len(table.columns) and table.columns[number] in table.key:
            continue
        if checksums.digest(table.name, *values[:number], value, *values[number + 1 :]) == sum:
            return _write(connection, table, key, number, value)
    return False


def _differ_in_a_byte(left: int, right: int) -> bool:
    """Whether two 64-bit numbers differ in exactly one byte."""
    difference = (left ^ right) & (1 << 64) - 1
    return difference > 0 and any(not difference & ~(0xFF << shift) for shift in range(0, 64, 8))


def _write(
    connection: sqlite3.Connection,
    table: Summed,
    key: tuple[object, ...],
    number: int,
    value: Value,
) -> bool:
    words = number == len(table.columns)
    stored: object = value
    if isinstance(value, bytes) and (words or table.columns[number] in table.texts):
        try:
            stored = value.decode()
        except UnicodeDecodeError:
            return False
    if words:
        connection.execute("UPDATE engram SET text = ? WHERE id = ?", (stored, *key))
    else:
        condition = " AND ".join(f'"{column}" = ?' for column in table.key)
        connection.execute(
            f'UPDATE {table.name} SET "{table.columns[number]}" = ? WHERE {condition}',
            (stored, *key),
        )
    return True


def _neighbours(values: Sequence[Value]) -> Iterator[tuple[int, Value]]:
    """Values that differ in one bit, then those that differ in one byte, with their position."""
    size = sum(len(value) if isinstance(value, bytes) else 8 for value in values)
    mask_sets: list[Sequence[int]] = []
    if size <= _BITS:
        mask_sets.append([1 << bit for bit in range(8)])
    if size <= _BYTES:
        mask_sets.append([byte for byte in range(1, 256) if byte & byte - 1])
    for masks in mask_sets:
        for number, value in enumerate(values):
            forms = [value]
            if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53:
                # SQLite stores integral floats as integers.
                forms.append(int(value))
            for form in forms:
                raw = _bytes(form)
                for at in range(len(raw)):
                    for mask in masks:
                        changed = bytearray(raw)
                        changed[at] ^= mask
                        other = _value(bytes(changed), form)
                        yield (
                            number,
                            float(other) if isinstance(other, int) and form is not value else other,
                        )


def _bytes(value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, int):
        return struct.pack(">q", value)
    return b"" if value is None else struct.pack(">d", value)


def _value(raw: bytes, like: Value) -> Value:
    if isinstance(like, bytes):
        return raw
    (value,) = struct.unpack(">q" if isinstance(like, int) else ">d", raw)
    result: int | float = value
    return result


#: Names of rows by table, and queries of their descriptions.
_DESCRIPTIONS = {
    "collection": ("The collection", "SELECT name FROM collection WHERE id = ?"),
    "fact": ("The fact", "SELECT text FROM engram WHERE id = ?"),
    "note": ("The note", "SELECT text FROM engram WHERE id = ?"),
    "question": ("The saved answer", "SELECT question FROM question WHERE id = ?"),
    "section": ("The text of the chapter", "SELECT title FROM section WHERE id = ?"),
    "source": ("The record of the source", "SELECT title FROM source WHERE id = ?"),
    "teller": ("The teller", "SELECT name FROM teller WHERE id = ?"),
    "wording": ("The former wording", "SELECT text FROM wording WHERE id = ?"),
}
#: Tables of the program's own figures and states.
_FIGURES = frozenset(
    ("change", "change_item", "concept", "job", "job_source", "link", "proposal", "review",
     "strength", "summary", "synapse")
)  # fmt: skip
#: Prefixes of the keys of rows in `meta` that are learned again.
_LEARNED = ("alias:", "asked", "followed:", "in_mind", "space:")
_LONG = 80
#: Maximum rows of a table for which healing is tried.
_TRIED = 100


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Report rows with a wrong checksum, and count rows added by other programs."""
    for table in checksums.tables(connection):
        added = 0
        for key, missing in checksums.damaged(connection, table):
            if missing:
                added += 1
            else:
                yield f"{_name(connection, table.name, key)} is not as it was written."
        if added:
            yield f"{added} rows of {table.name} were added by something else than the program."


def mend(connection: sqlite3.Connection) -> Iterator[str]:
    """Heal rows; accept damaged figures, and rows added by other programs.

    Inside a transaction.
    """
    healed = 0
    for table in checksums.tables(connection):
        keys = [key for key, missing in checksums.damaged(connection, table) if not missing]
        # A row with more than one damaged byte takes up to a second.
        left = [
            key
            for number, key in enumerate(keys)
            if number >= _TRIED or not heal(connection, table, key)
        ]
        healed += len(keys) - len(left)
        if table.name == "meta" and (lost := [k for k in left if str(k[0]).startswith(_LEARNED)]):
            connection.executemany("DELETE FROM meta WHERE key = ?", lost)
            yield f"{len(lost)} damaged rows of meta were removed; they are learned again."
        if table.name in _FIGURES and left:
            checksums.accept(connection, table, left)
            yield f"{len(left)} damaged rows of {table.name} were accepted as they are."
    if healed:
        yield f"{healed} rows in which one bit or byte was changed are as they were written."
    added = checksums.fill(connection)
    if added:
        yield f"{added} rows that something else has added were taken over."


def _name(connection: sqlite3.Connection, table: str, key: tuple[object, ...]) -> str:
    if table not in _DESCRIPTIONS:
        return f"A row of {table} ({', '.join(map(str, key))})"
    label, query = _DESCRIPTIONS[table]
    row = select_one(connection, query, *key)
    words = "" if row is None else str(row[0])
    short = words if len(words) <= _LONG else f"{words[:_LONG]}…"
    return f"{label} {key[0]}, “{short}”,"
