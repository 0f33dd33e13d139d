"""Cache of facts read through one connection, until something is written.

A connection tells whether anybody has written since it was asked last, in this process or another,
so nothing that is kept here outlives a change: it is good for one version, and let go of with it.
"""

from typing import NamedTuple

from workbench.memory.postings.index import Postings
from workbench.store.facts import FactRow
from workbench.store.strengths import StrengthRow

#: Facts of one connection that are kept at most: about two megabytes.
MOST = 4096


class Known(NamedTuple):
    """A fact as it is now, and whether it still counts."""

    row: FactRow
    current: bool


class AtHand:
    """What one connection has seen at one version; whoever has the connection may use it.

    `postings` are those of this version or a later one, `facts` what was read by id, `sources` who
    said those that were not told by the user alone, `strengths` the rows of those that were used,
    `scopes` the scopes of collections by name. `expiring` says whether anything expires, None where
    nobody has asked.
    """

    __slots__ = ("expiring", "facts", "postings", "scopes", "sources", "strengths", "version")

    def __init__(self, version: int, postings: Postings) -> None:
        self.version = version
        self.postings = postings
        self.facts: dict[int, Known] = {}
        self.expiring: bool | None = None
        self.sources: dict[int, tuple[str, ...]] = {}
        self.strengths: dict[int, StrengthRow] = {}
        self.scopes: dict[str, int] = {}

    def make_room(self, count: int) -> bool:
        """Let go of everything where there is no room for so many facts more; whether it was."""
        if len(self.facts) + count <= MOST:
            return False
        self.facts.clear()
        self.sources.clear()
        self.strengths.clear()
        return True
