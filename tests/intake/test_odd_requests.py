"""What scripts ask for by mistake, and queues that are long."""

import functools
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.records import Locator, Page, Passage, Section, Source
from workbench.errors import InputError, UsageError
from workbench.intake import queue
from workbench.library import Library
from workbench.store import sources, text
from workbench.store.store import Store
from workbench.store.verify import verify


@pytest.mark.parametrize("path", ["", "  ", "a\0b"])
def test_what_can_be_no_path_is_refused_and_adds_nothing(path: str, tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        with pytest.raises(InputError):
            library.add(path)
        assert library.queue.list() == []


def test_a_collection_needs_a_name(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The ferry leaves at nine.", encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        with pytest.raises(UsageError):
            library.add(file, collection="  ")
        assert library.sources.list() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add(tmp_path / "pipe.txt")
        assert added.state == "failed"
        assert added.error is not None
        assert "pipe" in added.error


@pytest.mark.parametrize("content", [b"\xc2\xa0", b"\x1c", b"\n\n", ""])
def test_pasted_text_without_words_is_refused(content: str | bytes, tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        with pytest.raises(InputError):
            library.add_text(content)
        assert library.sources.list() == []


def test_half_a_character_in_pasted_text_does_not_cost_the_rest(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add_text("The tide \ud800 turns at noon in Bredal.")
        assert added.error is None
        assert not library.ask("When does the tide turn in Bredal?").abstained


@pytest.mark.slow
def test_signs_alone_are_indexed_without_a_word(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add_text("(" * 3_000)
        assert (added.error, added.state) == (None, "verified")
        assert library.add_text("The tide turns at noon in Bredal.")[0].error is None
        assert not library.ask("When does the tide turn in Bredal?").abstained


@pytest.mark.slow
def test_the_same_words_piped_twice_at_once_are_kept(tmp_path: Path) -> None:
    import threading

    words = "The lock keeper of Bredal has a parrot called Admiral."
    with Library.open(tmp_path / "x.brain") as one, Library.open(tmp_path / "x.brain") as other:
        errors: list[str | None] = []

        def pipe(library: Library) -> None:
            errors.extend(added.error for added in library.add_text(words))

        threads = [threading.Thread(target=pipe, args=(library,)) for library in (one, other) * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == [None] * 4
        assert len(one.sources.list()) == 1


def _steps(store: Store, work: Callable[[sqlite3.Connection], object]) -> int:
    """How many thousand instructions SQLite's machine took for `work`."""
    count = 0

    def counted(connection: sqlite3.Connection) -> None:
        nonlocal count

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        connection.set_progress_handler(tick, 100)
        work(connection)
        connection.set_progress_handler(None, 0)

    store.write(counted)
    return count


def _fill(connection: sqlite3.Connection, length: int) -> None:
    for i in range(length):
        queue.enqueue(connection, queue.Addition(f"/books/{i}.txt", size=1))


@pytest.mark.slow
def test_taking_the_next_job_costs_the_same_in_a_long_queue(tmp_path: Path) -> None:
    costs = []
    for length in (100, 5000):
        with Store.open(tmp_path / f"{length}.brain") as store:
            store.write(functools.partial(_fill, length=length))
            costs.append(_steps(store, lambda c: queue.claim(c, first=range(1, 65))))
            costs.append(_steps(store, lambda c: queue.claim(c)))
    assert costs[2] <= 2 * costs[0] + 5
    assert costs[3] <= 2 * costs[1] + 5


def test_i5_a_library_in_the_middle_of_a_book_is_sound(tmp_path: Path) -> None:
    """A page may end in the next chapter, which is not stored yet when the program is killed."""
    source = Source("Half", "pdf", "pdf/1")
    parts, start = [], 0
    for ordinal in range(3):
        words = f"This is sentence number {ordinal}. "
        place = Locator(start, start + len(words) - 1, page=ordinal + 1)
        passage = Passage(place, words[:-1], ((place.start, place.end),))
        end = start + len(words) + (8 if ordinal < 2 else 0)
        page = Page(ordinal + 1, str(ordinal + 1), max(0, start), end, 400, 600)
        parts.append(
            Section(ordinal, f"Chapter {ordinal}", start, words, (passage,), pages=(page,))
        )
        start += len(words)
    with Store.open(tmp_path / "x.brain") as store:
        number = store.write(functools.partial(sources.insert, source=source, hash="h", size=1))
        for part in parts:
            store.write(functools.partial(text.append, source=number, sections=[part]))
            assert not [p for p in verify(store).problems if "page" in p]
        store.write(functools.partial(sources.set_state, sources=[number], state="verified"))
        store.write(lambda c: c.execute("UPDATE page SET end = 999 WHERE number = 3"))
        assert [p for p in verify(store).problems if "page 3 lies outside" in p]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"\n The ferry sails at nine.\nIt is back at noon.", "The ferry sails at nine."),
        (
            b"<!DOCTYPE html>\n<html><head><title>The Ferry</title></head><body><article>"
            b"<p>The ferry sails at nine, and is back at noon.</p></article></body></html>",
            "The Ferry",
        ),
        (b"{\\rtf1{\\info{\\title The Ferry}}The ferry sails at nine.}", "The Ferry"),
    ],
)
def test_what_is_piped_in_is_called_as_it_calls_itself(
    content: bytes, title: str, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add_text(content)
        assert (added.error, added.title) == (None, title)


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(99), b"\x7fELF" + bytes(999)])
def test_what_is_piped_in_and_no_text_is_named_in_plain_words(
    content: bytes, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        (added,) = library.add_text(content)
        assert added.title == "Pasted text"
        assert added.error
