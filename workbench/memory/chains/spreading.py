"""Spreading activation over the words that facts share (Collins & Loftus 1975).

Facts that hold words of the cue are seeds, rare words weigh more. From hop to hop a fact gives half
of its activation on, over each of its words in equal parts to the facts that hold it, so that facts
are found that share no word with the cue. Each fact gives on once; per hop only the most active do.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.errors import UsageError
from workbench.memory.chains.records import Associated
from workbench.memory.facts import facts, speech
from workbench.memory.facts.claims import carries, dense_words, is_dense
from workbench.memory.facts.index import FactIndex, key
from workbench.memory.facts.reading import Token, tokens
from workbench.store import facts as rows

#: What a fact gives on of its activation.
_GIVEN = 0.5
#: Less is not worth passing on.
_LEAST = 1e-6
#: A word in more facts than this brings nothing to mind.
_COMMON = 128
#: Places of facts that are gone through in one hop, those that get most first.
_READ = 4096
#: Facts that give on in one hop, the most active ones.
_BEAM = 24
#: Hops until it counts as settled in any case.
_MOST_HOPS = 64
#: What an older statement counts where a newer one has taken its place.
_FORMER = 0.5
_TWO = 2
_NOWHERE: frozenset[int] = frozenset()
_WEAKEST, _STRONGEST = 0.05, 8.0
#: Nouns for somebody or something of somebody's; facts about different ones are kept apart.
_KIN = speech.these(
    "brother sister mother father mum mom dad wife husband son daughter child kid uncle aunt cousin"
    " nephew niece grandmother grandfather grandma grandpa parent partner spouse friend boss"
    " neighbour neighbor"
)
_PETS = speech.these("dog cat horse bird fish hamster rabbit parrot puppy kitten")
_VEHICLES = speech.these("car bike truck van boat motorbike bicycle")
_HELD = _KIN | _PETS | _VEHICLES | {"pet", "animal", "vehicle"}


@dataclass(frozen=True, slots=True)
class _Text:
    """What spreading sees of a fact: its words by their shortest forms, and whom it is about."""

    words: tuple[str, ...]
    held: frozenset[str]
    owners: frozenset[str]


@dataclass(slots=True)
class _State:
    """Activation so far: of every fact, its distance, and the seeds that it came from.

    Two seeds of a fact are enough to know: a seed is confirmed by any other than itself.
    """

    activation: dict[int, float] = field(default_factory=dict)
    hops: dict[int, int] = field(default_factory=dict)
    origins: dict[int, frozenset[int]] = field(default_factory=dict)
    texts: dict[int, _Text] = field(default_factory=dict)
    lists: dict[str, Sequence[int]] = field(default_factory=dict)


def associate(
    index: FactIndex,
    cue: str,
    *,
    hops: int = 2,
    limit: int = 10,
    collection: str | None = None,
) -> list[Associated]:
    """The facts that a cue brings to mind, the most active first; `hops` 0 goes on until settled.

    Raises `UsageError` for less than no hops.
    """
    if hops < 0:
        raise UsageError("How far shall it spread?", "Give a number of hops, 0 until it settles.")
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
    if scope is None or limit < 1:
        return []
    asked = _text(cue[:2000])
    state = _State()
    _seed(index, scope, asked, state)
    seeds = frozenset(state.activation)
    frontier: Collection[int] = seeds
    for hop in range(1, (hops or _MOST_HOPS) + 1):
        frontier = _spread(index, scope, asked, state, frontier, hop)
        if not frontier:
            break
    return _ranked(index, state, seeds, limit, collection)


def _seed(index: FactIndex, scope: int, asked: _Text, state: _State) -> None:
    """Activate the facts that hold words of the cue."""
    groups = [group for word in asked.words if (group := _group(index, scope, word))]
    lists = [index.meeting(scope, [group], _COMMON + 1) for group in groups]
    rare = [ids for ids in lists if len(ids) <= _COMMON]
    common = [group for group, ids in zip(groups, lists, strict=True) if len(ids) > _COMMON]
    found: dict[int, float] = {}
    for ids in rare:
        for id in ids:
            found[id] = found.get(id, 0.0) + _rarity(len(ids))
    if not rare and common:
        met = index.meeting(scope, common, _BEAM)
        found = dict.fromkeys(met or index.meeting(scope, common[:1], _BEAM), 0.0)
    for group in common:
        weight = _rarity(index.frequency(scope, group))
        for word in group:
            for id in index.among(scope, word, found.keys()):
                found[id] += weight / len(group)
    if asked.held:
        _look_up(index, state, found)
    for id, activation in found.items():
        if id in state.texts and _apart(asked, state.texts[id], by_word=True):
            continue
        state.activation[id] = activation * _strength(id)
        state.hops[id] = 0
        state.origins[id] = frozenset((id,))


def _group(index: FactIndex, scope: int, word: str) -> tuple[int, ...]:
    """What a word of the cue is looked for by; words like it only where it is nowhere itself."""
    forms = tuple(sorted({key(form) for form in (word, *speech.kin(word))}))
    if index.frequency(scope, forms, 1):
        return forms
    alike = tuple(sorted(key(other) for other in speech.related(word)))
    return alike if index.frequency(scope, alike, 1) else ()


def _spread(
    index: FactIndex,
    scope: int,
    asked: _Text,
    state: _State,
    frontier: Collection[int],
    hop: int,
) -> list[int]:
    """One hop; returns the facts that it reached first, which give on next."""
    giving = sorted(frontier, key=lambda id: (-state.activation[id], -id))[:_BEAM]
    _look_up(index, state, giving)
    said: dict[str, dict[int, float]] = {}
    for id in giving:
        for word in state.texts[id].words if id in state.texts else ():
            said.setdefault(word, {})[id] = state.activation[id] * _GIVEN
    _fetch(index, scope, state, said)
    given: dict[int, float] = {}
    origins: dict[int, frozenset[int]] = {}
    for part, word in _strongest(state, said):
        givers = said[word]
        seeds = _some(state.origins[id] for id in givers)
        for other in state.lists[word]:
            given[other] = given.get(other, 0.0) + part
            if len(known := origins.get(other, _NOWHERE)) < _TWO:
                origins[other] = known | seeds
        for id, activation in givers.items():
            # A fact gives nothing to itself.
            given[id] -= activation / len(state.lists[word])
    return _receive(index, asked, state, hop, given, origins)


def _strongest(state: _State, said: dict[str, dict[int, float]]) -> list[tuple[float, str]]:
    """The words over which most is given to each fact that holds them, with how much that is."""
    found: list[tuple[float, str]] = []
    for word, givers in said.items():
        number = len(state.lists[word])
        if number >= _TWO and (part := sum(givers.values()) / number) >= _LEAST:
            found.append((part, word))
    found.sort(key=lambda each: (-each[0], each[1]))
    left = _READ
    for at, (_, word) in enumerate(found):
        left -= len(state.lists[word])
        if left < 0:
            return found[: max(at, 1)]
    return found


def _receive(
    index: FactIndex,
    asked: _Text,
    state: _State,
    hop: int,
    given: dict[int, float],
    origins: dict[int, frozenset[int]],
) -> list[int]:
    """Add what was given; returns the facts that were reached for the first time."""
    if asked.held:
        _look_up(index, state, given)
    fresh: list[int] = []
    for id, activation in given.items():
        if activation < _LEAST or (
            asked.held and id in state.texts and _apart(asked, state.texts[id], by_word=False)
        ):
            continue
        if id not in state.activation:
            state.activation[id] = 0.0
            state.hops[id] = hop
            state.origins[id] = _NOWHERE
            fresh.append(id)
        state.activation[id] += activation * _strength(id)
        if len(state.origins[id]) < _TWO:
            state.origins[id] |= origins[id]
    return fresh


def _fetch(index: FactIndex, scope: int, state: _State, words: Iterable[str]) -> None:
    """Look up the facts that hold these words; none for a word that too many hold."""
    unknown = [word for word in words if word not in state.lists]
    lists = index.each(scope, [key(word) for word in unknown], _COMMON)
    state.lists.update(zip(unknown, lists, strict=True))


def _some(origins: Iterable[frozenset[int]]) -> frozenset[int]:
    """Two seeds out of several sets, which are enough."""
    found = _NOWHERE
    for each in origins:
        found |= each
        if len(found) >= _TWO:
            break
    return found


def _rarity(number: int) -> float:
    """What a word weighs that stands in so many facts: 1 for one, 0.18 for a hundred."""
    return 1 / (1 + math.log(max(number, 1)))


def _strength(id: int) -> float:
    """How strong a fact is; 1.0 for one that nothing has strengthened or let fade."""
    return min(max(1.0, _WEAKEST), _STRONGEST)


def _look_up(index: FactIndex, state: _State, ids: Iterable[int]) -> None:
    """Read the texts of facts that were not read yet."""
    unknown = [id for id in ids if id not in state.texts]
    if not unknown:
        return
    with index.store.read() as connection:
        for row in rows.by_ids(connection, unknown):
            state.texts[row.id] = _text(row.text)


@lru_cache(maxsize=20_000)
def _text(text: str) -> _Text:
    if is_dense(text):
        return _Text(tuple(sorted(dense_words(text))), frozenset(), frozenset())
    found = tokens(text)
    words = dict.fromkeys(_form(token) for token in found if carries(token))
    held = frozenset(words) & _HELD
    owners = {
        _form(token)
        for before, token in zip([None, *found], found, strict=False)
        if token.owner or (before is not None and before.word in speech.SELF)
    }
    return _Text(tuple(words), held, frozenset(owners))


def _form(token: Token) -> str:
    return min(sorted(speech.kin(token.word)), key=len)


def _apart(asked: _Text, text: _Text, *, by_word: bool) -> bool:
    """Whether a fact is about somebody else than the cue: his brother's name, not the dog's.

    Where it was not met by the words of the cue, only what it says of his own things sets it apart.
    """
    there = text.held if by_word else text.held & text.owners
    if not asked.held or not there:
        return False
    return not any(_same_kind(one, other) for one in asked.held for other in text.held)


def _same_kind(one: str, other: str) -> bool:
    if one == other or other in speech.ALIASES.get(one, frozenset()):
        return True
    for general, kinds in (({"pet", "animal"}, _PETS), ({"vehicle"}, _VEHICLES)):
        if (one in general and other in kinds | general) or (other in general and one in kinds):
            return True
    return False


def _ranked(
    index: FactIndex,
    state: _State,
    seeds: frozenset[int],
    limit: int,
    collection: str | None,
) -> list[Associated]:
    order = sorted(state.activation, key=lambda id: (-state.activation[id], -id))[: limit * 2]
    told = []
    for fact in facts.in_scope(index, order, collection):
        activation = state.activation[fact.id] * (1.0 if fact.current else _FORMER)
        seed = fact.id in seeds
        tag = (
            "emergent"
            if not seed
            else "confirmed"
            if len(state.origins[fact.id]) >= _TWO
            else "explicit"
        )
        told.append(Associated(fact, round(activation, 9), state.hops[fact.id], seed, tag))
    told.sort(key=lambda each: (-each.activation, -each.fact.at, -each.fact.id))
    return told[:limit]
