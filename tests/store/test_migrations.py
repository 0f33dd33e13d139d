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
