"""Public records of notes and scopes."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """A key with its exact value, set at `changed` (seconds since the epoch)."""

    id: int
    key: str
    value: str
    collection: str | None
    changed: float


@dataclass(frozen=True, slots=True)
class Stance:
    """An opinion on a topic, and its intensity: 1.0 at first, and 1.0 more per restatement.

    It decays as other topics are stated, down to 0.5; from 1.5 on it is `hardened`. `created`: the
    topic was new.
    """

    id: int
    topic: str
    text: str
    collection: str | None
    intensity: float
    hardened: bool
    told: float
    changed: float
    created: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A collection, or the library's own scope (None), and the number of its items."""

    collection: str | None
    facts: int
    notes: int
    variables: int
    stances: int
    highlights: int = 0


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """A collection after a change, and how many facts its capacity removed."""

    collection: str | None
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """Statistics of a scope. `capacity` is its maximum of facts (None: unlimited).

    `facts` are without the `archived` ones, which can still be found. `kinds` counts all facts and
    notes by kind; `dropped` is how many of the oldest facts were removed for capacity; `tellers`
    counts facts by source, "" for the user. Times in seconds since the epoch.
    """

    collection: str | None
    facts: int
    kinds: dict[str, int]
    capacity: int | None
    dropped: int
    tellers: dict[str, int]
    first_told: float | None
    last_told: float | None
    archived: int = 0


@dataclass(frozen=True, slots=True)
class ForeignHighlight:
    """A highlight of another program, and its position in the library if found.

    `page` is that of a PDF, from 1; `title` is the book named in the file. `id` is the resulting
    highlight, `known` whether it existed before.
    """

    quote: str
    note: str
    page: int | None
    title: str
    source: int | None = None
    start: int | None = None
    end: int | None = None
    id: int | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The highlights in a file of another program, imported unless it is a `preview`."""

    path: str
    highlights: Sequence[ForeignHighlight]
    preview: bool

    @property
    def placed(self) -> int:
        """How many were located in the library."""
        return sum(row.source is not None for row in self.highlights)

    @property
    def known(self) -> int:
        """How many of those existed before."""
        return sum(row.known for row in self.highlights)

    @property
    def new(self) -> int:
        """How many of those are new."""
        return self.placed - self.known

    @property
    def missing(self) -> int:
        """How many were not located."""
        return len(self.highlights) - self.placed


@dataclass(frozen=True, slots=True)
class Highlight:
    """A highlighted passage of a source, `[start, end)` of its text; `note` may be empty.

    `lost`: the source now has other words there. Times in seconds since the epoch.
    """

    id: int
    source: int
    title: str
    start: int
    end: int
    quote: str
    note: str
    colour: str
    made: float
    changed: float
    lost: bool = False


@dataclass(frozen=True, slots=True)
class NotePlace:
    """The tags of a fact or note; of a highlight also quotation, note, colour and position.

    `place` is the page (“p. 12”) or the chapter of `[start, end)` of a source, empty if there is
    none; `source` is None for facts. `lost`: the source now has other words there.
    """

    id: int
    tags: tuple[str, ...]
    source: int | None = None
    title: str = ""
    place: str = ""
    start: int = 0
    end: int = 0
    colour: str = ""
    quote: str = ""
    note: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class FolderConflict:
    """A note in a folder and a memory that were both changed: its file, and both texts."""

    path: str
    file: str
    library: str


@dataclass(frozen=True, slots=True)
class FolderSync:
    """The result of bringing a folder of notes and a scope together; files by relative path.

    `read` are new notes that were told, `changed` those whose changes went to their memory,
    `written` those written for new or changed memories. `conflicts` were changed on both sides,
    `missing` files and `forgotten` memories are gone on one side alone: all three wait for a
    person. `left` says as sentences what could not be read, and what notes no longer say.
    """

    read: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    conflicts: tuple[FolderConflict, ...] = ()
    missing: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    preview: bool = False
