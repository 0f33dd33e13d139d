"""The links of a library's brain, built from its associations and what was learned."""

import sqlite3
from dataclasses import dataclass

import numpy as np

from workbench.arrays import F32, I64
from workbench.brain.engine.assemblies import room_for
from workbench.brain.engine.simulation import Brain
from workbench.brain.engine.synapses import MAX_WEIGHT, WEIGHT_UNIT, Synapses, freeze
from workbench.jobs import Cancel
from workbench.memory.graph import weights as association_weights
from workbench.memory.hebbian_links import concepts_recalled_together
from workbench.store import graph, graph_rows, strengths, synapses, verdicts
from workbench.store.verdicts import MERE

#: Weights of a certain link: subject to object, pair to object, subject to pair, relation to pair.
#: The last two are set once and never summed, or frequent relations would dominate.
TO_OBJECT, FROM_PAIR, TO_PAIR, FROM_RELATION = 0.7, 0.8, 0.5, 0.35


@dataclass(frozen=True, slots=True)
class Wiring:
    """Synapses, and the pairs they run through: `subjects[i]` and `relations[i]` form pair `i`."""

    synapses: Synapses
    subjects: I64
    relations: I64


def pairs_of(subjects: I64, relations: I64) -> tuple[I64, I64, I64]:
    """Return subjects and relations of the sorted distinct pairs, and each triple's pair."""
    wide = int(relations.max(initial=0)) + 1
    keys = subjects * np.int64(wide) + relations
    bits = len(keys).bit_length()
    if int(keys.max(initial=0)).bit_length() + bits > 62:
        distinct, number = np.unique(keys, return_inverse=True)
        return distinct // wide, distinct % wide, number.astype(np.int64)
    # Sorting keys packed with their index is many times faster than argsort.
    packed = np.sort(keys << bits | np.arange(len(keys)))
    new = np.diff(packed >> bits, prepend=-1) != 0
    number = np.empty(len(keys), np.int64)
    number[packed & ((1 << bits) - 1)] = np.cumsum(new) - 1
    distinct = packed[new] >> bits
    return distinct // wide, distinct % wide, number


def wire(
    size: int, first_pair: int, subjects: I64, relations: I64, objects: I64, weights: F32
) -> Wiring:
    """Build the synapses of triples between assemblies; `weights` are float32[n] from 0 to 1.

    Subject, relation and object are joined through a *pair*: a hippocampal assembly of its own for
    each subject in each relation, so that relations that many subjects share do not become hubs.
    The subject also projects to the object directly, and the relation to its pairs. `size` is the
    number of assemblies, `first_pair` the id of the first pair.
    """
    heads, of, number = pairs_of(subjects, relations)
    pairs = first_pair + np.arange(len(heads), dtype=np.int64)
    ones = np.ones(len(heads), np.float32)
    return Wiring(
        freeze(
            size,
            np.concatenate([subjects, pairs[number], heads, of]),
            np.concatenate([objects, objects, pairs, pairs]),
            np.concatenate(
                [
                    np.float32(TO_OBJECT) * weights,
                    np.float32(FROM_PAIR) * weights,
                    np.float32(TO_PAIR) * ones,
                    np.float32(FROM_RELATION) * ones,
                ]
            ),
        ),
        heads,
        of,
    )


#: Weight of a confirmed link in both directions: it ignites beside what is stated (above 0.35)
#: without coming before it (below 0.75); tried on small libraries. A statement contributes 0.35 to
#: 0.67 directly, and 0.4 to 0.76 through its pair.
AGREED = 0.5


class Taught:
    """The overlay of learned weights on the links of one loaded brain."""

    def __init__(self, connection: sqlite3.Connection, links: Synapses) -> None:
        self._links = links
        #: Original weights, in integer units, of the links that were changed.
        self._own: dict[tuple[int, int], int] = {}
        self.version = -1
        self._banned = banned(connection)

    def stale(self, connection: sqlite3.Connection) -> bool:
        """Whether links derived from statements were rejected since, or do not exist any more."""
        return banned(connection) != self._banned

    def joins(self, concept: int, other: int) -> bool:
        """Whether anything was learned of a link of two concepts, in either direction."""
        return not self._own.keys().isdisjoint(((concept, other), (other, concept)))

    def renew(self, connection: sqlite3.Connection, timestamp: float) -> None:
        """Apply the weights that hold at a moment, in seconds since the epoch."""
        version = synapses.version(connection) + strengths.link_version(connection)
        if version == self.version:
            return
        self.version = version
        lay(self._links, self._own, weights(connection, timestamp))


def lay(
    links: Synapses, base_weights: dict[tuple[int, int], int], deltas: dict[tuple[int, int], float]
) -> None:
    """Change the weights of links by these differences from their `base_weights`."""
    for link in base_weights.keys() - deltas.keys():
        links.set_weight(*link, base_weights.pop(link))
    for link, delta in deltas.items():
        if min(link) >= 0 and max(link) < links.size:
            previous = base_weights.setdefault(link, links.weight(*link))
            links.set_weight(*link, max(0, min(previous + round(delta * WEIGHT_UNIT), MAX_WEIGHT)))


def weights(connection: sqlite3.Connection, timestamp: float) -> dict[tuple[int, int], float]:
    """The difference of each link from the weight of its associations.

    The sum of rewards, confirmations and co-activation.
    """
    parted = verdicts.parted(connection)
    result = {
        pair: delta for pair, delta in synapses.load(connection).items() if pair not in parted
    }
    recalled = concepts_recalled_together(connection, timestamp, graph.places(connection))
    shares = {pair: share for pair, share in recalled.items() if pair not in parted}
    shares.update(dict.fromkeys(verdicts.agreed_pairs(connection), 1.0))
    for pair, share in shares.items():
        for link in (pair, (pair[1], pair[0])):
            result[link] = result.get(link, 0.0) + AGREED * share
    return result


def banned(connection: sqlite3.Connection) -> frozenset[tuple[int, int, int]]:
    """The associations that the user rejects."""
    return verdicts.existing(connection, verdicts.rejected(connection))


#: Ids reserved above those of concepts, for relations.
RELATIONS = 256
#: Weights of mere co-occurrence, and of the reverse direction.
_COOCCURRENCE, _BACK = 0.35, 0.4


@dataclass(frozen=True, slots=True)
class Wired:
    """A brain with the links of a library as of `moves`.

    Pair i has the subject `subjects[i]`; `asserted` has the sorted keys of stated links, `taught`
    the overlay.
    """

    brain: Brain
    synapses: Synapses
    moves: int
    subjects: I64
    asserted: I64
    taught: Taught

    @property
    def concepts(self) -> int:
        """Upper bound of concept ids."""
        return self.brain.pools.concepts.room - RELATIONS

    def asserts(self, concept: int, other: int) -> bool:
        """Whether a statement links two concepts."""
        keys = _joined(np.array([concept]), np.array([other]))
        at = int(np.searchsorted(self.asserted, keys[0]))
        return bool((self.asserted[at : at + 1] == keys).any())

    def subject(self, pair: int) -> int:
        """The subject of a pair."""
        return int(self.subjects[pair - self.brain.pools.pairs.first])


def wired(
    connection: sqlite3.Connection,
    scale: float,
    roads: graph_rows.Roads,
    cancel: Cancel,
    previous: Brain | None = None,
) -> Wired:
    """Build a brain with the associations that `roads` yields, except rejected ones.

    The neurons of `previous` are reused if there is room, so that memory is not doubled; its links
    stay until it is given the returned ones. Raises `Cancelled`.
    """
    moves = graph_rows.association_version(connection)
    parts: list[I64] = []
    for part in roads(connection):
        cancel.check()
        parts.append(np.array(part, np.int64))
    rows = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    banned = verdicts.rejected(connection)
    if banned:
        rows = rows[np.array([tuple(row[:3]) not in banned for row in rows.tolist()], bool)]
    head, kind, tail = rows[:, 0], rows[:, 1], rows[:, 2]
    strength = association_weights.strengths(kind.astype(np.uint8), rows[:, 3])
    cooccurring = np.isin(kind, MERE)
    statements = ~cooccurring
    room = int(rows[:, [0, 2]].max(initial=0)) + 1 + RELATIONS
    brain = _brain(scale, room, int(statements.sum()), previous)
    cancel.check()
    relation = brain.pools.concepts.room - RELATIONS + kind
    wiring = wire(
        brain.pools.room, brain.pools.pairs.first, head[statements], relation[statements],
        tail[statements], strength[statements],
    )  # fmt: skip
    rowed = wiring.synapses
    sources = np.repeat(np.arange(rowed.size), np.diff(rowed.starts))
    mutual = np.float32(_COOCCURRENCE) * strength[cooccurring]
    cancel.check()
    links = freeze(
        brain.pools.room,
        np.concatenate([sources, tail[statements], head[cooccurring], tail[cooccurring]]),
        np.concatenate(
            [rowed.targets.astype(np.int64), head[statements], tail[cooccurring], head[cooccurring]]
        ),
        np.concatenate(
            [
                rowed.weights.astype(np.float32) / np.float32(WEIGHT_UNIT),
                np.float32(_BACK) * strength[statements],
                mutual,
                mutual,
            ]
        ),
    )
    return Wired(
        brain, links, moves, wiring.subjects,
        np.unique(_joined(head[statements], tail[statements])), Taught(connection, links),
    )  # fmt: skip


def _brain(scale: float, concepts: int, pairs: int, previous: Brain | None) -> Brain:
    """The previous neurons, if their number is the same and their room not far too large."""
    if previous is not None and previous.layout.scale == scale:
        pools = previous.pools
        rooms = ((pools.concepts.room, concepts), (pools.pairs.room, pairs))
        if all(requested <= room <= 4 * room_for(requested) for room, requested in rooms):
            return previous
    return Brain(scale, concepts, pairs)


def _joined(concept: I64, other: I64) -> I64:
    """One key for an unordered pair."""
    return np.minimum(concept, other) << 32 | np.maximum(concept, other)
