"""Collects the figures for alerts and health, in one pass.

The cost is independent of the size of the library: totals are stored, the rest comes from a sample
of memories and concepts, or from all if there are few. Samples are deterministic, so that an
unchanged library has constant figures.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.store import questions, vital
from workbench.store.questions import Lately
from workbench.store.vital import Tally, Touched, Weave

#: Sampled memories, concepts and sources.
_MEMORIES, _CONCEPTS, _SOURCES = 400, 400, 50
#: Maximum facts of a scope that are listed to sample evenly.
_LIST_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of a library or a collection.

    `concepts`, `associations` and `fibers` are totals; in a collection the first two are None,
    since concepts belong to the whole library. `connectivity` is the number of links per concept
    and memory, `orphans` the share of unconnected concepts; None if there is too little. `touched`
    is a sample of memories.
    """

    memories: int
    told: int
    concepts: int | None
    associations: int | None
    fibers: int
    expired: int
    connectivity: float | None
    orphans: float | None
    touched: tuple[Touched, ...]
    by_type: Mapping[int, int]


#: Minimum concepts and connected memories for connectivity.
ENOUGH = 100


def survey(
    index: FactIndex, connection: sqlite3.Connection, scope: int | None, timestamp: float
) -> Survey:
    """Survey the library (None), or the collection with this scope."""
    expired = vital.expired(connection, scope, timestamp)
    if scope is None:
        return _of_library(index, connection, expired)
    return _of_collection(index, connection, scope, expired)


def _of_library(index: FactIndex, connection: sqlite3.Connection, expired: int) -> Survey:
    tally = vital.tally(connection)
    fact_count = index.total()
    weave = vital.weave(connection, vital.sample_fibers(connection, _MEMORIES))
    concepts = vital.sample_concepts(connection, _CONCEPTS)
    enough = tally.concepts + tally.fibers >= ENOUGH
    return Survey(
        memories=fact_count + tally.read,
        told=fact_count,
        concepts=tally.concepts,
        associations=tally.associations,
        fibers=tally.fibers,
        expired=expired,
        connectivity=_connectivity(tally, weave) if enough else None,
        orphans=vital.unjoined(connection, concepts) / max(len(concepts), 1) if enough else None,
        touched=tuple(vital.touched(connection, vital.sample_facts(connection, _MEMORIES))),
        by_type=weave.by_type,
    )


def _of_collection(
    index: FactIndex, connection: sqlite3.Connection, scope: int, expired: int
) -> Survey:
    fact_count, read = index.count(scope), vital.read_in(connection, scope)
    if fact_count <= _LIST_LIMIT:
        facts = index.all(scope)
        facts = facts[:: max(-(-len(facts) // _MEMORIES), 1)]
    else:
        facts = vital.sample_facts(connection, _LIST_LIMIT // 2, scope)[:_MEMORIES]
    sample = [*facts, *vital.sample_statements(connection, scope, _MEMORIES)]
    weave = vital.weave(connection, sample)
    concepts = vital.concepts_of(connection, sample, _CONCEPTS)
    enough = weave.concepts + weave.fibers >= ENOUGH
    links = _sample_connectivity(weave)
    if enough and fact_count + read > len(sample):
        # A sample is less connected than the whole; the ratio is known for the library.
        weave_of_all = vital.weave(connection, vital.sample_fibers(connection, _MEMORIES))
        links *= _connectivity(vital.tally(connection), weave_of_all) / _sample_connectivity(
            weave_of_all
        )
    return Survey(
        memories=fact_count + read,
        told=fact_count,
        concepts=None,
        associations=None,
        fibers=round((fact_count + read) * weave.fibers / len(sample)) if sample else 0,
        expired=expired,
        connectivity=links if enough else None,
        orphans=vital.unjoined(connection, concepts) / max(len(concepts), 1) if enough else None,
        touched=tuple(vital.touched(connection, facts)),
        by_type=weave.by_type,
    )


def _connectivity(tally: Tally, weave: Weave) -> float:
    """Links per concept and memory: associations, and mentions of concepts by memories."""
    mentions_per_fiber = weave.mentions / weave.fibers if weave.fibers else 0.0
    return (tally.associations + mentions_per_fiber * tally.fibers) / max(
        tally.concepts + tally.fibers, 1
    )


def _sample_connectivity(weave: Weave) -> float:
    """The connectivity within a sample of fibers; 1 if there are none."""
    if not weave.fibers:
        return 1.0
    return (weave.associations + weave.mentions) / (weave.concepts + weave.fibers)


def lately(connection: sqlite3.Connection, collection: str | None) -> Lately:
    """Statistics of recent questions, in a collection or in all (None)."""
    return questions.lately(connection, None if collection is None else collection.strip())


def sources_alive(
    connection: sqlite3.Connection, scope: int | None, cutoff: float
) -> tuple[int, int]:
    """The number of the newest sources, and how many were added or used since `cutoff`."""
    return vital.sources_alive(connection, scope, cutoff, _SOURCES)
