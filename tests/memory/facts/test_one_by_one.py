"""A fact told after another is one statement of SQLite and two pages of its log, and nobody can
tell: ids go up and are never given twice, and whoever else writes meanwhile counts."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.errors import LibraryError
from workbench.library import Library
from workbench.store import bursts
from workbench.store import file as files
from workbench.store.store import Store
from workbench.store.writing import Telling, Writer

pytestmark = [pytest.mark.usefixtures("compiled"), pytest.mark.timeout(seconds(600))]


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
        library.remember(f"the code of door {number} is q{number}-x", collection=collection).new[0]
        for number in numbers
    ]


def test_a_fact_after_another_is_one_statement_and_two_pages(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if they came at longer intervals.
    monkeypatch.setattr(bursts, "SECONDS", 0.0)
    _told(library, range(3))
    log = file.with_name(f"{file.name}-wal")
    statements: list[str] = []
    connection = _writer(library)._connection
    connection.set_trace_callback(statements.append)
    try:
        sizes = [log.stat().st_size]
        for number in range(10, 40):
            _told(library, [number])
            sizes.append(log.stat().st_size)
    finally:
        connection.set_trace_callback(None)
    # SQLite tells it once more for every part of the trigger.
    assert len(set(statements)) == 30
    assert all("INTO told_alone" in each for each in statements)
    frame = 24 + files.PAGE_SIZE
    grown = sorted(b - a for a, b in pairwise(sizes))
    # Where a page is full, a fact takes more.
    assert grown[len(grown) // 2] == 2 * frame


def test_ids_go_up_however_it_is_told(library: Library) -> None:
    ids = _told(library, range(4))
    ids += library.remember("the barn is red\nthe mill is old").new
    ids += _told(library, range(4, 8))
    library.note("instruction", "Answer in one sentence.")
    ids += _told(library, range(8, 12), "Doors")
    ids += library.remember("the forge is hot", priority=3).new
    ids += _told(library, range(12, 600))
    assert ids == sorted(set(ids))
    # Only the note, which is no fact, stands in between.
    assert ids[-1] - ids[0] == len(ids)
    assert library.verify().sound
    assert library._fact_index.differences() == []


def test_ids_that_were_set_aside_are_given_back(library: Library, file: Path) -> None:
    *_, last = _told(library, range(5))
    library.close()
    with Library.open(file) as again:
        assert _told(again, [5]) == [last + 1]


def test_the_id_of_what_was_forgotten_is_not_given_again(library: Library, other: Library) -> None:
    *_, last = _told(library, range(5))
    assert library.forget("door 4").forgotten == 1
    (next_,) = _told(library, [5])
    assert next_ > last
    assert other.forget("door 5").forgotten == 1
    (one_more,) = _told(library, [6])
    assert one_more > next_


def test_what_others_tell_in_between_counts(library: Library, other: Library) -> None:
    ids = _told(library, range(3))
    ids += _told(other, range(10, 13))
    # Each sees what the other told last, also where nothing was looked at meanwhile.
    assert library.remember("The code of door 12 is q12-x.").new == ()
    ids += _told(library, range(3, 6))
    assert other.remember("The code of door 5 is q5-x.").new == ()
    ids += _told(other, [13])
    ids += _told(library, [6])
    assert ids == sorted(set(ids))
    for each in (library, other):
        assert [fact.id for fact in reversed(each.facts())] == ids
        assert each._fact_index.differences() == []


def test_whoever_tells_nothing_but_takes_away_counts(library: Library, other: Library) -> None:
    _told(library, range(3))
    assert other.forget("door 2").forgotten == 1
    assert len(library.remember("the code of door 2 is q2-x").new) == 1
    _told(library, [3])
    other.set_capacity(3)
    assert library.remember("the mill is open").dropped == 1
    assert library.fact_count() == 3


def test_a_collection_that_others_remove_or_rename_is_none(
    library: Library, other: Library
) -> None:
    _told(library, range(3), "Doors")
    other.rename_collection("Doors", "Gates")
    _told(library, [3], "Doors")
    assert library.fact_count(collection="Gates") == 3
    assert library.fact_count(collection="Doors") == 1
    _told(library, [4], "doors")
    other.remove_collection("Doors")
    other.remember("the barn is red", collection="Barns")
    _told(library, [5], "Doors")
    assert [fact.text for fact in library.facts(collection="Doors")] == [
        "the code of door 5 is q5-x"
    ]
    assert library.fact_count(collection="Barns") == 1
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
    assert [fact.id for fact in library.facts(limit=1)] == made


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
    assert library.fact_count() == 181
    assert library._fact_index.differences() == []


def test_it_is_the_same_without_a_log(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with Library.open(folder / "library.brain") as library:
        assert library.notice
        ids = _told(library, range(20))
        assert ids == sorted(set(ids))
        assert [fact.id for fact in reversed(library.facts())] == ids
    with Library.open(folder / "library.brain") as library:
        assert library.fact_count() == 20
        assert not list(folder.glob("*-journal"))


def test_nothing_is_told_to_what_can_only_be_read(file: Path) -> None:
    Store.open(file).close()
    with Store.open(file, read_only=True) as store:
        fact = Telling(0, None, "my plan is pro", 1.0, b"")
        with pytest.raises(LibraryError):
            store.tell(fact, known=bool, follow=id, then=id)
        with pytest.raises(LibraryError):
            assert store.told
