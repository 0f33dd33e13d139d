"""Records of a search before it becomes an answer: candidates and their scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.memory.snapshot import Snapshot
from workbench.recall import judgement
from workbench.recall.hops import Hop
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.scope import Scope
from workbench.recall.windows import Windows


@dataclass(frozen=True, slots=True)
class Found:
    """The inside of an answer: what was looked up and how it was weighed.

    Whether the library can answer is judged by `own`, the windows that the question's own words
    have found, whose best is at the place `first`, and by the quotes; `paths` lead to windows that
    it takes a name to reach. `alike` say nearly what some of the quotes say, and `repeated`
    has the places of quotes that others say again.
    """

    snapshot: Snapshot
    scope: Scope
    cue: Cue
    windows: Windows
    quotes: list[Quote]
    own: Windows
    first: int
    paths: Mapping[int, Hop]
    alike: Sequence[Quote] = ()
    repeated: frozenset[int] = frozenset()

    @property
    def features(self) -> list[float]:
        """What speaks for an answer and against it (`judgement.FEATURES`)."""
        return judgement.features(
            self.snapshot,
            self.cue,
            self.own,
            self.quotes,
            self.paths,
            self.first,
            self.scope.size,
        )
