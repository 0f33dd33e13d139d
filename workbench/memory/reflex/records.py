"""Public records of reflex recall."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from workbench.memory.facts.records import Value
from workbench.memory.reflex.context import Context
from workbench.memory.reflex.depth import Depth

Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a memory is from.

    What was told has a `collection` (None: the library's own) and those who said it, in `sources`;
    what was read has its source's id and title, its chapter, its printed page if there is one, and
    its place `[start, end)` in that source's text. `at` is since when it holds or when the source
    was added, in seconds since the epoch.
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
        """Whether somebody told it; else it was read."""
        return self.source is None


@dataclass(frozen=True, slots=True)
class Hit:
    """A memory that came to mind; `id` is its engram.

    `score` ranks it, `activation` is how active it got, both from 0 to 1. `anchors` are the
    concepts of the cue that it mentions, `path` those over which it was reached, `over` the memory
    that these belong to, and `hops` how far it is (0: by the cue itself). `reasons` say it all in
    sentences. `current` is False where something newer has taken its place.
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
    """A concept that several anchors of a cue reached at once, and how strongly that binds it."""

    concept: Member
    count: int
    strength: float


@dataclass(frozen=True, slots=True)
class Recollection:
    """What a cue brings to mind.

    `hits` are the memories, best first. `answer` is the value that the cue asks for, where a fact
    gives it; that fact comes first. `confidence` is the probability that the first memory answers
    the cue. `depth` says how far recall went (`asked` or by itself), `strategy` how; `enough` that
    it stopped early since the cue was met. `anchors` are the concepts of the cue that are known,
    `unknown` those that nothing mentions. `looked_at` counts mentions and fibers that were read,
    `unlinked` the memories that are not linked yet, which only their words find.
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
        """Whether nothing here answers the cue, as far as can be told."""
        return self.confidence < 0.5
