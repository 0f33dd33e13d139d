"""Queries: values with lists, rows as records, and a check of indexes."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from inspect import get_annotations
from itertools import starmap
from typing import Any, Generic, TypeVar, get_origin

R = TypeVar("R")


def json_list(values: Iterable[Any]) -> str:
    """Values as the parameter of `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(values))


def execute(
    connection: sqlite3.Connection, query: str, *values: Any, **named: Any
) -> sqlite3.Cursor:
    """Execute a statement with values, or with named ones; a collection becomes a `json_list`."""
    if named:
        return connection.execute(query, {name: _bound(value) for name, value in named.items()})
    return connection.execute(query, tuple(map(_bound, values)))


def _bound(value: Any) -> Any:
    is_list = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return json_list(value) if is_list else value


def select(connection: sqlite3.Connection, query: str, *values: Any, **named: Any) -> list[Any]:
    """The rows of a query."""
    return execute(connection, query, *values, **named).fetchall()


def select_dicts(
    connection: sqlite3.Connection, query: str, *values: Any, **named: Any
) -> list[dict[str, Any]]:
    """The rows of a query by the names of its columns."""
    rows = execute(connection, query, *values, **named)
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def select_one(connection: sqlite3.Connection, query: str, *values: Any, **named: Any) -> Any:
    """The first row of a query, or None."""
    return execute(connection, query, *values, **named).fetchone()


def select_value(
    connection: sqlite3.Connection, query: str, *values: Any, **named: Any
) -> Any | None:
    """The first value of the first row, None if there is none."""
    row = select_one(connection, query, *values, **named)
    return None if row is None else row[0]


def select_number(connection: sqlite3.Connection, query: str, *values: Any, **named: Any) -> int:
    """The first value of the first row as an integer, 0 if there is none."""
    return int(select_value(connection, query, *values, **named) or 0)


def integers(connection: sqlite3.Connection, query: str, *values: Any, **named: Any) -> list[int]:
    """The first column of a query, as integers."""
    return [int(row[0]) for row in execute(connection, query, *values, **named)]


def select_records(
    connection: sqlite3.Connection, record: type[R], query: str, *values: Any, **named: Any
) -> list[R]:
    """The rows of a query as records, whose fields are its columns in order."""
    return [record(*row) for row in execute(connection, query, *values, **named)]


def values_by_id(
    connection: sqlite3.Connection, table: str, column: str, ids: Iterable[int]
) -> dict[int, Any]:
    """A column of the existing rows among these ids."""
    query = f"SELECT id, {column} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    return dict(select(connection, query, ids))


def counted(connection: sqlite3.Connection, queries: Mapping[str, str]) -> Iterator[str]:
    """The sentences, each with its number, whose queries count anything."""
    for sentence, query in queries.items():
        if number := select_number(connection, query):
            yield sentence.format(number)


class Table(Generic[R]):
    """The rows of a table as records: a named tuple, or a dataclass.

    Its fields are the columns of these names, or what `columns` has as SQL, which is not written;
    `joins` are other tables for that. The first `keys` fields are the key. Tuples and mappings are
    JSON.
    """

    def __init__(
        self, record: type[R], name: str, joins: str = "", *, keys: int = 1, **columns: str
    ) -> None:
        types: dict[str, Any] = get_annotations(record)
        self._record, self._name, self._keys = record, name, keys
        self._written = tuple(field for field in types if field not in columns)
        selected = [columns.get(field, f'{name}."{field}"') for field in types]
        self._key = selected[0]
        self.query = f"SELECT {', '.join(selected)} FROM {name} {joins}"
        converters = [_READ.get(get_origin(type) or type) for type in types.values()]
        self._converted = [(at, read) for at, read in enumerate(converters) if read is not None]

    def _records(self, rows: Iterable[Sequence[Any]]) -> Iterator[R]:
        return starmap(self._record, map(self._read, rows) if self._converted else rows)

    def _read(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at, read in self._converted:
            values[at] = read(values[at])
        return values

    def scan(
        self, connection: sqlite3.Connection, rest: str = "", *values: Any, **named: Any
    ) -> Iterator[R]:
        """The records of a query as they are read, `rest` being its SQL from WHERE on."""
        return self._records(execute(connection, f"{self.query} {rest}", *values, **named))

    def select(
        self, connection: sqlite3.Connection, rest: str = "", *values: Any, **named: Any
    ) -> list[R]:
        """The records of a query; as `scan`."""
        return list(self.scan(connection, rest, *values, **named))

    def first(
        self, connection: sqlite3.Connection, rest: str, *values: Any, **named: Any
    ) -> R | None:
        """The first record of a query, or None."""
        row = select_one(connection, f"{self.query} {rest}", *values, **named)
        return None if row is None else next(self._records((row,)))

    def by_ids(self, connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, R]:
        """The existing records among these keys."""
        test = f"WHERE {self._key} IN (SELECT value FROM json_each(?))"
        rows = execute(connection, f"{self.query} {test}", ids).fetchall()
        return dict(zip([row[0] for row in rows], self._records(rows), strict=True))

    def insert(self, connection: sqlite3.Connection, rows: Iterable[R], known: str = "") -> None:
        """Insert records; `known` is the SQL for those that exist."""
        self._insert(connection, f"VALUES ({', '.join('?' * len(self._written))}) {known}", rows)

    def put(self, connection: sqlite3.Connection, rows: Iterable[R], test: str = "1") -> None:
        """Insert or update records that pass a test, in which ?1 is the first column."""
        marks = ", ".join(f"?{number}" for number in range(1, len(self._written) + 1))
        changed = ", ".join(
            f'"{field}" = excluded."{field}"' for field in self._written[self._keys :]
        )
        query = f"SELECT {marks} WHERE {test} ON CONFLICT DO UPDATE SET {changed}"
        self._insert(connection, query, rows)

    def _insert(self, connection: sqlite3.Connection, query: str, rows: Iterable[R]) -> None:
        connection.executemany(
            f"""INSERT INTO {self._name}("{'", "'.join(self._written)}") {query}""",
            [tuple(_written(getattr(row, field)) for field in self._written) for row in rows],
        )


def _written(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, tuple | dict) else value


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _tuple(text: str) -> Any:
    return _tuples(json.loads(text))


#: Readers of columns by the type of their field.
_READ: dict[Any, Callable[[Any], Any]] = {
    bool: bool, tuple: _tuple, Mapping: json.loads, dict: json.loads,
}  # fmt: skip


def miscased_indexes(connection: sqlite3.Connection) -> Iterator[str]:
    """Case-insensitive indexes whose letters differ from those of their tables.

    SQLite's own check treats “Harbour” and “harbour” as equal there, and queries may read either.
    """
    indexes = connection.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'")
    for table, index in indexes.fetchall():
        columns = connection.execute(
            "SELECT coalesce(name, 'rowid'), coll FROM pragma_index_xinfo(?)", (index,)
        ).fetchall()
        if all(collation != "NOCASE" for _, collation in columns):
            continue
        letters = ", ".join(f"CAST({name} AS BLOB)" for name, _ in columns)
        # A column outside the index, which forces a read of the table.
        (other,) = connection.execute(
            "SELECT name FROM pragma_table_info(?) WHERE name NOT IN "
            "(SELECT coalesce(name, '') FROM pragma_index_xinfo(?)) LIMIT 1",
            (table, index),
        ).fetchone() or ("1",)
        if connection.execute(
            f"SELECT {letters} FROM {table} INDEXED BY {index} EXCEPT "
            f"SELECT {letters} FROM {table} NOT INDEXED WHERE {other} IS {other} LIMIT 1"
        ).fetchone():
            yield index
