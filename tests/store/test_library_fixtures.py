"""Libraries that other programs wrote are opened, asked and sound; nothing is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store import library_fixtures
from tests.variables import value_of
from workbench.library import Library
from workbench.store import schema

#: What nobody can derive again.
_TRUTH = (
    "SELECT id, hash, title, state, added FROM source ORDER BY id",
    "SELECT source, ordinal, title, text FROM section ORDER BY id",
    "SELECT id, kind, start, end, text FROM engram ORDER BY id",
    "SELECT engram, scope, told, at, teller FROM fact ORDER BY engram",
    "SELECT engram, scope, kind, key, name, told FROM note ORDER BY engram",
    "SELECT id, name, created FROM collection ORDER BY id",
    "SELECT id, lock, hex(head), hex(body) FROM vault_record ORDER BY id",
    "SELECT id, name, scope FROM version ORDER BY id",
    "SELECT id, question FROM question ORDER BY id",
)


@pytest.fixture(params=["second_edition", "release_1"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return library_fixtures.unpack(request.param, tmp_path)


def _rows(path: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(query).fetchall() for query in _TRUTH]


def _library(path: Path) -> Library:
    return Library.open(path, clock=lambda: library_fixtures.READ_AT)


def test_a_library_is_opened_without_a_loss(path: Path) -> None:
    rows = _rows(path)
    assert all(rows)
    with _library(path) as library:
        assert library.verify().problems == ()
    assert _rows(path) == rows
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


@pytest.mark.parametrize(
    ("question", "collection", "value"),
    [
        ("What is my plan?", None, "pro"),
        ("What is the code of door 12?", None, "q12-x"),
        ("Where does Ida Kern live?", None, "Ghent"),
        ("What is the code of the barn?", "Barn", "4471"),
    ],
)
def test_its_statements_answer(
    path: Path, question: str, collection: str | None, value: str
) -> None:
    with _library(path) as library:
        answer = library.facts.value(question, collection=collection)
        assert answer is not None
        assert answer.value == value


def test_its_sources_notes_graph_and_vault_answer(path: Path) -> None:
    with _library(path) as library:
        (evidence, *_) = library.ask("Who built the harbour of Aldby?", quotes=True).evidence
        assert "Marta Olsen" in evidence.quote
        assert value_of(library, "greeting") == "Good  morning,\nall"
        stance = library.notes.get("stance", "dams")
        assert stance is not None
        assert "clay" in stance.text
        edges = library.graph.neighbourhood("Marta Olsen").edges
        assert ("founded", "shipyard of Aldby") in {(e.relation, e.tail_name) for e in edges}
        secret = library_fixtures.SECRET
        assert library.vault.get("bank", "number of the account", secret=secret) == "DE00 1234"


def test_it_takes_more_and_remains_sound(path: Path) -> None:
    with _library(path) as library:
        library.facts.tell("My plan is gold.")
        library.add_text("The ferry of Aldby is called Agnes.", title="Ferries")
        value = library.facts.value("What is my plan?")
        assert value is not None
        assert value.value == "gold"
        library.sleep.run()
        assert library.verify().problems == ()
