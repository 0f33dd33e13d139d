"""The rows of the suite `triples` for the graph: a hub, and a path through it."""

import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

T = TypeVar("T")

GOALS: Mapping[str, Goal] = {
    "path_through_a_hub": Goal("ms", 100, False),
    "open_graph_at_concept": Goal("ms", 100, False),
}
#: Neighbours of the concept that has most.
HUB = 50_000
_OPENED = 5
_CALL = 2000
_HUB = "Harbour Works"
_PARTS = tuple(a + b for a in "bdfghklmnprst" for b in ("ae", "ir", "ol", "un"))


def run(say: Say, *, hub: int = HUB) -> list[Row]:
    """Tell so many statements of one concept, open it as the picture does, and go through it."""
    with (
        TemporaryDirectory(prefix="workbench-graph-") as folder,
        Library.open(Path(folder) / "hub.brain") as library,
    ):
        begun = time.perf_counter()
        for first in range(0, hub, _CALL):
            numbers = range(first, min(first + _CALL, hub))
            library.facts.tell("\n".join(f"{_HUB} founded {_branch(n)}." for n in numbers))
        library.graph.link()
        say(f"{hub} statements told and linked in {time.perf_counter() - begun:.0f} s")
        around, opened = _timed(lambda: library.graph.neighbourhood(_HUB))
        found, gone = _timed(lambda: library.graph.path(_branch(0), _branch(hub - 1)))
    say(f"opened in {opened:.1f} ms: {len(around.edges)} of {around.total} edges")
    say(f"a path in {gone:.1f} ms: {'none' if found is None else ' → '.join(found.trail)}")
    note = f"{hub} edges of one concept; median of {_OPENED}"
    figures = {"path_through_a_hub": gone, "open_graph_at_concept": opened}
    return [judged(name, value, GOALS, note) for name, value in figures.items()]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """What something gives after the first time, and the median of its milliseconds."""
    done = work()
    took: list[float] = []
    for _ in range(_OPENED):
        begun = time.perf_counter()
        done = work()
        took.append(1000 * (time.perf_counter() - begun))
    return done, statistics.median(took)


def _branch(number: int) -> str:
    """A name of its own for every number."""
    letters = ""
    for _ in range(4):
        number, part = divmod(number, len(_PARTS))
        letters += _PARTS[part]
    return f"{letters.capitalize()} Mills"
