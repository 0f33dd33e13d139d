"""The display order of the queue.

Thousands of rows are compared ten times a second: equal rows stay the same objects, so that
comparing is fast, and the view is updated only for changed rows.
"""

from collections.abc import Sequence

from workbench.intake.records import QueueRow

_ORDER = {"running": 0, "paused": 1, "queued": 2, "failed": 3, "skipped": 4, "cancelled": 5}
_FINISHED = 6


def in_order(rows: Sequence[QueueRow], previous: Sequence[QueueRow] = ()) -> list[QueueRow]:
    """Running rows first, then waiting, failed, and finished ones.

    Rows equal to those in `previous` are taken from there.
    """
    existing = {row.id: row for row in previous}
    same = [old if (old := existing.get(row.id)) == row else row for row in rows]
    return sorted(same, key=_key)


def held(rows: Sequence[QueueRow], shown: Sequence[QueueRow]) -> list[QueueRow]:
    """The rows in the places that they are shown at, and new ones below.

    While somebody points at a row, another must not slide under the pointer.
    """
    places = {row.id: at for at, row in enumerate(shown)}
    return sorted(rows, key=lambda row: places.get(row.id, len(places)))


def _key(row: QueueRow) -> tuple[int, int, int]:
    # Failed and finished rows stay in the order of submission.
    first = -row.priority if row.state in ("paused", "queued") else 0
    return _ORDER.get(row.state, _FINISHED), first, row.id
