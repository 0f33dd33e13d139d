"""What the doors of edges hand out: kinds and types by their names."""

from dataclasses import dataclass


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
        from workbench.memory.graph.star import star

        name = next((each.name for each in self.nodes if each.id == self.centre), "")
        ends = [
            (each.tail_name if each.head == self.centre else each.head_name, each)
            for each in self.edges
            if self.centre in (each.head, each.tail)
        ]
        return star(name, [(end, each.relation, each.strength) for end, each in ends])
