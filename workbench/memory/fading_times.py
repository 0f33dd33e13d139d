"""When strengths will have faded: stored beside each, so that the list of them needs no scan."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from workbench.memory import use_history
from workbench.memory.plasticity import Plasticity
from workbench.store import strengths as rows
from workbench.store.strengths import Came, StrengthRow

#: Strengths of which it is worked out in one transaction when they will have faded.
_WORKED_OUT = 1000


class Waning:
    """When the strengths of one library will have faded; `Strengths` is one."""

    settings: Plasticity

    def put(
        self,
        connection: sqlite3.Connection,
        strengths: Sequence[StrengthRow],
        came: Mapping[int, Came],
    ) -> None:
        """Store strengths along with when they will have faded. To be called in a write."""
        rows.put(connection, strengths, self._fades(strengths, came))

    def _fades(
        self, strengths: Iterable[StrengthRow], came: Mapping[int, Came]
    ) -> dict[int, float]:
        return {
            row.engram: use_history.fades_at(row, self._half_life(came[row.engram]), self.settings)
            for row in strengths
            if row.engram in came
        }

    def _half_life(self, came: Came) -> float:
        return self.settings.half_life(came.kind)

    def _work_out(self, connection: sqlite3.Connection) -> bool:
        """Work out when strengths will have faded where nobody has; whether more of them wait."""
        ids = rows.unknown(connection, _WORKED_OUT)
        held = rows.by_ids(connection, ids)
        rows.put_fades(connection, self._fades(held.values(), rows.came(connection, held)))
        return len(ids) == _WORKED_OUT
