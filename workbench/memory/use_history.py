"""The last uses of a memory, for its curve and for correcting a wrong clock.

A log holds at most the last `MOST` uses, in the order in which they were written, each with the
moment, what it added, and what the strength was after it. A strength that was used while the clock
was wrong is worked out again from the last use that lies in the past: what was used ten years ahead
has not aged for ten years once the clock is right again, and what was used ten years back neither.
"""

import math
import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from workbench.memory import plasticity, stages, use_history
from workbench.memory.plasticity import Plasticity
from workbench.store import strengths as rows
from workbench.store.strengths import Origin, StrengthRow

MAX_USES = 20
#: Uses that a memory remembers of a moment: seconds since the epoch, then two strengths.
_ENTRY = struct.Struct("<dff")
#: By how many seconds the clock may go back without that meaning anything.
_SLACK = 60.0


class Use(NamedTuple):
    """One use: when (seconds since the epoch), the strength after it, and what it added."""

    at: float
    weight: float
    amount: float


def packed(uses: Sequence[Use]) -> bytes:
    """The last of these uses as they are stored."""
    return b"".join(_ENTRY.pack(*use) for use in uses[-MAX_USES:])


def unpacked(log: bytes) -> list[Use]:
    """The uses of a log; of a damaged one those that can be read."""
    length = len(log) - len(log) % _ENTRY.size
    return [Use(*entry) for entry in _ENTRY.iter_unpack(log[:length])]


def astray(row: StrengthRow, log: Sequence[Use], timestamp: float) -> bool:
    """Whether by this clock the last use in a row is not the last one there was until now."""
    return row.used > timestamp + _SLACK or any(
        row.used + _SLACK < use.at <= timestamp + _SLACK for use in log
    )


def corrected(
    row: StrengthRow, log: Sequence[Use], timestamp: float, half_life: float, settings: Plasticity
) -> StrengthRow:
    """A strength as it is by this clock, whatever the clock was when it was used.

    A row whose last use is the last there was until `timestamp` stays as it is.
    """
    if not astray(row, log, timestamp):
        return row
    past = [place for place, use in enumerate(log) if use.at <= timestamp + _SLACK]
    latest = max(past, key=lambda place: (log[place].at, place), default=None)
    if latest is not None:
        base, start, newer = log[latest].weight, log[latest].at, log[latest + 1 :]
    elif row.came <= timestamp:
        # All its uses lie ahead: by this clock they happened just now.
        base, start, newer = settings.first, row.came, log
    else:
        # So does its telling: the clock is behind, and makes nothing older.
        return row
    aged = 0.0 if row.pinned else stages.ageing(row.came, row.ripe, start, timestamp)
    left = plasticity.fade(base, aged, half_life) + sum(use.amount for use in newer)
    as_it_is = row.weight
    if row.used <= timestamp and not row.pinned:
        aged = stages.ageing(row.came, row.ripe, row.used, timestamp)
        as_it_is = plasticity.fade(as_it_is, aged, half_life)
    return replace(row, weight=max(as_it_is, min(left, settings.cap)), used=timestamp)


def fades_at(row: StrengthRow, half_life: float, settings: Plasticity) -> float:
    """When a strength that is not used again will have faded, in seconds since the epoch."""
    if row.weight <= settings.faded:
        return max(row.used, 1.0)
    aged = half_life * math.log2(row.weight / settings.faded)
    return max(stages.aged_at(row.came, row.ripe, row.used, aged), 1.0)


#: Strengths of which it is worked out in one transaction when they will have faded.
_WORKED_OUT = 1000


class Waning:
    """When the strengths of one library will have faded; `Strengths` is one."""

    settings: Plasticity

    def store(
        self,
        connection: sqlite3.Connection,
        strengths: Sequence[StrengthRow],
        created: Mapping[int, Origin],
    ) -> None:
        """Store strengths along with when they will have faded. To be called in a write."""
        rows.store(connection, strengths, self._fades(strengths, created))

    def _fades(
        self, strengths: Iterable[StrengthRow], created: Mapping[int, Origin]
    ) -> dict[int, float]:
        return {
            row.engram: use_history.fades_at(
                row, self._half_life(created[row.engram]), self.settings
            )
            for row in strengths
            if row.engram in created
        }

    def _half_life(self, created: Origin) -> float:
        return self.settings.half_life(created.kind)

    def _work_out(self, connection: sqlite3.Connection) -> bool:
        """Work out when strengths will have faded where nobody has; whether more of them wait."""
        ids = rows.unknown(connection, _WORKED_OUT)
        rows_here = rows.by_ids(connection, ids)
        rows.store_fades(
            connection, self._fades(rows_here.values(), rows.origins(connection, rows_here))
        )
        return len(ids) == _WORKED_OUT
