"""Much told at once: a part at a time, all of it or nothing; and what it costs does not grow."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import Cancelled
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.facts import remembering


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.brain") as made:
        yield made


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of eight statements, so that a short text has many."""
    monkeypatch.setattr(remembering, "_PART", 8)


def _codes(first: int, last: int) -> str:
    return "\n".join(f"the code of door {n} is q{n}-x" for n in range(first, last))


@pytest.mark.usefixtures("small_parts")
def test_a_long_text_is_told_part_by_part_and_all_of_it_is_there(library: Library) -> None:
    told: list[Progress] = []
    made = library.facts.tell(_codes(0, 50) + "\nwhat is this?\nhm", report=told.append)
    assert len(made.new) == 50
    assert [(left.text, left.reason) for left in made.left] == [
        ("what is this?", "question"),
        ("hm", "chatter"),
    ]
    assert [(each.done, each.total) for each in told] == [
        (8, 52), (16, 52), (24, 52), (32, 52), (40, 52), (48, 52), (52, 52)
    ]  # fmt: skip
    assert len(library.facts.list()) == 50
    again = library.facts.tell(_codes(0, 51))
    assert (len(again.known), len(again.new)) == (50, 1)


@pytest.mark.usefixtures("small_parts")
def test_what_is_cancelled_half_way_leaves_nothing(library: Library) -> None:
    library.facts.tell(_codes(0, 4), source="Mail")
    cancel = Cancel()

    def report(progress: Progress) -> None:
        if progress.done >= 24:
            cancel.set()

    with pytest.raises(Cancelled):
        library.facts.tell(_codes(0, 50), source="Wiki", report=report, cancel=cancel)
    assert len(library.facts.list()) == 4
    assert {fact.sources for fact in library.facts.list()} == {("Mail",)}
    assert library.facts.recall("q30-x") == []
    assert library.verify().sound


@pytest.mark.usefixtures("small_parts")
def test_what_a_source_said_before_is_replaced_once_all_is_told(library: Library) -> None:
    library.facts.tell(_codes(0, 20), source="Wiki")
    library.facts.tell(_codes(15, 40), source="Wiki", options=TellOptions(replace=True))
    found = {fact.text for fact in library.facts.list()}
    assert found == set(_codes(15, 40).splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("parts", [1, 3, 4096])
@pytest.mark.parametrize(
    ("before", "text", "now", "count"),
    [
        ("", "my plan is pro\nmy plan is gold\nMy plan is PRO!", "PRO", 3),
        ("", "my plan is pro\nMy plan is PRO!\nmy plan is gold", "gold", 2),
        ("my plan is gold", "my plan is pro\nmy plan is gold.", "gold", 3),
        ("my plan is pro", "My plan is PRO!\nmy plan is gold", "gold", 2),
        ("I like tea", "I do not like tea\ni like tea", None, 3),
        ("", "the hat is red. The hat is red!\nthe hat is red", None, 1),
    ],
)
def test_what_is_known_is_told_by_the_order_of_the_text(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    parts: int,
    before: str,
    text: str,
    now: str | None,
    count: int,
) -> None:
    monkeypatch.setattr(remembering, "_PART", parts)
    if before:
        library.facts.tell(before)
    library.facts.tell(text)
    assert len(library.facts.list()) == count
    if now is not None:
        found = library.facts.value("what is my plan?")
        assert found is not None
        assert found.value == now


def _steps(library: Library, work: str) -> int:
    """How many steps SQLite takes to store a fact, counted on its writing connection."""
    writer = library._store._writer
    assert writer is not None
    connection: sqlite3.Connection = writer._connection
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    connection.set_progress_handler(count, 1)
    try:
        library.facts.tell(work)
    finally:
        connection.set_progress_handler(None, 1)
    return steps


@pytest.mark.slow
def test_telling_one_more_costs_the_same_however_many_there_are(library: Library) -> None:
    def least(first: int) -> int:
        # What is linked in the background is written by the same connection.
        library.graph.link()
        return min(
            _steps(library, f"the code of door {at} is q1-x") for at in range(first, first + 4)
        )

    library.facts.tell(_codes(0, 50))
    few = least(90_001)
    library.facts.tell(_codes(50, 3000))
    assert least(90_011) <= few * 1.2


@pytest.mark.slow
def test_a_library_of_many_facts_is_small(tmp_path: Path) -> None:
    file = tmp_path / "small.brain"
    texts = [
        f"the code of the {n % 97} north door {n} is q{n * 7919 % 99991:05}" for n in range(5000)
    ]
    with Library.open(file) as library:
        assert len(library.facts.tell("\n".join(texts)).new) == 5000
        empty = tmp_path / "empty.brain"
        Library.open(empty).close()
    mean = sum(map(len, texts)) / len(texts)
    assert 43 <= mean <= 47
    assert (file.stat().st_size - empty.stat().st_size) / 5000 <= 125
