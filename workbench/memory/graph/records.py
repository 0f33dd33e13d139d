"""Public records of concepts. Times are seconds since the epoch."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from workbench.memory.facts.records import Fact

_WIDE, _HIGH, _NEIGHBOUR_LIMIT = 720, 360, 24


def star(centre: str, neighbours: Sequence[tuple[str, str, float]]) -> str:
    """An SVG of `centre` and the names around it, with their relations and strengths (0 to 1)."""
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


#: How an edge reads that no statement makes, but joint recall.
RECALLED_TOGETHER = "is recalled together with"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its `type` is that of a neuron ("entity"), `mentions` how many memories name it.

    `first` and `last` are when the oldest and the newest of them were said, None without any.
    `kept` says that you named, typed or merged it: it stays when nothing mentions it.
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
    """What a concept is associated with: `kind` ("caused_by") leads to it where it is `outgoing`.

    `directed` is False for kinds that hold both ways. `weight` is from 0 to 1, `evidence` the
    number of memories that say so.
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
    """A memory that mentions a concept: told (`collection` is its scope) or read (`source`).

    `at` is since when it holds; of what was read, the date of its source.
    """

    engram: int
    text: str
    at: float
    collection: str | None = None
    source: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """All about a concept: what it is also written as, its neighbours, and its history.

    The strongest neighbour comes first; the history is the newest mentions, in the order of time.
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
    """What a memory is linked with: a `fact`, a statement that was read, or a `concept`.

    `kind` is "together" for what use has linked, else that of an association; `through` are the
    names of the concepts that two memories share.
    """

    text: str
    kind: str
    weight: float
    fact: Fact | None = None
    concept: Concept | None = None
    engram: int | None = None
    through: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A change by hand, its number for undoing it, and the concept as it is after it."""

    id: int
    what: str
    concept: Concept


@dataclass(frozen=True, slots=True)
class SaidAt:
    """Where a statement that was read stands: characters `start` to `end` of its source's text.

    `page` is the printed one, None where the source has none.
    """

    source: int
    start: int
    end: int
    page: str | None


@dataclass(frozen=True, slots=True)
class LinkingProgress:
    """How far the background has come with the concepts and associations of sources.

    `left` of `total` sources are not finished; the one at hand is called `title`, and `share` of
    it, from 0 to 1, is done.
    """

    left: int
    total: int
    title: str
    share: float


@dataclass(frozen=True, slots=True)
class Alias:
    """That one `name` may mean what another does, and `why` ("acronym", "surname", "spelling").

    `certainty` is from 0 to 1, `state` "open", "merged" or "rejected"; `change` is the number of
    the merging, for undoing it. `evidence` are memories that speak for it.
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
    """What joins two concepts, as it is drawn and cited; `id` is "head:type:tail".

    `kind` is its type ("caused_by"), `relation` how it is worded most often, else the words of its
    kind. `tag` is "explicit" where a statement says it, "emergent", "predicted" or "confirmed".
    `strength` is from 0 to 1, `evidence` counts the statements that say so, `sources` the places
    where those are from; `first` and `last` are when, in seconds since the epoch. `contradicted`:
    something else that is said denies it.
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
    """A statement that says an edge: its words `start` to `end` are the `relation` as written.

    `at` is in seconds since the epoch, `confidence` from 0 to 1. It was read in `source` or told in
    `collection`. `turned` says that the words stand the other way round ("was founded by").
    `by_rules` says whether rules drew it, `model` names the language model that read it ("": none).
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
    """How strongly a concept goes with a relation ("report to"), as its `side` in it.

    With side "subject" that is from the concept to the relation, with "object" from the relation to
    the concept. `strength` is from 0 to 1; `evidence` counts what says so, `sources` the places
    where that is from. `concepts` are at the other end, those said most often first, `edges` what
    joins them (`sayings` has their passages), and `engrams` the last memories that say it.
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
    """A topic beside another: its number in their list, and the names by which they are joined.

    `weight` adds up what joins their concepts.
    """

    topic: int
    weight: float
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Concepts that belong together more than with others, called after two of them.

    `concepts` are those that hold it together most, `members` the numbers of all, `sources` those
    that are about it, and `near` the other topics, the nearest first.
    """

    name: str
    concepts: tuple[Concept, ...]
    members: tuple[int, ...]
    sources: tuple[int, ...]
    near: tuple[NearTopic, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A concept of the picture; `degree` counts all its edges in scope, shown or not."""

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
    """One association on a path, gone from head to tail where it is `forward`.

    `saying` is the best of what says so, None where it is not told by any memory.
    """

    edge: Edge
    forward: bool
    saying: Saying | None


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one concept to another; without steps it begins where it ends."""

    start: Concept
    end: Concept
    steps: tuple[PathStep, ...]

    @property
    def trail(self) -> tuple[str, ...]:
        """The names of the concepts on the way, both ends among them."""
        onward = (
            step.edge.tail_name if step.forward else step.edge.head_name for step in self.steps
        )
        return (self.start.name, *onward)


@dataclass(frozen=True, slots=True)
class BroughtToMind:
    """A concept that a cue leads to over `hops` associations, whose names are the `trail`.

    `strength` is from 0 to 1, `seeds` how many concepts of the cue lead to it; `steps` are the way
    from the nearest of them, each with what says so.
    """

    concept: Concept
    strength: float
    hops: int
    seeds: int
    trail: tuple[str, ...]
    steps: tuple[PathStep, ...]
