"""Library calls of Explore; they run on a worker."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.memory.graph.records import Concept, Edge, Mention, Path, SaidAt, Saying
from workbench.store.records import SectionRow
from workbench.ui.associations.ego import FIRST, Ego, Sifting

if TYPE_CHECKING:
    from workbench.library import Library

#: Numbers of completions, and of concepts among which the first one is selected.
OFFERED, CANDIDATES = 12, 40
#: Factor by which the search exceeds `OFFERED`, to have names among the results.
_OF_ALL = 4
#: Below `_ROOM` concepts, up to `_OUTER` links of each neighbour are added as an outer ring.
_ROOM, _OUTER = 24, 4
#: Maximum number of hops in a path.
HOPS = 6
#: Concept types to start with by default, in order of preference.
_FIRST = ("entity", "spatial", "concept")


@dataclass(frozen=True, slots=True)
class Spot:
    """The position of a passage: character offsets in its source, printed page, chapter."""

    source: int
    start: int
    end: int
    page: str | None
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages of a link and their positions; `way` is the path for a link without passages."""

    edge: Edge
    sayings: tuple[Saying, ...]
    places: dict[int, Spot]
    way: Path | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """The path between two concepts, None if there is none, and the positions of its passages."""

    head: Concept
    tail: Concept
    path: Path | None
    places: dict[int, Spot]


def begin(
    library: "Library",
    which: int | str,
    collection: str | None,
    sifting: Sifting,
    limit: int = FIRST,
) -> Ego:
    """Load up to `limit` links of a concept, and an outer ring if they are few.

    Links that a text states come before mere co-mentions, however many these are. The ring is
    skipped while extraction is running, since each call would wait for it. Raises `NotFoundError`.
    """
    read = partial(
        library.graph.neighbourhood,
        collection=collection,
        tags=sifting.wanted_tags,
        stated_only=not sifting.together,
    )
    nearest = read(which, limit=limit)
    ego = Ego(nearest.centre)
    if sifting.together:
        ego = ego.with_links(read(nearest.centre, limit=FIRST, stated_only=True))
    ego = ego.with_links(nearest)
    if library.graph.progress is not None:
        return ego
    ends = [end for edge in ego.edges.values() for end in (edge.head, edge.tail)]
    for concept in dict.fromkeys(ends):
        if len(ego.nodes) >= _ROOM:
            break
        if concept != ego.centre:
            ego = ego.with_links(read(concept, limit=_OUTER))
    return ego


def first(library: "Library", collection: str | None, sifting: Sifting) -> Ego | None:
    """Load the best-ranked name; None if there are no concepts."""
    result = library.graph.concepts(collection=collection, limit=CANDIDATES)
    names = [[item for item in result if item.type == type] for type in _FIRST]
    best = next(filter(None, names), result)
    return begin(library, best[0].id, collection, sifting) if best else None


def offered(library: "Library", typed: str, collection: str | None) -> list[Concept]:
    """The completions of `typed`: exact matches first, then names, then other concepts.

    Actions and feelings are concepts, too ("hear Lady Catherine"), but are rarely searched for.
    """
    maximum = _OF_ALL * OFFERED
    result = library.graph.concepts(typed, collection=collection, limit=maximum) if typed else []
    folded = typed.casefold()
    order = sorted(result, key=lambda c: (c.name.casefold() != folded, c.type not in _FIRST))
    return order[:OFFERED]


def evidence(library: "Library", edge: Edge, collection: str | None) -> Evidence:
    """The evidence of a link. Raises `NotFoundError`."""
    sayings = tuple(library.graph.evidence(edge.id, collection=collection))
    path = None
    if not sayings:
        result = library.graph.path(edge.head, edge.tail, collection=collection, hops=HOPS)
        if result is not None and result.steps and all(s.edge.id != edge.id for s in result.steps):
            path = result
    steps = tuple(s.saying for s in path.steps if s.saying is not None) if path is not None else ()
    return Evidence(edge, sayings, places(library, (*sayings, *steps)), path)


def route(library: "Library", head: int, tail: int, collection: str | None) -> Route:
    """The path from one concept to another. Raises `NotFoundError`."""
    try:
        result = library.graph.path(head, tail, collection=collection, hops=HOPS)
    except NotFoundError:
        if collection is None:
            raise
        result = None  # one of them does not occur in the collection
    ends = [result.start, result.end] if result is not None else []
    begin, end = ends or [library.graph.concept(id).concept for id in (head, tail)]
    sayings = [step.saying for step in result.steps if step.saying] if result is not None else []
    return Route(begin, end, result, places(library, sayings))


def places(library: "Library", sayings: Iterable[Mention | Saying]) -> dict[int, Spot]:
    """The positions of passages, by engram; the chapter is looked up if there is no page."""
    read = [item.engram for item in sayings if item.source is not None]
    result = library.graph.said_at(*read) if read else {}
    chapters = {
        source: library.sources.sections(source)
        for source in {at.source for at in result.values() if not at.page}
    }
    return {engram: _spot(at, chapters.get(at.source, ())) for engram, at in result.items()}


def _spot(at: SaidAt, chapters: Sequence[SectionRow]) -> Spot:
    titles = [chapter.title for chapter in chapters if chapter.start <= at.start < chapter.end]
    return Spot(at.source, at.start, at.end, at.page, titles[-1] if titles else "")
