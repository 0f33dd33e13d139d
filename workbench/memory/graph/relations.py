"""Maps a relation in words ("report to") to an association type.

A small set of types, so that different wordings make one edge; each statement keeps its wording.
The default is ACTS_ON.
"""

from functools import lru_cache

from ingest.language.word_lists import classes, entries
from workbench.memory.concepts.records import AssociationType as A

#: The version of extraction; raising it re-extracts every library.
EXTRACTOR = 10


_VERBS = {
    name.strip(): A[type] for type, names in entries("relations.txt") for name in names.split(",")
}
_PLACE_PREPOSITIONS = frozenset(
    ("in", "at", "near", "on", "inside", "outside", "within", "beside", "above")
)
_BEING = classes("memory.txt")["graph_relations_being"]
_IS = frozenset(("be", "become", "remain", "be one"))
#: Functional relations: two values of a head contradict each other.
FUNCTIONAL = frozenset(
    ("bear in", "bear on", "bear at", "die in", "die on", "be capital of", "bury in", "found in")
)


@lru_cache(20_000)
def type_of(relation: str, rule: str, object_kind: str, *, dated: bool) -> A:
    """The type of a canonical relation, extracted by a rule, by the kind of its object.

    `dated`: the object is a time.
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


#: Relations of a learner to a teacher.
_TAUGHT = frozenset(
    f"{be} {who} of"
    for be in ("be", "become", "remain")
    for who in ("student", "pupil", "disciple", "apprentice", "protege", "protégé")
) | {"study under", "learn from"}
_TEACHING = frozenset(("be teacher of", "become teacher of", "be mentor of", "become mentor of"))


def converse(relation: str) -> tuple[str, bool]:
    """The canonical relation of two converse wordings, and whether the ends are swapped.

    A pupil of somebody is taught by them.
    """
    if relation in _TAUGHT:
        return "teach", True
    return ("teach" if relation in _TEACHING else relation), False


def plain(relation: str) -> str:
    """A relation without auxiliary "do": "do like" is "like"."""
    head, _, verb = relation.partition(" ")
    return verb if head == "do" and verb else relation
