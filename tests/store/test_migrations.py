"""An older library is copied, then migrated; a newer one is refused (X2)."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.records import Section, Source
from workbench.errors import LibraryError, NewerLibraryError
from workbench.store import file, sources, tags, text
from workbench.store.schema import MIGRATIONS
from workbench.store.store import Store
from workbench.store.verify import verify

MakeSections = Callable[..., list[Section]]


@pytest.fixture
def first_edition(tmp_path: Path, make_sections: MakeSections) -> Path:
    """A library as the first edition of the program left it, with a book in it."""
    path = tmp_path / "old.brain"
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        file.migrate(connection, path, MIGRATIONS[:1])
        connection.execute("BEGIN")
        source = sources.insert(
            connection, Source("Old Book", "text", "text/1"), hash="old", size=10
        )
        text.append(connection, source, make_sections())
        sources.set_state(connection, [source], "verified")
        connection.execute(
            "INSERT INTO job(path, state, stage, added) VALUES ('/old', 'queued', 'queued', 1)"
        )
        connection.execute("COMMIT")
    finally:
        connection.close()
    return path


def test_x2_an_older_library_is_copied_and_then_migrated(first_edition: Path) -> None:
    with Store.open(first_edition) as store:
        assert verify(store).sound
        store.write(lambda c: tags.tag(c, [1], "kept"))
        with store.read() as connection:
            assert sources.by_id(connection, 1).tags == ("kept",)
            assert connection.execute("SELECT purpose FROM job").fetchall() == [("add",)]
            applied = connection.execute("SELECT name FROM migration ORDER BY applied").fetchall()
    assert [name for (name,) in applied] == [migration.__name__ for migration in MIGRATIONS]
    copy = first_edition.with_name("old.before-2.brain")
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
    try:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT title FROM source").fetchall() == [("Old Book",)]
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert "tag" not in names
    finally:
        connection.close()


def _told(connection: sqlite3.Connection) -> tuple[list[object], dict[str, list[object]]]:
    """Everything that a library is made of, but for what tells it from others, and times."""
    made = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    known = ("migration", "row_count")
    tables = [name for kind, name, _, _ in made if kind == "table" and name not in known]
    held = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    held["meta"] = [row for row in held["meta"] if row[0] not in ("library_id", "created")]
    return sorted(made, key=repr), {name: sorted(rows) for name, rows in held.items()}


def test_a_new_library_is_what_all_migrations_lead_to_and_is_there_whole_or_not_at_all(
    tmp_path: Path,
) -> None:
    stepped = sqlite3.connect(":memory:", isolation_level=None)
    made = [sqlite3.connect(tmp_path / name, isolation_level=None) for name in ("a", "b")]
    try:
        for migration in MIGRATIONS:
            migration(stepped)
        for connection in made:
            file.migrate(connection, tmp_path / "a", MIGRATIONS)
            assert _told(connection) == _told(stepped)
            names = connection.execute("SELECT name FROM migration").fetchall()
            assert {name for (name,) in names} == {each.__name__ for each in MIGRATIONS}
        identity = "SELECT value FROM meta WHERE key = 'library_id'"
        assert made[0].execute(identity).fetchone() != made[1].execute(identity).fetchone()

        def fails_at_last(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO migration VALUES ('fails_at_last', 1, '', NULL)")

        half = sqlite3.connect(tmp_path / "half", isolation_level=None)
        made.append(half)
        with pytest.raises(sqlite3.IntegrityError):
            file.migrate(half, tmp_path / "half", (*MIGRATIONS, fails_at_last))
        assert half.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        assert half.execute("PRAGMA user_version").fetchone() == (0,)
    finally:
        for connection in (stepped, *made):
            connection.close()


def test_x2_a_library_that_is_up_to_date_is_not_copied(first_edition: Path) -> None:
    Store.open(first_edition).close()
    copy = first_edition.with_name("old.before-2.brain")
    copy.unlink()
    Store.open(first_edition).close()
    assert not copy.exists()


def test_x2_where_the_copy_cannot_be_made_nothing_is_migrated(
    first_edition: Path,
) -> None:
    first_edition.with_name("old.before-2.brain").mkdir()
    with pytest.raises(LibraryError):
        Store.open(first_edition)
    connection = sqlite3.connect(first_edition)
    try:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    finally:
        connection.close()


def test_x2_the_first_edition_refuses_what_this_one_made(
    first_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(first_edition).close()
    before = first_edition.read_bytes()
    monkeypatch.setattr(file, "MIGRATIONS", MIGRATIONS[:1])
    with pytest.raises(NewerLibraryError, match="newer"):
        Store.open(first_edition)
    assert first_edition.read_bytes() == before
