"""A file of neuron-db: its scopes come in as collections, in the order in which they were told."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.library import Library


def _file(folder: Path) -> Path:
    """A file with the tables and lines that neuron-db writes."""
    file = folder / "app.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript(
            "CREATE TABLE neurons (id TEXT PRIMARY KEY, facts TEXT NOT NULL DEFAULT '[]', "
            "created INTEGER NOT NULL, updated INTEGER NOT NULL, turns INTEGER NOT NULL DEFAULT 0);"
            "CREATE TABLE fact_log (scope TEXT NOT NULL, seq INTEGER NOT NULL, "
            "lines TEXT NOT NULL, PRIMARY KEY(scope, seq));"
        )
        first = (
            "0\tmy plan is pro\t1\n1\tthe export path is bin\\tcache\t2.5\n0\tthe meeting is at 5"
        )
        rows = [
            ("user:42", first, 1_750_000_000_000, 1_750_000_100_000, 3),
            ("user:42::stance", "0\tdeploys: tense\t3", 1_750_000_000_000, 1_750_000_000_000, 1),
            ("user:42::var", "0\tpath is a\\tb\t1", 1_750_000_000_000, 1_750_000_000_000, 1),
            ("user:42::instr", "0\tanswer briefly", 1_750_000_000_000, 1_750_000_000_000, 1),
            ("user:42::mood", "0\tcalm\t1", 1_750_000_000_000, 1_750_000_000_000, 1),
            ("user:43", "[]", 1_750_000_000_000, 1_750_000_000_000, 0),
        ]
        made.executemany("INSERT INTO neurons VALUES (?, ?, ?, ?, ?)", rows)
        log = [("user:42", 2, "0\tmy region is north\t1"), ("user:42", 1, "0\tmy plan is team\t1")]
        made.executemany("INSERT INTO fact_log VALUES (?, ?, ?)", log)
        made.commit()
    return file


def test_its_scopes_come_in_with_what_was_told_last(tmp_path: Path) -> None:
    file = _file(tmp_path)
    before = file.read_bytes()
    with Library.open(tmp_path / "x.brain") as library:
        done = library.import_(file)
        assert (done.added, done.collections) == (8, ("user:42",))
        assert done.left == ("1 line of “user:42::mood” is no fact: left out.",)
        strengths = {
            fact.text: library.facts.get(fact.id).info.strength
            for fact in library.facts.list(collection="user:42")
        }
        # Given there as 2.5 and 1, long ago.
        assert strengths["the export path is bin cache"] > 2 * strengths["my region is north"]
        stance = library.notes.get("stance", "deploys", collection="user:42")
        value = library.notes.get("variable", "path", collection="user:42")
        assert stance is not None
        assert value is not None
        assert (stance.text, stance.intensity, stance.hardened) == ("tense", 3.0, True)
        assert value.value == "a\tb"
        (told,) = library.notes.list("instruction", collection="user:42")
        assert told.text == "answer briefly"
        texts = {each.text for each in library.facts.list(collection="user:42")}
        assert "the export path is bin cache" in texts
        found = library.facts.value("What is my plan?", collection="user:42")
        assert found is not None
        assert found.value == "team"
        assert library.import_(file).added == 0
    assert file.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir() if each.name.startswith("app")} == {"app.db"}


@pytest.mark.parametrize("made", ["CREATE TABLE other (x)", "CREATE VIEW neurons AS SELECT 1 AS x"])
def test_another_database_is_refused_in_a_sentence(tmp_path: Path, made: str) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute(made)
        other.commit()
    with (
        Library.open(tmp_path / "x.brain") as library,
        pytest.raises(InputError, match="neuron-db"),
    ):
        library.import_(file)


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    file = _file(tmp_path)
    file.write_bytes(file.read_bytes()[:5000])
    with Library.open(tmp_path / "x.brain") as library:
        with pytest.raises(InputError, match="neuron-db"):
            library.import_(file)
        assert len(library.facts.list()) == 0
