"""The order of the queue on screen, and the least that changes between two looks at it.

Thousands of rows are looked at ten times a second. What is the same keeps its very object, so
that comparing is looking, and the list on screen is told only of rows that came, went or changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.intake.records import QueueRow

_ORDER = {"running": 0, "paused": 1, "queued": 2, "failed": 3, "skipped": 4, "cancelled": 5}
_FINISHED = 6

#: Of a start and an end, the end not included.
Range = tuple[int, int]


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


@dataclass(frozen=True, slots=True)
class Difference:
    """How one list of rows becomes another: `removed` go out from the end on, `inserted` come in
    from the start on, then the rows at `changed` have other contents."""

    removed: tuple[Range, ...]
    inserted: tuple[Range, ...]
    changed: tuple[int, ...]

    @property
    def steps(self) -> int:
        """How many ranges come and go."""
        return len(self.removed) + len(self.inserted)


def difference(old: Sequence[QueueRow], new: Sequence[QueueRow]) -> Difference:
    """The difference of two lists in order; a row in another place goes and comes again."""
    places = {row.id: (at, row) for at, row in enumerate(old)}
    stays: list[tuple[int, int]] = []
    changed = []
    position = -1
    for at, row in enumerate(new):
        result = places.get(row.id)
        if result is None:
            continue
        was, previous = result
        # A row that has overtaken others goes and comes; those it has passed stay.
        if was <= position or (previous is not row and _key(previous) != _key(row)):
            continue
        position = was
        stays.append((was, at))
        if previous is not row and previous != row:
            changed.append(at)
    removed = _holes([was for was, _at in stays], len(old))
    inserted = _holes([at for _was, at in stays], len(new))
    return Difference(tuple(reversed(list(removed))), tuple(inserted), tuple(changed))


def _holes(rising: Sequence[int], length: int) -> Iterator[Range]:
    """The ranges of 0…length that hold nothing of `rising`."""
    previous = -1
    for at in (*rising, length):
        if at > previous + 1:
            yield previous + 1, at
        previous = at
