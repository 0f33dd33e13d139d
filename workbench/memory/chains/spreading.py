"""Spreading activation over the words that facts share (Collins & Loftus 1975).

Facts that hold words of the cue are seeds, rare words weigh more. From hop to hop a fact gives half
of its activation on, over each of its words in equal parts to the facts that hold it, so that facts
are found that share no word with the cue. Each fact gives on once; per hop only the most active do,
over the words that carry most. What was used much gives and gets more.
"""

import math
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from itertools import compress
from typing import TypeAlias

import numpy as np

from ingest.language.word_lists import classes
from workbench.errors import UsageError
from workbench.memory import plasticity
from workbench.memory.chains.records import Associated
from workbench.memory.facts import facts, speech
from workbench.memory.facts.claims import carries, dense_words, is_dense
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.reading import tokens
from workbench.memory.facts.remembering import moment
from workbench.store import facts as rows
from workbench.store.facts import FactRow

_KIN = classes("memory.txt")["chains_spreading_kin"]
_PETS = classes("memory.txt")["chains_spreading_pets"]
_VEHICLES = speech.these("car bike truck van boat motorbike bicycle vehicle")
#: Words for any of their kind.
_GENERAL = frozenset(("pet", "animal", "vehicle"))
#: Nouns for somebody or something of somebody's; facts about different ones are kept apart.
_KINDS = (_KIN, _PETS, _VEHICLES)
_HELD = _KIN | _PETS | _VEHICLES


@dataclass(frozen=True, slots=True)
class Gist:
    """The words of a text by their shortest forms.

    `held` are nouns for somebody's relatives, animals, vehicles among them; `owners` words said to
    own or to be owned: the *dog's* name, my *dog*.
    """

    words: tuple[str, ...]
    held: frozenset[str]
    owners: frozenset[str]


@lru_cache(maxsize=4096)
def gist(text: str) -> Gist:
    """The gist of a text."""
    if is_dense(text):
        return Gist(tuple(sorted(dense_words(text))), frozenset(), frozenset())
    words: dict[str, None] = {}
    owners: set[str] = set()
    mine = False
    for chunk in text.split():
        said = _said(chunk)
        if said is not None:
            form, carrying, owner, own = said
            if carrying:
                words[form] = None
            if owner or mine:
                owners.add(form)
            mine = own
    return Gist(tuple(words), frozenset(words) & _HELD, frozenset(owners))


@lru_cache(maxsize=16_384)
def _said(chunk: str) -> tuple[str, bool, bool, bool] | None:
    """What stands between white space: its form, and whether it says something, owns, is "my".

    None for marks, which belong to what stands before them.
    """
    for token in tokens(chunk):
        return _form(token.word), carries(token), token.owner, token.word in speech.SELF
    return None


@lru_cache(maxsize=16_384)
def _form(word: str) -> str:
    kin = speech.kin(word)
    return word if len(kin) == 1 else min(sorted(kin), key=len)


def apart(asked: Gist, said: Gist, *, by_word: bool) -> bool:
    """Whether a fact is about somebody else than the cue: his brother's name, not the dog's.

    Where it was not met by the words of the cue, only what it says of his own things sets it apart.
    """
    there = said.held if by_word else said.held & said.owners
    if not asked.held or not there:
        return False
    both = [
        _meet(asked.held & kind, said.held & kind)
        for kind in _KINDS
        if asked.held & kind and there & kind
    ]
    # The dog and a brother are as far apart as a sister and a brother.
    return not both or not all(both)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether words of one kind mean the same somebody or something."""
    return bool(one & other or (one | other) & _GENERAL) or any(
        speech.ALIASES.get(word, frozenset()) & other for word in one
    )


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

    All is read from one moment, by `connection`. `rows` are the facts that were read, with their
    `gists` and what use has made of them (`strengths`), `lists` the facts that hold a word.
    `origins` are the seeds that a giving fact has its activation from; `given` is what was given
    over which words in each hop. Facts of after `until` stay out of it.
    """

    connection: sqlite3.Connection
    until: float | None = None
    amount: dict[int, float] = field(default_factory=dict)
    hops: dict[int, int] = field(default_factory=dict)
    rows: dict[int, FactRow] = field(default_factory=dict)
    gists: dict[int, Gist] = field(default_factory=dict)
    strengths: dict[int, float] = field(default_factory=dict)
    lists: dict[str, Sequence[int]] = field(default_factory=dict)
    origins: dict[int, frozenset[int]] = field(default_factory=dict)
    given: list[_Givers] = field(default_factory=list)

    def add(self, amounts: Mapping[int, float], hop: int) -> list[int]:
        """Add to the activation of facts; returns those that were not active before."""
        fresh = [id for id in amounts if id not in self.hops]
        for id, amount in amounts.items():
            self.amount[id] = self.amount.get(id, 0.0) + amount
        self.hops.update(dict.fromkeys(fresh, hop))
        return fresh

    def strongest(self, ids: Collection[int], most: int) -> list[int]:
        """The most active of these facts, the newest of equals first."""
        return nsmallest(most, ids, key=lambda id: (-self.amount[id], -id))


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
        raise UsageError(
            "The number of hops is out of range.", "Give a number of hops, 0 until it settles."
        )
    until = None if as_of is None else moment(as_of)
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None or limit < 1:
            return []
        asked = gist(cue[:2000])
        active = _Field(connection, until)
        seeds = _seed(index, scope, asked, active)
        frontier = active.strongest(seeds, _BEAM)
        active.origins.update((id, frozenset((id,))) for id in frontier)
        for hop in range(1, (hops or _MOST_HOPS) + 1):
            if not frontier:
                break
            fresh = _spread(index, scope, asked, active, frontier, hop)
            frontier = active.strongest(fresh, _BEAM) if hop != hops else []
        return _ranked(index, active, limit, collection)


def _seed(index: FactIndex, scope: int, asked: Gist, active: _Field) -> list[int]:
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
    return active.add(_not_apart(index, asked, active, found, by_word=True), 0)


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
    """One hop; returns the facts that it reached first."""
    _read(index, active, giving)
    said: dict[str, dict[int, float]] = {}
    for id in giving:
        if id in active.gists:
            gives = active.amount[id] * _GIVEN * active.strengths[id]
            for word in active.gists[id].words:
                said.setdefault(word, {})[id] = gives
    for id in giving:
        if id not in active.origins:
            active.origins[id] = _origins(active, id)
    _fetch(index, scope, active, said)
    over = _carrying(active, said)
    active.given.append({word: said[word] for word, _ in over})
    got = {id: amount for id, amount in _given(active, said, over).items() if amount >= _LEAST}
    return active.add(_not_apart(index, asked, active, got, by_word=False), hop)


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


def _given(active: _Field, said: _Givers, over: Sequence[tuple[str, float]]) -> dict[int, float]:
    """Which facts get how much; a fact gives nothing to itself."""
    got: dict[int, float] = {}
    for word, part in over:
        for id in active.lists[word]:
            got[id] = got.get(id, 0.0) + part
    for word, _ in over:
        size = len(active.lists[word])
        for id, each in said[word].items():
            got[id] = got.get(id, 0.0) - each / size
    return got


def _fetch(index: FactIndex, scope: int, active: _Field, words: Iterable[str]) -> None:
    """Look up the facts that hold these words; none for a word that too many hold."""
    unknown = [word for word in words if word not in active.lists]
    if unknown:
        lists = index.each(scope, unknown, _COMMON)
        active.lists.update(zip(unknown, lists, strict=True))


def _read(index: FactIndex, active: _Field, ids: Iterable[int]) -> None:
    """Read the facts that were not read yet."""
    lacking = [id for id in ids if id not in active.rows]
    active.rows.update((row.id, row) for row in rows.by_ids(active.connection, lacking))
    unknown = [id for id in ids if id not in active.gists and id in active.rows]
    found = [active.rows[id] for id in unknown]
    if found:
        strong = index.strengths.of_facts(active.connection, found)
        active.gists.update((row.id, gist(row.text)) for row in found)
        active.strengths.update((id, _lift(strength)) for id, (strength, _) in strong.items())


def _not_apart(
    index: FactIndex, asked: Gist, active: _Field, found: Mapping[int, float], *, by_word: bool
) -> Mapping[int, float]:
    """Those of the found facts that are not about somebody else's things than the cue."""
    if asked.held:
        _read(index, active, found)
        gists = active.gists
        found = {
            id: amount
            for id, amount in found.items()
            if id in gists and not apart(asked, gists[id], by_word=by_word)
        }
    if active.until is None:
        return found
    # What held at the moment that the field is of.
    since = index.postings().at_of(np.array(list(found), np.int64)).tolist()
    held = (at <= active.until for at in since)
    return dict(compress(found.items(), held))


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
    order = active.strongest(active.amount, limit + _SPARE)
    amounts, distances = active.amount, active.hops
    _read(index, active, [id for id in order if distances[id] == 0])
    told = []
    for fact in facts.in_scope(index, order, collection, active.until):
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
