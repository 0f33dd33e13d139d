"""The result of tracing a statement: its concepts in text order, and their bonds.

The types are those of NeuralMemory's neurons and synapses (package neural-memory, 4.63 and the
published guide). Their numbers are stored in libraries and must not change.
"""

from dataclasses import dataclass
from enum import IntEnum, unique


@unique
class ConceptType(IntEnum):
    """The type of a concept."""

    __hash__ = int.__hash__  # that of members is ten times as slow

    TIME = 1
    SPATIAL = 2
    ENTITY = 3
    ACTION = 4
    STATE = 5
    CONCEPT = 6
    SENSORY = 7
    INTENT = 8


@unique
class AssociationType(IntEnum):
    """The relation of a concept, the head, to another, the tail."""

    __hash__ = int.__hash__

    HAPPENED_AT = 1
    BEFORE = 2
    AFTER = 3
    DURING = 4
    CAUSED_BY = 10
    LEADS_TO = 11
    ENABLES = 12
    PREVENTS = 13
    CO_OCCURS = 20
    RELATED_TO = 21
    SIMILAR_TO = 22
    IS_A = 30
    HAS_PROPERTY = 31
    INVOLVES = 32
    AT_LOCATION = 40
    CONTAINS = 41
    FELT = 50
    EVOKES = 51
    CONTRADICTS = 60
    RESOLVED_BY = 61
    SUPERSEDES = 70
    EVOLVES_FROM = 71
    # Extracted as triples; for `DENIED` the relation is negated.
    OWNS = 80
    PART_OF = 81
    MEMBER_OF = 82
    WORKS_FOR = 83
    CREATED = 84
    INFLUENCED = 85
    KIN_OF = 86
    ROLE_OF = 87
    NAMED = 88
    ACTS_ON = 89
    DENIED = 90


@dataclass(frozen=True, slots=True)
class ConceptSpan:
    """A concept named in a text.

    `key` is shared by its forms (compared exactly), `name` its spelling here, at characters `start`
    to `end`. `weight`, 0 to 1, is its importance in the statement.
    """

    key: str
    name: str
    type: ConceptType
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Bond:
    """A relation between two concepts of a trace; `head` and `tail` are positions in it."""

    head: int
    type: AssociationType
    tail: int


@dataclass(frozen=True, slots=True)
class Trace:
    """The concepts of one statement in text order, each key once, and their bonds."""

    spans: tuple[ConceptSpan, ...]
    bonds: tuple[Bond, ...]


EMPTY_TRACE = Trace((), ())
