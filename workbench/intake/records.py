"""What the queue tells: a row per thing being added, and the outcome of an `add`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: The road of a source, in order. A source is done for the user at `verified`.
STAGES = ("queued", "read", "searchable", "verified", "embedded", "linked", "learned")
#: Those that this version works, one after the other; a caller can wait for each of them.
WORKED = STAGES[1:4]
#: Those that a caller can wait for; linking is done for all sources at once, after the queue.
AWAITED = (*WORKED, "embedded", "linked")
#: The `stage_word` of a job for which a page of the web is being asked for.
FETCHING = "Fetching"
#: That of a job which reads the words in the figures of a document whose text is there.
FIGURES_WORD = "Reading figures"


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the queue calls of a library, on any thread.

    `index` makes what is stored searchable; `find(source)` says whether a search finds a source;
    `notify(topic)` hears of changes ("queue", "sources"), at most ten times a second each.
    """

    index: Callable[[], None]
    find: Callable[[int], bool]
    notify: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One job of the queue: a file or link on its way into the library.

    `state` is queued, running, paused, done, failed, cancelled or skipped; `stage` the last stage
    that was finished (one of `STAGES`). `done` and `total` count `unit`s of the stage at work
    (`stage_word`: Fetching, Reading, Indexing, Verifying); `rate` is units a second,
    `seconds_left` an estimate; both None while unknown. `error` and `hint` are sentences, empty
    where all is well.
    `sources` are the ids it has brought in so far. `already` says that nothing was new, `restored`
    that something came back from the trash. Jobs of higher `priority` come first. `page` is the
    page that is being read, or at which a reading ended badly (from 1; None where there are no
    pages); `left_out` the pages that were left out at the user's word.
    """

    id: int
    path: str
    name: str
    collection: str | None
    state: str
    stage: str
    stage_word: str
    done: int
    total: int | None
    unit: str
    rate: float | None
    seconds_left: float | None
    error: str
    hint: str
    sources: tuple[int, ...]
    already: bool
    added: float
    restored: bool = False
    priority: int = 0
    page: int | None = None
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """The whole queue at a glance.

    `left` jobs wait or are worked, `failed` ones need attention. `done` and `total` are bytes, of
    all that is left and all that was finished since the queue was last empty; `total` is None
    while the size of anything is unknown (a link that has not been fetched). `rate` is bytes a
    second, `seconds_left` an estimate; both None while nobody can say, and while the queue rests.
    `over` jobs of those that `total` counts are finished.
    """

    left: int
    failed: int
    done: int
    total: int | None
    rate: float | None
    seconds_left: float | None
    paused: bool
    over: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder whose new and changed files are added.

    `collection` is where they go, None for no one in particular; `problem` is a sentence while it
    cannot be watched (a stick that was pulled), empty where all is well.
    """

    folder: str
    collection: str | None
    added: float
    problem: str


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source of an `add`; `add --json` prints these fields.

    `state` is the stage reached, or failed / cancelled / skipped. `already` marks a source whose
    bytes were in the library before: a second location was recorded. `restored` marks one
    that came back from the trash. `error` is a sentence with its next step, or None. `path` is
    what was asked for; `key` the JSON Lines id. `renewed` marks a source that was there and has
    its text anew: read again, or replaced by a changed file. `former` is the source that the file
    was before it changed, where both are kept.
    """

    source: int | None
    title: str
    state: str
    passages: int
    engrams: int
    concepts: int
    associations: int
    seconds: float
    error: str | None
    path: str
    key: str | None = None
    already: bool = False
    restored: bool = False
    notices: tuple[str, ...] = ()
    renewed: bool = False
    former: int | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """The one `address` that is asked for a work, and the `details` it answered, if it was asked.

    Those are fields of `SourceDetails`, with authors and editors one a line.
    """

    address: str
    details: Mapping[str, str] = field(default_factory=dict)
