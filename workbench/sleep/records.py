"""Public records of sleep: results, findings, proposals, schedule."""

from dataclasses import dataclass

from workbench.memory.facts.records import Merged
from workbench.memory.stored_settings import number
from workbench.store.change_words import in_words


@dataclass(frozen=True, slots=True)
class Summary:
    """Memories that speak of the same, by ids, with the central ones quoted word by word.

    `name` are the concepts that they share.
    """

    name: str
    engrams: tuple[int, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that sleep found worth asking about: from `head` to `tail`, of a `kind`.

    `why` says what it was found by, `path` what lies between. `state` is open, accepted or
    rejected. `odds` of a link that was dreamt of are the measured share of such links that was
    found in print; 0 of others. `passages` name either end with what lies between.
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
        """What is asked of the reader."""
        return f"Do you see a connection between “{self.head}” and “{self.tail}”?"


@dataclass(frozen=True, slots=True)
class Slept:
    """What a sleep did, or for a preview would do; `undo_sleep` takes it back by its `run`.

    `replayed` memories were used since the last sleep and linked with what was used along with
    them, `consolidated` ones are kept for long now, `merged` ones went into others that say the
    same, `summarised` ones have a summary now, of `downscaled` ones links were too strong in all,
    `pruned` ones had faded and were archived, which deletes nothing; `loosened` links were so
    faint that they are gone, `rehearsed` links of the brain learned of the recalls since the last
    sleep, `balanced` ones were scaled to their set point or are gone, `proposed` ones wait for
    somebody to say yes or no. `run` is None where nothing was done. `state` is preview, asleep,
    done, interrupted, undoing or undone; `why` asked or idle; `begun` and `ended` are seconds since
    the epoch. `keeps`, `merges`, `faded`,
    `summaries` and `proposals` have the first hundred of each. `longest_write` is how long others
    had to wait at most, in milliseconds, over `slices` writes.
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
    """What taking an act back, or doing it `again`, has brought: `rows` are as they were.

    It was about `count` memories or sources.

    Of a sleep or consolidation so many memories are there again, count again, are not kept for long
    any more, so many links are as they were, `summaries` and `proposals` went. What was changed
    since keeps that: `left` rows are as they are now.
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
        """What was done, in words of the chosen language."""
        return in_words(self.kind, self.count)


@dataclass(frozen=True, slots=True)
class SleepState:
    """Whether the library sleeps, what was interrupted, the last sleep and when the next is due.

    `next_due` is in seconds since the epoch, None where nothing was told or used since the last
    one. `interrupted` is the number of a sleep that goes on with the next. While the library is
    asleep, `last` is the sleep before.
    """

    asleep: bool
    interrupted: int | None
    last: Slept | None
    next_due: float | None
    automatic: bool
    idle_minutes: float = 10.0


@dataclass(frozen=True, slots=True)
class SleepSettings:
    """When the library sleeps by itself, and what it lays aside.

    It sleeps `every_hours`, once nobody has used it for `idle_minutes`. What is weaker than
    `archive_below` and was not used for `archive_after_days` days on which the library was in use
    is archived: `archive_share` of all memories at most in one sleep. `propose` has it look for
    links that no passage states; off, as most of what it finds is not worth reading yet.
    """

    automatic: bool = True
    every_hours: float = number(24.0, 0.1, 24.0 * 365)
    idle_minutes: float = number(10.0, 0.0, 24.0 * 60)
    archive_below: float = number(0.05, 0.0, 1.0)
    archive_after_days: int = number(60, 1, 36_500)
    archive_share: float = number(0.02, 0.0, 1.0)
    propose: bool = False
