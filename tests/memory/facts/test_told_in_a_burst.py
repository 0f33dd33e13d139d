"""Facts that are told in a burst are acknowledged before SQLite has them, and nobody can tell:
every door shows them at once, and the end of the process loses and doubles none of them."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import platformdirs
import pytest

from tests.patience import seconds
from workbench.errors import LibraryError
from workbench.library import Library
from workbench.store import bursts
from workbench.store.journal import NO_BURST, SIZE, Entry, Journal
from workbench.store.writing import Writer

pytestmark = [pytest.mark.usefixtures("compiled"), pytest.mark.timeout(seconds(600))]

#: Tells facts until it is killed; says which of them were acknowledged.
_TELLER = """
import itertools, sys
from pathlib import Path
from workbench import kernels
from workbench.library import Library
from workbench.memory.facts.kernel_set import FACT_KERNELS
from workbench.store import bursts
bursts.SECONDS = 60.0
assert kernels.load(FACT_KERNELS, Path(sys.argv[2]))
library = Library.open(sys.argv[1])
for number in itertools.count():
    (id,) = library.remember(f"the code of door {number} is q{number}-x").new
    print(id, number, flush=True)
"""


@pytest.fixture(autouse=True)
def _in_bursts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts in a row are a burst, however slowly they come, and stay one until somebody looks."""
    monkeypatch.setattr(bursts, "SECONDS", 60.0)
    monkeypatch.setattr(bursts, "_ROWS", 1)


@pytest.fixture
def other(library: Library, file: Path) -> Iterator[Library]:
    """The same library, opened by somebody else."""
    with Library.open(file) as made:
        yield made


def _writer(library: Library) -> Writer:
    writer = library._store._writer
    assert writer is not None
    return writer


def _fact(number: int) -> str:
    return f"the code of door {number} is q{number}-x"


def _told(library: Library, numbers: Sequence[int], collection: str | None = None) -> list[int]:
    return [library.remember(_fact(n), collection=collection).new[0] for n in numbers]


def _stored(file: Path) -> dict[int, str]:
    """What SQLite has."""
    connection = sqlite3.connect(file)
    try:
        return dict(connection.execute("SELECT id, text FROM engram WHERE kind = 'fact'"))
    finally:
        connection.close()


def _journal(file: Path) -> Path:
    return file.with_name(f"{file.name}{bursts.ENDING}")


def _killed(file: Path, after: int) -> dict[int, str]:
    """What another process was told, acknowledged, before it was killed after so many."""
    folder = platformdirs.user_cache_dir("engram-workbench-tests", appauthor=False)
    told: dict[int, str] = {}
    with subprocess.Popen(
        [sys.executable, "-c", _TELLER, str(file), folder], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.endswith("\n"):
                id, _, number = line.partition(" ")
                told[int(id)] = _fact(int(number))
            if len(told) == after:
                child.kill()
    return told


def _left(file: Path, name: str = "left") -> Path:
    """What a process would leave that is killed now: the library, its log and its journal."""
    to = file.with_name(f"{name}.brain")
    for ending in ("", "-wal", bursts.ENDING):
        beside = file.with_name(file.name + ending)
        if beside.exists():
            shutil.copy(beside, to.with_name(to.name + ending))
    return to


def _texts(library: Library) -> dict[int, str]:
    return {fact.id: fact.text for fact in library.facts()}


# -- nobody can tell -------------------------------------------------------------------------------


def _exported(library: Library, folder: Path) -> bool:
    library.export(folder / "out", format="jsonl")
    return any("q999-x" in path.read_text("utf-8") for path in (folder / "out").rglob("*.jsonl"))


def _copied(library: Library, folder: Path) -> bool:
    library.backup(folder / "copy.brain")
    return _fact(999) in _stored(folder / "copy.brain").values()


_DOORS: dict[str, Callable[[Library, Path], object]] = {
    "recall": lambda library, _: library.recall("door 999")[0].text == _fact(999),
    "value": lambda library, _: getattr(
        library.value("what is the code of door 999?"), "value", None) == "q999-x",
    "facts": lambda library, _: library.facts(limit=1)[0].text == _fact(999),
    "count": lambda library, _: library.fact_count() == 20,
    "history": lambda library, _: library.history("door 999")[-1].text == _fact(999),
    "chain": lambda library, _: library.chain("door 999", ["code"]).value == "q999-x",
    "associate": lambda library, _: _fact(999) in {
        each.fact.text for each in library.associate("q999-x", hops=1)},
    "turn": lambda library, _: "q999-x" in str(library.turn("What is the code of door 999?")),
    "known": lambda library, _: library.remember(_fact(999).upper()).new == (),
    "forget": lambda library, _: library.forget("q999-x").forgotten == 1,
    "longer": lambda library, _: library.remember("the mill is old\nthe barn is red").new,
    "scopes": lambda library, _: library.fact_scopes() == [None],
    "verify": lambda library, _: library.verify().sound and library.fact_count() == 20,
    "stored": lambda library, _: len(library._store.rows("SELECT 1 FROM fact")) == 20,
    "copy": _copied,
    "export": _exported,
}  # fmt: skip


@pytest.mark.parametrize("door", list(_DOORS))
def test_every_door_shows_what_was_told_in_a_burst(
    library: Library, file: Path, tmp_path: Path, door: str
) -> None:
    ids = _told(library, [*range(19), 999])
    assert ids == sorted(set(ids))
    assert _writer(library).bursts.open
    assert len(_stored(file)) < 20
    assert _DOORS[door](library, tmp_path)
    assert not _writer(library).bursts.open
    assert library._fact_index.differences() == []
    more = _told(library, range(100, 120))
    assert more[0] > ids[-1]


def test_what_was_told_is_there_after_closing_and_nothing_else_is(file: Path) -> None:
    with Library.open(file) as library:
        ids = _told(library, range(30))
        assert _journal(file).stat().st_size == SIZE
    assert sorted(path.name for path in file.parent.glob("*.brain*")) == [file.name]
    with Library.open(file) as library:
        assert _texts(library) == {id: _fact(n) for n, id in enumerate(ids)}


def test_a_burst_of_many_is_stored_by_itself_in_parts(library: Library, file: Path) -> None:
    count = 2 * bursts.MOST + 50
    ids = _told(library, range(count))
    assert bursts.MOST <= len(_stored(file)) < count
    assert _texts(library) == {id: _fact(n) for n, id in enumerate(ids)}
    assert library._fact_index.differences() == []


def test_scopes_may_change_within_a_burst(library: Library) -> None:
    for name in ("Doors", "Gates"):
        _told(library, range(12), name)
    library.set_capacity(3, collection="Gates")
    for number in range(20, 40):
        for scope in (None, "Doors", "Gates"):
            library.remember(_fact(number), collection=scope)
    assert [library.fact_count(collection=scope) for scope in (None, "Doors", "Gates")] == [
        20, 32, 3,
    ]  # fmt: skip


def test_others_see_a_burst_that_nobody_ends(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bursts, "SECONDS", 0.5)
    ids = _told(library, range(30))
    waiting = threading.Event()
    while other.fact_count() < 30:
        waiting.wait(0.02)
    assert list(_texts(other)) == ids[::-1]


def test_who_wants_to_write_gets_in_between(library: Library, other: Library) -> None:
    mine = _told(library, range(20))
    assert _writer(library).bursts.open
    theirs: list[int] = []
    thread = threading.Thread(target=lambda: theirs.extend(_told(other, range(5000, 5010))))
    thread.start()
    number = 20
    while thread.is_alive():
        mine += _told(library, [number])
        number += 1
    thread.join()
    mine += _told(library, range(4000, 4020))
    assert len({*mine, *theirs}) == len(mine) + 10
    for each in (library, other):
        assert {*_texts(each)} == {*mine, *theirs}
        assert each._fact_index.differences() == []


def test_many_tell_while_others_look(library: Library) -> None:
    made: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            library.recall("door 7")
            library.fact_count()

    looking = threading.Thread(target=look)
    tellers = [
        threading.Thread(target=lambda n=n: made.extend(_told(library, range(n, n + 60))))
        for n in (0, 100)
    ]
    for thread in (looking, *tellers):
        thread.start()
    for thread in tellers:
        thread.join()
    done.set()
    looking.join()
    assert len(set(made)) == library.fact_count() == 120
    assert library._fact_index.differences() == []


# -- the end of the process ------------------------------------------------------------------------


def test_a_killed_process_loses_nothing_that_was_acknowledged(file: Path) -> None:
    told = _killed(file, after=700)
    assert len(told) >= 700
    for _ in range(2):
        with Library.open(file) as library:
            library.remember("the mill is open")
            found = _texts(library)
            assert told.items() <= found.items()
            # One may have been stored and not told of.
            assert len(found) - 1 - len(told) in (0, 1)
            assert library._fact_index.differences() == []
            assert library.verify().sound
    assert not _journal(file).exists()


def test_what_it_leaves_is_stored_once_with_the_ids_that_were_promised(
    library: Library, file: Path
) -> None:
    ids = _told(library, range(40))
    left = _left(file)
    assert len(_stored(left)) < 40
    for _ in range(2):
        with Library.open(left) as again:
            made = again.remember("the mill is open")
            (new,) = made.new or made.known
            assert [id for id in reversed(_texts(again)) if id != new] == ids
            assert again._fact_index.differences() == []
    assert not _journal(left).exists()


def test_who_opens_a_library_to_read_finds_what_a_killed_process_was_told(
    library: Library, file: Path
) -> None:
    ids = _told(library, range(40))
    left = _left(file)
    for _ in range(2):
        with Library.open(left) as again:
            assert [*reversed(_texts(again))] == ids
            assert again.recall("q39-x")[0].text == _fact(39)
    assert not _journal(left).exists()


def test_what_another_program_keeps_from_being_stored_is_stored_by_the_next_write(
    library: Library, file: Path
) -> None:
    ids = _told(library, range(40))
    left = _left(file)
    holding = sqlite3.connect(left, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    try:
        with Library.open(left) as again:
            assert len(_texts(again)) < 40
            holding.execute("ROLLBACK")
            again.remember("the mill is open")
            assert [*reversed(_texts(again))][:40] == ids
    finally:
        holding.close()


def test_a_record_that_was_cut_off_is_none(library: Library, file: Path) -> None:
    _told(library, range(40))
    left = _left(file)
    data = bytearray(_journal(left).read_bytes())
    at = data.rindex(b"q39-x")
    data[at : at + 5] = bytes(5)
    _journal(left).write_bytes(data)
    with Library.open(left) as again:
        again.remember("the mill is open")
        assert [*reversed(_texts(again).values())] == [*map(_fact, range(39)), "the mill is open"]
        assert again._fact_index.differences() == []


def test_what_is_no_journal_harms_nobody(file: Path) -> None:
    for content in (b"", bytes(SIZE), b"x" * SIZE):
        _journal(file).write_bytes(content)
        with Library.open(file) as library:
            before = library.fact_count()
            _told(library, range(before, before + 20))
            assert library.fact_count() == before + 20


def test_a_burst_that_was_stored_is_not_stored_again(library: Library, file: Path) -> None:
    _told(library, range(40))
    library.fact_count()
    left = _left(file)
    assert b"q39-x" in _journal(left).read_bytes()
    with Library.open(left) as again:
        assert again.forget("q39-x").forgotten == 1
        assert b"door" not in _journal(left).read_bytes()
    with Library.open(left) as again:
        assert again.fact_count() == 39


def test_what_was_forgotten_is_not_in_the_journal(library: Library, file: Path) -> None:
    _told(library, range(20))
    assert b"q15-x" in _journal(file).read_bytes()
    assert library.forget("q15-x").forgotten == 1
    assert b"q15-x" not in _journal(file).read_bytes()


def test_the_journal_of_another_library_is_left_alone(library: Library, file: Path) -> None:
    _told(library, range(20))
    left, mine = _left(file), file.with_name("mine.brain")
    with Library.open(mine) as other:
        other.remember("the mill is open")
    _journal(left).rename(_journal(mine))
    with Library.open(mine) as other:
        other.remember("the barn is red")
        assert other.fact_count() == 2
    # It may be put back to where it belongs.
    (aside,) = file.parent.glob("mine.brain-told-*")
    aside.rename(_journal(left))
    with Library.open(left) as again:
        again.remember("the mill is open")
        assert again.fact_count() == 21


def test_an_older_copy_of_the_library_gets_none_of_it(library: Library, file: Path) -> None:
    _told(library, range(20))
    library.fact_count()
    older = _left(file, "older")
    _told(library, range(20, 40))
    library.fact_count()
    _told(library, range(40, 60))
    shutil.copy(_journal(file), _journal(older))
    with Library.open(older) as again:
        again.remember("the mill is open")
        assert again.fact_count() == 21


# -- where it cannot be done -----------------------------------------------------------------------


def test_without_a_journal_it_goes_as_before(library: Library, file: Path) -> None:
    _journal(file).mkdir()
    ids = _told(library, range(40))
    assert not _writer(library).bursts.open
    assert list(_stored(file)) == ids


def test_a_full_disk_loses_nothing_that_was_acknowledged(library: Library, file: Path) -> None:
    told = _told(library, range(12))
    connection = _writer(library)._connection
    library.fact_count()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(LibraryError, match=r"[Dd]isk|full|room|space"):  # noqa: PT012
        for number in range(12, 2000):
            told += _told(library, [number])
    assert len(_stored(file)) < len(told)
    # Whoever only looks is not troubled by it.
    assert library.recall("door 3")
    connection.execute("PRAGMA max_page_count=1000000")
    told += _told(library, [5000])
    assert list(_texts(library)) == told[::-1]
    assert library._fact_index.differences() == []


def test_a_journal_gives_back_what_was_put_in(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "a-told")
    journal.make("0" * 32)
    entries = [Entry(n, n % 3, "Straße “ß” " * n, 1.5 + n, bytes(range(n))) for n in range(1, 60)]
    number = journal.begin(NO_BURST)
    assert all(map(journal.add, entries))
    again = Journal(tmp_path / "a-told")
    assert again.attach()
    assert again.entries() == entries
    assert again.numbers() == (number, NO_BURST)
    # What an earlier burst has left behind a shorter one is none of it.
    data = (tmp_path / "a-told").read_bytes()
    journal.begin(number)
    assert again.entries() == []
    journal.add(entries[0])
    raw = bytearray((tmp_path / "a-told").read_bytes())
    raw[200:] = data[200:]
    (tmp_path / "b-told").write_bytes(raw)
    other = Journal(tmp_path / "b-told")
    assert other.attach()
    assert other.entries() == entries[:1]
    assert not journal.add(Entry(1, 0, "x" * SIZE, 0.0, b""))
    for each in (journal, again, other):
        each.detach()
