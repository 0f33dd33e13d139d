"""The names by which types and kinds are asked for, and families of kinds."""

from workbench.errors import UsageError
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.store.weaving import UNDIRECTED

__all__ = ["FAMILIES", "UNDIRECTED", "concept_type", "kind_name", "kinds_of", "type_name"]

#: Links that use has made, which are no associations.
TOGETHER = "together"

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
    """The type of that name, whatever its case. Raises `UsageError`."""
    try:
        return ConceptType[name.strip().upper()]
    except KeyError:
        raise UsageError(
            f"“{name}” is no type of concept.",
            f"Choose one of {', '.join(map(type_name, ConceptType))}.",
        ) from None


def type_name(type: int) -> str:
    """What a type of concept is called."""
    return ConceptType(type).name.lower()


def kind_name(type: int) -> str:
    """What a kind of association is called."""
    return AssociationType(type).name.lower()


def kinds_of(name: str) -> frozenset[int]:
    """The kinds of association that a name stands for: one, or a family. Raises `UsageError`."""
    wanted = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if wanted in FAMILIES:
        return FAMILIES[wanted]
    try:
        return frozenset((AssociationType[wanted.upper()],))
    except KeyError:
        raise UsageError(
            f"“{name}” is no kind of link.",
            f"Choose {TOGETHER}, one of {', '.join(FAMILIES)}, or a kind such as caused_by.",
        ) from None
