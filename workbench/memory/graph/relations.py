"""Maps a relation in words ("report to") to a type of association.

A small typed set, so that what was said in many wordings is one edge; the wording stays with each
saying. What no rule knows acts on its object.
"""

from functools import lru_cache

from ingest.language.word_lists import classes, entries
from workbench.memory.concepts.records import AssociationType as A

#: The version of what is drawn: a higher one has every library drawn from anew.
EXTRACTOR = 9


_VERBS = {
    name.strip(): A[type] for type, names in entries("relations.txt") for name in names.split(",")
}
_PLACE_PREPOSITIONS = frozenset(
    ("in", "at", "near", "on", "inside", "outside", "within", "beside", "above")
)
_BEING = classes("memory.txt")["graph_relations_being"]
_IS = frozenset(("be", "become", "remain", "be one"))
#: Of these a head has one: two of them contradict each other.
FUNCTIONAL = frozenset(
    ("bear in", "bear on", "bear at", "die in", "die on", "be capital of", "bury in", "found in")
)


@lru_cache(20_000)
def type_of(relation: str, rule: str, object_kind: str, *, dated: bool) -> A:
    """The type of a canonical relation, drawn by a rule, to an object of a kind of term.

    `dated` says that the object is a time.
    """
    words = relation.split()
    if dated and (len(words) > 1 or relation in _IS):
        return A.HAPPENED_AT
    if rule in ("adjective", "state") or (relation in _IS and object_kind == "adjective"):
        return A.HAS_PROPERTY
    if relation in _IS or relation == "be one of" or rule in ("copula", "appositive"):
        return _VERBS.get(relation, A.IS_A)
    if verb_type := _VERBS.get(relation):
        return verb_type
    if words[-1] in _PLACE_PREPOSITIONS and words[0] in _BEING:
        return A.AT_LOCATION
    if words[0] == "be" and words[-1] in ("of", "to", "for", "at"):
        return A.ROLE_OF
    if rule.startswith("role"):
        return _VERBS.get(relation, A.ROLE_OF)
    return A.ACTS_ON


#: What is said of somebody who learns, which says that the other one teaches.
_TAUGHT = frozenset(
    f"{be} {who} of"
    for be in ("be", "become", "remain")
    for who in ("student", "pupil", "disciple", "apprentice", "protege", "protégé")
) | {"study under", "learn from"}
_TEACHING = frozenset(("be teacher of", "become teacher of", "be mentor of", "become mentor of"))


def converse(relation: str) -> tuple[str, bool]:
    """The relation that two wordings share, and whether the two sides change places for it.

    Who is a pupil of somebody is taught by them.
    """
    if relation in _TAUGHT:
        return "teach", True
    return ("teach" if relation in _TEACHING else relation), False


def plain(relation: str) -> str:
    """A relation without what only denies or asks: "do like" is "like"."""
    head, _, verb = relation.partition(" ")
    return verb if head == "do" and verb else relation
