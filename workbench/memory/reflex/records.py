"""Public records of reflex recall."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from workbench.memory.facts.records import Value
from workbench.memory.reflex.context import Context
from workbench.memory.reflex.depth import Depth

Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a memory.

    A fact has a `collection` (None: the library's own) and its `sources`; a sentence has its
    source's id and title, its chapter, its printed page if there is one, and its span `[start,
    end)` in that source's text. `at` is the time of validity, or when the source was added, in
    seconds since the epoch.
    """

    at: float
    collection: str | None = None
    sources: tuple[str, ...] = ()
    source: int | None = None
    title: str = ""
    chapter: str = ""
    page: str | None = None
    start: int = 0
    end: int = 0

    @property
    def is_statement(self) -> bool:
        """Whether this is a fact instead of a sentence of a source."""
        return self.source is None


@dataclass(frozen=True, slots=True)
class Hit:
    """A recalled memory; `id` is its engram.

    `score` ranks it, `activation` is its level, both from 0 to 1. `anchors` are the concepts of the
    cue that it mentions, `path` those over which it was reached, `over` the memory of these, and
    `hops` its distance (0: directly by the cue). `reasons` explain this in sentences. `current` is
    False if it is superseded.
    """

    id: int
    text: str
    kind: str
    score: float
    activation: float
    hops: int
    anchors: tuple[str, ...]
    path: tuple[str, ...]
    over: int | None
    reasons: tuple[str, ...]
    origin: Origin
    current: bool = True
    archived: bool = False
    expired: bool = False
    priority: int | None = None
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Bound(Generic[Member]):
    """A concept reached from several anchors of a cue, and the strength of that binding."""

    concept: Member
    count: int
    strength: float


@dataclass(frozen=True, slots=True)
class Recollection:
    """The result of a recall.

    `hits` are the memories, best first. `answer` is the value that the cue asks for, if a fact has
    it; that fact comes first. `confidence` is the probability that the first memory answers the
    cue. `depth` is the one used (`asked` or automatic), `strategy` the method; `enough`: it stopped
    early since the cue was matched. `anchors` are the known concepts of the cue, `unknown` those
    without mentions. `looked_at` counts mentions and fibers that were read, `unlinked` memories not
    linked yet, which are found only by words.
    """

    cue: str
    depth: Depth
    strategy: str
    hits: tuple[Hit, ...]
    answer: Value | None
    confidence: float
    anchors: tuple[str, ...]
    unknown: tuple[str, ...]
    co_activations: tuple[Bound[str], ...]
    context: Context
    enough: bool = False
    activated: int = 0
    looked_at: int = 0
    unlinked: int = 0
    milliseconds: float = field(default=0.0, compare=False)

    @property
    def abstained(self) -> bool:
        """Whether probably nothing here answers the cue."""
        return self.confidence < 0.5
