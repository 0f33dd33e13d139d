"""The suite `graph`: what of a library is listed and drawn, how fast, and samples for judging.

Whether a concept or an edge is sensible only a reader can say: the suite prints sixty of each at
random (the same for everybody, by a seed) and twenty paths. The rows are what can be counted.
"""

import random
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from workbench.bench.corpus import corpus_folder
from workbench.bench.rows import Goal, Row, Say, judged
from workbench.library import Library
from workbench.memory.graph.records import Concept, Edge
from workbench.memory.graph.records import Path as Way

T = TypeVar("T")

GOALS: Mapping[str, Goal] = {
    "linking_five_novels": Goal("s CPU", 30, False),
    "tautologies_drawn": Goal("edges", 0, False),
}
#: How many are printed of each kind, of which seed, and the first edges of a concept.
SAMPLE, SEED, _FIRST = 60, 7, 12
_PATHS, _ENDS = 20, 60


def run(say: Say) -> list[Row]:
    """Read the novels of the evaluation data, measure the rows and print the samples."""
    books = sorted((corpus_folder() / "books").glob("*.txt"))
    with (
        TemporaryDirectory(prefix="workbench-graph-") as folder,
        Library.open(Path(folder) / "graph.brain") as library,
    ):
        library._core.graph.close()
        for book in books:
            library.add(book)
        begun = time.process_time()
        library.graph.link_concepts()
        library.graph.link_triples()
        linked = time.process_time() - begun
        edges = [edge for _, edge in drawn(library, library.graph.concepts(limit=-1))]
        sample(library, say)
    tautologies = sum(map(_tautology, edges))
    return [
        judged("linking_five_novels", linked, GOALS, f"{len(books)} novels"),
        judged("tautologies_drawn", tautologies, GOALS, f"{len(books)} novels"),
    ]


def sample(library: Library, say: Say) -> None:
    """Print what readers judge: concepts, edges and paths at random, by one seed."""
    library.graph.link_triples()
    listed = library.graph.concepts(limit=-1)
    chance = random.Random(SEED)
    say("concepts: " + " · ".join(each.name for each in _some(listed, SAMPLE, chance)))
    pairs = drawn(library, listed)
    for _, edge in _some(pairs, SAMPLE, chance):
        said = next(iter(library.graph.statements(edge.id, limit=1)), None)
        text = "" if said is None else " ".join(said.text.split())[:240]
        say(f"edge: {edge.head_name} — {edge.relation} → {edge.tail_name}: {text}")
    for way in paths(library, listed):
        if way is None:
            say("path: none worth telling")
            continue
        say(f"path: {' → '.join(way.trail)}")
        for step in way.steps:
            text = "" if step.saying is None else " ".join(step.saying.text.split())[:240]
            say(f"    {step.edge.head_name} — {step.edge.relation} → {step.edge.tail_name}: {text}")


def drawn(library: Library, listed: list[Concept]) -> list[tuple[int, Edge]]:
    """Every concept with its first edges."""
    found: list[tuple[int, Edge]] = []
    for each in listed:
        around = library.graph.neighbourhood(each.id, limit=_FIRST, stated_only=False)
        found += [(each.id, edge) for edge in around.edges]
    return found


def paths(library: Library, listed: list[Concept]) -> Iterator[Way | None]:
    """Paths between concepts at random of those that tell most."""
    chance = random.Random(SEED)
    top = listed[:_ENDS]
    for _ in range(_PATHS if len(top) > 1 else 0):
        one, other = chance.sample(top, 2)
        yield library.graph.path(one.id, other.id)


def _some(among: list[T], number: int, chance: random.Random) -> list[T]:
    return chance.sample(among, min(number, len(among)))


def _tautology(edge: Edge) -> bool:
    one, other = (set(name.casefold().split()) for name in (edge.head_name, edge.tail_name))
    return one <= other or other <= one
