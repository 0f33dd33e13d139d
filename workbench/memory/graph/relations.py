"""From a relation as rules name it ("report to") to the type of association that it means.

A small typed set, so that what was said in many wordings is one edge; the wording stays with each
saying. What no rule knows acts on its object.
"""

from functools import lru_cache

from workbench.memory.concepts.records import AssociationType as A
from workbench.memory.facts.speech import these

#: The version of what is drawn: a higher one has every library drawn from anew.
EXTRACTOR = 3


def _of(type: A, names: str) -> dict[str, A]:
    return dict.fromkeys(map(str.strip, names.split(",")), type)


_VERBS: dict[str, A] = {
    **_of(A.OWNS, "own, possess, acquire, buy, purchase, inherit"),
    **_of(A.PART_OF, "belong to, be part of, form part of"),
    **_of(A.MEMBER_OF, "be member of, join, play for, be one of, enlist in, enrol in, enroll in"),
    **_of(
        A.WORKS_FOR,
        "work for, work under, work with, report to, serve under, serve, be employed by, "
        "be assistant of, be employee of",
    ),
    **_of(
        A.CREATED,
        "write, make, invent, create, found, build, compose, direct, produce, paint, design, "
        "publish, develop, discover, coin, record, establish, draw, edit, devise, formulate, "
        "construct, co-found, draft, translate, release, introduce, propose",
    ),
    **_of(
        A.INFLUENCED,
        "influence, inspire, shape, affect, teach, train, mentor, instruct, encourage, guide, "
        "be teacher of, be mentor of, supervise, be influence on",
    ),
    **_of(
        A.KIN_OF,
        "marry, be husband of, be wife of, be son of, be daughter of, be father of, be mother of, "
        "be brother of, be sister of, be child of, be cousin of, be uncle of, be aunt of, "
        "be nephew of, be niece of, be grandson of, be granddaughter of, be widow of, husband, "
        "wife, son, daughter, father, mother, brother, sister, child, cousin, uncle, aunt, divorce",
    ),
    **_of(A.LEADS_TO, "cause, lead to, result in, trigger, bring about, give rise to, induce"),
    **_of(A.LEADS_TO, "provoke, contribute to, spark, raise, generate, end in"),
    **_of(A.CAUSED_BY, "result from, stem from, arise from, be due to, die of, suffer from"),
    **_of(A.ENABLES, "enable, allow, permit, help, support, facilitate, let"),
    **_of(A.PREVENTS, "prevent, block, stop, inhibit, suppress, forbid, hinder, avoid, ban, halt"),
    **_of(A.CONTAINS, "contain, include, comprise, consist of, hold, house, have, be composed of"),
    **_of(A.BEFORE, "precede"),
    **_of(A.AFTER, "follow, succeed, come after"),
    **_of(A.SUPERSEDES, "replace, supersede"),
    **_of(
        A.EVOLVES_FROM,
        "grow from, evolve from, derive from, descend from, originate from, develop from, "
        "grow out of, emerge from",
    ),
    **_of(A.SIMILAR_TO, "resemble, be like, be similar to, look like"),
    **_of(A.FELT, "feel, fear, enjoy"),
    **_of(A.EVOKES, "evoke, remind of, call up, recall"),
    **_of(A.CONTRADICTS, "contradict, disprove, refute, oppose, deny"),
    **_of(A.RESOLVED_BY, "be solved by, be resolved by"),
    **_of(A.NAMED, "be named, be called, be known, know as, call, name, alias, also known as"),
    **_of(A.INVOLVES, "involve, concern, relate to, deal with, be about"),
}
_WHERE = frozenset(("in", "at", "near", "on", "inside", "outside", "within", "beside", "above"))
_BEING = these(
    "be live reside dwell stand lie sit stay settle locate base situate bear die bury work study "
    "remain grow happen meet"
)
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
    if found := _VERBS.get(relation):
        return found
    if words[-1] in _WHERE and words[0] in _BEING:
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
    head, _, rest = relation.partition(" ")
    return rest if head == "do" and rest else relation
