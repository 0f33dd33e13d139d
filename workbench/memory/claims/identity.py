"""Coreference between the phrases of a question and of a claim.

Heads must be equal or more general (father: parent), the modifiers of the query must describe the
candidate and not contradict it, and owners must match recursively. Otherwise a stated identity (“my
dentist is Dr. Braun”) may connect them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase
from ingest.language.word_lists import classes, kinship, opposites, words

#: Maximum identities in a chain.
DEPTH = 4
_ME = ("i", "we")
_NOT = {"not", "never", "no"}
#: Prepositions equivalent to a compound: “the code for the gate”, “the gate code”.
COMPOUNDING = ("for", "of", "in", "at", "on", "to", "from")
_SEXES = (("male_title", "female_title"), ("female_title", "male_title"))

Identity = tuple[Phrase, Phrase]


def same(
    query: Phrase | None,
    candidate: Phrase | None,
    identities: Sequence[Identity] = (),
    depth: int = 0,
) -> bool:
    """Whether two phrases are the same thing, literally or by known identities."""
    if query is None or candidate is None:
        return False
    if candidate.kind == "anybody" and candidate.determiner != "no":
        return query.kind in ("name", "pronoun") or query.head in kinship()
    if literally(query, candidate, identities, depth):
        return True
    if depth >= DEPTH or _other_kin(query, candidate):
        return False
    # The rarer match comes first, since the other half may search all identities again for owners.
    for noun, name in identities:
        if literally(name, candidate, identities, depth + 1) and literally(
            query, noun, identities, depth + 1
        ):
            return True
        if literally(query, name, identities, depth + 1) and literally(
            noun, candidate, identities, depth + 1
        ):
            return True
    return False


def _other_kin(query: Phrase, candidate: Phrase) -> bool:
    """Whether two are the same kin of different people: my son Max, Petra's son Max."""
    left, right = query.owner, candidate.owner
    if left is None or right is None or query.head not in kinship():
        return False
    return query.head == candidate.head and not (
        literally(left, right) or literally(right, left) or "pronoun" == left.kind == right.kind
    )


def literally(
    query: Phrase, candidate: Phrase, identities: Sequence[Identity] = (), depth: int = 0
) -> bool:
    """Whether two phrases are the same thing by their words."""
    if "copy" in (query.head, candidate.head) and not _different_owners(
        query, candidate, identities, depth
    ):
        query, candidate = original(query), original(candidate)
    if "pronoun" in (query.kind, candidate.kind):
        if query.head in _ME and candidate.head in _ME:
            return True
        return (
            query.kind == candidate.kind
            and query.head == candidate.head
            and query.head in ("it", "you")
        )
    if query.kind == candidate.kind == "clause":
        # “Who said that the shop is shut?”: its words in order, with equal polarity
        query_words, candidate_words = (
            re.findall(r"[\w'’]+", clause.text.lower()) for clause in (query, candidate)
        )
        remaining = iter(candidate_words)
        return _NOT & set(query_words) == _NOT & set(candidate_words) and all(
            word in remaining for word in query_words
        )
    if query.members:
        return len(query.members) == len(candidate.members) and all(
            any(literally(a, t, identities, depth) for t in candidate.members)
            for a in query.members
        )
    if candidate.members:
        return False
    if query.kind == "name" != candidate.kind and candidate.names:
        # “the minister, Falk Reuter”
        return any(literally(query, name, identities, depth) for name in candidate.names)
    if query.kind == "name" and candidate.kind == "name":
        return (
            _names_match(query, candidate)
            and _inside(query, candidate, identities, depth)
            and _owners(query, candidate, identities, depth)
        )
    of = (
        candidate.owner
        if candidate.number and candidate.head in words("unit") and not query.number
        else None
    )
    if of is not None and not (of.determiner or of.owner):
        # “20 milligrams of zinc” are zinc; “two pages of the report” are not the report
        return literally(query, of, identities, depth)
    if not _heads(query, candidate):
        return False
    return (
        _described(query, candidate)
        and _relatives_match(query, candidate, identities, depth)
        and _numbers(query, candidate)
        and _inside(query, candidate, identities, depth)
        and _owners(query, candidate, identities, depth)
    )


def _names_match(query: Phrase, candidate: Phrase) -> bool:
    """Whether a name may refer to a fuller one: “Tom” to “Tom Baker”, not the reverse.

    “Dr Kern” is not “Ida Kern” unless she is known to be a doctor.
    """
    left, right = query.words - _titles(), candidate.words - _titles()
    query_titles, other_titles = query.words - left, candidate.words - right
    if (
        query_titles
        and other_titles
        and any(
            query_titles <= words(sex) and other_titles <= words(other) for sex, other in _SEXES
        )
    ):
        return False
    if left == right:
        return True
    return (
        bool(left)
        and left <= right
        and query_titles <= other_titles
        and (query.head == candidate.head or len(left) == 1)
    )


def fuller(query: Phrase, candidate: Phrase) -> bool:
    """Whether a name is more specific: “Tom Baker” than “Tom”, also “Paris, Texas”."""
    if query.words == candidate.words:
        return not _apposed(query) and _apposed(candidate)
    more = candidate.words - query.words - _titles()
    capitals = [word.strip(".,").lower() for word in candidate.text.split() if word[:1].isupper()]
    kinds = words("person_noun") | classes("memory.txt")["chains_kinds"]
    if capitals and capitals[0] in kinds:
        # “Nurse Ann” is Ann, “Service Alpha” is Alpha
        capitals.pop(0)
    return query.words < candidate.words and not {word.strip(".") for word in more}.isdisjoint(
        capitals
    )


def same_name(left: Phrase, right: Phrase) -> bool:
    """Whether two names are equal except for titles."""
    return left.words - _titles() == right.words - _titles() and _apposed(left) == _apposed(right)


@cache
def _titles() -> frozenset[str]:
    """Titles of names, without kinship terms: “Uncle Max” differs from Max."""
    return words("title") - kinship().keys()


def _apposed(name: Phrase) -> bool:
    """Whether a name has an apposition: “Paris, Texas”."""
    return any(not preposition for preposition, _ in name.inside)


def names_in(clause: Clause) -> Iterator[Phrase]:
    """Yield the names in a clause, including owners and arguments."""
    todo = [clause.subject, clause.object, clause.second, clause.complement]
    todo += [phrase for _, phrase in clause.prepositions]
    while todo:
        phrase = todo.pop()
        if phrase is None:
            continue
        if phrase.kind == "name":
            yield phrase
        todo += [
            phrase.owner,
            *phrase.members,
            *phrase.names,
            *(other for _, other in phrase.inside),
        ]


def original(phrase: Phrase) -> Phrase:
    """The work that a copy is of: “my copy of Emma” and “Emma” are equivalent to lend."""
    return next((of for p, of in phrase.inside if p == "of" and phrase.head == "copy"), phrase)


def _different_owners(
    query: Phrase, candidate: Phrase, identities: Sequence[Identity], depth: int
) -> bool:
    """Whether two copies have different owners."""
    have_owners = query.owner is not None and candidate.owner is not None
    return have_owners and not _owners(query, candidate, identities, depth)


def _heads(query: Phrase, candidate: Phrase) -> bool:
    if query.head == candidate.head:
        return True
    if query.head in kinship() and kinship()[query.head][0] == candidate.head:
        # somebody's sister has a sibling, who may be a brother
        return candidate.head != "sibling" or bool(candidate.text)
    heads = query.head, candidate.head
    if not words("labelled").isdisjoint((*heads, *query.mods, *candidate.mods)):
        # “reviews” and “the reviews table”
        return unlabelled(query) == unlabelled(candidate) != frozenset()
    if query.head == "money" and candidate.head in words("money"):
        return True
    if query.head == "spouse" and candidate.head in kinship():
        return kinship()[candidate.head][0] == "spouse"
    # “Elm Park” and “the park”: a name ending in the common noun
    if candidate.kind == "name" and query.kind == "noun":
        return query.head in candidate.words and query.determiner == "the" and not query.owner
    return query.head.replace("-", "") == "".join(sorted(candidate.mods)) + candidate.head


def unlabelled(phrase: Phrase) -> frozenset[str]:
    """The words of a phrase without category nouns: “reviews” for “reviews table”."""
    return frozenset(singular(word) for word in phrase.words) - words("labelled")


def _described(query: Phrase, candidate: Phrase) -> bool:
    described = candidate.words | {
        word
        for clause in candidate.relatives
        if clause.complement
        for word in clause.complement.words
    }
    # “the marketing budget”: the budget for marketing; “the Orla status”: Orla's status
    described |= {
        word for p, phrase in candidate.inside if p in COMPOUNDING for word in phrase.words
    }
    if candidate.owner is not None and candidate.owner.kind != "pronoun":
        described |= candidate.owner.words
    if not query.mods <= described or candidate.mods & words("other_office") - query.mods:
        # a former mayor is not the mayor
        return False
    return not any(opposites().get(word, frozenset()) & candidate.mods for word in query.mods)


def _relatives_match(
    query: Phrase, candidate: Phrase, identities: Sequence[Identity], depth: int
) -> bool:
    """Whether the candidate satisfies the relative clauses of the query: “that Ann repaired”."""
    return all(
        any(
            clause.verb == other.verb
            and clause.negated == other.negated
            and all(
                clause.role(role) is None
                or same(clause.role(role), other.role(role), identities, depth + 1)
                for role in ("subject", "object", "complement")
            )
            for other in candidate.relatives
        )
        for clause in query.relatives
    )


def _numbers(query: Phrase, candidate: Phrase) -> bool:
    return (
        not (query.number and candidate.number) or query.number.lower() == candidate.number.lower()
    )


def _inside(query: Phrase, candidate: Phrase, identities: Sequence[Identity], depth: int) -> bool:
    return all(
        any(
            p == prep and same(phrase, other, identities, depth + 1)
            for p, other in candidate.inside
        )
        or (prep in COMPOUNDING and _is_of(phrase, candidate, identities, depth))
        for prep, phrase in query.inside
    )


def _is_of(phrase: Phrase, candidate: Phrase, identities: Sequence[Identity], depth: int) -> bool:
    """Whether an argument equals a modifier: “the code for the gate” is “the gate code”."""
    if phrase.words <= candidate.mods:
        return True
    owner = candidate.owner
    has_name = owner is not None and owner.kind == "name"
    return has_name and same(phrase, owner, identities, depth + 1)


def _compounded(owner: Phrase, candidate: Phrase) -> bool:
    """Whether an owner equals a modifier: “the router's ip” is “the router ip”."""
    if owner.kind == "pronoun" or owner.head not in candidate.mods:
        return False
    # “project Heron” is also Heron
    common = {word for word in owner.text.split() if word.islower()}
    return owner.mods - candidate.mods <= (common if owner.kind == "name" else frozenset())


def whose(phrase: Phrase) -> Phrase | None:
    """The owner or maker of a thing: “Mara's thesis”, “the thesis by Mara”."""
    return phrase.owner or next((by for p, by in phrase.inside if p == "by"), None)


def _owners(query: Phrase, candidate: Phrase, identities: Sequence[Identity], depth: int) -> bool:
    if query.owner is not None:
        candidate = replace(candidate, owner=whose(candidate))
    if query.owner is not None and candidate.owner is not None:
        if candidate.owner.words <= query.mods and query.owner.head in _ME:
            # “which Postgres version do we use?”
            return True
        if query.owner.kind == candidate.owner.kind == "pronoun":
            # “his book” of the same person
            return query.owner.head == candidate.owner.head or {
                query.owner.head,
                candidate.owner.head,
            } <= set(_ME)
        group = candidate.owner.owner if candidate.owner.kind == "noun" else None
        if query.owner.head == "we" and group is not None and group.head in _ME:
            # “the mentor of our club” is our mentor, “the sister of my wife” not our sister
            people = kinship().keys() | words("person_noun")
            if candidate.owner.head not in people:
                return True
        # Nora and Emil's things are Nora's, too
        have = (candidate.owner, *candidate.owner.members)
        return any(same(query.owner, owner, identities, depth + 1) for owner in have)
    if query.owner is not None:
        # “my camera” may be “the camera”, but not Ann's
        is_speaker = query.owner.head in _ME and candidate.kind != "name"
        return is_speaker or _compounded(query.owner, candidate)
    if candidate.owner is None or candidate.owner.head in _ME or candidate.owner.head in query.mods:
        return True
    # “the captain” is not that of some ship, but “the end of May” is not owned by May, and “the
    # piano” may be the one of “Ann sold her piano”
    is_possessive = candidate.text.lower().startswith(("his ", "her ", "their "))
    if candidate.head in words("labelled"):
        return True
    return query.determiner == "the" and (is_possessive or candidate.owner.kind != "name")


def definite(phrase: Phrase) -> bool:
    """Whether a phrase is definite: it has an owner or “the”."""
    return phrase.owner is not None or phrase.determiner == "the"


def refers_back(newer: Phrase, older: Phrase) -> bool:
    """Whether a newer phrase refers back to the older one: “the drill”."""
    older = original(older)
    return literally(original(newer), older) or (
        newer.determiner == "the" and literally(newer, replace(older, owner=None))
    )
