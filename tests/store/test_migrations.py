"""A library of the first edition is copied and taken over; others are refused as they are (X2)."""

import sqlite3
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
    assert {name: after[name] for name in before} == before
    copy = first_edition.with_name("harbour.before-100.brain")
    assert _rows(copy) == before | {"migration": _rows(copy)["migration"]}
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
        if version == legacy.SAME:
            checksums.fill(connection)
            row_counts.recount(connection)
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={version}")
    Store.open(new).close()
    with Library.open(old) as library:
        assert library.verify().problems == ()
        assert [each.name for each in library.collections.list()] == ["Harbours"]
    assert {*_rows(old)} == {*_rows(new)}


def test_x2_a_library_that_is_up_to_date_is_not_copied(first_edition: Path) -> None:
    Store.open(first_edition).close()
    copy = first_edition.with_name("harbour.before-100.brain")
    copy.unlink()
    Store.open(first_edition).close()
    assert not copy.exists()


def test_x2_where_the_copy_cannot_be_made_nothing_is_taken_over(first_edition: Path) -> None:
    first_edition.with_name("harbour.before-100.brain").mkdir()
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


@pytest.mark.parametrize("version", [1, legacy.FIRST - 1, legacy.SAME + 1, schema.VERSION - 1])
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
