"""The rows of the suite `triples` for the graph: a path of six hops, and opening it at a concept.

The graph of paths is made: concepts of which few have very many associations, written by the
store's own functions, without statements behind them. What is opened was told.
"""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.bench.rows import Goal, Row, judged
from workbench.library import Library
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.store import concept_mentions
from workbench.store.concept_mentions import Keys, Triple, Woven

Say = Callable[[str], None]

GOALS: Mapping[str, Goal] = {
    "chain_6_hops_2M_edges": Goal("ms", 5, False),
    "open_graph_at_concept": Goal("ms", 100, False),
}
CONCEPTS, ASSOCIATIONS = 200_000, 2_000_000
#: Neighbours of the concept that has most.
HUB = 50_000
_ASKED, _OPENED = 200, 5
_PART, _CALL = 200_000, 2000
_HUB = "Harbour Works"
_PARTS = tuple(a + b for a in "bdfghklmnprst" for b in ("ae", "ir", "ol", "un"))
_KINDS = tuple(
    int(kind)
    for kind in (
        AssociationType.CAUSED_BY,
        AssociationType.LEADS_TO,
        AssociationType.IS_A,
        AssociationType.CONTAINS,
        AssociationType.CREATED,
        AssociationType.ACTS_ON,
        AssociationType.CO_OCCURS,
    )
)


def run(
    say: Say, *, concepts: int = CONCEPTS, associations: int = ASSOCIATIONS, hub: int = HUB
) -> list[Row]:
    """Make the graph and measure both rows."""
    with TemporaryDirectory(prefix="workbench-graph-") as name:
        folder = Path(name)
        with Library.open(folder / "graph.brain") as library:
            begun = time.perf_counter()
            made = make(library, concepts, associations, hub)
            say(f"{made} associations written in {time.perf_counter() - begun:.0f} s")
            paths = _paths(library, concepts, made, say)
        return [paths, _opened(folder, hub, say)]


def make(library: Library, concepts: int, associations: int, hub: int) -> int:
    """Fill a library with a graph; returns how many associations it has.

    Concept 1 is associated with `hub` others; of the rest few have many, most have few.
    """
    store = library._store
    store.write(lambda c: _weave(c, _called(concepts), ()))
    made = 0
    part: set[Triple] = set()
    seen: set[Triple] = set()
    for triple in _triples(concepts, hub):
        if triple in seen:
            continue
        seen.add(triple)
        part.add(triple)
        if len(part) == _PART or made + len(part) == associations:
            rows = sorted(part)
            store.write(partial(_weave, called=(), rows=rows))
            made += len(part)
            part = set()
        if made == associations:
            break
    return made


def _called(concepts: int) -> list[tuple[int, str, int]]:
    entity = int(ConceptType.ENTITY)
    return [(number, f"concept {number}", entity) for number in range(1, concepts + 1)]


def _triples(concepts: int, hub: int) -> Iterator[Triple]:
    chance = random.Random(20_260_101)
    for number in range(2, hub + 2):
        yield 1, _KINDS[0], number
    while True:
        # The square makes few concepts common.
        head, tail = (2 + int((concepts - 1) * chance.random() ** 2) for _ in range(2))
        kind = chance.choice(_KINDS)
        if head != tail:
            if kind in concept_mentions.UNDIRECTED and tail < head:
                head, tail = tail, head
            yield head, kind, tail


def _weave(
    connection: sqlite3.Connection, called: Sequence[tuple[int, str, int]], rows: Sequence[Triple]
) -> None:
    seen = concept_mentions.spin(connection, [], Keys()).seen
    counted = [(*triple, 1 + (triple[0] * 7 + triple[2]) % 5) for triple in rows]
    keys = sorted((name, number) for number, name, _ in called)
    concept_mentions.weave(connection, Woven(seen, list(called), keys, [], [], [], counted))


def _paths(library: Library, concepts: int, associations: int, say: Say) -> Row:
    chance = random.Random(7)
    pairs = [(chance.randint(2, concepts), chance.randint(2, concepts)) for _ in range(_ASKED)]
    begun = time.perf_counter()
    library.graph.path(*pairs[0])
    first = 1000 * (time.perf_counter() - begun)
    begun = time.perf_counter()
    ready = library._core.graph.roads.ready()
    built = time.perf_counter() - begun
    took: list[float] = []
    steps: list[int] = []
    for a, b in pairs:
        begun = time.perf_counter()
        found = library.graph.path(a, b)
        took.append(1000 * (time.perf_counter() - begun))
        if found is not None:
            steps.append(len(found.steps))
    took.sort()
    say(
        f"paths: median {statistics.median(took):.2f} ms, 95 % within "
        f"{took[int(0.95 * len(took))]:.2f} ms; first {first:.0f} ms while arrays were made "
        f"({built:.1f} s, {'ready' if ready else 'none'}); {len(steps)} of {len(pairs)} found, "
        f"{statistics.mean(steps):.1f} hops on average"
    )
    note = f"{concepts} concepts, {associations} associations, up to 6 hops, beam 32; median"
    return judged(
        "chain_6_hops_2M_edges", statistics.median(took), GOALS["chain_6_hops_2M_edges"], note
    )


def _opened(folder: Path, hub: int, say: Say) -> Row:
    """A concept of which so many statements were told, opened as the picture opens it."""
    with Library.open(folder / "hub.brain") as library:
        begun = time.perf_counter()
        for first in range(0, hub, _CALL):
            numbers = range(first, min(first + _CALL, hub))
            library.facts.tell("\n".join(f"{_HUB} founded {_branch(n)}." for n in numbers))
        library.graph.link_triples()
        say(f"{hub} statements told and linked in {time.perf_counter() - begun:.0f} s")
        took: list[float] = []
        for _ in range(_OPENED):
            begun = time.perf_counter()
            found = library.graph.neighbourhood(_HUB)
            took.append(1000 * (time.perf_counter() - begun))
        shown, total = len(found.edges), found.total
    say(f"opened: {', '.join(f'{each:.1f}' for each in took)} ms; {shown} of {total} edges")
    note = f"{shown} of {total} edges of one concept; median of {len(took)}"
    name = "open_graph_at_concept"
    return judged(name, statistics.median(took), GOALS[name], note)


def _branch(number: int) -> str:
    """A name of its own for every number."""
    letters = ""
    for _ in range(4):
        number, part = divmod(number, len(_PARTS))
        letters += _PARTS[part]
    return f"{letters.capitalize()} Mills"
