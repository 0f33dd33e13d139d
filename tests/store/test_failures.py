"""What SQLite says of a full disk, as a sentence about a full disk."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from workbench.errors import DamagedLibraryError, LibraryFullError, LibraryUnreachableError
from workbench.store import damage, failures, meta
from workbench.store.store import Store


def told(code: int, path: Path) -> object:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return type(failures.explain(error, path))


def test_e2_no_room_for_shared_memory_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "x.brain"
    codes = (sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP, sqlite3.SQLITE_CANTOPEN)
    assert {told(code, library) for code in codes} == {LibraryUnreachableError}
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=4096))
    assert {told(code, library) for code in codes} == {LibraryFullError}
    monkeypatch.undo()
    # A stick that was pulled has no room to ask about.
    gone = tmp_path / "gone" / "x.brain"
    assert told(sqlite3.SQLITE_IOERR_READ, gone) is LibraryUnreachableError


def test_a_table_that_is_another_than_ours_is_damage(tmp_path: Path) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE strength(engram INTEGER)")
        for query in ("SELECT ripe FROM strength", "SELECT engram FROM strengths"):
            with (
                pytest.raises(DamagedLibraryError, match="salvage"),
                failures.explained(tmp_path / "x.brain"),
            ):
                connection.execute(query)
    connection.close()


def test_a_stored_value_that_is_cut_off_is_damage(tmp_path: Path) -> None:
    place = tmp_path / "x.brain"
    with Store.open(place) as store:
        store.write(lambda connection: meta.dump(connection, "followed:all", ["harbour", 2]))
        store.write(lambda connection: meta.put(connection, "followed:all", '["harbo'))
        with pytest.raises(DamagedLibraryError, match="is damaged"), store.read() as connection:
            meta.load(connection, "followed:all")
        with pytest.raises(DamagedLibraryError, match="is damaged"):
            store.write(lambda connection: meta.load(connection, "followed:all"))
    assert damage.describe(place)
