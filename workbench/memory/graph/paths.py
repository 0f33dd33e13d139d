"""The way from one concept to another over associations, each hop with what says so.

Both ends spread towards one another, the side with fewer roads next (bidirectional search, Pohl
1971), with a beam: of what a hop reaches the strongest go on. The fewest hops win, among those the
strongest; concepts with very many associations count for less on the way. What merely stands
together is gone over only where nothing that is stated leads there.
"""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards, drawn_paths, edges, weights
from workbench.memory.graph.association_arrays import MOST, MOST_AT_END, Ids, Map, Ways
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.drawn_graph import DrawnGraph, ordered
from workbench.memory.graph.path_records import Path, PathStep
from workbench.memory.graph.records import Saying
from workbench.store import association_rows, graph, sayings, verdicts
from workbench.store.concept_mentions import Triple
from workbench.store.graph import Places
from workbench.store.relation_rows import MODAL, NEGATED, TURNED
from workbench.store.sayings import EdgeRow
from workbench.store.verdicts import Verdicts

MOST_HOPS, BEAM = 6, 32
_A = AssociationType
#: Nobody gets anywhere over what is denied.
NEVER = frozenset((int(_A.DENIED),))
#: What merely stands together; and moments, doings and properties, which join what has nothing to
#: do with each other.
NOISE = NEVER | {int(_A.CO_OCCURS), int(_A.HAPPENED_AT), int(_A.INVOLVES), int(_A.HAS_PROPERTY)}
#: Associations from which on a concept counts for less on the way, and by which power of their
#: number; where that leads nowhere, it counts for more instead, since more leads on from there.
_CROWD, AROUND, _THROUGH = 32, -0.25, 0.5
#: Sayings of a hop that are looked at for the best of them.
_LOOKED = 8
#: Ways that are tried where associations on them are not said in these places.
_TRIES = 64

Scores = NDArray[np.floating[Any]]
#: Which of these concepts may be gone over.
Allowed = Callable[[Collection[int]], Collection[int]]


class Reached(NamedTuple):
    """A concept on one side: from where, over which association, after how many hops."""

    before: int
    type: int
    ahead: bool
    score: float
    hops: int


class Road(NamedTuple):
    """One hop of a way: the association, and whether it is gone from head to tail."""

    triple: Triple
    forward: bool


@dataclass(slots=True)
class Side:
    """What one end has reached, and those of it that go on next."""

    reached: dict[int, Reached]
    front: list[int]
    hops: int = 0


def path(
    held: ConceptGraph,
    a: Which,
    b: Which,
    *,
    collection: str | None = None,
    hops: int = MOST_HOPS,
    beam: int = BEAM,
) -> Path | None:
    """The way from one concept to another within `hops` that is worth telling.

    That is what says or names both in one sentence, else the cheapest one over the drawn graph; in
    a library too small to be counted the shortest one over all that is associated. None where there
    is none. Raises `NotFoundError`, and `UsageError` for numbers below one.
    """
    if hops < 1 or beam < 1:
        raise UsageError("How far may the path go?", "Give at least one hop.")
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        start = concept_cards.wanted(held, connection, a, among)
        end = concept_cards.wanted(held, connection, b, among)
        drawn = held.graphs.graph(connection, among)
        if drawn.counted and start.id != end.id:
            steps = _worth_telling(connection, drawn, start.id, end.id, among, hops)
            if steps is None:
                return None
            return Path(
                concept_cards.told(connection, start, among),
                concept_cards.told(connection, end, among),
                steps,
            )
        found = way(held, connection, start.id, end.id, among, hops=hops, beam=beam)
        if found is None:
            return None
        return Path(
            concept_cards.told(connection, start, among),
            concept_cards.told(connection, end, among),
            cited(connection, found, among),
        )


def _worth_telling(
    connection: sqlite3.Connection, drawn: DrawnGraph, a: int, b: int, among: Places, hops: int
) -> tuple[PathStep, ...] | None:
    """The steps between two concepts: what says or names both at once, else over drawn pairs."""
    said = verdicts.verdicts(connection)
    stops = [a, b] if ordered(a, b) in drawn.pairs else None
    if stops is None:
        direct = edges.direct(connection, a, b, among, said)
        if direct is not None:
            return (_step(connection, direct, a, among, said),)
        stops = drawn_paths.cheapest(drawn, a, b, hops)
    if stops is None:
        return None
    steps: list[PathStep] = []
    for one, other in pairwise(stops):
        rows = edges.of_pairs(connection, [drawn.pairs[ordered(one, other)]], among, said)
        if not rows:
            return None
        steps.append(_step(connection, rows[0], one, among, said))
    return tuple(steps)


def _step(
    connection: sqlite3.Connection, row: EdgeRow, begin: int, among: Places, judged: Verdicts
) -> PathStep:
    (edge,) = edges.told(connection, [row], among, judged)
    if row.type == _A.CO_OCCURS:
        saying = next(iter(edges.together(connection, row.head, row.tail, among, 1)), None)
    else:
        saying = _saying(connection, row.ends, among, edge.relation)
    return PathStep(edge, edge.head == begin, saying)


def way(
    held: ConceptGraph,
    connection: sqlite3.Connection,
    a: int,
    b: int,
    among: Places,
    *,
    hops: int = MOST_HOPS,
    beam: int = BEAM,
) -> list[Road] | None:
    """The way as associations; in some places only over those that are said there."""
    if a == b:
        return []
    where = held.roads.map(connection)
    allowed: Allowed | None = None
    if among.only is not None:
        inside = among.only - among.hidden

        def allowed(concepts: Collection[int]) -> Collection[int]:
            return association_rows.mentioned(connection, concepts, inside)

    parted, wrong = verdicts.parted(connection), verdicts.rejected(connection)
    # What the user says to be wrong of two leaves only what is stated between them.
    over = (NOISE,) if (a, b) in parted else (NOISE, NEVER)
    for noise, power in product(over, (AROUND, _THROUGH)):
        banned = set(wrong)
        for _ in range(_TRIES):
            found = search(
                where, a, b, hops, beam,
                noise=noise, power=power, banned=banned, allowed=allowed,
            )  # fmt: skip
            if found is None:
                break
            unsaid = [road.triple for road in found if not said(connection, road.triple, among)]
            unsaid += merely_between(found, a, parted)
            if not unsaid:
                return found
            banned.update(unsaid)
    return None


def merely_between(
    found: Sequence[Road], start: int, parted: Collection[tuple[int, int]]
) -> list[Triple]:
    """What merely stands together on a way between two concepts that the user has parted."""
    if not parted:
        return []
    stops = [start]
    for road in found:
        stops.append(road.triple[2] if road.forward else road.triple[0])
    return [
        road.triple
        for end in range(1, len(stops))
        for begin in range(end)
        if (stops[begin], stops[end]) in parted
        for road in found[begin:end]
        if road.triple[1] in NOISE
    ]


def said(connection: sqlite3.Connection, triple: Triple, among: Places) -> bool:
    """Whether an association is there and, in some places, said in one of them."""
    if among.everywhere:
        return graph.association(connection, *triple) is not None
    return bool(graph.evidence(connection, triple, among, 1))


# -- searching -------------------------------------------------------------------------------------


def search(
    where: Map,
    a: int,
    b: int,
    hops: int,
    beam: int,
    *,
    noise: Collection[int] = (),
    power: float = AROUND,
    banned: Collection[Triple] = (),
    allowed: Allowed | None = None,
) -> list[Road] | None:
    """The way from one concept to another over a map; None where none is found.

    A concept in a crowd counts by that `power` of how many associations it has.
    """
    start = Reached(0, 0, True, 1.0, 0)
    near, far = Side({a: start}, [a]), Side({b: start}, [b])
    ahead = dict.fromkeys((True, False))
    sides = {True: near, False: far}
    leaving: dict[bool, Ways | None] = dict(ahead)
    for _ in range(hops):
        for side in (True, False):
            if leaving[side] is None:
                at = sides[side]
                leaving[side] = where.leaving(at.front, MOST if at.hops else MOST_AT_END)
        # The side with fewer roads next: an end that many things lead to is come upon.
        side = len(_of(leaving[True]).end) <= len(_of(leaving[False]).end)
        here, there = sides[side], sides[not side]
        ways = _of(leaving[side])
        order, scores = strongest(here, ways, noise, power)
        met = spread(here, there, ways, order, scores, beam, banned, allowed)
        leaving[side] = None
        if met is not None:
            return [*back(near, met), *_on(far, met)]
        if not here.front:
            return None
    return None


def _of(ways: Ways | None) -> Ways:
    assert ways is not None
    return ways


def spread(
    here: Side,
    there: Side | None,
    ways: Ways,
    order: Ids,
    scores: Scores,
    beam: int,
    banned: Collection[Triple],
    allowed: Allowed | None,
) -> int | None:
    """One hop of a side; the concept where it meets the other one, None where it does not."""
    here.hops += 1
    reached, met, best = here.reached, None, 0.0
    fresh: list[int] = []
    for at, score in zip(order.tolist(), scores.tolist(), strict=True):
        begin, end = int(ways.begin[at]), int(ways.end[at])
        if end in reached:
            continue
        type, ahead = int(ways.type[at]), bool(ways.ahead[at])
        if banned and ((begin, type, end) if ahead else (end, type, begin)) in banned:
            continue
        reached[end] = Reached(begin, type, ahead, score, here.hops)
        fresh.append(end)
    if allowed is not None:
        may = set(allowed(fresh))
        for end in fresh:
            if end not in may:
                del reached[end]
        fresh = [end for end in fresh if end in may]
    for end in fresh:
        other = None if there is None else there.reached.get(end)
        if other is not None and reached[end].score * other.score > best:
            met, best = end, reached[end].score * other.score
    # They come the strongest first.
    here.front = fresh[:beam]
    return met


def strongest(here: Side, ways: Ways, noise: Collection[int], power: float) -> tuple[Ids, Scores]:
    """The places of roads and how strongly they are reached, the strongest first."""
    kept = np.arange(len(ways.end))
    if noise:
        kept = kept[~np.isin(ways.type, list(noise))]
    fronts = np.array(here.front, np.int64)
    order = np.argsort(fronts)
    score = np.array([here.reached[id].score for id in here.front])[order]
    strong = score[np.searchsorted(fronts[order], ways.begin[kept])] * ways.strength[kept]
    scores = strong * (np.maximum(ways.crowd[kept], _CROWD) / _CROWD) ** power
    by = np.lexsort((ways.end[kept], -scores))
    return kept[by], scores[by]


def back(side: Side, met: int) -> list[Road]:
    """The roads from where a side began to a concept."""
    found: list[Road] = []
    at = met
    while (step := side.reached[at]).hops:
        found.append(_road(step.before, at, step))
        at = step.before
    return found[::-1]


def _on(side: Side, met: int) -> list[Road]:
    """The roads from a concept to where a side began."""
    found: list[Road] = []
    at = met
    while (step := side.reached[at]).hops:
        road = _road(step.before, at, step)
        found.append(Road(road.triple, not road.forward))
        at = step.before
    return found


def _road(begin: int, end: int, step: Reached) -> Road:
    if step.ahead:
        return Road((begin, step.type, end), True)
    return Road((end, step.type, begin), False)


# -- citing ----------------------------------------------------------------------------------------


def cited(
    connection: sqlite3.Connection, found: Sequence[Road], among: Places
) -> tuple[PathStep, ...]:
    """A way with what says each hop of it."""
    wanted = [road.triple for road in found]
    rows = [row for row in sayings.seen_of(connection, wanted, among).values() if row.sayings]
    there = {row.ends for row in rows}
    for ends in wanted:
        bare = None if ends in there else graph.association(connection, *ends)
        if bare is not None:
            strength = round(weights.of_evidence(bare.type, bare.evidence), 4)
            rows.append(EdgeRow(*ends, strength, bare.evidence, 0, 0.0, 0.0))
    drawn = edges.told(connection, rows, among, verdicts.verdicts(connection))
    known = {edge.id: edge for edge in drawn}
    steps: list[PathStep] = []
    for road in found:
        edge = known.get(":".join(map(str, road.triple)))
        if edge is not None:
            best = _saying(connection, road.triple, among, edge.relation)
            steps.append(PathStep(edge, road.forward, best))
    return tuple(steps)


def _saying(
    connection: sqlite3.Connection, triple: Triple, among: Places, relation: str
) -> Saying | None:
    """The best of what says an association; where only cue words do, the newest memory."""
    rows = sayings.of(connection, triple, among, _LOOKED)
    plain = [row for row in rows if not row.flags & (NEGATED | MODAL)]
    for row in (plain or rows)[:1]:
        return Saying(
            row.engram,
            row.text,
            row.text[row.start : row.end] or relation,
            row.start,
            row.end,
            bool(row.flags & NEGATED),
            bool(row.flags & MODAL),
            row.confidence,
            row.at,
            row.source,
            row.title,
            row.collection,
            bool(row.flags & TURNED),
        )
    for each in concept_cards.mentioned(connection, graph.evidence(connection, triple, among, 1)):
        return Saying(
            each.engram, each.text, relation, 0, 0, False, False, 0.0, each.at,
            each.source, each.title, each.collection,
        )  # fmt: skip
    return None
