"""Facts told one by one are taken into the index together, later: nobody can tell, whatever happens
in between, and nothing of what was acknowledged is lost."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import seconds
from workbench.library import Library

pytestmark = [pytest.mark.usefixtures("compiled"), pytest.mark.timeout(seconds(600))]

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
        [(fact.text, fact.kind, fact.current) for fact in reversed(library.facts())],
        [[(fact.text, fact.current, fact.score) for fact in library.recall(cue)] for cue in cues],
        library.fact_count(),
        library._fact_index.differences(),
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


@settings(max_examples=12)
@given(st.lists(_LINE, max_size=24, unique_by=_same), st.sets(st.integers(0, 23)))
def test_many_small_calls_are_as_good_as_one_large_one(
    tmp_path_factory: pytest.TempPathFactory, lines: Sequence[str], looks: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("told")
    with Library.open(folder / "one.brain") as library:
        whole = library.remember("\n".join(lines))
        at_once = _known(library)
    with Library.open(folder / "many.brain") as library:
        parts = []
        for place, line in enumerate(lines):
            parts.append(library.remember(line))
            if place in looks:
                # Whoever looks finds what was told last.
                told = library._fact_index.newest
                assert library.facts(limit=1)[0].id == told if library.fact_count() else not told
        assert _known(library) == at_once
    assert _records(folder / "many.brain") == _records(folder / "one.brain")
    assert [left for part in parts for left in part.left] == list(whole.left if lines else ())
    assert sum(len(part.new) for part in parts) == len(whole.new)


_TELLS = """
import os, signal, sys
from pathlib import Path
from workbench import kernels
from workbench.library import Library
from workbench.memory.facts.kernel_set import FACT_KERNELS
assert kernels.load(FACT_KERNELS, Path(sys.argv[2]))
library = Library.open(sys.argv[1])
library.remember("the code of the barn is k7-x")
for number in range(300):
    print(library.remember(f"the code of door {number} is q{number}-x").new[0], flush=True)
assert len(library._fact_index._coming)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_kill_right_after_the_acknowledgement_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "library.brain"
    cache = platformdirs.user_cache_dir("engram-workbench-tests", appauthor=False)
    done = subprocess.run(
        [sys.executable, "-c", _TELLS, str(file), cache], capture_output=True, text=True
    )
    acknowledged = [int(line) for line in done.stdout.split()]
    assert len(acknowledged) == 300, done.stderr
    with Library.open(file) as library:
        assert [fact.id for fact in reversed(library.facts())][1:] == acknowledged
        for number in (0, 150, 299):
            (fact, *_) = library.recall(f"door q{number}-x", limit=1)
            assert fact.id == acknowledged[number]
        assert library.remember("The code of door 299 is q299-x.").known == (acknowledged[-1],)
        assert library.verify().sound


def test_who_forgets_or_limits_in_between_counts(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.brain") as library:
        for number in range(9):
            library.remember(f"the code of door {number} is q{number}-x")
        assert library.forget("door 7").forgotten == 1
        for number in range(9, 12):
            library.remember(f"the code of door {number} is q{number}-x")
        library.set_capacity(8)
        assert library.fact_count() == 8
        assert library.remember("the mill is open").dropped == 1
        assert library.recall("q7-x") == []
        assert library.recall("q0-x") == []
        assert len(library.recall("q11-x")) == 1
        assert library.verify().sound


def test_telling_and_looking_in_two_threads_loses_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.brain") as library:
        done = threading.Event()

        def look() -> None:
            while not done.is_set():
                library.recall("door")

        thread = threading.Thread(target=look)
        thread.start()
        try:
            for number in range(400):
                assert len(library.remember(f"the code of door {number} is q{number}-x").new) == 1
        finally:
            done.set()
            thread.join()
        assert library.fact_count() == 400
        assert library._fact_index.differences() == []


def test_one_is_known_before_it_is_taken_in(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.brain") as library:
        library.remember("the mill is open")
        (id,) = library.remember("the barn is red").new
        assert len(library._fact_index._coming) == 2
        assert library.remember("The barn is red!").known == (id,)
        assert [fact.text for fact in islice(library.facts(), 2)] == [
            "the barn is red",
            "the mill is open",
        ]
