"""What was read through one connection since anything was written: facts need not be read twice.

A connection tells whether anybody has written since it was asked last, in this process or another,
so nothing that is kept here outlives a change: it is good for one version, and let go of with it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from workbench.memory.postings.index import Postings
from workbench.store.facts import FactRow

#: Facts of one connection that are kept at most: about two megabytes.
MOST = 4096


class Known(NamedTuple):
    """A fact as it is now: whether it still counts, and who said it, without the user."""

    row: FactRow
    current: bool
    sources: tuple[str, ...]


class AtHand:
    """What one connection has seen at one version; whoever has the connection may use it.

    `postings` are those of this version or a later one, `facts` what was read by id, `scopes` the
    scopes of collections by name.
    """

    __slots__ = ("facts", "postings", "scopes", "version")

    def __init__(self, version: int, postings: Postings) -> None:
        self.version = version
        self.postings = postings
        self.facts: dict[int, Known] = {}
        self.scopes: dict[str, int] = {}

    def keep(self, found: Mapping[int, Known]) -> None:
        """Keep facts, by id."""
        if len(self.facts) + len(found) > MOST:
            self.facts.clear()
        self.facts.update(found)
