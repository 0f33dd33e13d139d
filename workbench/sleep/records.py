"""Public records of sleep: results, findings, proposals, schedule."""

from dataclasses import dataclass

from workbench.memory.facts.records import Merged
from workbench.memory.stored_settings import number
from workbench.store.change_words import in_words


@dataclass(frozen=True, slots=True)
class Summary:
    """Memories about the same concepts, by ids, with quotes of the central ones.

    `name` has the concepts they share.
    """

    name: str
    engrams: tuple[int, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that sleep proposes: from `head` to `tail`, of a `kind`.

    `why` names its origin, `path` the concepts between. `state` is open, accepted or rejected.
    `odds` of a dreamt link are the measured share of such links that was found in print; 0 for
    others. `passages` mention either end together with a concept of the path.
    """

    id: int
    head: str
    tail: str
    kind: str
    why: str
    path: tuple[str, ...]
    state: str
    odds: float = 0.0
    passages: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The proposal as a question to the reader."""
        return f"Do you see a connection between “{self.head}” and “{self.tail}”?"


@dataclass(frozen=True, slots=True)
class Slept:
    """The result of a sleep or its preview; `undo_sleep` undoes it by `run`.

    Counts: `replayed` memories linked because they were used together since the last sleep,
    `consolidated` ones retained in long-term memory, `merged` duplicates, `summarised` memories
    with a new summary, `downscaled` ones with links that were too strong in total, `pruned` ones
    that had faded and were archived, not deleted; `loosened` links that were removed as too faint,
    `rehearsed` links of the brain that learned from recalls since the last sleep, `balanced` ones
    scaled to their set point or removed, and `proposed` links. `run` is None if nothing was done.
    `state` is preview, asleep, done, interrupted, undoing or undone; `why` is asked or idle;
    `begun` and `ended` are seconds since the epoch. `keeps`, `merges`, `faded`, `summaries` and
    `proposals` list the first hundred of each. `longest_write` is the longest of `slices` writes,
    in milliseconds.
    """

    run: int | None
    state: str
    why: str
    begun: float
    ended: float | None
    examined: int = 0
    replayed: int = 0
    consolidated: int = 0
    merged: int = 0
    pruned: int = 0
    summarised: int = 0
    downscaled: int = 0
    proposed: int = 0
    loosened: int = 0
    rehearsed: int = 0
    balanced: int = 0
    keeps: tuple[str, ...] = ()
    merges: tuple[Merged, ...] = ()
    faded: tuple[str, ...] = ()
    summaries: tuple[Summary, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    slices: int = 0
    longest_write: float = 0.0


@dataclass(frozen=True, slots=True)
class Undone:
    """The result of undoing an act, or with `again` of redoing it: `rows` were restored.

    The act was about `count` memories or sources. For a sleep or consolidation: the memories
    restored, counted again, no longer retained, the links restored, and the `summaries` and
    `proposals` removed. Rows changed since are not touched; `left` counts them.
    """

    run: int
    kind: str = "sleep"
    again: bool = False
    merged: int = 0
    archived: int = 0
    kept: int = 0
    links: int = 0
    summaries: int = 0
    proposals: int = 0
    left: int = 0
    rows: int = 0
    count: int = 1

    @property
    def what(self) -> str:
        """What was done, in the chosen language."""
        return in_words(self.kind, self.count)


@dataclass(frozen=True, slots=True)
class SleepState:
    """Whether the library is asleep, was interrupted, the last sleep, and when the next is due.

    `next_due` is in seconds since the epoch, None if nothing was told or used since the last sleep.
    `interrupted` is the number of a sleep that the next one resumes. While the library is asleep,
    `last` is the previous sleep.
    """

    asleep: bool
    interrupted: int | None
    last: Slept | None
    next_due: float | None
    automatic: bool
    idle_minutes: float = 10.0


@dataclass(frozen=True, slots=True)
class SleepSettings:
    """When the library sleeps by itself, and what it archives.

    It sleeps `every_hours`, after `idle_minutes` without use. A memory weaker than `archive_below`
    and unused for `archive_after_days` days of use is archived, at most `archive_share` of all in
    one sleep. `propose` enables proposed links; off by default, as most are not worth reading yet.
    """

    automatic: bool = True
    every_hours: float = number(24.0, 0.1, 24.0 * 365)
    idle_minutes: float = number(10.0, 0.0, 24.0 * 60)
    archive_below: float = number(0.05, 0.0, 1.0)
    archive_after_days: int = number(60, 1, 36_500)
    archive_share: float = number(0.02, 0.0, 1.0)
    propose: bool = False
