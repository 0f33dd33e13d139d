"""Gives rows of a damaged library their numbers back: by their checksums, which cover them.

One byte can make a row's number that of another row, or of none. Of two rows with one number the
one whose checksum fits keeps it. Statements of a source need no checksum: they are cut out of their
chapter again. Told ones get the number of the fact or note whose checksum fits their words, or else
a new one.
"""

import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.care.pages import Value
from workbench.store import checksums
from workbench.store.checksums import Summed
from workbench.store.row_counts import MAX_ID

Row = tuple[Value, ...]
#: Rows that are compared with one another, and rows of a table whose number is searched.
_COMPARED, _SEARCHED = 400, 100
_WORDED = ("fact", "note")
#: The columns of an engram.
_PASSAGE, _TEXT = 1, 5


@dataclass(slots=True)
class Rivals:
    """Rows that could not be put in because another row has their number, by table.

    `lost` are sentences about those that found no place.
    """

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def add(self, table: str, columns: tuple[str, ...], row: Row) -> None:
        """Note a row."""
        self.columns[table] = columns
        self.rows.setdefault(table, []).append(row)


def restore(
    connection: sqlite3.Connection,
    summed: Mapping[str, Summed],
    numbered: Container[str],
    rivals: Rivals,
) -> int:
    """Find the numbers of rows; returns how many rows were put in. Inside a transaction.

    `numbered` are the tables whose key is the number of a row.
    """
    told, placed = _engrams(connection, rivals)
    placed += _reunite(connection, summed, rivals, told)
    for table in summed.values():
        if table.name in numbered and table.name not in _WORDED:
            placed += _renumber(connection, table, rivals)
    for words in told:
        # A fact of unknown origin is made of it.
        connection.execute(
            "INSERT INTO engram(passage, kind, start, end, text) VALUES (NULL, 'fact', 0, ?, ?)",
            (len(words), words),
        )
    for name in _WORDED:
        _part_from_read(connection, name, rivals)
    return placed + len(told)


def _engrams(connection: sqlite3.Connection, rivals: Rivals) -> tuple[list[str], int]:
    """Put told words before read ones; returns those that have no number yet, and how many have."""
    spare: list[str] = []
    placed = 0
    for row in rivals.rows.pop("engram", ()):
        number = row[0]
        stored = connection.execute("SELECT * FROM engram WHERE id = ?", (number,)).fetchone()
        if stored is None or stored == row or len(row) <= _TEXT:
            continue
        if row[_PASSAGE] is None and stored[_PASSAGE] is None:
            spare.append(_words(row))
        elif row[_PASSAGE] is None and _is_named(connection, number):
            connection.execute("DELETE FROM engram WHERE id = ?", (number,))
            connection.execute("INSERT INTO engram VALUES (?, ?, ?, ?, ?, ?)", row)
            placed += 1
        elif row[_PASSAGE] is None:
            spare.append(_words(row))
        elif stored[_PASSAGE] is None and not _is_named(connection, number):
            # The number of a read one, which is cut out of its chapter again.
            spare.append(_words(stored))
            connection.execute("DELETE FROM engram WHERE id = ?", (number,))
        elif stored[_PASSAGE] is not None:
            # Which of the two it is cannot be told: both are cut out again.
            connection.execute("DELETE FROM engram WHERE id = ?", (number,))
    return spare, placed


def _words(row: Sequence[Value]) -> str:
    words = row[_TEXT]
    return words if isinstance(words, str) else ""


def _is_named(connection: sqlite3.Connection, number: Value) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM {name} WHERE engram = ?", (number,)).fetchone()
        for name in _WORDED
    )


def _reunite(
    connection: sqlite3.Connection, summed: Mapping[str, Summed], rivals: Rivals, spare: list[str]
) -> int:
    """Bring facts and notes together with their words, where one of the two has another number."""
    placed = 0
    for table in (summed[name] for name in _WORDED if name in summed):
        _swap(connection, table, rivals)
        unfitting = list(_unfitting(connection, table))
        loose = connection.execute(
            "SELECT id, text FROM engram WHERE passage IS NULL AND id NOT IN "
            "(SELECT engram FROM fact UNION SELECT engram FROM note) LIMIT ?",
            (_COMPARED,),
        ).fetchall()
        words: list[tuple[int | None, str]] = [(None, text) for text in spare] + loose
        for key, *_ in unfitting:
            words += connection.execute(
                "SELECT id, text FROM engram WHERE id = ? AND passage IS NULL", (key,)
            ).fetchall()
        found: dict[int, str] = {}
        for key, values, sum in unfitting:
            for id, text in words:
                if checksums.digest(table.name, *values[:-1], text.encode()) == sum:
                    # The words were moved: they come back to their fact.
                    found[key] = text
                    words.remove((id, text))
                    placed += id is None
                    break
                if checksums.digest(table.name, id, *values[1:-1], text.encode()) == sum:
                    # The fact was moved: it comes back to its words.
                    connection.execute(
                        f"UPDATE OR IGNORE {table.name} SET engram = ? WHERE engram = ?", (id, key)
                    )
                    words.remove((id, text))
                    break
        for row in rivals.rows.pop(table.name, ()):
            placed += _place_fact(connection, table, rivals, row, words)
        left = {id for id, _ in words}
        for id, _ in loose:
            if id not in left and not _is_named(connection, id):
                connection.execute("DELETE FROM engram WHERE id = ?", (id,))
        spare[:] = [text for id, text in words if id is None or id in found]
        for key, text in found.items():
            connection.execute("DELETE FROM engram WHERE id = ?", (key,))
            connection.execute(
                "INSERT INTO engram(id, passage, kind, start, end, text) VALUES "
                "(?, NULL, 'fact', 0, ?, ?)",
                (key, len(text), text),
            )
    return placed


def _swap(connection: sqlite3.Connection, table: Summed, rivals: Rivals) -> None:
    """Put the one of two rows in its place whose checksum fits its words."""
    waiting = rivals.rows.get(table.name, [])
    for at, row in enumerate(waiting):
        columns = rivals.columns[table.name]
        names = ", ".join(f'"{column}"' for column in columns)
        stored = connection.execute(
            f"SELECT {names} FROM {table.name} WHERE engram = ?", (row[0],)
        ).fetchone()
        if len(row) != len(columns) or stored is None or stored == row:
            continue
        covered = _covered(connection, table, columns, row)
        if checksums.digest(table.name, *covered) == row[columns.index("sum")]:
            connection.execute(f"DELETE FROM {table.name} WHERE engram = ?", (row[0],))
            _insert(connection, table.name, columns, row)
            waiting[at] = stored


def _place_fact(
    connection: sqlite3.Connection,
    table: Summed,
    rivals: Rivals,
    row: Row,
    words: list[tuple[int | None, str]],
) -> bool:
    """Put in a fact or note that found its number taken, with the words that it was told with."""
    columns = rivals.columns[table.name]
    stored = connection.execute(
        f"SELECT * FROM {table.name} WHERE engram = ?", (row[0],)
    ).fetchone()
    if stored == row:
        return False
    if len(row) == len(columns):
        covered = _covered(connection, table, columns, row)
        for id, text in words:
            digest = checksums.digest(table.name, id, *covered[1:-1], text.encode())
            if id is not None and digest == row[columns.index("sum")]:
                words.remove((id, text))
                return _insert(connection, table.name, columns, (id, *row[1:]))
    rivals.lost.append(_homeless(table.name, row[0]))
    return False


def _insert(
    connection: sqlite3.Connection, name: str, columns: Sequence[str], row: Sequence[Value]
) -> bool:
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {name}({names}) VALUES ({marks})"
    return connection.execute(statement, tuple(row)).rowcount > 0


def _unfitting(
    connection: sqlite3.Connection, table: Summed
) -> Iterator[tuple[int, list[Value], int]]:
    """The number of rows whose checksum is wrong, the values that it covers, and itself."""
    covered = ", ".join(table.values(table.name))
    rows = connection.execute(
        f"SELECT {table.key[0]}, sum, {covered} FROM {table.name} WHERE sum IS NOT NULL "
        f"AND sum IS NOT {table.sum(table.name)} LIMIT ?",
        (_SEARCHED,),
    ).fetchall()
    yield from ((row[0], list(row[2:]), row[1]) for row in rows)


def _renumber(connection: sqlite3.Connection, table: Summed, rivals: Rivals) -> int:
    """Give rows of a table, and those that were not put in, the number that their checksum says."""
    at = table.columns.index(table.key[0])
    placed = 0
    for key, values, sum in list(_unfitting(connection, table)):
        number = _intended(table, values, at, sum)
        if number is not None:
            connection.execute(
                f"UPDATE OR IGNORE {table.name} SET {table.key[0]} = ? WHERE {table.key[0]} = ?",
                (number, key),
            )
    for row in rivals.rows.pop(table.name, ()):
        placed += _put_in(connection, table, rivals, row, at)
    return placed


def _put_in(
    connection: sqlite3.Connection, table: Summed, rivals: Rivals, row: Row, at: int
) -> bool:
    """Put in a row with the number that its checksum says; the one that has it may be wrong."""
    columns = rivals.columns[table.name]
    key = columns.index(table.key[0])
    names = ", ".join(f'"{column}"' for column in columns)
    stored = connection.execute(
        f'SELECT {names} FROM {table.name} WHERE "{table.key[0]}" = ?', (row[key],)
    ).fetchone()
    if stored == row:
        return False
    if len(row) == len(columns):
        covered = _covered(connection, table, columns, row)
        number = _intended(table, covered, at, row[columns.index("sum")])
        if number is not None:
            fresh = (*row[:key], number, *row[key + 1 :])
            if number == row[key]:
                # It was moved on to the number of this one.
                connection.execute(
                    f'DELETE FROM {table.name} WHERE "{table.key[0]}" = ?', (number,)
                )
                if stored is not None:
                    rivals.lost.append(_homeless(table.name, number))
            if _insert(connection, table.name, columns, fresh):
                return True
    rivals.lost.append(_homeless(table.name, row[key]))
    return False


def _homeless(name: str, number: Value) -> str:
    return f"A row of {name} whose number {number!r} another row has."


def _covered(
    connection: sqlite3.Connection, table: Summed, columns: Sequence[str], row: Row
) -> list[Value]:
    """The values of a row that its checksum covers, as SQLite gives them."""
    source = ", ".join(f'? AS "{column}"' for column in columns)
    covered = ", ".join(table.values("r"))
    return list(connection.execute(f"SELECT {covered} FROM (SELECT {source}) r", row).fetchone())


def _intended(table: Summed, values: Sequence[Value], at: int, sum: Value) -> int | None:
    """The number with which a row fits its checksum: its own, or one that differs in one byte."""
    number = values[at]
    if not isinstance(number, int) or not isinstance(sum, int):
        return None
    before, after = values[:at], values[at + 1 :]
    for candidate in _near(number):
        if checksums.digest(table.name, *before, candidate, *after) == sum:
            return candidate
    return None


def _near(number: int) -> Iterator[int]:
    """A number, and those that one byte of it in the file can have been."""
    yield number
    for group in range(0, 35, 7):
        for bits in range(1, 128):
            candidate = number ^ bits << group
            if 0 < candidate < MAX_ID:
                yield candidate


def _part_from_read(connection: sqlite3.Connection, name: str, rivals: Rivals) -> None:
    """A fact or note whose number a read statement has is lost, and is said to be."""
    for (engram,) in connection.execute(
        f"SELECT r.engram FROM {name} r JOIN engram e ON e.id = r.engram JOIN passage p "
        "ON p.id = e.passage AND e.id BETWEEN p.first_engram AND p.last_engram "
        f"WHERE r.sum IS NOT {_sum(connection, name)}"
    ).fetchall():
        connection.execute(f"DELETE FROM {name} WHERE engram = ?", (engram,))
        rivals.lost.append(f"The words of {name} {engram}.")
    for (engram,) in connection.execute(
        f"SELECT r.engram FROM {name} r JOIN engram e ON e.id = r.engram WHERE e.passage NOT NULL"
    ).fetchall():
        (fits,) = connection.execute(
            f"SELECT r.sum IS {_sum(connection, name)} FROM {name} r WHERE engram = ?", (engram,)
        ).fetchone()
        if fits:
            connection.execute("UPDATE engram SET passage = NULL WHERE id = ?", (engram,))
        else:
            connection.execute("DELETE FROM engram WHERE id = ?", (engram,))


def _sum(connection: sqlite3.Connection, name: str) -> str:
    return checksums.table(connection, name).sum("r")
