"""Facts told one by one are as good as those told together, whatever happens in between."""

import sqlite3
import threading
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.library import Library

_PLACES = ("barn", "mill", "forge", "chapel")
_LINE = st.one_of(
    st.builds(
        "the {} of the {} is {}".format,
        st.sampled_from(("colour", "keeper", "gate code")),
        st.sampled_from(_PLACES),
        st.sampled_from(("red", "Ottilie Brand", "k7-x", "Blue Falcon", "12:30")),
    ),
    st.builds(
        "Ruben {} the {}".format,
        st.sampled_from(("likes", "does not like", "owns")),
        st.sampled_from(_PLACES),
    ),
    st.sampled_from(
        (
            "what is the barn?",
            "hm",
            "…",
            "TODO: sweep the mill",
            "Das Tor ist offen",
            "THE COLOUR OF THE BARN IS RED.",
            "the barn has 12 windows",
        )
    ),
)


def _known(library: Library) -> list[object]:
    cues = (*_PLACES, "red gate", "Ruben", "the colour of the barn", "windws")
    return [
        [(fact.text, fact.kind, fact.current) for fact in reversed(library.facts.list())],
        [
            [(fact.text, fact.current, fact.score) for fact in library.facts.recall(cue)]
            for cue in cues
        ],
        library.facts.count(),
        library._core.fact_index.differences(),
    ]


def _records(file: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(
            "SELECT f.scope, e.text, e.start, e.end, f.at, f.teller, f.claims "
            "FROM fact f JOIN engram e ON e.id = f.engram ORDER BY e.id"
        ).fetchall()
    finally:
        connection.close()


def _same(line: str) -> str:
    """What a line says, however it is written: who says it twice in two calls makes it stronger."""
    return line.casefold().rstrip(".")


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(_LINE, max_size=24, unique_by=_same), st.sets(st.integers(0, 23)))
def test_many_small_calls_are_as_good_as_one_large_one(
    tmp_path_factory: pytest.TempPathFactory, lines: Sequence[str], looks: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("told")
    with Library.open(folder / "one.brain") as library:
        whole = library.facts.tell("\n".join(lines))
        at_once = _known(library)
    with Library.open(folder / "many.brain") as library:
        parts = []
        for place, line in enumerate(lines):
            parts.append(library.facts.tell(line))
            if place in looks:
                # Whoever looks finds what was told last.
                newest = [id for part in parts for id in part.new][-1:]
                assert [fact.id for fact in library.facts.list(limit=1)] == newest
        assert _known(library) == at_once
    assert _records(folder / "many.brain") == _records(folder / "one.brain")
    assert [left for part in parts for left in part.left] == list(whole.left if lines else ())
    assert sum(len(part.new) for part in parts) == len(whole.new)


def test_who_forgets_or_limits_in_between_counts(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.brain") as library:
        for number in range(9):
            library.facts.tell(f"the code of door {number} is q{number}-x")
        assert library.facts.forget("door 7").forgotten == 1
        for number in range(9, 12):
            library.facts.tell(f"the code of door {number} is q{number}-x")
        library.collections.set_capacity(8)
        assert library.facts.count() == 8
        assert library.facts.tell("the mill is open").dropped == 1
        assert library.facts.recall("q7-x") == []
        assert library.facts.recall("q0-x") == []
        assert len(library.facts.recall("q11-x")) == 1
        assert library.verify().sound


@pytest.mark.slow
def test_telling_and_looking_in_two_threads_loses_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.brain") as library:
        done = threading.Event()

        def look() -> None:
            while not done.is_set():
                library.facts.recall("door")

        thread = threading.Thread(target=look)
        thread.start()
        try:
            for number in range(400):
                assert len(library.facts.tell(f"the code of door {number} is q{number}-x").new) == 1
        finally:
            done.set()
            thread.join()
        assert library.facts.count() == 400
        assert library._core.fact_index.differences() == []


def test_one_is_known_when_it_is_told_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.brain") as library:
        library.facts.tell("the mill is open")
        (id,) = library.facts.tell("the barn is red").new
        assert library.facts.tell("The barn is red!").known == (id,)
        assert [fact.text for fact in islice(library.facts.list(), 2)] == [
            "the barn is red",
            "the mill is open",
        ]
