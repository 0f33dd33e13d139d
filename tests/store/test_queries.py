"""Rows as records, and lists as parameters."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

import pytest

from workbench.store.queries import (
    Table,
    counted,
    execute,
    integers,
    select,
    select_dicts,
    select_number,
    select_value,
    values_by_id,
)


@dataclass(frozen=True, slots=True)
class Card:
    """A record with every kind of field."""

    id: int
    end: str
    pinned: bool
    pairs: tuple[tuple[str, float], ...]
    more: Mapping[str, int]
    owner: str | None = None


CARDS = Table(Card, "card", "LEFT JOIN owner ON owner.card = card.id", owner="owner.name")
FIRST = Card(1, "a", True, (("x", 1.0), ("y", 2.0)), {"n": 1})


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute(
            "CREATE TABLE card(id INTEGER PRIMARY KEY, end TEXT NOT NULL, pinned INTEGER NOT NULL, "
            "pairs TEXT NOT NULL, more TEXT NOT NULL) STRICT"
        )
        opened.execute("CREATE TABLE owner(card INTEGER, name TEXT)")
        yield opened


def test_a_record_is_read_as_it_was_written(connection: sqlite3.Connection) -> None:
    CARDS.insert(connection, [FIRST, replace(FIRST, id=2, pinned=False)])
    connection.execute("INSERT INTO owner VALUES (2, 'Ida')")

    assert CARDS.select(connection, "ORDER BY card.id") == [
        FIRST,
        replace(FIRST, id=2, pinned=False, owner="Ida"),
    ]
    assert CARDS.first(connection, "WHERE card.id = ?", 3) is None


def test_records_are_found_by_their_keys(connection: sqlite3.Connection) -> None:
    CARDS.insert(connection, [replace(FIRST, id=id) for id in (1, 2, 3)])

    # Whatever holds the keys: a set, a generator, a mapping by them.
    for keys in ({3, 1, 9}, (id for id in (3, 1, 9)), {3: "", 1: "", 9: ""}):
        assert sorted(CARDS.by_ids(connection, keys)) == [1, 3]
    assert values_by_id(connection, "card", '"end"', {2}) == {2: "a"}


def test_what_is_put_replaces_all_but_the_key(connection: sqlite3.Connection) -> None:
    CARDS.put(connection, [FIRST])
    CARDS.put(connection, [replace(FIRST, end="b"), replace(FIRST, id=2)], "?1 < 2")

    assert CARDS.select(connection) == [replace(FIRST, end="b")]


def test_what_exists_is_an_error_unless_it_is_known(connection: sqlite3.Connection) -> None:
    CARDS.insert(connection, [FIRST])
    with pytest.raises(sqlite3.IntegrityError):
        CARDS.insert(connection, [replace(FIRST, end="b")])
    CARDS.insert(connection, [replace(FIRST, end="b")], "ON CONFLICT DO NOTHING")

    assert CARDS.by_ids(connection, [1]) == {1: FIRST}


def test_lists_are_bound_beside_other_values(connection: sqlite3.Connection) -> None:
    query = "SELECT value FROM json_each({}) WHERE value > {}"
    assert integers(connection, query.format("?", "?"), {5, 1}, 2) == [5]
    assert select(connection, query.format(":ids", ":least"), ids=[5, 1], least=2) == [(5,)]
    assert execute(connection, "SELECT ?, ?", "word", b"bytes").fetchone() == ("word", b"bytes")


def test_a_missing_value_is_none_and_a_missing_number_0(connection: sqlite3.Connection) -> None:
    assert select_value(connection, "SELECT id FROM card") is None
    assert select_number(connection, "SELECT max(id) FROM card") == 0
    assert select_dicts(connection, "SELECT 1 AS one, 2 AS two") == [{"one": 1, "two": 2}]


def test_only_what_is_counted_is_said(connection: sqlite3.Connection) -> None:
    CARDS.insert(connection, [FIRST])
    queries = {
        "{} cards.": "SELECT count(*) FROM card",
        "{} owners.": "SELECT count(*) FROM owner",
    }
    assert list(counted(connection, queries)) == ["1 cards."]
