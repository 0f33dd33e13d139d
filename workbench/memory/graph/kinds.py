"""Names of concept types, association types and their families."""

from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType, ConceptType

#: Links by use, which are no associations.
CO_USED = "together"

#: Types of proper names.
NAMES = frozenset((int(ConceptType.ENTITY), int(ConceptType.SPATIAL)))

_A = AssociationType
FAMILIES: dict[str, frozenset[int]] = {
    "temporal": frozenset((_A.HAPPENED_AT, _A.BEFORE, _A.AFTER, _A.DURING)),
    "causal": frozenset((_A.CAUSED_BY, _A.LEADS_TO, _A.ENABLES, _A.PREVENTS)),
    "associative": frozenset((_A.CO_OCCURS, _A.RELATED_TO, _A.SIMILAR_TO)),
    "semantic": frozenset((_A.IS_A, _A.HAS_PROPERTY, _A.INVOLVES, _A.NAMED, _A.ACTS_ON)),
    "social": frozenset((_A.WORKS_FOR, _A.MEMBER_OF, _A.KIN_OF, _A.ROLE_OF, _A.INFLUENCED)),
    "making": frozenset((_A.CREATED, _A.OWNS)),
    "spatial": frozenset((_A.AT_LOCATION, _A.CONTAINS, _A.PART_OF)),
    "emotional": frozenset((_A.FELT, _A.EVOKES)),
    "conflict": frozenset(
        (_A.CONTRADICTS, _A.RESOLVED_BY, _A.SUPERSEDES, _A.EVOLVES_FROM, _A.DENIED)
    ),
}


def concept_type(name: str) -> ConceptType:
    """The type with that name, ignoring case. Raises `UsageError`."""
    try:
        return ConceptType[name.strip().upper()]
    except KeyError:
        raise UsageError(
            f"“{name}” is not a type of concept.",
            f"Choose one of {', '.join(TYPE_NAMES)}.",
        ) from None


def type_name(type: int) -> str:
    """The name of a concept type."""
    return ConceptType(type).name.lower()


TYPE_NAMES = tuple(map(type_name, ConceptType))


def kind_name(type: int) -> str:
    """The name of an association type."""
    return AssociationType(type).name.lower()


#: The wording of an edge from head to tail if no statement has one.
_WORDS: dict[int, str] = {
    _A.CO_OCCURS: "named together with",
    _A.INVOLVES: "named together with",
    _A.RELATED_TO: "is related to",
    _A.SIMILAR_TO: "is like",
    _A.HAS_PROPERTY: "is",
    _A.IS_A: "is a",
    _A.HAPPENED_AT: "happened",
    _A.BEFORE: "comes before",
    _A.AFTER: "comes after",
    _A.DURING: "happened during",
    _A.CAUSED_BY: "is caused by",
    _A.LEADS_TO: "leads to",
    _A.AT_LOCATION: "is at",
    _A.FELT: "felt",
    _A.RESOLVED_BY: "is resolved by",
    _A.SUPERSEDES: "replaces",
    _A.EVOLVES_FROM: "grew from",
    _A.PART_OF: "is part of",
    _A.MEMBER_OF: "is a member of",
    _A.KIN_OF: "is kin of",
    _A.ROLE_OF: "stands to",
    _A.NAMED: "is called",
    _A.DENIED: "is said not to be with",
}


def kind_words(type: int) -> str:
    """The words for an association type between its ends."""
    return _WORDS.get(type, kind_name(type).replace("_", " "))


def kinds_of(name: str) -> frozenset[int]:
    """The association types of a name: one, or a family. Raises `UsageError`."""
    key = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if key in FAMILIES:
        return FAMILIES[key]
    try:
        return frozenset((AssociationType[key.upper()],))
    except KeyError:
        raise UsageError(
            f"“{name}” is not a kind of link.",
            f"Choose {CO_USED}, one of {', '.join(FAMILIES)}, or a kind such as caused_by.",
        ) from None
