"""The neurons of a concept in the association cortex, and which concepts share them."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from workbench.arrays import I64, Numbers
from workbench.brain.engine.assemblies import CODE_SLOTS, SLOTS, Assemblies
from workbench.brain.engine.regions import ASSOCIATION, Layout
from workbench.memory.graph.kinds import type_name
from workbench.store import graph
from workbench.store.graph import ConceptRow

VisibleFilter = Callable[[Collection[ConceptRow]], Collection[ConceptRow]]

_MAX_SHARING = 40


@dataclass(frozen=True, slots=True)
class Sharing:
    """Another concept with some of the same neurons; `places` are their indices in the hundred."""

    concept: int
    name: str
    type: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The neurons of a concept: int64[100], counted from the first of the association cortex.

    The cortex has `size` neurons. `sharing` are the concepts that overlap with it, most first, 40
    at most, and `shared` is how many of the hundred are shared at all.
    """

    concept: int
    name: str
    type: str
    neurons: Numbers
    size: int
    shared: int
    sharing: tuple[Sharing, ...]


def assembly(
    connection: sqlite3.Connection,
    pools: Assemblies,
    layout: Layout,
    row: ConceptRow,
    visible: VisibleFilter,
) -> Assembly:
    """The assembly of a concept; only `visible` concepts are listed with it."""
    shared_places = defaultdict(list)
    ids, places = holders(pools, row.id)
    for id, place in zip(ids.tolist(), places.tolist(), strict=True):
        if id != row.id:
            shared_places[id].append(place)
    rows = {
        item.id: item for item in visible(list(graph.by_ids(connection, shared_places).values()))
    }
    order = sorted(rows, key=lambda id: (-len(shared_places[id]), -rows[id].mentions, id))
    return Assembly(
        concept=row.id,
        name=row.name,
        type=type_name(row.type),
        neurons=pools.neurons(row.id) - int(layout.bases[ASSOCIATION]),
        size=int(layout.sizes[ASSOCIATION]),
        shared=len({place for id in rows for place in shared_places[id]}),
        sharing=tuple(
            Sharing(id, rows[id].name, type_name(rows[id].type), tuple(sorted(shared_places[id])))
            for id in order[:_MAX_SHARING]
        ),
    )


def holders(pools: Assemblies, concept: int) -> tuple[I64, I64]:
    """The concepts that have neurons of a concept: ids, and for each which of the hundred.

    Every id of the pool counts, whether there is such a concept or not, and each that shares
    neurons by meaning.
    """
    pool = pools.concepts
    neurons = pools.neurons(concept)
    candidates = ((neurons - pool.base) % pool.slot)[:, None] * pool.sharing + np.arange(
        pool.sharing
    )
    ids = (candidates - pool.shift[:, None]) % pool.room * pool.back[
        :, None
    ] % pool.room + pool.first
    private = np.ones(ids.shape, np.bool_)
    codes = pools.codes(ids[CODE_SLOTS].ravel())
    if codes is not None:
        # In a slot that encodes meaning, a concept with a code has no neuron of its own.
        by_slot = codes.reshape(len(CODE_SLOTS), pool.sharing, len(CODE_SLOTS))
        slots = np.arange(len(CODE_SLOTS))
        private[CODE_SLOTS] = by_slot[slots, :, slots] < 0
    similar, of = pools.owners(neurons)
    places = np.broadcast_to(np.arange(SLOTS)[:, None], ids.shape)
    return (
        np.concatenate([ids[private], similar]),
        np.concatenate([places[private], (of - pool.base) // pool.slot]),
    )
