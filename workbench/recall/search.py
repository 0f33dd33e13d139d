"""Shared records of the retrieval stages: request, index and results."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.jobs import Cancel
from workbench.memory.facts.records import Value
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall.records import POSSIBLE, QUOTED
from workbench.store.text import Extent

if TYPE_CHECKING:
    # The stages import this module.
    from workbench.recall.hops import Hop
    from workbench.recall.question import Cue
    from workbench.recall.question_forms import Deed, SpeakerQuery
    from workbench.recall.quotes import Quote
    from workbench.recall.substitution import Substitution
    from workbench.recall.windows import Windows


@dataclass(frozen=True, slots=True)
class Scope:
    """The engrams in scope, as ranges of ordinals, and their number.

    `sources` are sorted ids, or None if every ordinal is in scope, which saves the tests. Ranges
    are decisive: a source that was read again has obsolete statements in the index.
    """

    sources: NDArray[np.int32] | None
    size: int
    firsts: Ordinals
    ends: Ordinals

    def restrict(self, ordinals: Ordinals) -> Ordinals:
        """The ordinals in scope."""
        if self.sources is None:
            return ordinals
        if not len(self.firsts):
            return ordinals[:0]
        at = np.searchsorted(self.firsts, ordinals, side="right") - 1
        kept: Ordinals = ordinals[(at >= 0) & (ordinals < self.ends[at])]
        return kept


def scope_of(
    extents: Sequence[Extent], wanted: Collection[int] | None, snapshot: Snapshot
) -> Scope:
    """The scope of the given sources, without those in the trash."""
    size = 0
    sources: set[int] = set()
    firsts: list[int] = []
    ends: list[int] = []
    chosen = None if wanted is None else set(wanted)
    for extent in extents:
        if not extent.trashed and (chosen is None or extent.source in chosen):
            sources.add(extent.source)
            size += extent.last - extent.first + 1
            # The ordinal of an engram is its id − 1.
            if ends and ends[-1] == extent.first - 1:
                ends[-1] = extent.last
            else:
                firsts.append(extent.first - 1)
                ends.append(extent.last)
    ranges = np.array(firsts, np.int32), np.array(ends, np.int32)
    if chosen is None and size >= snapshot.size:
        return Scope(None, snapshot.size, *ranges)
    return Scope(np.array(sorted(sources), np.int32), size, *ranges)


@dataclass(frozen=True, slots=True)
class Thread:
    """The previous turns of a question.

    `question` is the original question, before completion. `substitution` is the last question for
    another thing.
    """

    question: str
    substitution: "Substitution | None" = None


@dataclass(frozen=True, slots=True)
class Request:
    """A question with its sources (None: all) and the maximum number of quotes.

    `thread` are the previous turns, if any. Unless `read`, the reader is skipped. `least` is the
    minimum probability of an answer; `several` answers are wanted. `told` finds the value that a
    told statement has for the question, which a source may contradict.
    """

    question: str
    sources: Collection[int] | None = None
    limit: int = QUOTED
    explain: bool = False
    read: bool = True
    thread: Thread | None = None
    cancel: Cancel = field(default_factory=Cancel)
    least: float = POSSIBLE
    several: bool = False
    told: Callable[[], Value | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Search:
    """A parsed question with the index and database.

    `newer` maps former versions of a file to the newest; `speech` is what it asks of a speaker.
    """

    connection: sqlite3.Connection
    snapshot: Snapshot
    scope: Scope
    cue: "Cue"
    newer: Mapping[int, int] = field(default_factory=dict)
    speech: "SpeakerQuery | Deed | None" = None

    def restrict(self, ordinals: Ordinals) -> Ordinals:
        """The ordinals in scope."""
        return self.scope.restrict(ordinals)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The retrieval for an answer, with its scores.

    `own` are the windows found by the question's words; `paths` lead to windows reached over a
    name. `alike` are near-duplicates of some quotes, and `repeated` the positions of quotes with
    other occurrences. `replies` are the positions of quotes that follow this very question in a
    text, with it as it stands there (`recall.replies`).
    """

    search: Search
    windows: "Windows"
    quotes: "list[Quote]"
    own: "Windows"
    paths: "Mapping[int, Hop]"
    alike: "Sequence[Quote]" = ()
    repeated: frozenset[int] = frozenset()
    replies: Mapping[int, str] = field(default_factory=dict)

    @property
    def cue(self) -> "Cue":
        """The parsed question."""
        return self.search.cue
