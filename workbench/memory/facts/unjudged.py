"""The newest statements whose effects on earlier ones nothing has judged (`facts.revising`)."""

import sqlite3
import threading
from dataclasses import dataclass, field

from workbench.store import facts as rows
from workbench.store import modelled

#: Statements of one call from which it is an import.
IMPORT = 500
#: The newest statements that are read at a question while nothing has judged them.
_PENDING = 256


@dataclass(slots=True)
class Unjudged:
    """The newest statements that nothing has judged, as far as they are known. Thread-safe."""

    #: The last judged fact, the last known one, and those between that belong to no import.
    judged: int = 0
    known: int = 0
    ids: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def since(self, connection: sqlite3.Connection) -> list[int]:
        """The ids of the newest unjudged statements, in order."""
        _, judged = modelled.judged_upto(connection)
        newest = rows.revision(connection).newest
        with self.lock:
            if judged != self.judged or newest < self.known:
                self.judged, self.known, self.ids = judged, judged, []
            if newest > self.known:
                new = rows.singly_told(connection, self.known, IMPORT)
                self.ids, self.known = [*self.ids, *new][-_PENDING:], newest
            return list(self.ids)
