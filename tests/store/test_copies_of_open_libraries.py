"""A copy of the file of an open library has all, some seconds after the last write."""

import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.library import Library
from workbench.store import writing


def statements(library: Path, copy: Path) -> int:
    """How many statements a plain copy of a library's file holds, without its log."""
    shutil.copyfile(library, copy)
    connection = sqlite3.connect(copy)
    try:
        return int(connection.execute("SELECT count(*) FROM fact").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        connection.close()


@pytest.mark.parametrize("reading", [False, True], ids=["alone", "beside a reader"])
def test_a_copy_has_what_was_told_last(
    tmp_path: Path, reading: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_QUIET_SECONDS", 0.05)
    with Library.open(tmp_path / "x.brain") as library:
        library.facts.tell("The key is under the mat.")
        reader = sqlite3.connect(tmp_path / "x.brain")
        if reading:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM fact").fetchone()
        for number in range(20):
            library.facts.tell(f"Crate {number} holds {number} lamps.")
        # While somebody reads an older state the log cannot be copied to its end: afterwards it is.
        reader.close()
        deadline = time.monotonic() + seconds(30)
        while statements(tmp_path / "x.brain", tmp_path / "copy.brain") != 21:
            assert time.monotonic() < deadline, "the copy lacks what was told last"
            time.sleep(0.05)
        assert (tmp_path / "x.brain-wal").exists()
    with Library.open(tmp_path / "copy.brain") as copy:
        assert len(copy.facts.list()) == 21


def test_a_copy_does_not_wait_for_a_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody told without a pause, copies lacked all from the start, ten seconds long."""
    monkeypatch.setattr(writing, "_BUSY_SECONDS", 0.05, raising=False)
    monkeypatch.setattr(writing, "_QUIET_SECONDS", 1000.0)
    with Library.open(tmp_path / "x.brain") as library:
        library.facts.tell("The key is under the mat.")
        number = 0
        while not statements(tmp_path / "x.brain", tmp_path / "copy.brain"):
            number += 1
            assert number < 120, "the copy has nothing"
            library.facts.tell(f"Crate {number} holds {number} lamps.")
            time.sleep(0.02)
    with Library.open(tmp_path / "copy.brain") as copy:
        assert copy.verify().sound
