"""Spreading activation over the words that facts share (Collins & Loftus 1975).

Facts that hold words of the cue are seeds, rare words weigh more. From hop to hop a fact gives half
of its activation on, over each of its words in equal parts to the facts that hold it, so that facts
are found that share no word with the cue. Each fact gives on once; per hop only the most active do,
over the words that carry most. What was used much gives and gets more.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.errors import UsageError
from workbench.memory import plasticity
from workbench.memory.chains.gist import Gist, apart, gist
from workbench.memory.chains.records import Associated
from workbench.memory.facts import at_hand, facts, quick, speech
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.telling import moment
from workbench.store import facts as rows

Ids: TypeAlias = NDArray[np.int64]
Amounts: TypeAlias = NDArray[np.float64]
#: Word → the facts that give over it, with what they give.
_Givers: TypeAlias = Mapping[str, Mapping[int, float]]

#: What a fact gives on of its activation.
_GIVEN = 0.5
#: Less is not worth passing on.
_LEAST = 1e-6
#: A word in more facts than this brings nothing to mind.
_COMMON = 128
#: Places of facts that are gone through in one hop.
_READ = 4096
#: Facts that give on in one hop.
_BEAM = 16
#: Hops until it counts as settled in any case.
_MOST_HOPS = 64
#: Facts looked at beyond those asked for, since what is outdated or expired falls behind.
_SPARE = 8
#: What an older statement counts where a newer one has taken its place.
_FORMER = 0.5


@dataclass(slots=True)
class _Field:
    """The facts that are active, by id: `amount` of activation, distance in `hops` from a seed.

    `gists` are those of the facts that were read, `strengths` what use has made of them, `lists`
    the facts that hold a word. `origins` are the seeds that a giving fact has its activation from;
    `given` is what was given over which words in each hop. Facts of after `until` stay out of it.
    """

    ids: Ids
    amount: Amounts
    hops: NDArray[np.int64]
    gists: dict[int, Gist] = field(default_factory=dict)
    strengths: dict[int, float] = field(default_factory=dict)
    lists: dict[str, Sequence[int]] = field(default_factory=dict)
    origins: dict[int, frozenset[int]] = field(default_factory=dict)
    given: list[_Givers] = field(default_factory=list)
    until: float | None = None

    def add(self, ids: Ids, amount: Amounts, hop: int) -> Ids:
        """Add to the activation of facts; returns those that were not active before."""
        at = np.searchsorted(self.ids, ids)
        known = at < len(self.ids)
        known[known] = self.ids[at[known]] == ids[known]
        fresh: Ids = ids[~known]
        # Two rows that are sorted are but merged.
        every = np.sort(np.concatenate((self.ids, fresh)), kind="stable")
        whole = np.zeros(len(every))
        hops = np.full(len(every), hop)
        here = np.searchsorted(every, self.ids)
        whole[here] = self.amount
        hops[here] = self.hops
        whole[np.searchsorted(every, ids)] += amount
        self.ids, self.amount, self.hops = every, whole, hops
        return fresh

    def strongest(self, ids: Ids, most: int) -> list[int]:
        """The most active of these facts, the newest of equals first."""
        amount = self.amount[np.searchsorted(self.ids, ids)]
        best: list[int] = ids[np.lexsort((-ids, -amount))[:most]].tolist()
        return best


def associate(
    index: FactIndex,
    cue: str,
    *,
    hops: int = 2,
    limit: int = 10,
    collection: str | None = None,
    as_of: str | float | None = None,
) -> list[Associated]:
    """The facts that a cue brings to mind, the most active first; `hops` 0 goes on until settled.

    `as_of` goes by what was known then. Raises `UsageError` for less than no hops and no date.
    """
    if hops < 0:
        raise UsageError("How far shall it spread?", "Give a number of hops, 0 until it settles.")
    until = None if as_of is None else moment(as_of)
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
    if scope is None or limit < 1:
        return []
    asked = gist(cue[:2000])
    active = _Field(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64), until=until)
    seeds = _seed(index, scope, asked, active)
    frontier = active.strongest(seeds, _BEAM)
    active.origins.update((id, frozenset((id,))) for id in frontier)
    for hop in range(1, (hops or _MOST_HOPS) + 1):
        if not frontier:
            break
        frontier = _spread(index, scope, asked, active, frontier, hop)
    return _ranked(index, active, limit, collection)


def _seed(index: FactIndex, scope: int, asked: Gist, active: _Field) -> Ids:
    """Activate the facts that hold words of the cue."""
    groups = [group for word in asked.words if (group := _group(index, scope, word))]
    lists = [index.meeting(scope, [group], _COMMON + 1) for group in groups]
    common = [group for group, ids in zip(groups, lists, strict=True) if len(ids) > _COMMON]
    found: dict[int, float] = {}
    for holding in lists:
        if len(holding) <= _COMMON:
            for id in holding:
                found[id] = found.get(id, 0.0) + _rarity(len(holding))
    if not found and common:
        met = index.meeting(scope, common, _BEAM)
        found = dict.fromkeys(met or index.meeting(scope, common[:1], _BEAM), 0.0)
    for group in common:
        held = {id for word in group for id in index.among(scope, word, found.keys())}
        weight = _rarity(index.frequency(scope, group)) if held else 0.0
        for id in held:
            found[id] += weight
    ids = np.array(sorted(found), np.int64)
    amount = np.array([found[id] for id in ids.tolist()], np.float64)
    kept = _not_apart(index, asked, active, ids, by_word=True)
    return active.add(ids[kept], amount[kept], 0)


def _group(index: FactIndex, scope: int, word: str) -> tuple[str, ...]:
    """What a word of the cue is looked for by; words like it only where it is nowhere itself."""
    forms = tuple(sorted({word, *speech.kin(word)}))
    if index.frequency(scope, forms, 1):
        return forms
    alike = tuple(sorted(speech.related(word)))
    return alike if index.frequency(scope, alike, 1) else ()


def _rarity(number: int) -> float:
    """What a word weighs that stands in so many facts: 1 for one, 0.18 for a hundred."""
    return 1 / (1 + math.log(max(number, 1)))


def _lift(strength: float) -> float:
    """What a strength (1: just told) lifts an activation by: 1, or 2 for what was used much.

    What faded is not lowered: fading decides between equals alone.
    """
    return float(2 ** max(plasticity.rank(strength), 0))


# -- one hop ---------------------------------------------------------------------------------------


def _spread(
    index: FactIndex, scope: int, asked: Gist, active: _Field, giving: Sequence[int], hop: int
) -> list[int]:
    """One hop; returns those of the facts that it reached first that give on next."""
    _read(index, active, giving)
    amounts = active.amount[np.searchsorted(active.ids, giving)].tolist()
    said: dict[str, dict[int, float]] = {}
    for id, amount in zip(giving, amounts, strict=True):
        for word in active.gists[id].words if id in active.gists else ():
            said.setdefault(word, {})[id] = amount * _GIVEN * active.strengths[id]
    for id in giving:
        if id not in active.origins:
            active.origins[id] = _origins(active, id)
    _fetch(index, scope, active, said)
    over = _carrying(active, said)
    active.given.append({word: said[word] for word, _ in over})
    ids, amount = _given(active, said, over)
    kept = _not_apart(index, asked, active, ids, by_word=False)
    kept &= amount >= _LEAST
    fresh = active.add(ids[kept], amount[kept], hop)
    return active.strongest(fresh, _BEAM)


def _carrying(active: _Field, said: _Givers) -> list[tuple[str, float]]:
    """The words over which each fact that holds them gets most, with how much that is."""
    found: list[tuple[str, float]] = []
    for word, givers in said.items():
        number = len(active.lists[word])
        if number > 1 and (part := sum(givers.values()) / number) >= _LEAST:
            found.append((word, part))
    found.sort(key=lambda each: (-each[1], each[0]))
    left = _READ
    for at, (word, _) in enumerate(found):
        left -= len(active.lists[word])
        if left < 0:
            return found[: max(at, 1)]
    return found


def _given(active: _Field, said: _Givers, over: Sequence[tuple[str, float]]) -> tuple[Ids, Amounts]:
    """Which facts get how much; a fact gives nothing to itself."""
    if not over:
        return np.zeros(0, np.int64), np.zeros(0)
    lists = [active.lists[word] for word, _ in over]
    sizes = list(map(len, lists))
    own = [(id, -each / size) for (word, _), size in zip(over, sizes, strict=True)
           for id, each in said[word].items()]  # fmt: skip
    ids = np.fromiter(chain(*lists, (id for id, _ in own)), np.int64, sum(sizes) + len(own))
    parts = np.repeat(np.array([part for _, part in over]), sizes)
    amount = np.concatenate((parts, np.array([each for _, each in own])))
    found, where = np.unique(ids, return_inverse=True)
    return found, np.bincount(where, weights=amount, minlength=len(found)).astype(np.float64)


def _fetch(index: FactIndex, scope: int, active: _Field, words: Iterable[str]) -> None:
    """Look up the facts that hold these words; none for a word that too many hold."""
    unknown = [word for word in words if word not in active.lists]
    if unknown:
        lists = index.each(scope, unknown, _COMMON)
        active.lists.update(zip(unknown, lists, strict=True))


def _read(index: FactIndex, active: _Field, ids: Iterable[int]) -> None:
    """Read the facts that were not read yet."""
    unknown = [id for id in ids if id not in active.gists]
    for first in range(0, len(unknown), at_hand.MOST):
        part = unknown[first : first + at_hand.MOST]
        with index.store.glance() as connection:
            hand = index.at_hand(connection)
            held = quick.known(index, connection, hand, part)
            found = [held[id].row for id in part if id in held]
            strong = index.strengths.of_facts(connection, found, hand.strengths)
        active.gists.update((row.id, gist(row.text)) for row in found)
        active.strengths.update((id, _lift(strength)) for id, (strength, _) in strong.items())


def _not_apart(
    index: FactIndex, asked: Gist, active: _Field, ids: Ids, *, by_word: bool
) -> NDArray[np.bool_]:
    """Which facts are not about somebody else's things than the cue."""
    if not asked.held:
        return _known_then(index, active, ids)
    every = ids.tolist()
    _read(index, active, every)
    together = np.array(
        [id in active.gists and not apart(asked, active.gists[id], by_word=by_word)
         for id in every],
        np.bool_,
    )  # fmt: skip
    return together & _known_then(index, active, ids)


def _known_then(index: FactIndex, active: _Field, ids: Ids) -> NDArray[np.bool_]:
    """Which facts held at the moment that the field is of."""
    if active.until is None:
        return np.ones(len(ids), np.bool_)
    held: NDArray[np.bool_] = index.postings().at_of(ids) <= active.until
    return held


# -- what came of it -------------------------------------------------------------------------------


def _origins(active: _Field, id: int) -> frozenset[int]:
    """The seeds from which something was given to a fact; two are enough to know."""
    found: frozenset[int] = frozenset()
    words = active.gists[id].words if id in active.gists else ()
    for said in active.given:
        for word in words:
            for giver in said.get(word, ()):
                found |= active.origins[giver]
                if len(found) > 1:
                    return found
    return found


def _ranked(
    index: FactIndex, active: _Field, limit: int, collection: str | None
) -> list[Associated]:
    order = active.strongest(active.ids, limit + _SPARE)
    at = np.searchsorted(active.ids, order)
    amounts = dict(zip(order, active.amount[at].tolist(), strict=True))
    distances = dict(zip(order, active.hops[at].tolist(), strict=True))
    _read(index, active, (id for id in order if distances[id] == 0))
    told = []
    if active.until is None and len(order) <= at_hand.MOST:
        found = quick.told(index, order, collection)
    else:
        found = facts.in_scope(index, order, collection, active.until)
    for fact in found:
        if fact.expired:
            continue
        activation = amounts[fact.id] * _lift(fact.strength)
        activation *= 1.0 if fact.current else _FORMER
        seed = distances[fact.id] == 0
        tag = "emergent"
        if seed:
            tag = "confirmed" if _origins(active, fact.id) - {fact.id} else "explicit"
        told.append(Associated(fact, round(activation, 9), distances[fact.id], seed, tag))
    return sorted(told, key=_order)[:limit]


def _order(each: Associated) -> tuple[float, bool, int, float, int]:
    """The most active first; strength moves what is equal, in coarse steps."""
    fact = each.fact
    step = -plasticity.rank(fact.strength)
    return -each.activation, fact.archived, step, -fact.at, -fact.id
