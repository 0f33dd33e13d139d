"""Migration while another program, older or newer or of the same version, has the library open."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.patience import seconds
from tests.store.test_migrations import _older as older
from tests.store.test_migrations import _version as version_of
from workbench.errors import LibraryLockedError, NewerLibraryError
from workbench.library import Library
from workbench.store import file, schema
from workbench.store.store import Store


def test_who_has_a_library_open_that_a_newer_program_migrates_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "told.brain"
    with Library.open(path) as library:
        library.collections.create("Sea")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("ALTER TABLE collection RENAME TO group_of_sources")
            connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
        with pytest.raises(NewerLibraryError):
            library.collections.list()
        with pytest.raises(NewerLibraryError):
            library.collections.create("Coast")


def test_a_library_that_an_older_program_has_open_is_not_migrated(tmp_path: Path) -> None:
    path = older(tmp_path / "told.brain", 106)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT count(*) FROM source").fetchone()
        with pytest.raises(LibraryLockedError, match="open in another program; nothing"):
            Store.open(path, busy_seconds=0.2)
        assert not path.with_name(file.backup_path(path).name).exists()
        # It goes on as before.
        other.execute("INSERT INTO meta(key, value) VALUES ('x', 1)")
    assert version_of(path) == 106
    Store.open(path).close()
    assert version_of(path) == schema.VERSION


def test_programs_that_open_an_older_library_at_once_migrate_it_once(tmp_path: Path) -> None:
    path = older(tmp_path / "told.brain", 106)
    script = "import sys; from workbench.store.store import Store; Store.open(sys.argv[1]).close()"
    programs = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(3)]
    assert [program.wait(seconds(60)) for program in programs] == [0, 0, 0]
    assert version_of(path) == schema.VERSION
