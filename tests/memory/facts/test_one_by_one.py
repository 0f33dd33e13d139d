"""Facts that are told one after another: ids go up and are never given twice, whoever else writes
meanwhile counts, and what was acknowledged is there, whatever happens then."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from workbench.errors import LibraryError
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.store.writing import Writer


@pytest.fixture
def other(library: Library, file: Path) -> Iterator[Library]:
    """The same library, opened by somebody else."""
    with Library.open(file) as made:
        yield made


def _writer(library: Library) -> Writer:
    writer = library._store._writer
    assert writer is not None
    return writer


def _told(library: Library, numbers: Sequence[int], collection: str | None = None) -> list[int]:
    return [
        library.facts.tell(f"the code of door {number} is q{number}-x", collection=collection).new[
            0
        ]
        for number in numbers
    ]


@pytest.mark.slow
def test_ids_go_up_however_it_is_told(library: Library) -> None:
    ids = _told(library, range(4))
    ids += library.facts.tell("the barn is red\nthe mill is old").new
    ids += _told(library, range(4, 8))
    library.notes.add("instruction", "Answer in one sentence.")
    ids += _told(library, range(8, 12), "Doors")
    ids += library.facts.tell("the forge is hot", options=TellOptions(priority=3)).new
    ids += _told(library, range(12, 600))
    assert ids == sorted(set(ids))
    # Only the note, which is no fact, stands in between.
    assert ids[-1] - ids[0] == len(ids)
    assert library.verify().sound
    assert library._core.fact_index.differences() == []


def test_no_id_is_left_out(library: Library, file: Path) -> None:
    *_, last = _told(library, range(5))
    library.close()
    with Library.open(file) as again:
        assert _told(again, [5]) == [last + 1]


def test_the_id_of_what_was_forgotten_is_not_given_again(library: Library, other: Library) -> None:
    *_, last = _told(library, range(5))
    assert library.facts.forget("door 4").forgotten == 1
    (next_,) = _told(library, [5])
    assert next_ > last
    assert other.facts.forget("door 5").forgotten == 1
    (one_more,) = _told(library, [6])
    assert one_more > next_


def test_what_others_tell_in_between_counts(library: Library, other: Library) -> None:
    ids = _told(library, range(3))
    ids += _told(other, range(10, 13))
    # Each sees what the other told last, also where nothing was looked at meanwhile.
    assert library.facts.tell("The code of door 12 is q12-x.").new == ()
    ids += _told(library, range(3, 6))
    assert other.facts.tell("The code of door 5 is q5-x.").new == ()
    ids += _told(other, [13])
    ids += _told(library, [6])
    assert ids == sorted(set(ids))
    for each in (library, other):
        assert [fact.id for fact in reversed(each.facts.list())] == ids
        assert each._core.fact_index.differences() == []


def test_whoever_tells_nothing_but_takes_away_counts(library: Library, other: Library) -> None:
    _told(library, range(3))
    assert other.facts.forget("door 2").forgotten == 1
    assert len(library.facts.tell("the code of door 2 is q2-x").new) == 1
    _told(library, [3])
    other.collections.change(None, capacity=3)
    assert library.facts.tell("the mill is open").dropped == 1
    assert len(library.facts.list()) == 3


def test_a_collection_that_others_remove_or_rename_is_none(
    library: Library, other: Library
) -> None:
    _told(library, range(3), "Doors")
    other.collections.change("Doors", name="Gates")
    _told(library, [3], "Doors")
    assert len(library.facts.list(collection="Gates")) == 3
    assert len(library.facts.list(collection="Doors")) == 1
    _told(library, [4], "doors")
    other.collections.remove("Doors")
    other.facts.tell("the barn is red", collection="Barns")
    _told(library, [5], "Doors")
    assert [fact.text for fact in library.facts.list(collection="Doors")] == [
        "the code of door 5 is q5-x"
    ]
    assert len(library.facts.list(collection="Barns")) == 1
    assert library.verify().sound


def test_who_holds_the_library_is_waited_for(library: Library, file: Path) -> None:
    _told(library, range(3))
    holding = sqlite3.connect(file, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    begun = threading.Event()
    made: list[int] = []

    def tell() -> None:
        begun.set()
        made.extend(_told(library, [3]))

    thread = threading.Thread(target=tell)
    thread.start()
    begun.wait()
    holding.execute("COMMIT")
    holding.close()
    thread.join()
    assert [fact.id for fact in library.facts.list(limit=1)] == made


def test_many_who_tell_at_once_lose_nothing(library: Library) -> None:
    _told(library, [999])
    made: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: made.extend(_told(library, range(n, n + 60))))
        for n in (0, 100, 200)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 180
    assert len(library.facts.list()) == 181
    assert library._core.fact_index.differences() == []


@pytest.mark.slow
def test_telling_and_looking_in_two_threads_loses_nothing(library: Library) -> None:
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            library.facts.recall("door")

    thread = threading.Thread(target=look)
    thread.start()
    try:
        _told(library, range(400))
    finally:
        done.set()
        thread.join()
    assert len(library.facts.list()) == 400
    assert library._core.fact_index.differences() == []


def test_it_is_the_same_without_a_log(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with Library.open(folder / "library.brain") as library:
        assert library.notice
        ids = _told(library, range(20))
        assert ids == sorted(set(ids))
        assert [fact.id for fact in reversed(library.facts.list())] == ids
    with Library.open(folder / "library.brain") as library:
        assert len(library.facts.list()) == 20
        assert not list(folder.glob("*-journal"))


def test_nothing_lies_beside_a_library_that_is_closed(file: Path) -> None:
    with Library.open(file) as library:
        ids = _told(library, range(30))
    assert sorted(path.name for path in file.parent.glob("*.brain*")) == [file.name]
    with Library.open(file) as library:
        assert [fact.id for fact in reversed(library.facts.list())] == ids


# -- the end of the process ------------------------------------------------------------------------

#: Tells facts until it is killed; says which of them were acknowledged.
_TELLER = """
import itertools, sys
from workbench.library import Library
library = Library.open(sys.argv[1])
for number in itertools.count():
    (id,) = library.facts.tell(f"the code of door {number} is q{number}-x").new
    print(id, number, flush=True)
"""


@pytest.mark.slow
def test_a_killed_process_loses_nothing_that_was_acknowledged(file: Path) -> None:
    told: dict[int, str] = {}
    with subprocess.Popen(
        [sys.executable, "-c", _TELLER, str(file)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.endswith("\n"):
                id, _, number = line.partition(" ")
                told[int(id)] = f"the code of door {int(number)} is q{int(number)}-x"
            if len(told) == 700:
                child.kill()
    assert len(told) >= 700
    for _ in range(2):
        with Library.open(file) as library:
            library.facts.tell("the mill is open")
            found = {fact.id: fact.text for fact in library.facts.list()}
            assert told.items() <= found.items()
            # One may have been stored and not told of.
            assert len(found) - 1 - len(told) in (0, 1)
            assert library._core.fact_index.differences() == []
            assert library.verify().sound


def test_a_full_disk_loses_nothing_that_was_acknowledged(library: Library) -> None:
    told = _told(library, range(12))
    connection = _writer(library)._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(LibraryError, match=r"[Dd]isk|full|room|space"):  # noqa: PT012
        for number in range(12, 2000):
            told += _told(library, [number])
    # Whoever only looks is not troubled by it.
    assert library.facts.recall("door 3")
    connection.execute("PRAGMA max_page_count=1000000")
    told += _told(library, [5000])
    assert [fact.id for fact in reversed(library.facts.list())] == told
    assert library._core.fact_index.differences() == []
