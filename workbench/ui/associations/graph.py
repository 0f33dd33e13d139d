"""The data of the picture: concepts and the links between them; no Qt."""

from dataclasses import dataclass

#: The tags of an association, in the order in which they are told.
TAGS = ("explicit", "confirmed", "emergent", "predicted")


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A concept in the picture. `hidden` counts its links that are not shown ("+12").

    One of the `outer` ring is linked to no concept that was opened, and stands back.
    """

    id: int
    name: str
    type: str
    hidden: int = 0
    outer: bool = False


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """A link from `head` to `tail`, both concepts' numbers.

    `label` is the relation as written, `tag` one of `TAGS`, `strength` from 0 to 1. Of a
    contradicted link some passages say the opposite.
    """

    id: str
    head: int
    tail: int
    label: str
    tag: str
    strength: float = 1.0
    contradicted: bool = False
