"""The order of the queue on screen.

Thousands of rows are looked at ten times a second. What is the same keeps its very object, so
that comparing is looking, and the list on screen is told only of rows that came, went or changed.
"""

from collections.abc import Sequence

from workbench.intake.records import QueueRow

_ORDER = {"running": 0, "paused": 1, "queued": 2, "failed": 3, "skipped": 4, "cancelled": 5}
_FINISHED = 6


def in_order(rows: Sequence[QueueRow], previous: Sequence[QueueRow] = ()) -> list[QueueRow]:
    """Those at work, then those that wait, those that need you, those that are over.

    Rows equal to those of `previous` are taken from there.
    """
    existing = {row.id: row for row in previous}
    same = [old if (old := existing.get(row.id)) == row else row for row in rows]
    return sorted(same, key=_key)


def _key(row: QueueRow) -> tuple[int, int, int]:
    # What is over or failed stands in the order in which it was asked for.
    first = -row.priority if row.state in ("paused", "queued") else 0
    return _ORDER.get(row.state, _FINISHED), first, row.id
