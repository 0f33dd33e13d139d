"""Rows that are gone without a trace are noticed, and named when they are given up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from workbench.care.salvage import salvage
from workbench.library import Library
from workbench.store.checksums import tables
from workbench.store.row_counts import table_names


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.brain"
    with Library.open(path) as opened:
        opened.facts.tell("The tide gauge stands on the pier.", collection="Piers")
        opened.answers.keep(opened.ask("Where does the tide gauge stand?", collection="Piers"))
        opened.answers.keep(opened.ask("Where is the pier?"))
        opened.collections.change("Piers", name="Jetties")
        assert opened.verify().problems == ()
    return path


def _lose(path: Path, table: str) -> int:
    """Take the rows of a table away as a page does that comes back empty."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(f"DELETE FROM {table}").rowcount


@pytest.mark.slow
def test_lost_rows_are_noticed_and_given_up_by_name(library: Path) -> None:
    assert _lose(library, "question") == 2
    with Library.open(library) as opened:
        assert opened.verify().problems == ("0 rows of question found, where 2 should be.",)
        repaired = opened.verify(repair=True)
        assert "Lost: 2 rows of question; look for them in a backup." in repaired.repaired
        assert repaired.sound
        opened.answers.keep(opened.ask("Where does the tide gauge stand?"))
        assert opened.verify().sound


@pytest.mark.slow
def test_a_salvage_says_how_many_rows_are_lost(library: Path, tmp_path: Path) -> None:
    _lose(library, "question")
    saved = salvage(library, tmp_path / "saved.brain")
    assert "2 of 2 rows of question." in saved.lost
    assert not saved.damaged
    with Library.open(saved.path) as opened:
        assert opened.verify().sound


def test_a_lost_count_is_noticed_and_made_anew(library: Path) -> None:
    assert _lose(library, "derived")
    with Library.open(library) as opened:
        assert not opened.verify().sound
        assert opened.verify(repair=True).sound


def test_rows_of_every_table_are_known_from_somewhere(library: Path) -> None:
    with closing(sqlite3.connect(library)) as connection:
        others = {table.name for table in tables(connection)} - set(table_names(connection))
    # Facts and notes by their engrams, the others by the counts of their source.
    assert others == {"fact", "note", "section", "passage", "page"}


@pytest.mark.slow
def test_a_backup_and_what_is_restored_from_it_are_counted(library: Path, tmp_path: Path) -> None:
    with Library.open(library) as opened:
        made = opened.backup(tmp_path / "safe.brain")
    for path in (made.path, Library.restore_backup(made.path, tmp_path / "back.brain").path):
        with Library.open(path) as opened:
            assert opened.verify().problems == ()


def _plan(library: Library) -> str | None:
    answer = library.facts.value("What is my plan?")
    return None if answer is None else answer.value


def test_a_fact_that_something_else_has_changed_is_not_answered(library: Path) -> None:
    with Library.open(library) as opened:
        opened.facts.tell("My plan is pro. My plan is gold.")
        assert _plan(opened) == "gold"
    with closing(sqlite3.connect(library, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE fact SET told = 9e999, sum = NULL WHERE engram = "
            "(SELECT id FROM engram WHERE text = 'My plan is pro.')"
        )
    with Library.open(library) as opened:
        assert _plan(opened) == "gold"
        assert not opened.verify().sound


@pytest.mark.slow
def test_when_a_concept_was_mentioned_is_compared_with_its_mentions(library: Path) -> None:
    with Library.open(library) as opened:
        opened.graph.link(concepts_only=True)
        assert opened.verify().problems == ()
    with closing(sqlite3.connect(library, isolation_level=None)) as connection:
        connection.execute("UPDATE concept SET first = first - 130772.0 WHERE id = 1")
    with Library.open(library) as opened:
        assert "concepts were mentioned first" in " ".join(opened.verify().problems)
        assert opened.verify(repair=True).sound
