"""What an older program was told and had not stored when it was killed is stored by this one: once,
with the ids that were promised, and only in the library that it was told."""

import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.store import file, legacy, told_journal

#: A library with 11 facts in its tables and 24 in the journal of the program that was killed.
_LEFT = Path(__file__).parents[1] / "fixtures" / "older_libraries" / "left_in_a_journal.tar.xz"
_IDS = list(range(1, 36))
_STORED = 11


@pytest.fixture
def left(tmp_path: Path) -> Path:
    with tarfile.open(_LEFT) as archive:
        archive.extractall(tmp_path, filter="data")
    path = tmp_path / "mine.brain"
    # Its tables become those of today, whatever lies beside it.
    file.connect_writer(path, legacy.SAME, 1.0)[0].close()
    return path


def _texts(library: Library) -> dict[int, str]:
    found = [*library.facts.list(), *library.facts.list(collection="Doors")]
    return {fact.id: fact.text for fact in sorted(found, key=lambda fact: fact.id)}


def _stored(file: Path) -> int:
    connection = sqlite3.connect(file)
    try:
        return int(connection.execute("SELECT count(*) FROM fact").fetchone()[0])
    finally:
        connection.close()


def test_it_is_stored_once_with_the_ids_that_were_promised(left: Path) -> None:
    assert _stored(left) == _STORED
    for _ in range(2):
        with Library.open(left) as library:
            texts = _texts(library)
            assert list(texts) == _IDS
            assert texts[32] == "the code of door 29 is q29-x"
            assert texts[35] == "the Größe of gate 2 is g2-ü"
            assert library.facts.count(collection="Doors") == 5
            assert library.facts.recall("q29-x")[0].text == texts[32]
            value = library.facts.value("what is the code of door 28?")
            assert value is not None
            assert value.value == "q28-x"
            assert library._core.fact_index.differences() == []
            assert library.verify().sound
    assert not told_journal.path_of(left).exists()
    with Library.open(left) as library:
        assert library.facts.tell("the mill is open").new == (36,)


def test_who_only_reads_leaves_it(left: Path) -> None:
    with Library.open(left, read_only=True) as library:
        assert len(_texts(library)) == _STORED
    assert told_journal.path_of(left).exists()


def test_what_another_program_keeps_from_being_stored_is_stored_by_the_next_write(
    left: Path,
) -> None:
    holding = sqlite3.connect(left, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    try:
        with Library.open(left) as library:
            assert len(_texts(library)) == _STORED
            holding.execute("ROLLBACK")
            (new,) = library.facts.tell("the mill is open").new
            assert list(_texts(library)) == [*_IDS, new]
            assert library._core.fact_index.differences() == []
    finally:
        holding.close()


def test_a_kill_after_it_was_stored_stores_it_no_second_time(left: Path) -> None:
    journal = told_journal.path_of(left)
    kept = shutil.copy(journal, left.with_name("kept"))
    with Library.open(left) as library:
        assert library.facts.forget("q29-x").forgotten == 1
    # As if it had been killed before the file was removed.
    shutil.copy(kept, journal)
    with Library.open(left) as library:
        assert list(_texts(library)) == [id for id in _IDS if id != 32]
    assert not journal.exists()


def test_a_record_that_was_cut_off_is_none(left: Path) -> None:
    journal = told_journal.path_of(left)
    data = bytearray(journal.read_bytes())
    at = data.rindex(b"q29-x")
    data[at : at + 5] = bytes(5)
    journal.write_bytes(data)
    with Library.open(left) as library:
        assert list(_texts(library)) == _IDS[: _IDS.index(32)]
        assert library._core.fact_index.differences() == []


def test_that_of_another_library_is_left_alone(left: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.brain"
    with Library.open(other) as library:
        library.facts.tell("the mill is open")
    told_journal.path_of(left).rename(told_journal.path_of(other))
    with Library.open(other) as library:
        library.facts.tell("the barn is red")
        assert library.facts.count() == 2
    # It may be put back to where it belongs.
    (aside,) = tmp_path.glob("other.brain-told-*")
    aside.rename(told_journal.path_of(left))
    with Library.open(left) as library:
        assert list(_texts(library)) == _IDS


def test_another_copy_of_the_library_gets_none_of_it(left: Path) -> None:
    connection = sqlite3.connect(left)
    with connection:
        connection.execute(
            "INSERT OR REPLACE INTO meta(key, value) VALUES ('told', ?)", (b"other000",)
        )
    connection.close()
    with Library.open(left) as library:
        assert len(_texts(library)) == _STORED
    assert list(left.parent.glob("mine.brain-told-*"))


@pytest.mark.parametrize("content", [b"", bytes(1 << 17), b"x" * 100])
def test_what_is_no_journal_harms_nobody(left: Path, content: bytes) -> None:
    told_journal.path_of(left).write_bytes(content)
    with Library.open(left) as library:
        assert len(library.facts.tell("the mill is open").new) == 1
        assert len(_texts(library)) == _STORED + 1
