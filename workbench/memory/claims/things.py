"""Whether the thing in a question is the thing in a claim.

Heads are equal or more general (father: parent), what describes the asked one describes the told
one, nothing denies it, and whose they are is the same in turn. Else a told identity (“my dentist
is Dr. Braun”) may stand between them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase
from ingest.language.word_lists import classes, kinship, opposites, words

#: Identities that may stand between two things.
DEPTH = 4
_ME = ("i", "we")
_NOT = {"not", "never", "no"}
#: Prepositions of what may stand before a noun as well: “the code for the gate”, “the gate code”.
COMPOUNDING = ("for", "of", "in", "at", "on", "to", "from")
_SEXES = (("male_title", "female_title"), ("female_title", "male_title"))

Identity = tuple[Phrase, Phrase]


def same(
    asked: Phrase | None, told: Phrase | None, known: Sequence[Identity] = (), depth: int = 0
) -> bool:
    """Whether these are one thing, by their words or by what is known to be the same."""
    if asked is None or told is None:
        return False
    if told.kind == "anybody" and told.determiner != "no":
        return asked.kind in ("name", "pronoun") or asked.head in kinship()
    if literally(asked, told, known, depth):
        return True
    if depth >= DEPTH:
        return False
    # What seldom fits comes first: where it does not, the other half is not compared at all, which
    # may have to look through all identities once more for whose it is.
    for noun, name in known:
        if literally(name, told, known, depth + 1) and literally(asked, noun, known, depth + 1):
            return True
        if literally(asked, name, known, depth + 1) and literally(noun, told, known, depth + 1):
            return True
    return False


def literally(asked: Phrase, told: Phrase, known: Sequence[Identity] = (), depth: int = 0) -> bool:
    """Whether these are one thing by their words."""
    if "copy" in (asked.head, told.head) and not _others(asked, told, known, depth):
        asked, told = original(asked), original(told)
    if "pronoun" in (asked.kind, told.kind):
        if asked.head in _ME and told.head in _ME:
            return True
        return asked.kind == told.kind and asked.head == told.head and asked.head in ("it", "you")
    if asked.kind == told.kind == "clause":
        # “Who said that the shop is shut?”: its words in their order, and no denial beside them
        said, heard = (re.findall(r"[\w'’]+", each.text.lower()) for each in (asked, told))
        rest = iter(heard)
        return _NOT & set(said) == _NOT & set(heard) and all(word in rest for word in said)
    if asked.members:
        return len(asked.members) == len(told.members) and all(
            any(literally(a, t, known, depth) for t in told.members) for a in asked.members
        )
    if told.members:
        return False
    if asked.kind == "name" != told.kind and told.names:
        # “the minister, Falk Reuter”
        return any(literally(asked, name, known, depth) for name in told.names)
    if asked.kind == "name" and told.kind == "name":
        return (
            _named_alike(asked, told)
            and _inside(asked, told, known, depth)
            and _owners(asked, told, known, depth)
        )
    of = told.owner if told.number and told.head in words("unit") and not asked.number else None
    if of is not None and not (of.determiner or of.owner):
        # “20 milligrams of zinc” are zinc, “two pages of the report” not the report
        return literally(asked, of, known, depth)
    if not _heads(asked, told):
        return False
    return (
        _described(asked, told)
        and _told_apart(asked, told, known, depth)
        and _numbers(asked, told)
        and _inside(asked, told, known, depth)
        and _owners(asked, told, known, depth)
    )


def _named_alike(asked: Phrase, told: Phrase) -> bool:
    """Whether a name may mean who is called by another: “Tom” one “Tom Baker”, never the reverse.

    “Dr Kern” is no “Ida Kern” of whom nobody says that she is a doctor.
    """
    left, right = asked.words - _titles(), told.words - _titles()
    titles, others = asked.words - left, told.words - right
    if (
        titles
        and others
        and any(titles <= words(sex) and others <= words(other) for sex, other in _SEXES)
    ):
        return False
    if left == right:
        return True
    return (
        bool(left)
        and left <= right
        and titles <= others
        and (asked.head == told.head or len(left) == 1)
    )


def fuller(asked: Phrase, told: Phrase) -> bool:
    """Whether a name says more than another: “Tom Baker” more than “Tom”, “Paris, Texas” too."""
    if asked.words == told.words:
        return not _apposed(asked) and _apposed(told)
    more = told.words - asked.words - _titles()
    capitals = [word.strip(".,").lower() for word in told.text.split() if word[:1].isupper()]
    kinds = words("person_noun") | classes("memory.txt")["chains_kinds"]
    if capitals and capitals[0] in kinds:
        # “Nurse Ann” is Ann, “Service Alpha” is Alpha
        capitals.pop(0)
    return asked.words < told.words and not {word.strip(".") for word in more}.isdisjoint(capitals)


def same_name(one: Phrase, other: Phrase) -> bool:
    """Whether two names are the same word for word, but for titles."""
    return one.words - _titles() == other.words - _titles() and _apposed(one) == _apposed(other)


@cache
def _titles() -> frozenset[str]:
    """The titles before a name, without words for kin: “Uncle Max” is another than Max."""
    return words("title") - kinship().keys()


def _apposed(name: Phrase) -> bool:
    """Whether a name has another beside it: “Paris, Texas”."""
    return any(not preposition for preposition, _ in name.inside)


def names_in(clause: Clause) -> Iterator[Phrase]:
    """The names in a clause, also of who has a thing or what it is in."""
    todo = [clause.subject, clause.object, clause.second, clause.complement]
    todo += [thing for _, thing in clause.prepositions]
    while todo:
        thing = todo.pop()
        if thing is None:
            continue
        if thing.kind == "name":
            yield thing
        todo += [thing.owner, *thing.members, *thing.names, *(other for _, other in thing.inside)]


def original(thing: Phrase) -> Phrase:
    """The book that a copy is one of: “my copy of Emma” and “Emma” are the same to lend."""
    return next((of for p, of in thing.inside if p == "of" and thing.head == "copy"), thing)


def _others(asked: Phrase, told: Phrase, known: Sequence[Identity], depth: int) -> bool:
    """Whether two copies are of different owners."""
    both = asked.owner is not None and told.owner is not None
    return both and not _owners(asked, told, known, depth)


def _heads(asked: Phrase, told: Phrase) -> bool:
    if asked.head == told.head:
        return True
    if asked.head in kinship() and kinship()[asked.head][0] == told.head:
        # whose sister somebody is has a sibling, who may be a brother
        return told.head != "sibling" or bool(told.text)
    if _labels(asked) or _labels(told):
        # “reviews” and “the reviews table”
        return unlabelled(asked) == unlabelled(told) != frozenset()
    if asked.head == "money" and told.head in words("money"):
        return True
    if asked.head == "spouse" and told.head in kinship():
        return kinship()[told.head][0] == "spouse"
    # “Elm Park” and “the park”: a name that ends in the common noun
    if told.kind == "name" and asked.kind == "noun":
        return asked.head in told.words and asked.determiner == "the" and not asked.owner
    return asked.head.replace("-", "") == "".join(sorted(told.mods)) + told.head


def _labels(thing: Phrase) -> bool:
    return thing.head in words("labelled") or bool(thing.mods & words("labelled"))


def unlabelled(thing: Phrase) -> frozenset[str]:
    """The words of a thing without those for what is called so: “reviews” for “reviews table”."""
    return frozenset(singular(word) for word in thing.words) - words("labelled")


def _described(asked: Phrase, told: Phrase) -> bool:
    said = told.words | {
        word for clause in told.relatives if clause.complement for word in clause.complement.words
    }
    # “the marketing budget”: the budget for marketing; “the Orla status”: Orla's status
    said |= {word for p, thing in told.inside if p in COMPOUNDING for word in thing.words}
    if told.owner is not None and told.owner.kind != "pronoun":
        said |= told.owner.words
    if not asked.mods <= said or told.mods & words("other_office") - asked.mods:
        # who asks for the mayor asks for no former one
        return False
    return not any(opposites().get(word, frozenset()) & told.mods for word in asked.mods)


def _told_apart(asked: Phrase, told: Phrase, known: Sequence[Identity], depth: int) -> bool:
    """Whether what clauses say of the asked one is said of the told one: “that Ann repaired”."""
    return all(
        any(
            clause.verb == other.verb
            and clause.negated == other.negated
            and all(
                clause.role(role) is None
                or same(clause.role(role), other.role(role), known, depth + 1)
                for role in ("subject", "object", "complement")
            )
            for other in told.relatives
        )
        for clause in asked.relatives
    )


def _numbers(asked: Phrase, told: Phrase) -> bool:
    return not (asked.number and told.number) or asked.number.lower() == told.number.lower()


def _inside(asked: Phrase, told: Phrase, known: Sequence[Identity], depth: int) -> bool:
    return all(
        any(p == prep and same(thing, other, known, depth + 1) for p, other in told.inside)
        or (prep in COMPOUNDING and _is_of(thing, told, known, depth))
        for prep, thing in asked.inside
    )


def _is_of(thing: Phrase, told: Phrase, known: Sequence[Identity], depth: int) -> bool:
    """Whether a thing stands before another one: “the code for the gate” is “the gate code”."""
    if thing.words <= told.mods:
        return True
    owner = told.owner
    named = owner is not None and owner.kind == "name"
    return named and same(thing, owner, known, depth + 1)


def _compounded(owner: Phrase, told: Phrase) -> bool:
    """Whether what has a thing stands before it: “the router's ip” is “the router ip”."""
    if owner.kind == "pronoun" or owner.head not in told.mods:
        return False
    # “project Heron” may be called Heron alone
    common = {word for word in owner.text.split() if word.islower()}
    return owner.mods - told.mods <= (common if owner.kind == "name" else frozenset())


def whose(thing: Phrase) -> Phrase | None:
    """Who has a thing or made it: “Mara's thesis”, “the thesis by Mara”."""
    return thing.owner or next((by for p, by in thing.inside if p == "by"), None)


def _owners(asked: Phrase, told: Phrase, known: Sequence[Identity], depth: int) -> bool:
    if asked.owner is not None:
        told = replace(told, owner=whose(told))
    if asked.owner is not None and told.owner is not None:
        if told.owner.words <= asked.mods and asked.owner.head in _ME:
            # “which Postgres version do we use?”
            return True
        if asked.owner.kind == told.owner.kind == "pronoun":
            # “his book” of one who is named in both
            return asked.owner.head == told.owner.head or {
                asked.owner.head,
                told.owner.head,
            } <= set(_ME)
        group = told.owner.owner if told.owner.kind == "noun" else None
        if asked.owner.head == "we" and group is not None and group.head in _ME:
            # “the mentor of our club” is our mentor, “the sister of my wife” no sister of ours
            people = kinship().keys() | words("person_noun")
            if told.owner.head not in people:
                return True
        # what Nora and Emil have is Nora's, too
        have = (told.owner, *told.owner.members)
        return any(same(asked.owner, owner, known, depth + 1) for owner in have)
    if asked.owner is not None:
        # “my camera” may be told of as “the camera”, never as Ann's
        mine = asked.owner.head in _ME and told.kind != "name"
        return mine or _compounded(asked.owner, told)
    if told.owner is None or told.owner.head in _ME or told.owner.head in asked.mods:
        return True
    # “the captain” is not the captain of some ship, but “the end of May” is not owned by May, and
    # of “Ann sold her piano” one asks for “the piano”
    own = told.text.lower().startswith(("his ", "her ", "their "))
    if told.head in words("labelled"):
        return True
    return asked.determiner == "the" and (own or told.owner.kind != "name")
