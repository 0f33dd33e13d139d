"""The order of the queue on screen, and the least that changes between two looks at it.

Thousands of rows are looked at ten times a second. What is the same keeps its very object, so
that comparing is looking, and the list on screen is told only of rows that came, went or changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.intake.records import QueueRow

_ORDER = {"running": 0, "paused": 1, "queued": 2, "failed": 3, "skipped": 4, "cancelled": 5}
_OVER = 6

#: Of a start and an end, the end not included.
Range = tuple[int, int]


def in_order(rows: Sequence[QueueRow], before: Sequence[QueueRow] = ()) -> list[QueueRow]:
    """Those at work, then those that wait, those that need you, those that are over.

    Rows equal to those of `before` are taken from there.
    """
    existing = {row.id: row for row in before}
    same = [old if (old := existing.get(row.id)) == row else row for row in rows]
    return sorted(same, key=_key)


def _key(row: QueueRow) -> tuple[int, int, int]:
    # What is over or failed stands in the order in which it was asked for.
    first = -row.priority if row.state in ("paused", "queued") else 0
    return _ORDER.get(row.state, _OVER), first, row.id


@dataclass(frozen=True, slots=True)
class Difference:
    """How one list of rows becomes another: take `gone` out from the end on, put `came` in from
    the start on, then the rows at `changed` tell something else."""

    gone: tuple[Range, ...]
    came: tuple[Range, ...]
    changed: tuple[int, ...]

    @property
    def steps(self) -> int:
        """How many ranges come and go."""
        return len(self.gone) + len(self.came)


def difference(old: Sequence[QueueRow], new: Sequence[QueueRow]) -> Difference:
    """The difference of two lists in order; a row in another place goes and comes again."""
    places = {row.id: (at, row) for at, row in enumerate(old)}
    stays: list[tuple[int, int]] = []
    changed = []
    last = -1
    for at, row in enumerate(new):
        result = places.get(row.id)
        if result is None:
            continue
        was, previous = result
        # A row that has overtaken others goes and comes; those it has passed stay.
        if was <= last or (previous is not row and _key(previous) != _key(row)):
            continue
        last = was
        stays.append((was, at))
        if previous is not row and previous != row:
            changed.append(at)
    removed = _holes([was for was, _at in stays], len(old))
    came = _holes([at for _was, at in stays], len(new))
    return Difference(tuple(reversed(list(removed))), tuple(came), tuple(changed))


def _holes(kept: Sequence[int], length: int) -> Iterator[Range]:
    """The ranges of 0…length that hold nothing of `kept`, which rises."""
    last = -1
    for at in (*kept, length):
        if at > last + 1:
            yield last + 1, at
        last = at
