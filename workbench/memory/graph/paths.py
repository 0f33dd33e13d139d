"""Paths over the drawn graph, each hop with its statement: between two concepts, or from a cue.

Between two concepts, the shortest informative path (Dijkstra 1959). A sentence that relates or
names both comes first, then a passage. Otherwise a hop costs less the stronger its pair is; hubs
and uninformative concepts cost more, and common words are excluded. Above a mean cost there is no
path: one can be found between any two concepts, and most mean nothing. Stored statements always
count, over any number of hops. From a cue, activation spreads (see `memory.spreading`): with
several concepts, those reached from most of them come first; with one, hubs are penalised.
"""

import heapq
import math
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import concept_cards, edges
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.graph_view import GraphView, Pair, ordered
from workbench.memory.graph.records import BroughtToMind, Path, PathStep
from workbench.memory.spreading import FOCUSED, WIDE, Active, spread
from workbench.store import graph, verdicts
from workbench.store.graph import Places
from workbench.store.relation_rows import MODAL, NEGATED
from workbench.store.sayings import EdgeRow
from workbench.store.verdicts import Verdicts

#: Maximum hops of a path, and over sources: longer ones are hard to follow.
MAX_HOPS, _READ_HOPS = 6, 3
#: The maximum mean cost of a hop, and the allowance per path.
_FLOOR, _ALLOWANCE = 2.2, 0.6
#: The score from which a concept may be passed, and at which it costs least.
_PIVOT, _FULL = 4.5, 9.0
#: The minimum NPMI and weight of a pair on a path.
_NPMI, _WEIGHT = 0.15, 0.3
#: The cost of a stated pair, its reduction per statement, and the maximum of those.
_NOTE_COST, _LOWER, _COUNTED_MAX = 1.0, 0.02, 10
#: Maximum pairs of one concept that are followed.
_ROADS = 512
#: Statements of a hop among which the best is selected.
_STATEMENTS_READ = 8
#: The degree from which a concept is a hub, and the exponent of its penalty.
_CROWD, _CROWD_POWER = 32, -0.25
#: Maximum concepts of a cue from which activation spreads.
_SEEDS = 8

Ends = tuple[int, int]


def path(
    concepts: ConceptGraph,
    a: ConceptRef,
    b: ConceptRef,
    *,
    collection: Words | None = None,
    hops: Limit = MAX_HOPS,
) -> Path | None:
    """The path between two concepts within `hops`, or None if there is no informative one.

    Raises `NotFoundError`, and `UsageError` for no hops.
    """
    if hops < 1:
        raise UsageError("How far may the path go?", "Give at least one hop.")
    with concepts.reading_triples() as connection:
        places = concepts.visible_places(connection, collection)
        start = concept_cards.find_concept(concepts, connection, a, places, nearest=True)
        end = concept_cards.find_concept(concepts, connection, b, places, nearest=True)
        view = concepts.graphs.graph(connection, places)
        steps = _steps(connection, view, start.id, end.id, places, hops)
        if steps is None:
            return None
        return Path(
            concept_cards.to_concept(connection, start, places),
            concept_cards.to_concept(connection, end, places),
            steps,
        )


def _steps(
    connection: sqlite3.Connection, view: GraphView, a: int, b: int, places: Places, hops: int
) -> tuple[PathStep, ...] | None:
    """The steps between two concepts: a direct edge, else over drawn pairs."""
    if a == b:
        return ()
    judged = verdicts.verdicts(connection)
    direct = edges.direct(connection, view, a, b, places)
    if direct is not None:
        return (step(connection, direct, a, places, judged),)
    denied = {ordered(a, b)}
    while (stops := cheapest(view, a, b, hops, denied)) is not None:
        denied_count = len(denied)
        steps = build_steps(connection, view, stops, places, judged, denied)
        if len(denied) == denied_count:
            return steps
    return None


def build_steps(
    connection: sqlite3.Connection,
    view: GraphView,
    stops: list[int],
    places: Places,
    judged: Verdicts,
    denied: set[Ends],
) -> tuple[PathStep, ...]:
    """The steps over drawn pairs; edges that are fully denied are added to `denied`."""
    steps: list[PathStep] = []
    for here, there in pairwise(stops):
        ends = ordered(here, there)
        rows = edges.of_pairs(connection, [view.pairs[ends]], places, judged)
        row = next((row for row in rows if row.type != AssociationType.DENIED), None)
        if row is None:
            denied.add(ends)
        else:
            steps.append(step(connection, row, here, places, judged))
    return tuple(steps)


def step(
    connection: sqlite3.Connection, row: EdgeRow, begin: int, places: Places, judged: Verdicts
) -> PathStep:
    """One hop over an edge from the concept `begin`, with its best statement."""
    (edge,) = edges.to_edges(connection, [row], places, judged)
    statements = edges.statements_of(connection, row.ends, places, _STATEMENTS_READ)
    plain = [row for row in statements if not row.flags & (NEGATED | MODAL)]
    best = next(iter(plain or statements), None)
    if best is None:
        mentions = edges.find_co_occurrences(connection, row.head, row.tail, places, 1)
        return PathStep(edge, edge.head == begin, next(iter(mentions), None))
    return PathStep(edge, edge.head == begin, edges.to_record(best, edge.relation))


# -- associations of a cue -------------------------------------------------------------------------


def associated(
    concepts: ConceptGraph,
    cue: str,
    *,
    hops: int = 2,
    limit: int = 10,
    collection: str | None = None,
    patient: bool = True,
) -> list[BroughtToMind]:
    """The concepts that a cue activates within `hops` (0: until convergence), strongest first.

    Empty if the cue names no concept. Unless `patient`, pending engrams are not waited for. Raises
    `UsageError` for negative hops.
    """
    if hops < 0:
        raise UsageError(
            "The number of hops is out of range.", "Give a number of hops, 0 until it settles."
        )
    if limit < 1:
        return []
    with concepts.reading_triples() if patient else concepts.glimpsed() as connection:
        places = concepts.places(connection, collection)
        rows = concept_cards.filter_places(connection, concepts.find_named(connection, cue), places)
        seeds = [row.id for row in rows[:_SEEDS]]
        if not seeds:
            return []
        view = concepts.graphs.graph(connection, places)
        preset = WIDE if len(seeds) > 1 else FOCUSED

        def adjacent(front: Mapping[int, Active[int]]) -> Iterator[tuple[int, int, float]]:
            for node in front:
                for pair in view.pairs_of(node, _ROADS):
                    target = pair.a + pair.b - node
                    crowd = 1 if preset is WIDE else len(view.neighbours[target]) / _CROWD
                    yield node, target, pair.strength * max(crowd, 1) ** _CROWD_POWER

        def passes(node: int) -> bool:
            # An action or a time shared by two concepts does not connect them.
            return node in seeds or view.scores[node] > 0

        fields = {seed: spread({seed: 1.0}, adjacent, preset, hops, passes) for seed in seeds}
        return _to_records(connection, view, fields, places, limit)


def _to_records(
    connection: sqlite3.Connection,
    view: GraphView,
    fields: Mapping[int, Mapping[int, Active[int]]],
    places: Places,
    limit: int,
) -> list[BroughtToMind]:
    """The best of the reached concepts: by number of seeds, then by strength."""
    strengths: dict[int, float] = {}
    leading: dict[int, list[int]] = {}
    for seed, field in fields.items():
        for id in field.keys() - fields.keys():
            strengths[id] = 1 - (1 - strengths.get(id, 0.0)) * (1 - field[id].level)
            leading.setdefault(id, []).append(seed)
    rows = graph.by_ids(connection, {*strengths, *fields})
    judged, parted = verdicts.verdicts(connection), verdicts.parted(connection)
    results: list[BroughtToMind] = []
    for id in sorted(strengths, key=lambda id: (-len(leading[id]), -strengths[id], id)):
        if len(results) == limit:
            break
        stops = [id]
        field = max((fields[seed] for seed in leading[id]), key=lambda field: field[id].level)
        while (previous := field[stops[0]].previous) is not None:
            stops.insert(0, previous)
        if id not in rows or _parts(view, stops, parted):
            continue
        denied: set[Ends] = set()
        steps = build_steps(connection, view, stops, places, judged, denied)
        if not denied:
            results.append(
                BroughtToMind(
                    concept=concept_cards.to_concept(connection, rows[id], places),
                    strength=round(strengths[id], 4),
                    hops=len(steps),
                    seeds=len(leading[id]),
                    trail=tuple(rows[stop].name for stop in stops),
                    steps=steps,
                )
            )
    return results


def _parts(view: GraphView, stops: Sequence[int], parted: Collection[Ends]) -> bool:
    """Whether a path connects by co-occurrence two concepts whose relation the user rejected."""
    return any(ends in parted for ends in combinations(stops, 2)) and any(
        not view.pairs[ordered(a, b)].has_relation for a, b in pairwise(stops)
    )


# -- searching -------------------------------------------------------------------------------------


def cheapest(
    view: GraphView, a: int, b: int, hops: int = MAX_HOPS, excluded: Collection[Ends] = ()
) -> list[int] | None:
    """The concepts on the cheapest path within `hops`, ends included; None if it costs too much."""
    # By concept and hops, so that a cheap long path does not hide a dearer short one.
    best: dict[tuple[int, int], float] = {(a, 0): 0.0}
    via: dict[tuple[int, int], int] = {}
    heap = [(0.0, 0, a)]
    while heap:
        cost, hop, node = heapq.heappop(heap)
        if node == b:
            return _back(via, b, hop) if cost <= _FLOOR * hop + _ALLOWANCE else None
        if cost > best[node, hop] or hop == hops:
            continue
        last = view.pairs.get(ordered(node, b))
        for pair in [*view.pairs_of(node, _ROADS), *([] if last is None else [last])]:
            target = pair.a + pair.b - node
            if (pair.a, pair.b) in excluded or not _passable(view, pair, target, hop, target == b):
                continue
            onward = cost + _cost(view, pair, target, target == b)
            if onward < best.get((target, hop + 1), math.inf):
                best[target, hop + 1] = onward
                via[target, hop + 1] = node
                heapq.heappush(heap, (onward, hop + 1, target))
    return None


def _passable(view: GraphView, pair: Pair, target: int, hop: int, ends: bool) -> bool:
    if pair.in_notes:
        # Shared actions and times do not connect concepts.
        return ends or view.scores[target] > 0
    strong = pair.npmi >= _NPMI and pair.weight >= _WEIGHT
    through = target in view.firm and view.scores[target] >= _PIVOT
    return strong and hop < _READ_HOPS and (ends or through)


def _cost(view: GraphView, pair: Pair, target: int, ends: bool) -> float:
    cost = 1 / (0.15 + pair.weight) + 0.35
    if pair.in_notes:
        cost = min(cost, _NOTE_COST - _LOWER * min(pair.sentences, _COUNTED_MAX))
    if ends:
        return cost
    cost += 0.12 * math.log2(1 + len(view.neighbours[target]))
    if pair.in_notes:
        return cost
    little = 1.2 * (1 - min(1.0, view.scores[target] / _FULL))
    return cost + little


def _back(via: dict[tuple[int, int], int], end: int, hops: int) -> list[int]:
    stops = [end]
    while hops:
        stops.append(via[stops[-1], hops])
        hops -= 1
    return stops[::-1]
