"""Public records of kinds, projects, reviews and contradictions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.memory.facts.records import Fact

#: A gap on the front of a card: words in double braces, also as numbered by Anki.
GAP = re.compile(r"\{\{(?:c\d+::)?(.+?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Info:
    """The metadata of one memory: a fact, or a note (which has no strength yet).

    `trust` is from 0 to 1, never above the maximum of its source. `expires_in_days` is None if it
    never expires and negative once expired. `strength` and `stability` (hours) are as of now,
    `stage` is stm, working, episodic or semantic (see `memory.stages`), `layer` working or
    long_term, `region` its brain region (see `memory.regions.stores`), `access_count` how often it
    was recalled, `due` the next review (seconds since the epoch; None: not scheduled).
    """

    id: int
    text: str
    type: str
    priority: int | None
    tags: tuple[str, ...]
    source: str
    sources: tuple[str, ...]
    trust: float
    collection: str | None
    projects: tuple[str, ...]
    told: float
    at: float
    expires: float | None
    expires_in_days: float | None
    expired: bool
    current: bool
    pinned: bool
    archived: bool
    strength: float
    stability: float
    retention: float
    salience: float
    stage: str
    layer: str
    region: str
    access_count: int
    used: float | None
    due: float | None


@dataclass(frozen=True, slots=True)
class Project:
    """A collection with a start and an end, in seconds since the epoch.

    `days_left` is negative once it has ended and None if it has no end; `memories` counts the facts
    stored in it or assigned to it, `sources` those added to it.
    """

    name: str
    collection: str
    starts: float
    ends: float | None
    days_left: float | None
    ended: bool
    description: str
    tags: tuple[str, ...]
    memories: int
    sources: int


@dataclass(frozen=True, slots=True)
class Review:
    """One memory or sentence of a source scheduled for review; times in seconds since the epoch.

    `source` is the id of the source of a sentence or highlight, None for a fact; the text is at
    `place` (“p. 12”), from character `start` on. `front` is the question, with its gap in double
    braces or as a sentence, `answer` the back, `note` a reader's note on a highlight. `due` is None
    once stopped; `days` is the time until then, negative if overdue. `state` is "new", "learning",
    "review" or "relearning"; `stability` (days) and `difficulty` (1 to 10) are those of FSRS, None
    before the first rating. It was reviewed `times` times and forgotten `lapses` times. `intervals`
    are the days until it would be due by "again", "hard", "good" and "easy".
    """

    id: int
    text: str
    kind: str
    collection: str | None
    source: int | None
    title: str
    place: str
    start: int
    note: str
    front: str
    answer: str
    state: str
    stability: float | None
    difficulty: float | None
    due: float | None
    days: float | None
    reviewed: float | None
    times: int
    lapses: int
    intervals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two facts that contradict each other; the newer stands unless settled otherwise.

    `kind` is "denial" (one denies the other), "value" (two values of one property) or "choice" (two
    things used for one purpose). `state` is "open" or the resolution: "newer", "older" or "both";
    `settled` is its time.
    """

    older: Fact
    newer: Fact
    kind: str
    state: str
    settled: float | None
