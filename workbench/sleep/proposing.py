"""The phase that proposes links: between memories used together, and by inference.

Candidates are told memories used together three times within seven days; the ends of A → B → C
along well evidenced associations of one kind, as NeuralMemory's "infer" and "enrich" do; and dreamt
links (`dreaming`). At most three a week, only between informative names and terms: people who are
asked too much stop answering. A link is made only when accepted, and what was rejected is not
proposed again.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import zip_longest

from workbench.memory.concepts.records import AssociationType
from workbench.memory.plasticity import DAY
from workbench.sleep import dreaming
from workbench.sleep.night import Night, Tally
from workbench.store import gists, sleeping, verdicts

#: Proposals per week at most.
WEEKLY_LIMIT = 3
#: Joint uses, and days within which they count.
_TIMES, _DAYS = 3, 7
#: Fewest sentences behind an association, and associations examined.
_EVIDENCE, _EDGES = 2, 4000
_A = AssociationType
#: Transitive relations: if they hold of A and B, and of B and C, they may hold of A and C.
_PASSING = frozenset((_A.LEADS_TO, _A.CAUSED_BY, _A.ENABLES, _A.PREVENTS, _A.CONTAINS))

#: a, b, times; or head, type, via, tail; or a dreamt link.
Item = tuple[int, ...]


def plan(night: Night) -> list[Item]:
    """The links to propose, memories used together first; none if proposals are off."""
    if not night.settings.propose:
        return []
    day = int(night.start // DAY)
    with night.store.read() as connection:
        limit = WEEKLY_LIMIT - gists.count_proposals(connection, night.start - _DAYS * DAY)
        if limit <= 0 or night.is_full(connection, "proposed", WEEKLY_LIMIT):
            return []
        co_used = gists.frequent_pairs(connection, day - _DAYS + 1, day, _TIMES, limit * 4)
        if night.scope is not None:
            ends = [end for a, b, _ in co_used for end in (a, b)]
            inside = sleeping.in_scope(connection, ends, night.scope)
            co_used = [pair for pair in co_used if pair[0] in inside and pair[1] in inside]
        kinds: list[Sequence[Item]] = [
            [pair for pair in co_used if night.merged.isdisjoint(pair[:2])][:limit]
        ]
        if night.scope is None:
            # Concepts belong to the whole library.
            view = night.graph.graphs.graph(connection, night.graph.places(connection))
            informative = frozenset(id for id in view.firm if view.scores.get(id))
            kinds += [
                _chains(connection, limit, informative),
                dreaming.plan(night, connection, limit, informative),
            ]
        # Alternate between the kinds, the best of each first.
        turns = zip_longest(*kinds)
        return [item for turn in turns for item in turn if item is not None][:limit]


def work(night: Night, connection: sqlite3.Connection, items: Sequence[Item]) -> Tally:
    """Store a slice of the proposals."""
    assert night.run is not None
    pairs = [(item[0], item[1], item[2]) for item in items if len(item) == 3]
    chains = [(item[0], item[1], item[2], item[3]) for item in items if len(item) == 4]
    dreams = [dreaming.row(item) for item in items if len(item) > 4]
    count = gists.propose(connection, night.run, night.start, pairs, chains)
    return {"proposed": count + gists.propose_dreams(connection, night.run, night.start, dreams)}


def _chains(connection: sqlite3.Connection, limit: int, informative: Collection[int]) -> list[Item]:
    """Head, type, via and tail of transitive associations, those with most evidence first."""
    edges = gists.strong_edges(connection, _PASSING, _EVIDENCE, _EDGES)
    onward: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    edges = [edge for edge in edges if edge[0] in informative and edge[2] in informative]
    for head, type, tail, evidence in edges:
        onward[head, type].append((tail, evidence))
    candidates: list[tuple[int, int, int, int, int]] = []
    for head, type, via, evidence in edges:
        for tail, more in onward.get((via, type), ())[:_DAYS]:
            if tail not in (head, via):
                candidates.append((-min(evidence, more), head, type, via, tail))
    proposed: list[Item] = []
    # Links rejected in the brain are not proposed.
    excluded: set[tuple[int, int]] = set(verdicts.parted(connection))
    for _, head, type, via, tail in sorted(candidates):
        if len(proposed) >= limit:
            break
        if (head, tail) in excluded or gists.joined(connection, head, tail):
            continue
        excluded |= {(head, tail), (tail, head)}
        proposed.append((head, type, via, tail))
    return proposed
