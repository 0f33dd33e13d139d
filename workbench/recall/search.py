"""What the stages of one search share: the library as it is seen, the scope, the question."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall.question import Cue
from workbench.recall.scope import Scope


@dataclass(frozen=True, slots=True)
class Search:
    """A question on its way through the stages, with what it is looked up in.

    `newer` are the sources that are earlier versions, each with the newest one of its file.
    """

    connection: sqlite3.Connection
    snapshot: Snapshot
    scope: Scope
    cue: Cue
    newer: Mapping[int, int] = field(default_factory=dict)

    def keep(self, ordinals: Ordinals) -> Ordinals:
        """Those of the ordinals that are in scope."""
        return self.scope.keep(ordinals, self.snapshot)
