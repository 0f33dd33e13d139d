"""Edges: where a claim leads from an entity along a relation.

The entity must fill a whole role: what “Petrel's budget” has is not Petrel's, and the old mill is
not the mill. A name may occur with or without its category: “project Petrel”.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from ingest.language.claims import Claim
from ingest.language.nouns import singular
from ingest.language.phrases import PhraseParser
from ingest.language.records import Clause, Phrase
from ingest.language.tagging import tagged
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import classes
from workbench.memory.chains.relations import GENERIC, Noun, Relation
from workbench.memory.claims.endings import verb_fits

_WORD = re.compile(r"[^\W_]+")
_FRESH = frozenset(("new", "current", "present", "actual", "updated", "latest"))

#: Whether an entity is the start of a hop.
Test = Callable[[Phrase], bool]


class Identity(NamedTuple):
    """What the names of one entity have in common: words, owner and arguments."""

    words: frozenset[str]
    owner: "Identity | None" = None
    inside: frozenset[tuple[str, frozenset[str]]] = frozenset()


@dataclass(frozen=True, slots=True)
class Edge:
    """The end of a claim; `single`: it is the only one at a time."""

    value: Phrase
    single: bool


@lru_cache(maxsize=4096)
def entity_of(name: str) -> Phrase:
    """Parse a name as an entity."""
    tokens = tagged(name)
    entity = PhraseParser(name, tokens).phrase(0, len(tokens)) if tokens else None
    if entity is not None and not entity.members:
        return entity
    parts = [word.lower() for word in _WORD.findall(name)] or [""]
    return Phrase(parts[-1], name, 0, len(name), "name", frozenset(parts[:-1]))


def identity(entity: Phrase) -> Identity:
    """The identity of an entity, by its words."""
    return _identity(entity)[0]


def _identity(entity: Phrase) -> tuple[Identity, frozenset[str]]:
    """The identity of an entity, and the category words beside its name."""
    if entity.kind == "pronoun":
        speaker = entity.head in ("i", "we")
        return Identity(frozenset(("i" if speaker else entity.head,))), frozenset()
    words = frozenset(map(singular, entity.words))
    kinds = words & classes("memory.txt")["chains_kinds"]
    capitals = {singular(word) for word in _WORD.findall(entity.text) if not word.islower()}
    if not (words - kinds) & capitals:
        kinds = frozenset()
    inside = frozenset((preposition, other.words) for preposition, other in entity.inside)
    owner = None if entity.owner is None else identity(entity.owner)
    return Identity(words - kinds, owner, inside), kinds


def is_same(entity: Phrase) -> Test:
    """A test whether another entity is the same."""
    origin, kinds = _identity(entity)

    def test(other: Phrase) -> bool:
        target, other_kinds = _identity(other)
        return target == origin and (not kinds or not other_kinds or bool(kinds & other_kinds))

    return test


def names(entity: Phrase) -> tuple[Phrase, ...]:
    """The names of an entity, its own words first: “my landlord, Gustav”."""
    if not entity.names:
        return (entity,)
    text = entity.text[: max(0, entity.names[0].start - entity.start)].rstrip(" ,:(")
    if entity.names[0].kind == entity.kind == "name" and entity.names[0].owner is None:
        # “Rome, Italy”
        text = entity.text
    return replace(entity, names=(), text=text or entity.text), *entity.names


def edges(relation: Relation, is_start: Test, claim: Claim) -> Iterator[Edge]:
    """Yield the edges of a claim, or those that a denial excludes."""
    clause = claim.clause
    for pattern in relation.patterns:
        if any(verb_fits(pattern.verb, verb) == 1 for verb in _predicates(clause)):
            start, end = _role(clause, pattern.start), _role(clause, pattern.end)
            if start is not None and end is not None and _is_any(start, is_start):
                yield Edge(end, pattern.single)
                return
    if clause.verb == "be":
        yield from _of_being(relation, is_start, clause)
    yield from _of_attribute(relation, is_start, clause)


def _is_any(entity: Phrase, test: Test) -> bool:
    return any(map(test, names(entity)))


def _role(clause: Clause, role: str) -> Phrase | None:
    """The entity in a role; “at” and “in” are interchangeable, except for workplaces."""
    entity = clause.role(role)
    if entity is None and role in ("in", "at") and clause.verb != "work":
        entity = clause.role("in") or clause.role("at")
    return entity


def _predicates(clause: Clause) -> Iterator[str]:
    """Yield the verb of a clause, or its state: “is due on”, “is located in”."""
    state = clause.complement
    if clause.verb == "born":
        yield "bear"
    if clause.verb != "be" or state is None:
        yield clause.verb
    elif state.kind == "adjective":
        yield state.head
        yield verb_of(state.head, "participle") or state.head


def _of_being(relation: Relation, is_start: Test, clause: Clause) -> Iterator[Edge]:
    """Yield the edges of “The owner of Aurora is Kenji”, “Kenji is the owner of Aurora”."""
    subject, complement = clause.subject, clause.complement
    if subject is None or complement is None:
        return
    for noun, other in ((subject, complement), (complement, subject)):
        owners = [noun.owner] if noun.owner is not None else [
            entity
            for preposition, entity in (
                *noun.inside, *(clause.prepositions if noun is complement else ())
            )
            if preposition in ("of", "for", "on", "at", "in", "to")
            and not is_time(entity, preposition)
        ]  # fmt: skip
        for owner in owners:
            if _is_named_by(noun, relation.nouns) and _is_any(owner, is_start):
                yield Edge(other, relation.single)
            elif _is_named_by(noun, relation.inverse_nouns) and _is_any(other, is_start):
                yield Edge(owner, single=False)
        for called in relation.nouns if noun.owner is None else ():
            label = _modifier(noun, called)
            if label is not None and is_start(label):
                yield Edge(other, relation.single)


def _is_named_by(entity: Phrase, nouns: frozenset[Noun]) -> bool:
    """Whether an entity is named by one of these nouns, without other words."""
    if entity.kind not in ("noun", "name"):
        return False
    words = frozenset(map(singular, entity.words)) - _FRESH
    head = singular(entity.head)
    joint = frozenset(("".join((*(words - {head}), head)),)) if len(words) == 2 else words
    return not nouns.isdisjoint((words, joint, words - GENERIC or words))


def _of_attribute(relation: Relation, is_start: Test, clause: Clause) -> Iterator[Edge]:
    """Yield the edges of “works in the AKST timezone”, “has a salary of 5,000”, “is in room 4”."""
    if clause.subject is None or clause.verb not in classes("memory.txt")["chains_attributive"]:
        return
    if not _is_any(clause.subject, is_start):
        return
    salary = clause.object
    amount = salary.owner if salary is not None and not salary.names else None
    if salary is not None and amount is not None and _is_named_by(salary, relation.nouns):
        yield Edge(amount, relation.single)
    for preposition, entity in (("", salary), *clause.prepositions):
        if entity is None or entity.owner is not None or is_time(entity, preposition):
            continue
        for noun in relation.nouns:
            rest = _modifier(entity, noun)
            if rest is not None:
                yield Edge(rest, relation.single)


def _modifier(entity: Phrase, noun: Noun) -> Phrase | None:
    """The modifier of a noun: “the AKST timezone”, “the Aurora owner”."""
    words = frozenset(map(singular, entity.words))
    rest = [m for m in _WORD.finditer(entity.text) if singular(m[0]) in words - noun]
    if not rest or not noun < words:
        return None
    text = entity.text[rest[0].start() : rest[-1].end()]
    return replace(entity_of(text), text=text)
