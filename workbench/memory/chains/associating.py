"""Associations of facts that share words or were recalled together.

Facts that contain words of a cue are activated first. A fact's output is divided among all facts
with the same word, so that rare words carry most, and frequently used facts pass on more (see
`memory.spreading`). A possessed noun links two facts only if its owner is the same: my dog's name
is not my brother's name.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.questions import questions_of
from ingest.language.verbs import forms
from ingest.language.word_lists import aliases
from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.memory import plasticity
from workbench.memory.chains.edges import entity_of, identity
from workbench.memory.chains.following import content_words
from workbench.memory.chains.records import Associated
from workbench.memory.claims.claim_set import owners
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.facts.remembering import parse_time
from workbench.memory.reflex.anchors import rarity
from workbench.memory.spreading import NEURON_DB, Active, spread, strongest
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: The share of activation that passes to a fact always recalled together, relative to a word that
#: only the two share.
_TOGETHER = 0.4
#: Maximum frequency of a linking word; newest facts that are read if all words of a cue are
#: frequent.
_COMMON, _FIRST = 128, 16
#: Extra facts, since superseded and expired ones are dropped.
_SPARE = 8
#: The factor of a superseded fact.
_REPLACED = 0.5


@dataclass(slots=True)
class _Network:
    """The facts of one scope, linked by words; those after `cutoff` are left out."""

    index: FactIndex
    connection: sqlite3.Connection
    scope: int
    cutoff: float | None
    by_words: set[int] = field(default_factory=set)
    statements: dict[int, FactRow] = field(default_factory=dict)
    postings: dict[str, Sequence[int]] = field(default_factory=dict)

    def load(self, ids: Iterable[int]) -> None:
        """Read facts that are not loaded yet."""
        missing = [id for id in ids if id not in self.statements]
        self.statements.update((row.id, row) for row in rows.by_ids(self.connection, missing))

    def links(self, text: str, terms: Sequence[str]) -> list[Sequence[int]]:
        """The facts linked to a text by each of these words."""
        missing = [term for term in terms if term not in self.postings]
        lists = self.index.postings(self.scope, missing, _COMMON)
        self.postings.update(zip(missing, lists, strict=True))
        owned = _owned(text)
        return [self._linked(owned.get(term, frozenset()), term) for term in terms]

    def _linked(self, owner: frozenset[str], term: str) -> Sequence[int]:
        ids = self.postings[term]
        if not owner and self.cutoff is None:
            return ids
        self.load(ids)
        return [
            id
            for id in ids
            if (row := self.statements.get(id)) is not None
            and (self.cutoff is None or row.at <= self.cutoff)
            and (not owner or not owner.isdisjoint(_owned(row.text).get(term, owner)))
        ]

    def seeds(self, cue: str) -> dict[int, float]:
        """The facts that contain words of the cue, with their activation; rare words weigh most."""
        index, scope = self.index, self.scope
        terms = [
            alias
            for term in _terms(cue)
            for alias in ([term] if index.frequency(scope, (term,), 1) else aliases().get(term, ()))
        ]
        activation: defaultdict[int, float] = defaultdict(float)
        for ids in self.links(cue, list(dict.fromkeys(terms))):
            for id in ids:
                activation[id] += rarity(len(ids))
        common = [(term,) for term in terms if index.frequency(scope, (term,)) > _COMMON]
        if common and not activation:
            ids = index.meeting(scope, common, _FIRST) or index.meeting(scope, common[:1], _FIRST)
            activation.update(dict.fromkeys(ids, 0.0))
        for (term,) in common:
            for id in index.containing(scope, term, activation):
                activation[id] += rarity(index.frequency(scope, (term,)))
        return activation

    def adjacent(self, front: Mapping[int, Active[int]]) -> Iterator[tuple[int, int, float]]:
        """Yield the links of a front, by words and then by joint recalls."""
        self.load(front)
        givers = [self.statements[id] for id in front if id in self.statements]
        strengths = self.index.strengths.of_facts(self.connection, givers)
        for giver in givers:
            share = _boost(strengths[giver.id][0])
            for ids in self.links(giver.text, _terms(giver.text)):
                for id in ids:
                    if id != giver.id:
                        self.by_words.add(id)
                        yield giver.id, id, share / len(ids)
        for id, row, share in self.index.strengths.companions(self.connection, front, self.cutoff):
            if row.scope == self.scope:
                yield id, row.id, _TOGETHER * share


def associate(
    index: FactIndex,
    cue: Words,
    *,
    hops: Limit = 2,
    limit: Limit = 10,
    collection: Words | None = None,
    as_of: Words | float | None = None,
) -> list[Associated]:
    """The facts activated by a cue over shared words and joint recalls, most active first.

    Facts within `hops` of those with words of the cue, 0 until convergence. `as_of` uses what was
    known then. Raises `UsageError` for negative hops.
    """
    if hops < 0:
        raise UsageError(
            "The number of hops is out of range.", "Give a number of hops, 0 until it settles."
        )
    cutoff = None if as_of is None else parse_time(as_of)
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None or limit < 1:
            return []
        network = _Network(index, connection, scope, cutoff)
        active = spread(network.seeds(cue[:2000]), network.adjacent, NEURON_DB, hops)
        ids = strongest({id: node.level for id, node in active.items()}, limit + _SPARE)
        results = [
            _associated(fact, active[fact.id], fact.id in network.by_words)
            for fact in facts.in_scope(index, ids, collection, cutoff)
            if not fact.expired
        ]
    return sorted(results, key=_rank)[:limit]


def _associated(fact: Fact, node: Active[int], by_words: bool) -> Associated:
    activation = node.level * _boost(fact.strength) * (1.0 if fact.current else _REPLACED)
    is_seed = not node.hops
    stated = "confirmed" if node.seeds - {fact.id} else "explicit"
    tag = stated if is_seed else "emergent"
    together = not (is_seed or by_words)
    return Associated(fact, round(activation, 9), node.hops, is_seed, tag, together)


def _rank(result: Associated) -> tuple[float, bool, int, float, int]:
    """Sort key: most active first; strength breaks ties, in coarse steps."""
    fact = result.fact
    step = -plasticity.rank(fact.strength)
    return -result.activation, fact.archived, step, -fact.at, -fact.id


def _boost(strength: float) -> float:
    """2 for frequently used facts, else 1: fading only breaks ties."""
    return 2.0 if plasticity.rank(strength) > 0 else 1.0


def _terms(text: str) -> list[str]:
    """The content words of a text, as lemmas."""
    return list(dict.fromkeys(map(_lemma, content_words(text))))


@lru_cache(maxsize=16_384)
def _lemma(word: str) -> str:
    bases = {word, singular(word), *(form.verb for form in forms(word))}
    return min(sorted(bases), key=len)


@lru_cache(maxsize=4096)
def _owned(text: str) -> dict[str, frozenset[str]]:
    """The owner's words for each possessed noun of a text."""
    if "'s" not in text and "’s" not in text and " of " not in text:
        return {}
    clauses = [claim.clause for claim in claims_of(text).claims]
    clauses += [question.clause for question in questions_of(text)]
    roles = (
        role for clause in clauses for role in (clause.subject, clause.object, clause.complement)
    )
    return {
        _lemma(entity.head): identity(entity.owner).words
        for role in (entity_of(text), *roles)
        for entity in owners(role)
        if entity.owner is not None and entity.owner.kind in ("noun", "name")
    }
