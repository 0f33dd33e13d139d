"""Where the hundred neurons of a concept lie in the association cortex, and who else has them."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.brain.assemblies import SLOTS, Pool
from workbench.brain.regions import ASSOCIATION, Layout
from workbench.memory.graph.kinds import type_name
from workbench.store import graph
from workbench.store.graph import ConceptRow

I64 = NDArray[np.int64]
Shown = Callable[[Collection[ConceptRow]], Collection[ConceptRow]]

_MOST = 40


@dataclass(frozen=True, slots=True)
class Sharing:
    """Another concept with some of the same neurons: `places` are those among the hundred."""

    concept: int
    name: str
    type: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The neurons of a concept: int64[100], counted from the first of the association cortex.

    The cortex has `size` neurons. `sharing` are the concepts with which it shares some, most first,
    40 at most, and `shared` how many of the hundred are shared with any.
    """

    concept: int
    name: str
    type: str
    neurons: I64
    size: int
    shared: int
    sharing: tuple[Sharing, ...]


def assembly(
    connection: sqlite3.Connection, pool: Pool, layout: Layout, row: ConceptRow, shown: Shown
) -> Assembly:
    """The assembly of a concept; only concepts that `shown` lets pass are named beside it."""
    found = defaultdict(list)
    ids, places = holders(pool, row.id)
    for id, place in zip(ids.tolist(), places.tolist(), strict=True):
        if id != row.id:
            found[id].append(place)
    rows = {each.id: each for each in shown(list(graph.by_ids(connection, found).values()))}
    order = sorted(rows, key=lambda id: (-len(found[id]), -rows[id].mentions, id))
    return Assembly(
        concept=row.id,
        name=row.name,
        type=type_name(row.type),
        neurons=pool.neurons(row.id) - int(layout.bases[ASSOCIATION]),
        size=int(layout.sizes[ASSOCIATION]),
        shared=len({place for id in rows for place in found[id]}),
        sharing=tuple(
            Sharing(id, rows[id].name, type_name(rows[id].type), tuple(sorted(found[id])))
            for id in order[:_MOST]
        ),
    )


def holders(pool: Pool, concept: int) -> tuple[I64, I64]:
    """Who has the neurons of a concept: numbers, and for each which of the hundred it has.

    Every assembly of the pool counts, whether there is such a concept or not.
    """
    own = (pool.forth * (concept - pool.first) + pool.shift) % pool.room // pool.sharing
    held = own[:, None] * pool.sharing + np.arange(pool.sharing)
    ids = (held - pool.shift[:, None]) % pool.room * pool.back[:, None] % pool.room + pool.first
    return ids.ravel(), np.repeat(np.arange(SLOTS), pool.sharing)
