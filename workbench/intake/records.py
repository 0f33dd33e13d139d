"""Records of the queue: its rows, and the results of an `add`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: The stages of a source, in order. For the user it is finished at `verified`.
STAGES = ("queued", "read", "searchable", "verified", "embedded", "linked", "learned")
#: The stages worked one after another for each job.
WORKED = STAGES[1:4]
#: The stages a caller can wait for; linking happens for all sources at once, after the queue.
AWAITED = ("queued", *WORKED, "embedded", "linked")
#: The `stage_word` of a job whose web page is being fetched.
FETCHING = "Fetching"
#: The `stage_word` of a job that reads the figures of a document.
FIGURES_WORD = "Reading figures"


@dataclass(frozen=True, slots=True)
class Hooks:
    """Callbacks into a library, from any thread.

    `index` makes stored text searchable; `find(source)` says whether a search finds a source;
    `notify(topic)` reports changes ("queue", "sources"), at most ten times a second each.
    """

    index: Callable[[], None]
    find: Callable[[int], bool]
    notify: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One job of the queue: a file or link to be added.

    `state` is queued, running, paused, done, failed, cancelled or skipped; `stage` the last
    finished stage (one of `STAGES`). `done` and `total` count `unit`s of the current stage
    (`stage_word`: Fetching, Reading, Indexing, Verifying); `rate` is units per second,
    `seconds_left` an estimate; both None if unknown. `error` and `hint` are sentences, empty
    without an error. `sources` are the ids added so far. `already` says that nothing was new,
    `restored` that something came back from the trash. Jobs of higher `priority` come first. `page`
    is the page being read, or at which a reading failed (from 1; None without pages); `left_out`
    the pages the user chose to leave out.
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
    """A summary of the queue.

    `left` jobs wait or run, `failed` ones need attention. `done` and `total` are the bytes of all
    jobs that are left or finished since the queue was last empty; `total` is None while any size is
    unknown (a link not fetched yet). `rate` is bytes per second, `seconds_left` an estimate; both
    None if unknown or paused. `over` counts the finished jobs in `total`.
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

    `collection` is where they go, None for none; `problem` is a sentence while it cannot be watched
    (a removed stick), or empty.
    """

    folder: str
    collection: str | None
    added: float
    problem: str


@dataclass(frozen=True, slots=True)
class Added:
    """The result for one source of an `add`; `add --json` prints these fields.

    `state` is the stage reached, or failed / cancelled / skipped. `already` marks a source whose
    bytes were in the library before: a second location was recorded. `restored` marks one that came
    back from the trash. `error` is a sentence with its next step, or None. `path` is what was
    requested; `key` the JSON Lines id. `renewed` marks a source whose text was replaced: read
    again, or from a changed file. `former` is the source that the file was before it changed, if
    both are kept. `job` is the number that `queue.results` takes.
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
    job: int | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """The one `address` that is queried about a work or a release, and its `details`, if any.

    Of a work these are fields of `SourceDetails`, with authors and editors one per line.
    """

    address: str
    details: Mapping[str, str] = field(default_factory=dict)
