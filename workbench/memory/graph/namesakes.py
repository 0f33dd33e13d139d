"""Namesakes: one word that names different people in different sources.

"Elizabeth" is Elizabeth Bennet in one novel and Elizabeth Lavenza in another. Sources whose full
names with the word may denote the same person belong together; where none may, the word gets a key
of its own in each group of sources but the one that has it most often. Full names are not split.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import permutations, product

from workbench.memory.concepts.keys import key_of
from workbench.memory.graph.aliases import ENTITY, ConceptName, Word, people
from workbench.memory.graph.people import Person, may_match
from workbench.store import concept_changes as rows
from workbench.store import graph, text
from workbench.store.concept_mentions import own_key, own_keys

#: Minimum sentences with a full name in a source, if it has an English word ("Thank God").
_FREQUENT = 3
#: Sentences with the word that are read, the minimum share with a personal pronoun, and the maximum
#: share with an article before the word, or with it in lower case.
_READ, _PERSONAL, _COMMON = 2000, 0.25, 0.1
_PRONOUN = re.compile(r"\b(?:he|him|his|she|hers?|himself|herself)\b", re.IGNORECASE)

People = Collection[tuple[ConceptName, Person]]


@dataclass(slots=True)
class Namesake:
    """A word, by its `key`, that names somebody else than concept `id` in these `sources`.

    `people` are the full names there, `target` the concept that it names there, None if there is
    none yet.
    """

    id: int
    key: str
    people: People
    sources: list[int]
    target: int | None = None


def namesakes(connection: sqlite3.Connection, word: Word) -> list[Namesake]:
    """The words that name different people by source, except where that was undone."""
    full = _full_names(connection, word)
    own = own_keys(connection)
    undone = {key for key, _ in rows.aliases_by_keys(connection)} - own.keys()
    found: list[Namesake] = []
    for key, id in rows.single_words(connection, ENTITY):
        if len(full[key]) < 2:
            continue
        mentions = {
            at: rows.count_named(connection, id, at, "") for at in rows.places_of(connection, id)
        }
        owned = [int(at) for _, at, same in (its.split("\x1f") for its in own) if same == key]
        groups: list[Namesake] = []
        # The most frequent first, and those with a concept already last.
        for source in sorted(
            {*mentions, *owned}, key=lambda at: (at in owned, -mentions.get(at, 0))
        ):
            here = [
                (concept, parts)
                for concept, parts, minimum in full[key]
                if rows.count_named(connection, concept.id, source, concept.name) >= minimum
            ]
            if not here or source < 0 or own_key(source, key) in undone:
                continue
            group = next((item for item in groups if _may_meet(item.people, here)), None)
            if group is None:
                groups.append(group := Namesake(id, key, here, []))
            group.sources += [] if source in owned else [source]
            group.target = own.get(own_key(source, key), group.target)
        found += [
            group
            for group in groups[1:]
            if group.sources and group.target != id and _is_person(connection, group)
        ]
    return found


def _full_names(
    connection: sqlite3.Connection, word: Word
) -> dict[str, list[tuple[ConceptName, Person, int]]]:
    """The full names with a word, by its key, each with the minimum of sentences.

    Two English words ("Christmas Day") and initials ("O God") tell nothing.
    """
    full = defaultdict(list)
    for concept, parts in people(map(ConceptName._make, rows.mentioned(connection, (ENTITY,)))):
        if parts.forenames and len(parts.forenames[0]) > 1:
            for one, other in permutations((parts.forenames[0], parts.surname)):
                if not (word(one) and word(other)):
                    minimum = _FREQUENT if word(other) else 1
                    full[key_of(one, plural=False)].append((concept, parts, minimum))
    return full


def _may_meet(people: People, others: People) -> bool:
    """Whether somebody may be among both."""
    return any(
        concept.id == other.id or may_match(parts, their_parts)
        for (concept, parts), (other, their_parts) in product(people, others)
    )


def _is_person(connection: sqlite3.Connection, namesake: Namesake) -> bool:
    """Whether sentences with a word have personal pronouns, unlike those of a product.

    "The Dutch" are no person, and neither is "God" beside gods.
    """
    engrams = graph.mentions(connection, namesake.id, graph.EVERYWHERE, _READ)
    sentences = text.statements(connection, engrams).values()
    key = re.escape(namesake.key)
    common = re.compile(rf"\b(?i:(?:the|an?) {key})\b|\b{key}s?\b")
    personal, plain = (
        sum(map(bool, map(pattern.search, sentences))) for pattern in (_PRONOUN, common)
    )
    return personal >= _PERSONAL * len(sentences) and plain <= _COMMON * len(sentences)
