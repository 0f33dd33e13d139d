"""Records of a search before it becomes an answer: candidates and their scores."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.jobs import Cancel
from workbench.recall.hops import Hop
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.search import Search
from workbench.recall.thread import Thread
from workbench.recall.windows import Windows


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it is put: to which sources (None: all), for at most how many quotes.

    `thread` has the turns before, where there are any. Unless `read` the reader is left out.
    """

    question: str
    sources: Collection[int] | None = None
    limit: int = 5
    explain: bool = False
    read: bool = True
    thread: Thread | None = None
    cancel: Cancel = field(default_factory=Cancel)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The inside of an answer: what was looked up and how it was weighed.

    `own` are the windows that the question's own words have found; `paths` lead to windows that it
    takes a name to reach. `alike` say nearly what some of the quotes say, and `repeated`
    has the places of quotes that others say again.
    """

    search: Search
    windows: Windows
    quotes: list[Quote]
    own: Windows
    paths: Mapping[int, Hop]
    alike: Sequence[Quote] = ()
    repeated: frozenset[int] = frozenset()

    @property
    def cue(self) -> Cue:
        """The question that was looked up."""
        return self.search.cue
