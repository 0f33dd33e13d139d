"""The links of a library's brain: wired all at once, or concept by concept where some changed.

Every association makes a few links, so what is new at a concept, or gone, can be laid over rows
that were wired before: its links become what they would be if all were wired anew. Only what lies
farther off waits for that.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from workbench.arrays import I64
from workbench.brain.engine.assemblies import room_for
from workbench.brain.engine.simulation import Brain
from workbench.brain.engine.synapses import MOST, ONE, Synapses, freeze
from workbench.brain.engine.wiring import FROM_PAIR, FROM_RELATION, TO_OBJECT, TO_PAIR, wire
from workbench.jobs import Cancel
from workbench.memory.graph.weights import strengths
from workbench.store import association_rows, synapses, verdicts
from workbench.store.association_rows import Road
from workbench.store.verdicts import MERE


class Overlay:
    """The weights that one brain has beside those of its associations."""

    def __init__(self, synapses: Synapses) -> None:
        self._synapses = synapses
        #: Links that are not as they are by themselves: their own weights, in whole numbers.
        self._own: dict[tuple[int, int], int] = {}

    def become(self, deltas: Mapping[tuple[int, int], float]) -> None:
        """Let exactly these links, by source and target, weigh so much more or less."""
        size = self._synapses.size
        for link in self._own.keys() - deltas.keys():
            self._synapses.put(*link, self._own.pop(link))
        for link, delta in deltas.items():
            if not (0 <= link[0] < size and 0 <= link[1] < size):
                continue
            own = self._own.get(link)
            if own is None:
                own = self._own[link] = self._synapses.weight(*link)
            self._synapses.put(*link, max(0, min(own + round(delta * ONE), MOST)))

    def joins(self, one: int, other: int) -> bool:
        """Whether a link of two concepts, either way, is not as it is by itself."""
        return (one, other) in self._own or (other, one) in self._own


#: How strongly both ends of a link speak that somebody agreed to: with less it does not light up
#: beside what is stated (0.35), with more it comes before that (0.75); tried on small libraries.
#: A statement has its subject say 0.35 to 0.67 directly, and 0.4 to 0.76 over its pair.
AGREED = 0.5


class Taught:
    """What lies over the links of one loaded brain."""

    def __init__(self, connection: sqlite3.Connection, links: Synapses) -> None:
        self._overlay = Overlay(links)
        self.version = -1
        self.banned = banned(connection)

    def stale(self, connection: sqlite3.Connection) -> bool:
        """Whether links that follow from statements were rejected since, or are not any more."""
        changed = synapses.version(connection) != self.version
        return changed and self.version >= 0 and banned(connection) != self.banned

    def rejudge(self, connection: sqlite3.Connection) -> set[int]:
        """Take note of what is rejected by now; returns the ends of what was not, or is no more."""
        before, self.banned = self.banned, banned(connection)
        return {end for head, _, tail in before ^ self.banned for end in (head, tail)}

    def lift(self) -> None:
        """Let the links weigh what they do by themselves, until `renew`."""
        self._overlay.become({})
        self.version = -1

    def joins(self, one: int, other: int) -> bool:
        """Whether something was learned of a link of two concepts."""
        return self._overlay.joins(one, other)

    def renew(self, connection: sqlite3.Connection) -> None:
        """Lay over the links what holds by now."""
        now = synapses.version(connection)
        if now != self.version:
            self._overlay.become(weights(connection))
            self.version = now


def weights(connection: sqlite3.Connection) -> dict[tuple[int, int], float]:
    """By how much each link weighs more or less than its associations say."""
    parted = verdicts.parted(connection)
    found = {
        pair: delta for pair, delta in synapses.every(connection).items() if pair not in parted
    }
    for pair in verdicts.agreed_pairs(connection):
        for link in (pair, (pair[1], pair[0])):
            found[link] = found.get(link, 0.0) + AGREED
    return found


def banned(connection: sqlite3.Connection) -> frozenset[tuple[int, int, int]]:
    """The associations that the user rejects."""
    return verdicts.existing(connection, verdicts.rejected(connection))


#: Ids kept free above those of concepts: relations have theirs there.
RELATIONS = 256
#: How strongly what merely stands together speaks, and what is said the other way round.
_BESIDE, _BACK = 0.35, 0.4
#: Associations of a concept, on either side, that are looked at: of one with more, what is gone
#: stays until all is wired anew.
_LOOKED = 1024

Link = tuple[int, int]


@dataclass(slots=True)
class Wired:
    """A brain with the links of a library as it was at `moves`, when it had `many` associations.

    Its pair i is of `subjects[i]` and `relations[i]`; `stated` has, sorted, both ends of what a
    statement joins, `taught` lays over the links what was learned since. `looked` are the concepts
    whose links are those of a later number of moves.
    """

    brain: Brain
    synapses: Synapses
    moves: int
    many: int
    subjects: I64
    relations: I64
    stated: I64
    taught: Taught
    looked: dict[int, int] = field(default_factory=dict)
    _added: dict[int, dict[int, int]] = field(default_factory=dict)
    _owners: list[int] = field(default_factory=list)
    _said: dict[int, bool] = field(default_factory=dict)

    @property
    def concepts(self) -> int:
        """Ids of concepts are below this."""
        return self.brain.pools.concepts.room - RELATIONS

    def says(self, one: int, other: int) -> bool:
        """Whether a statement joins two concepts."""
        key = int(_joined(np.array([one]), np.array([other]))[0])
        if key in self._said:
            return self._said[key]
        at = int(np.searchsorted(self.stated, key))
        return at < len(self.stated) and bool(self.stated[at] == key)

    def subject(self, pair: int) -> int:
        """The concept that a pair is of."""
        at = pair - self.brain.pools.pairs.first
        if at < len(self.subjects):
            return int(self.subjects[at])
        return self._owners[at - len(self.subjects)]

    # -- what has changed -----------------------------------------------------------------------

    def renew(self, connection: sqlite3.Connection, moves: int, concepts: Iterable[int]) -> None:
        """Let the links of these concepts be those that their associations make by now."""
        asked = [
            each
            for each in dict.fromkeys(concepts)
            if 0 <= each < self.concepts and self.looked.get(each, self.moves) != moves
        ]
        if not asked:
            return
        # What was learned lies over weights that are about to be others.
        self.taught.lift()
        for concept in asked:
            self._renew(connection, concept)
            self.looked[concept] = moves
        self.taught.renew(connection)

    def _renew(self, connection: sqlite3.Connection, concept: int) -> None:
        rows = association_rows.leaving(connection, [concept], _LOOKED)
        whole = len(rows) < _LOOKED
        rows = [row for row in dict.fromkeys(rows) if row[:3] not in self.taught.banned]
        rows = [row for row in rows if max(row[0], row[2]) < self.concepts]
        wanted = self._links(rows)
        near = {row[0] + row[2] - concept for row in rows}
        if whole:
            for link in self._held(concept):
                wanted.setdefault(link, 0)
        for (source, target), weight in wanted.items():
            self.synapses.put(source, target, weight)
        said = {row[0] + row[2] - concept for row in rows if row[1] not in MERE}
        before = {int(each) for each in self.synapses.of(concept)[0] if each < self.concepts}
        for other in near | before:
            key = int(_joined(np.array([concept]), np.array([other]))[0])
            self._said[key] = other in said or (not whole and self.says(concept, other))

    def _links(self, rows: list[Road]) -> dict[Link, int]:
        """What associations make, in whole weights; all between two concepts are to be there."""
        summed: dict[Link, int] = defaultdict(int)
        once: dict[Link, int] = {}
        found = np.array(rows, np.int64).reshape(-1, 4)
        strong = strengths(found[:, 1].astype(np.uint8), found[:, 3]).tolist()
        for (head, kind, tail, _), strength in zip(rows, strong, strict=True):
            if kind in MERE:
                for link in ((head, tail), (tail, head)):
                    summed[link] += _whole(_BESIDE * strength)
                continue
            summed[head, tail] += _whole(TO_OBJECT * strength)
            summed[tail, head] += _whole(_BACK * strength)
            relation = self.concepts + kind
            pair = self._pair(head, relation)
            if pair >= 0:
                summed[pair, tail] += _whole(FROM_PAIR * strength)
                once[head, pair] = _whole(TO_PAIR)
                once[relation, pair] = _whole(FROM_RELATION)
        return {link: min(weight, MOST) for link, weight in summed.items()} | once

    def _held(self, concept: int) -> Iterator[Link]:
        """The links that there were from and to a concept, those of pairs among them."""
        first = self.brain.pools.pairs.first
        for target in self.synapses.of(concept)[0].tolist():
            yield concept, target
            if target >= first:
                yield from ((target, end) for end in self.synapses.of(target)[0].tolist())
                continue
            yield target, concept
            for pair in self._pairs(target, concept):
                yield pair, concept

    def _pairs(self, subject: int, concept: int) -> list[int]:
        """The pairs of a subject that may speak to a concept."""
        low, high = np.searchsorted(self.subjects, [subject, subject + 1]).tolist()
        first, rows = self.brain.pools.pairs.first, self.synapses
        own = rows.starts[first + low : first + high + 1]
        at = own[0] + np.flatnonzero(rows.targets[own[0] : own[-1]] == concept)
        spoke = np.searchsorted(own, at, side="right") - 1
        chained = np.flatnonzero(rows.heads[first + low : first + high] >= 0)
        found = np.unique(np.concatenate([spoke, chained])) + first + low
        return [*found.tolist(), *self._added.get(subject, {}).values()]

    def _pair(self, subject: int, relation: int) -> int:
        """The pair of a subject in a relation, a new one where there is none; -1 without room."""
        low, high = np.searchsorted(self.subjects, [subject, subject + 1]).tolist()
        at = low + int(np.searchsorted(self.relations[low:high], relation))
        pools = self.brain.pools
        if at < high and self.relations[at] == relation:
            return int(pools.pairs.first + at)
        added = self._added.setdefault(subject, {})
        if relation not in added:
            pair = pools.pairs.first + len(self.subjects) + len(self._owners)
            if pair >= pools.room:
                return -1
            added[relation] = pair
            self._owners.append(subject)
        return added[relation]


def wired(
    connection: sqlite3.Connection,
    scale: float,
    cancel: Cancel,
    before: Brain | None = None,
) -> Wired:
    """A brain with the associations of a library; those that the user rejected say nothing.

    The neurons of `before` serve again where there is room for all, so that nothing is there twice;
    it keeps its links until it is given those that are returned. Raises `Cancelled`.
    """
    moves, many = association_rows.moves(connection), association_rows.count(connection)
    parts: list[I64] = []
    for part in association_rows.every(connection):
        cancel.check()
        parts.append(np.array(part, np.int64))
    rows = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    banned = verdicts.rejected(connection)
    if banned:
        keep = [tuple(row[:3]) not in banned for row in rows.tolist()]
        rows = rows[np.array(keep, bool)]
    head, kind, tail = rows[:, 0], rows[:, 1], rows[:, 2]
    strength = strengths(kind.astype(np.uint8), rows[:, 3])
    beside = np.isin(kind, MERE)
    said = ~beside
    highest = int(max(head.max(initial=0), tail.max(initial=0)))
    brain = _brain(scale, highest + 1 + RELATIONS, int(said.sum()), before)
    cancel.check()
    relation = brain.pools.concepts.room - RELATIONS + kind
    made = wire(
        brain.pools.room, brain.pools.pairs.first, head[said], relation[said], tail[said],
        strength[said],
    )  # fmt: skip
    rowed = made.synapses
    sources = np.repeat(np.arange(rowed.size), np.diff(rowed.starts))
    both = np.float32(_BESIDE) * strength[beside]
    cancel.check()
    links = freeze(
        brain.pools.room,
        np.concatenate([sources, tail[said], head[beside], tail[beside]]),
        np.concatenate([rowed.targets.astype(np.int64), head[said], tail[beside], head[beside]]),
        np.concatenate(
            [
                rowed.weights.astype(np.float32) / np.float32(ONE),
                np.float32(_BACK) * strength[said],
                both,
                both,
            ]
        ),
    )
    return Wired(
        brain, links, moves, many, made.subjects, made.relations,
        np.unique(_joined(head[said], tail[said])), Taught(connection, links),
    )  # fmt: skip


def _brain(scale: float, concepts: int, pairs: int, before: Brain | None) -> Brain:
    """The neurons of before, where they are as many and have room enough but not far too much."""
    if before is not None and before.layout.scale == scale:
        pools = before.pools
        rooms = ((pools.concepts.room, concepts), (pools.pairs.room, pairs))
        if all(wanted <= room <= 4 * room_for(wanted) for room, wanted in rooms):
            return before
    return Brain(scale, concepts, pairs)


def _whole(weight: float) -> int:
    return int(np.rint(np.float32(weight) * ONE))


def _joined(one: I64, other: I64) -> I64:
    """One number for both ends, whichever is first."""
    return np.minimum(one, other) << 32 | np.maximum(one, other)
