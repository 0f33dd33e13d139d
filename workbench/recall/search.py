"""What the stages of one search share: the request, the library as it is seen, what was found."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.jobs import Cancel
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall.records import POSSIBLE
from workbench.store.text import Extent

if TYPE_CHECKING:
    # The stages themselves, which begin with this module.
    from workbench.recall.hops import Hop
    from workbench.recall.question import Cue
    from workbench.recall.quotes import Quote
    from workbench.recall.thread import Thread
    from workbench.recall.windows import Windows


@dataclass(frozen=True, slots=True)
class Scope:
    """The engrams that count, as ranges of ordinals, and how many they are.

    `sources` are sorted ids, or None where every ordinal of the index counts, which spares the
    look at each. Ranges, not sources, decide: a source that was read again has statements in the
    index that are no longer its own.
    """

    sources: NDArray[np.int32] | None
    size: int
    firsts: Ordinals
    ends: Ordinals

    def restrict(self, ordinals: Ordinals, snapshot: Snapshot) -> Ordinals:
        """Those of the ordinals that are in scope."""
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
    """The scope of a question over the sources that are not in the trash."""
    size = 0
    sources: set[int] = set()
    firsts: list[int] = []
    ends: list[int] = []
    chosen = None if wanted is None else set(wanted)
    for extent in extents:
        if not extent.trashed and (chosen is None or extent.source in chosen):
            sources.add(extent.source)
            size += extent.last - extent.first + 1
            # The ordinal of an engram is its id less one.
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
class Request:
    """A question as it is put: to which sources (None: all), for at most how many quotes.

    `thread` has the turns before, where there are any. Unless `read` the reader is left out. From
    the probability `least` on there is an answer.
    """

    question: str
    sources: Collection[int] | None = None
    limit: int = 5
    explain: bool = False
    read: bool = True
    thread: "Thread | None" = None
    cancel: Cancel = field(default_factory=Cancel)
    least: float = POSSIBLE


@dataclass(frozen=True, slots=True)
class Search:
    """A question on its way through the stages, with what it is looked up in.

    `newer` are the sources that are earlier versions, each with the newest one of its file.
    """

    connection: sqlite3.Connection
    snapshot: Snapshot
    scope: Scope
    cue: "Cue"
    newer: Mapping[int, int] = field(default_factory=dict)

    def restrict(self, ordinals: Ordinals) -> Ordinals:
        """Those of the ordinals that are in scope."""
        return self.scope.restrict(ordinals, self.snapshot)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The inside of an answer: what was looked up and how it was weighed.

    `own` are the windows that the question's own words have found; `paths` lead to windows that it
    takes a name to reach. `alike` say nearly what some of the quotes say, and `repeated`
    has the places of quotes that others say again.
    """

    search: Search
    windows: "Windows"
    quotes: "list[Quote]"
    own: "Windows"
    paths: "Mapping[int, Hop]"
    alike: "Sequence[Quote]" = ()
    repeated: frozenset[int] = frozenset()

    @property
    def cue(self) -> "Cue":
        """The question that was looked up."""
        return self.search.cue
