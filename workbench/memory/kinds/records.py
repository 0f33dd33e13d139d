"""Public records of kinds, projects, reviews and contradictions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.memory.facts.records import Fact

#: A gap on the front of a card: words in double braces, also as Anki numbers them.
GAP = re.compile(r"\{\{(?:c\d+::)?(.+?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Info:
    """All that is noted about one memory; a fact, or a note (which has no strength yet).

    `trust` is from 0 to 1, never above what its source allows. `expires_in_days` is None for what
    never expires and below 0 for what has. `strength` and `stability` (hours) are as of now,
    `stage` is stm, working, episodic or semantic (see `memory.stages`), `layer`
    working or long_term, `region` where that is (see `memory.regions.stores`),
    `access_count` is how often it was recalled, `due` when it is to be looked at again (seconds
    since the epoch; None: not at all).
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
    """A collection with a beginning and an end, in seconds since the epoch.

    `days_left` is below 0 once it has ended and None where it has no end; `memories` counts what
    was told into it or named to it, `sources` what was added to it.
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
    """One memory or sentence of a source that is kept in mind; times in seconds since the epoch.

    `source` is the id of the source of a sentence or highlight, None for what was told; it stands
    at `place` (“p. 12”), from character `start` on. `front` is what is asked, with its gap in
    double braces or as a question, `answer` what the back says, `note` what a reader wrote beside a
    highlight. `due` is None where it is not asked for any more; `days` is until then, below 0 where
    it is overdue. `state` is "new", "learning", "review" or "relearning"; `stability` (days) and
    `difficulty` (1 to 10) are those of FSRS, None before the first rating. It was reviewed `times`
    times and forgotten `lapses` times.
    `intervals` are the days until it would be due by "again", "hard", "good" and "easy".
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
    """Two facts that contradict each other; the newer stands until somebody settles it otherwise.

    `kind` is "denial" (one denies the other), "value" (two values of one thing) or "choice" (two
    things used for one purpose). `state` is "open", or what was settled: "newer", "older" or
    "both"; `settled` is when.
    """

    older: Fact
    newer: Fact
    kind: str
    state: str
    settled: float | None
