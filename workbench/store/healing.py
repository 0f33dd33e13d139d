"""Changed bits put back: the checksum of a row tells which of its neighbours was written.

A row has eight neighbours for each of its bytes that differ from it in one bit, and 255 that differ
in one byte. The one whose sum is that of the row is what was written; that another one has the same
sum by chance happens once in a million million rows.
"""

import sqlite3
import struct
from collections.abc import Iterator, Sequence

from workbench.store import checksums
from workbench.store.checksums import Summed

#: Bytes of a row up to which each byte is tried, and up to which each bit is.
_BYTES, _BITS = 1_000, 8_000

Value = int | float | bytes | None


def heal(connection: sqlite3.Connection, table: Summed, key: tuple[object, ...]) -> bool:
    """Put back the one bit or byte of a row that was changed; False where that is not it.

    Inside a transaction.
    """
    if table.free:
        return False
    where = " AND ".join(f'"{column}" = ?' for column in table.key)
    row = connection.execute(
        f"SELECT {', '.join(table.values(table.name))}, sum FROM {table.name} WHERE {where}", key
    ).fetchone()
    if row is None:
        return False
    *values, sum = row
    if (checksums.digest(table.name, *values) ^ sum).bit_count() == 1:
        # The row is whole, and the bit was one of its sum.
        checksums.accept(connection, table, [key])
        return True
    for number, value in _neighbours(values):
        if number < len(table.columns) and table.columns[number] in table.key:
            continue
        if checksums.digest(table.name, *values[:number], value, *values[number + 1 :]) == sum:
            return _write(connection, table, key, number, value)
    return False


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
        where = " AND ".join(f'"{column}" = ?' for column in table.key)
        connection.execute(
            f'UPDATE {table.name} SET "{table.columns[number]}" = ? WHERE {where}', (stored, *key)
        )
    return True


def _neighbours(values: Sequence[Value]) -> Iterator[tuple[int, Value]]:
    """Values that differ in one bit, and those that differ in one byte, each with its place."""
    size = sum(len(value) if isinstance(value, bytes) else 8 for value in values)
    ways: list[Sequence[int]] = []
    if size <= _BITS:
        ways.append([1 << bit for bit in range(8)])
    if size <= _BYTES:
        ways.append([byte for byte in range(1, 256) if byte & byte - 1])
    for masks in ways:
        for number, value in enumerate(values):
            raw = _bytes(value)
            for at in range(len(raw)):
                for mask in masks:
                    changed = bytearray(raw)
                    changed[at] ^= mask
                    yield number, _value(bytes(changed), value)


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
    found: int | float = value
    return found
