"""The last uses of a memory, for its curve and to correct a wrong clock.

A log has at most the last `MAX_USES` uses, in the order of writing, each with its time, amount and
resulting strength. After uses with a wrong clock, a strength is recomputed from the last use in the
past: neither a use dated ten years ahead nor one dated ten years back ages a memory by ten years
once the clock is right.
"""

import math
import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from workbench.memory import plasticity, use_history
from workbench.memory.plasticity import Plasticity
from workbench.store import strengths as rows
from workbench.store.strengths import Origin, StrengthRow

MAX_USES = 20
#: The format of a use: seconds since the epoch, then two strengths.
_ENTRY = struct.Struct("<dff")
#: Seconds by which the clock may go back harmlessly.
_SLACK = 60.0


class Use(NamedTuple):
    """One use: its time (seconds since the epoch), resulting strength and amount."""

    at: float
    weight: float
    amount: float


def packed(uses: Sequence[Use]) -> bytes:
    """The last of these uses in storage format."""
    return b"".join(_ENTRY.pack(*use) for use in uses[-MAX_USES:])


def unpacked(log: bytes) -> list[Use]:
    """The uses of a log; of a damaged one the readable ones."""
    length = len(log) - len(log) % _ENTRY.size
    return [Use(*entry) for entry in _ENTRY.iter_unpack(log[:length])]


def astray(row: StrengthRow, log: Sequence[Use], timestamp: float) -> bool:
    """Whether the last use of a row disagrees with the log under this clock."""
    return row.used > timestamp + _SLACK or any(
        row.used + _SLACK < use.at <= timestamp + _SLACK for use in log
    )


def corrected(
    row: StrengthRow, log: Sequence[Use], timestamp: float, half_life: float, settings: Plasticity
) -> StrengthRow:
    """A strength under this clock, whatever the clock was at its uses.

    A row whose last use is the last in the log until `timestamp` is unchanged.
    """
    if not astray(row, log, timestamp):
        return row
    past = [place for place, use in enumerate(log) if use.at <= timestamp + _SLACK]
    latest = max(past, key=lambda place: (log[place].at, place), default=None)
    if latest is not None:
        base, start, newer = log[latest].weight, log[latest].at, log[latest + 1 :]
    elif row.came <= timestamp:
        # All uses are in the future: treat them as just now.
        base, start, newer = settings.first, row.came, log
    else:
        # The creation, too: the clock is behind, and nothing ages.
        return row
    aged = 0.0 if row.pinned else plasticity.ageing(row.came, row.ripe, start, timestamp)
    left = plasticity.fade(base, aged, half_life) + sum(use.amount for use in newer)
    as_it_is = row.weight
    if row.used <= timestamp and not row.pinned:
        aged = plasticity.ageing(row.came, row.ripe, row.used, timestamp)
        as_it_is = plasticity.fade(as_it_is, aged, half_life)
    return replace(row, weight=max(as_it_is, min(left, settings.cap)), used=timestamp)


def fades_at(row: StrengthRow, half_life: float, settings: Plasticity) -> float:
    """When an unused strength will have faded, in seconds since the epoch."""
    if row.weight <= settings.faded:
        return max(row.used, 1.0)
    aged = half_life * math.log2(row.weight / settings.faded)
    return max(plasticity.aged_at(row.came, row.ripe, row.used, aged), 1.0)


#: Strengths per transaction whose fading times are computed.
_WORKED_OUT = 1000


class Waning:
    """The fading times of the strengths of one library; a mixin of `Strengths`."""

    settings: Plasticity

    def store(
        self,
        connection: sqlite3.Connection,
        strengths: Sequence[StrengthRow],
        created: Mapping[int, Origin],
    ) -> None:
        """Store strengths with their fading times. To be called in a write."""
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
        """Compute missing fading times; returns whether more are missing."""
        ids = rows.unknown(connection, _WORKED_OUT)
        rows_here = rows.by_ids(connection, ids)
        rows.store_fades(
            connection, self._fades(rows_here.values(), rows.origins(connection, rows_here))
        )
        return len(ids) == _WORKED_OUT
