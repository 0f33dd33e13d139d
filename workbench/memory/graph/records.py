"""Public records of concepts. Times are seconds since the epoch."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from workbench.memory.facts.records import Fact

_WIDE, _HIGH, _NEIGHBOUR_LIMIT = 720, 360, 24


def star(centre: str, neighbours: Sequence[tuple[str, str, float]]) -> str:
    """Draw an SVG of `centre` and its neighbours, with their relations and strengths (0 to 1)."""
    nearest = neighbours[:_NEIGHBOUR_LIMIT]
    lines, points = [], [_point(0, 0, centre)]
    for n, (name, relation, strength) in enumerate(nearest):
        turn = 2 * math.pi * n / len(nearest)
        x, y = 0.4 * _WIDE * math.cos(turn), 0.4 * _HIGH * math.sin(turn)
        lines.append(
            f'<line x2="{x:.0f}" y2="{y:.0f}" stroke="gray" stroke-width="{1 + 3 * strength:.1f}">'
            f"<title>{escape(relation)}</title></line>"
        )
        points.append(_point(x, y, name))
    box = f"{-_WIDE / 2:.0f} {-_HIGH / 2:.0f} {_WIDE} {_HIGH}"
    style = 'font-size="12" text-anchor="middle" fill="currentColor"'
    return f'<svg viewBox="{box}" width="{_WIDE}" {style}>{"".join([*lines, *points])}</svg>'


def _point(x: float, y: float, name: str) -> str:
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5"/>'
        f'<text x="{x:.0f}" y="{y - 9:.0f}">{escape(name)}</text>'
    )


#: The relation of an edge by joint recall only.
RECALLED_TOGETHER = "is recalled together with"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: `type` is that of its neuron ("entity"), `mentions` the number of memories that
    name it.

    `first` and `last` are the times of the oldest and newest, None if there are none. `kept`:
    edited by the user, so it stays without mentions.
    """

    id: int
    name: str
    type: str
    mentions: int
    first: float | None
    last: float | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An associated concept: `kind` ("caused_by") leads to it if `outgoing`.

    `directed` is False for symmetric kinds. `weight` is from 0 to 1, `evidence` the number of
    supporting memories.
    """

    id: int
    name: str
    type: str
    kind: str
    outgoing: bool
    directed: bool
    weight: float
    evidence: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A memory that mentions a concept: a fact (`collection` is its scope) or a sentence of a
    `source`.

    `at` is since when it is valid; for a sentence, the date of its source.
    """

    engram: int
    text: str
    at: float
    collection: str | None = None
    source: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """A concept with its written forms, neighbours and history.

    The strongest neighbour comes first; the history is the newest mentions, in order of time.
    """

    concept: Concept
    forms: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]
    history: tuple[Mention, ...]

    def _repr_html_(self) -> str:
        return star(
            self.concept.name,
            [(neighbour.name, neighbour.kind, neighbour.weight) for neighbour in self.neighbours],
        )


@dataclass(frozen=True, slots=True)
class Linked:
    """A link of a memory: to a `fact`, a sentence of a source, or a `concept`.

    `kind` is "together" for links by use, else an association type; `through` are the names of the
    concepts that two memories share.
    """

    text: str
    kind: str
    weight: float
    fact: Fact | None = None
    concept: Concept | None = None
    engram: int | None = None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A manual change, its id to undo it, and the concept after it."""

    id: int
    what: str
    concept: Concept


@dataclass(frozen=True, slots=True)
class SaidAt:
    """The position of a sentence: characters `start` to `end` of its source's text.

    `page` is the printed one, None if the source has none.
    """

    source: int
    start: int
    end: int
    page: str | None


@dataclass(frozen=True, slots=True)
class LinkingProgress:
    """The progress of background linking and extraction.

    `left` of `total` sources are unfinished; the current one is `title`, of which `share` (0 to 1)
    is done.
    """

    left: int
    total: int
    title: str
    share: float


@dataclass(frozen=True, slots=True)
class Alias:
    """A hypothesis that `name` is an alias of `into`; `why` is "acronym", "surname", "spelling".

    `certainty` is from 0 to 1, `state` "open", "merged" or "rejected"; `change` is the id of the
    merge, to undo it. `evidence` are supporting memories.
    """

    id: int
    name: str
    into: str
    why: str
    certainty: float
    state: str
    change: int | None
    evidence: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between two concepts; `id` is "head:type:tail".

    `kind` is its type ("caused_by"), `relation` its most frequent wording, else the words of its
    kind. `tag` is "explicit" if a statement supports it, "emergent", "predicted" or "confirmed".
    `strength` is from 0 to 1, `evidence` the number of statements, `sources` that of their places;
    `first` and `last` are their times, in seconds since the epoch. `contradicted`: another
    statement denies it.
    """

    id: str
    head: int
    tail: int
    head_name: str
    tail_name: str
    kind: str
    relation: str
    tag: str
    strength: float
    evidence: int
    sources: int
    contradicted: bool
    first: float | None
    last: float | None


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement of an edge: characters `start` to `end` are the `relation` as written.

    `at` is in seconds since the epoch, `confidence` from 0 to 1. It is from `source`, or a fact in
    `collection`. `turned`: the order of the ends is reversed ("was founded by"). `by_rules`:
    extracted by rules; `model` is the language model that extracted it ("": none).
    """

    engram: int
    text: str
    relation: str
    start: int
    end: int
    negated: bool
    modal: bool
    confidence: float
    at: float
    source: int | None = None
    title: str | None = None
    collection: str | None = None
    turned: bool = False
    by_rules: bool = True
    model: str = ""


@dataclass(frozen=True, slots=True)
class RelationStrength:
    """The association of a concept with a relation ("report to"), on its `side`.

    "subject" is from the concept to the relation, "object" from the relation to the concept.
    `strength` is from 0 to 1; `evidence` counts statements, `sources` their places. `concepts` are
    at the other end, most frequent first, `edges` join them (`sayings` has their passages), and
    `engrams` are the latest memories that state it.
    """

    relation: str
    side: str
    strength: float
    evidence: int
    sources: int
    concepts: tuple[str, ...]
    edges: tuple[str, ...]
    engrams: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearTopic:
    """A neighbouring topic: its index in the list, and the names that join them.

    `weight` is the sum over the pairs of their concepts.
    """

    topic: int
    weight: float
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A community of concepts, named after two of them.

    `concepts` are the most central ones, `members` the ids of all, `sources` those about it, and
    `near` the other topics, nearest first.
    """

    name: str
    concepts: tuple[Concept, ...]
    members: tuple[int, ...]
    sources: tuple[int, ...]
    near: tuple[NearTopic, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the drawing; `degree` counts all its edges in scope, shown or not."""

    id: int
    name: str
    type: str
    degree: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A concept with its strongest edges, of `total`."""

    centre: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int

    def _repr_html_(self) -> str:
        name = next((node.name for node in self.nodes if node.id == self.centre), "")
        ends = [
            (edge.tail_name if edge.head == self.centre else edge.head_name, edge)
            for edge in self.edges
            if self.centre in (edge.head, edge.tail)
        ]
        return star(name, [(end, edge.relation, edge.strength) for end, edge in ends])


@dataclass(frozen=True, slots=True)
class PathStep:
    """One association on a path, traversed from head to tail if `forward`.

    `saying` is its best statement, None if no memory states it.
    """

    edge: Edge
    forward: bool
    saying: Saying | None


@dataclass(frozen=True, slots=True)
class Path:
    """A path between two concepts; without steps if they are the same."""

    start: Concept
    end: Concept
    steps: tuple[PathStep, ...]

    @property
    def trail(self) -> tuple[str, ...]:
        """The names of the concepts on the path, both ends included."""
        onward = (
            step.edge.tail_name if step.forward else step.edge.head_name for step in self.steps
        )
        return (self.start.name, *onward)


@dataclass(frozen=True, slots=True)
class BroughtToMind:
    """A concept that a cue activates over `hops` associations, whose names are the `trail`.

    `strength` is from 0 to 1, `seeds` the number of concepts of the cue that reach it; `steps` lead
    from the nearest of them, each with its statement.
    """

    concept: Concept
    strength: float
    hops: int
    seeds: int
    trail: tuple[str, ...]
    steps: tuple[PathStep, ...]
