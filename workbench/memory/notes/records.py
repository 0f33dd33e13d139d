"""Public records of notes and scopes."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """A text under a key, exactly as it was set at `changed` (seconds since the epoch)."""

    id: int
    key: str
    value: str
    collection: str | None
    changed: float


@dataclass(frozen=True, slots=True)
class Stance:
    """What somebody holds of a topic, and how firmly: 1.0 once said, and 1.0 more each time.

    It fades as other topics are taken up, down to 0.5; from 1.5 on it is `hardened`. `created` says
    that the topic was new with it.
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
    """A collection, or with `collection` None the library's own scope, and what was told to it."""

    collection: str | None
    facts: int
    notes: int
    variables: int
    stances: int
    highlights: int = 0


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """A collection by its name after a change, and how many facts its capacity removed."""

    collection: str | None
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """What a scope holds. `capacity` is how many facts it keeps at most (None: any number).

    `facts` are those that count, beside `archived` ones that faded and are still found. `kinds` are
    all facts and notes by kind; `dropped` is how many of the oldest facts have left because
    it was full; `tellers` says how many facts each source said, "" the user. Times in seconds.
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
    """Words that were marked in another program, and where they stand in the library, if they do.

    `page` is that of a PDF, from 1; `title` is the book that the file names. `id` is the highlight
    that it became, `known` says that it was there before.
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
    """What was marked in a file of another program, and taken over unless it is a `preview`."""

    path: str
    highlights: Sequence[ForeignHighlight]
    preview: bool

    @property
    def placed(self) -> int:
        """How many of them stand in the library."""
        return sum(row.source is not None for row in self.highlights)

    @property
    def known(self) -> int:
        """How many of those were there before."""
        return sum(row.known for row in self.highlights)

    @property
    def new(self) -> int:
        """How many were not."""
        return self.placed - self.known

    @property
    def missing(self) -> int:
        """How many stand nowhere in the library."""
        return len(self.highlights) - self.placed


@dataclass(frozen=True, slots=True)
class Highlight:
    """Marked words of a source, `[start, end)` of its text, in a colour; `note` may be empty.

    `lost` says that the source has other words there now. Times in seconds since the epoch.
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
    """The tags of a fact or note, and of a highlight its quotation, note, colour and place.

    `place` is the page (“p. 12”) or the chapter of `[start, end)` of a source, empty where there is
    none; `source` is None of what was told. `lost` says that the source has other words there now.
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
