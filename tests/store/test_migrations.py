"""A library of the first edition is copied and taken over; others are refused as they are (X2)."""

import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from workbench.errors import LibraryError, NewerLibraryError
from workbench.library import Library
from workbench.store import checksums, file, legacy, row_counts, schema
from workbench.store.store import Store

#: Two sources, facts of which one was edited, notes, a stance, a variable, a tag, a version and a
#: sleep, as the last program of the first edition left them.
_LEFT = Path(__file__).parents[1] / "fixtures" / "older_libraries" / "first_edition.tar.xz"

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def first_edition(tmp_path: Path) -> Path:
    with tarfile.open(_LEFT) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "harbour.brain"


def _version(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _rows(path: Path) -> Rows:
    """All rows of all tables, without their checksums."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        held: Rows = {}
        for (name,) in names:
            columns = [
                f'"{column}"'
                for (column,) in connection.execute(
                    "SELECT name FROM pragma_table_info(?)", (name,)
                )
                if column != "sum"
            ]
            rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall()
            held[name] = sorted(rows, key=repr)
    return held


@pytest.mark.slow
def test_x2_a_library_of_the_first_edition_is_copied_and_taken_over_whole(
    first_edition: Path,
) -> None:
    assert _version(first_edition) == legacy.FIRST
    before = _rows(first_edition)
    Store.open(first_edition).close()
    assert _version(first_edition) == schema.VERSION
    after = _rows(first_edition)
    assert {*after} - {*before} == {"row_count", "derived"}
    (record,) = set(after.pop("migration")) - set(before.pop("migration"))
    assert record[0] == f"version {schema.VERSION}"
    before["fact"] = _without_claims(before["fact"])
    assert {name: after[name] for name in before} == before
    copy = first_edition.with_name(file.backup_path(first_edition).name)
    left = _rows(copy)
    left["fact"] = _without_claims(left["fact"])
    assert left == before | {"migration": left["migration"]}


@pytest.mark.slow
def test_a_library_of_the_first_edition_answers_and_is_sound(first_edition: Path) -> None:
    with Library.open(first_edition) as library:
        assert library.verify().problems == ()
        answer = library.facts.value("What is my plan?")
        assert answer is not None
        assert answer.value == "pro"
        assert library.notes.variable("greeting") == "Good  morning,\nall"
        (evidence, *_) = library.ask("Who built the harbour of Aldby?").evidence
        assert "Marta Olsen" in evidence.quote
        library.facts.tell("The ferry is called Agnes.")
        assert library.verify().problems == ()


@pytest.mark.slow
@pytest.mark.parametrize("version", legacy.KNOWN)
def test_every_version_that_is_taken_over_gets_the_tables_of_a_new_library(
    tmp_path: Path, version: int
) -> None:
    old, new = tmp_path / "old.brain", tmp_path / "new.brain"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        for statement in legacy.statements(version):
            connection.execute(statement)
        schema.give_identity(connection)
        connection.execute("INSERT INTO collection(name, created) VALUES ('Harbours', 1)")
        if version >= legacy.SAME:
            checksums.fill(connection)
            row_counts.recount(connection)
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={version}")
    Store.open(new).close()
    with Library.open(old) as library:
        assert library.verify().problems == ()
        assert [each.name for each in library.collections.list()] == ["Harbours"]
    assert {*_rows(old)} == {*_rows(new)}


def _with_claims(path: Path) -> Path:
    """A library of version 100: statements of two scopes with packed claims, one row damaged."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in legacy.statements(legacy.CLAIMS):
            connection.execute(statement)
        for statement in schema.statements():
            if statement.startswith("INSERT"):
                connection.execute(statement)
        schema.give_identity(connection)
        connection.execute("PRAGMA foreign_keys=ON")
        checksums.keep(connection)
        connection.execute("INSERT INTO collection(name, created) VALUES ('Barn', 1)")
        connection.execute("INSERT INTO teller(name) VALUES ('Ada')")
        for number in range(1, 301):
            text = f"The code of door {number} is q{number}-x."
            connection.execute(
                "INSERT INTO engram(kind, start, end, text) VALUES ('fact', 0, ?, ?)",
                (len(text), text),
            )
            connection.execute(
                "INSERT INTO fact(engram, scope, told, at, teller, claims) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (number, number % 2, 1.5e9 + number, None if number % 3 else 1.4e9, number % 5 == 0,
                 None if number % 7 == 0 else b"\x01packed"),
            )  # fmt: skip
        connection.execute("DELETE FROM engram WHERE id = 9")
        # As if a bit had changed: without the triggers that keep the sum.
        for (name,) in connection.execute("SELECT name FROM sqlite_temp_master").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE fact SET told = 7 WHERE engram = 40")
        row_counts.recount(connection)
        checksums.fill(connection)
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={legacy.CLAIMS}")
    return path


def _without_claims(facts: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The rows of the table of facts as they are without the last column, the claims."""
    return sorted(((*row[:5], *row[6:]) for row in facts), key=repr)


def _kept(path: Path) -> Rows:
    """All rows but those that tell of the migration itself."""
    held = _rows(path)
    if _version(path) == legacy.CLAIMS:
        held["fact"] = _without_claims(held["fact"])
    held["row_count"] = [row for row in held["row_count"] if row[0] != "migration"]
    return {name: rows for name, rows in held.items() if name != "migration"}


def test_claims_beside_statements_go_and_nothing_else(tmp_path: Path) -> None:
    path = _with_claims(tmp_path / "told.brain")
    before = _kept(path)
    Store.open(path).close()
    assert _version(path) == schema.VERSION
    assert _kept(path) == before
    with Library.open(path) as library:
        assert library.facts.count() == 150
        assert library.facts.count(collection="Barn") == 149
        assert library.facts.recall("door 12", limit=1)[0].text == "The code of door 12 is q12-x."
        value = library.facts.value("What is the code of door 11?", collection="Barn")
        assert value is not None
        assert value.value == "q11-x"
        # The one row that was damaged still is.
        (problem,) = library.verify().problems
        assert "fact 40" in problem


_KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from workbench.store import file
left, migrate = int(sys.argv[2]), file.migrate

def count(_statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def migrating(connection, path):
    connection.set_trace_callback(count)
    migrate(connection, path)

file.migrate = migrating
path = Path(sys.argv[1])
file.connect_writer(path, file.look(path), 5.0)[0].close()
"""


@pytest.mark.slow
@pytest.mark.parametrize("statements", [1, 2, 4, 7, 11, 16, 22, 29])
def test_who_is_killed_while_claims_go_loses_nothing(tmp_path: Path, statements: int) -> None:
    path = _with_claims(tmp_path / "told.brain")
    before = _kept(path)
    killed = [sys.executable, "-c", _KILLED, str(path), str(statements)]
    subprocess.run(killed, check=False)
    Store.open(path).close()
    assert _version(path) == schema.VERSION
    assert _kept(path) == before
    with Library.open(path) as library:
        assert len(library.verify().problems) == 1


def test_x2_a_library_that_is_up_to_date_is_not_copied(first_edition: Path) -> None:
    Store.open(first_edition).close()
    copy = first_edition.with_name(file.backup_path(first_edition).name)
    copy.unlink()
    Store.open(first_edition).close()
    assert not copy.exists()


def test_x2_where_the_copy_cannot_be_made_nothing_is_taken_over(first_edition: Path) -> None:
    first_edition.with_name(file.backup_path(first_edition).name).mkdir()
    before = _rows(first_edition)
    with pytest.raises(LibraryError):
        Store.open(first_edition)
    assert _version(first_edition) == legacy.FIRST
    assert _rows(first_edition) == before


@pytest.mark.slow
def test_x2_what_fails_on_the_way_leaves_the_library_as_it_was(
    first_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _rows(first_edition)

    def fails(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("something fails")

    with monkeypatch.context() as patch:
        patch.setattr(row_counts, "recount", fails)
        with pytest.raises(sqlite3.OperationalError):
            Store.open(first_edition)
    assert _version(first_edition) == legacy.FIRST
    assert _rows(first_edition) == before
    Store.open(first_edition).close()
    assert _version(first_edition) == schema.VERSION


@pytest.mark.parametrize("version", [1, legacy.FIRST - 1, legacy.SAME + 1, legacy.CLAIMS - 1])
def test_other_versions_are_refused_in_a_sentence_and_untouched(
    first_edition: Path, version: int
) -> None:
    with closing(sqlite3.connect(first_edition, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(f"PRAGMA user_version={version}")
    before = _rows(first_edition)
    with pytest.raises(LibraryError, match="trial version"):
        Store.open(first_edition)
    assert _version(first_edition) == version
    assert _rows(first_edition) == before
    assert not [*first_edition.parent.glob("*before*")]


def test_a_new_library_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [tmp_path / name for name in ("a.brain", "b.brain")]
    identities = set()
    for path in made:
        with Store.open(path) as store:
            identities.add(store.id)
    assert len(identities) == 2
    half = tmp_path / "half.brain"

    def fails(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("something fails")

    with monkeypatch.context() as patch:
        patch.setattr(checksums, "fill", fails)
        with pytest.raises(sqlite3.OperationalError):
            Store.open(half)
    if half.exists():
        assert _rows(half) == {}
        assert _version(half) == 0
    Store.open(half).close()
    assert {*_rows(half)} == {*_rows(made[0])}


def test_x2_the_program_before_refuses_what_a_newer_one_made(
    first_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(first_edition).close()
    before = first_edition.read_bytes()
    monkeypatch.setattr(file, "VERSION", schema.VERSION - 1)
    with pytest.raises(NewerLibraryError, match="newer"):
        Store.open(first_edition)
    assert first_edition.read_bytes() == before
