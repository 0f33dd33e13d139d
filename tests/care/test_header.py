"""A bit of the file's header or of its counters of ids: said to be damage, and mended or saved."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from workbench.care.salvage import salvage
from workbench.errors import DamagedLibraryError, InputError, WorkbenchError
from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.brain"
    text = tmp_path / "boats.txt"
    text.write_text("The ferry is red. The barge is green.", encoding="utf-8")
    with Library.open(path) as opened:
        opened.facts.tell("The tide gauge stands on the pier.")
        opened.add([text])
    return path


def _alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


@pytest.mark.slow
@pytest.mark.parametrize("version", [0, 2, 3, 32, 34, 36, 96])
def test_a_version_that_is_not_the_files_own(library: Path, tmp_path: Path, version: int) -> None:
    whole = tmp_path / "whole.brain"
    whole.write_bytes(library.read_bytes())
    _alter(library, f"PRAGMA user_version={version}")
    with pytest.raises(DamagedLibraryError, match="salvage") as told:
        Library.open(library)
    assert "damaged" in told.value.message
    with pytest.raises(WorkbenchError):
        Library.restore_backup(library, whole)
    saved = salvage(library, tmp_path / "saved.brain")
    assert saved.lost == ()
    for path in (whole, saved.path):
        with Library.open(path) as opened:
            answer = opened.facts.value("Where does the tide gauge stand?")
            assert answer is not None
            assert answer.value == "on the pier"
            assert opened.verify().problems == ()


def test_a_format_that_sqlite_does_not_know(library: Path, tmp_path: Path) -> None:
    raw = bytearray(library.read_bytes())
    raw[47] ^= 0x40
    library.write_bytes(raw)
    with pytest.raises((DamagedLibraryError, InputError), match="salvage"):
        Library.open(library)
    assert salvage(library, tmp_path / "saved.brain").facts == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'passage'",
        "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'engram'",
        "UPDATE sqlite_sequence SET seq = 1.5e300 WHERE name = 'engram'",
        "UPDATE sqlite_sequence SET seq = 'zz' WHERE name = 'engram'",
        "UPDATE sqlite_sequence SET seq = NULL WHERE name = 'engram'",
        "UPDATE sqlite_sequence SET name = 'engrbm' WHERE name = 'engram'",
        "DELETE FROM sqlite_sequence",
    ],
)
def test_a_counter_of_ids_is_noticed_and_mended(
    library: Path, tmp_path: Path, statement: str
) -> None:
    _alter(library, statement)
    more = tmp_path / "more.txt"
    more.write_text("The lighthouse is white.", encoding="utf-8")
    with Library.open(library) as opened:
        problems = opened.verify().problems
        assert any("The counter of ids of" in each for each in problems), problems
        assert opened.verify(repair=True).sound
        opened.facts.tell("The lamp burns.")
        assert [each.error for each in opened.add([more])] == [None]
        assert opened.verify().problems == ()
