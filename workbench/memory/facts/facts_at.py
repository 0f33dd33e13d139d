"""The facts of one scope as they hold at a moment, for whoever answers from them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.store import facts as rows
from workbench.store.facts import FactRow


@dataclass(frozen=True, slots=True)
class FactsAt:
    """The facts of a scope as they held at `until` (None: as they hold now)."""

    index: FactIndex
    connection: sqlite3.Connection
    scope: int
    until: float | None = None

    @property
    def moment(self) -> float:
        """The moment that is asked about, in seconds since the epoch."""
        return self.index.store.clock() if self.until is None else self.until

    def in_force(self, ids: Iterable[int]) -> list[FactRow]:
        """Those of these facts that count: told of by then, and not expired."""
        then = self.moment
        return [
            row
            for row in rows.by_ids(self.connection, list(ids))
            if self._begun(row, then) and (row.expires is None or row.expires > then)
        ]

    def _begun(self, row: FactRow, then: float) -> bool:
        """Whether a fact held by then; one just told does, whatever a clock set back says."""
        return row.at <= then or (self.until is None and row.at <= row.told)
