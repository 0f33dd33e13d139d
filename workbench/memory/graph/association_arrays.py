"""Where associations lead from concepts: read row by row, or out of arrays that hold them all.

Rows are right for a small graph and for one that just changed. Of a large graph arrays are made in
the background as soon as somebody walks it, side by side for each concept and the strongest first
(compressed sparse rows, in both directions); they count until the library's associations change.
"""

import sqlite3
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.errors import LibraryError
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import weights
from workbench.store import association_rows
from workbench.store.association_rows import Road
from workbench.store.store import Store

Ids = NDArray[np.int64]

#: Associations from which on arrays are worth making.
LARGE = 100_000
#: Roads of one concept that are looked at, of one that others lead through and of an end.
MOST, MOST_AT_END = 512, 4096
_STEPS = 255


@dataclass(frozen=True, slots=True)
class Ways:
    """Roads out of some concepts, (n,) each: from where, to where, type and strength 0 to 1.

    `ahead` says that a road leads from head to tail. `crowd` is how many roads its end has,
    where that is known, else 0.
    """

    begin: Ids
    end: Ids
    type: NDArray[np.uint8]
    ahead: NDArray[np.bool_]
    strength: NDArray[np.float32]
    crowd: Ids


class Map(Protocol):
    """What tells where roads lead."""

    def leaving(self, concepts: Sequence[int], most: int) -> Ways:
        """The roads out of these concepts, of each about the `most` strongest."""


def _by_type() -> tuple[NDArray[np.float32], ...]:
    """What one fiber, each more, and all together give, for every type."""
    table = np.zeros((3, 1 + max(AssociationType)), np.float32)
    for type in AssociationType:
        first, most = weights.of_evidence(type, 1), weights.of_evidence(type, 1_000_000)
        table[:, type] = first, weights.of_evidence(type, 2) - first, most
    return table[0], table[1], table[2]


_FIRST, _MORE, _ALL = _by_type()


def strengths(type: NDArray[np.uint8], evidence: Ids) -> NDArray[np.float32]:
    """`weights.of_evidence` of many rows."""
    found: NDArray[np.float32] = np.minimum(
        _ALL[type], _FIRST[type] + _MORE[type] * (evidence - 1).astype(np.float32)
    )
    return found


class Rows:
    """Roads as the library has them at the moment of a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def leaving(self, concepts: Sequence[int], most: int) -> Ways:
        """See `Map`."""
        found = np.array(
            association_rows.leaving(self._connection, concepts, most), np.int64
        ).reshape(-1, 4)  # fmt: skip
        head, type, tail = found[:, 0], found[:, 1].astype(np.uint8), found[:, 2]
        strength = strengths(type, found[:, 3])
        asked = np.array(sorted(concepts), np.int64)
        ahead, back = np.isin(head, asked), np.isin(tail, asked)
        # A road between two of those that were asked for was found from both ends.
        both = ahead & back
        if both.any():
            _, once = np.unique(found, axis=0, return_index=True)
            kept = np.zeros(len(found), np.bool_)
            kept[once] = True
            head, tail, type, strength = head[kept], tail[kept], type[kept], strength[kept]
            ahead, back = ahead[kept], back[kept]
        return Ways(
            np.concatenate((head[ahead], tail[back])),
            np.concatenate((tail[ahead], head[back])),
            np.concatenate((type[ahead], type[back])),
            np.repeat((True, False), (ahead.sum(), back.sum())),
            np.concatenate((strength[ahead], strength[back])),
            np.zeros(int(ahead.sum() + back.sum()), np.int64),
        )


class Atlas:
    """All roads of a library as they were at some number of `roads.moves`.

    About ten bytes for each end of an association.
    """

    def __init__(self, rows: NDArray[np.int64]) -> None:
        """From (n, 4) rows of head, type, tail and evidence."""
        begin = np.concatenate((rows[:, 0], rows[:, 2]))
        end = np.concatenate((rows[:, 2], rows[:, 0]))
        kind = rows[:, 1].astype(np.uint8)
        strength = strengths(kind, rows[:, 3])
        # The strongest of each concept first, by one key of whole numbers.
        weak = (_STEPS * (1 - np.concatenate((strength, strength)))).astype(np.int64)
        order = np.argsort(begin * (_STEPS + 1) + weak, kind="stable")
        size = int(begin.max()) + 2 if len(begin) else 2
        self._first = np.searchsorted(begin[order], np.arange(size + 1))
        self._end = end[order].astype(np.int32)
        half = len(rows)
        self._ahead = order < half
        place = np.where(order < half, order, order - half)
        self._type = kind[place]
        self._strength = strength[place]

    def leaving(self, concepts: Sequence[int], most: int) -> Ways:
        """See `Map`."""
        asked = np.array(concepts, np.int64)
        asked = asked[asked < len(self._first) - 1]
        first = self._first[asked]
        number = np.minimum(self._first[asked + 1] - first, most)
        within = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
        place = np.repeat(first, number) + within
        end = self._end[place].astype(np.int64)
        return Ways(
            np.repeat(asked, number),
            end,
            self._type[place],
            self._ahead[place],
            self._strength[place],
            self._first[end + 1] - self._first[end],
        )


class Roads:
    """The roads of one library. Every method may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._atlas: tuple[int, Atlas] | None = None
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def map(self, connection: sqlite3.Connection) -> Map:
        """Where roads lead at the moment of this connection."""
        atlas = self._atlas
        if atlas is not None and atlas[0] == association_rows.moves(connection):
            return atlas[1]
        if association_rows.count(connection) >= LARGE:
            self._begin()
        return Rows(connection)

    def ready(self, timeout: float | None = None) -> bool:
        """Wait for arrays that are being made; whether there are any."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return self._atlas is not None

    def close(self) -> None:
        """End what runs in the background."""
        with self._lock:
            self._closed.set()
        self.ready()

    def _begin(self) -> None:
        with self._lock:
            if self._closed.is_set() or (self._thread is not None and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._make, name="roads", daemon=True)
            self._thread.start()

    def _make(self) -> None:
        try:
            with self._store.read() as connection:
                moves = association_rows.moves(connection)
                parts: list[Ids] = []
                for part in association_rows.every(connection):
                    if self._closed.is_set():
                        return
                    parts.append(_rows(part))
        except LibraryError:
            # Another program holds the library, or it is being closed: rows do as well.
            return
        if parts:
            self._atlas = moves, Atlas(np.concatenate(parts))


def _rows(part: Collection[Road]) -> Ids:
    return np.array(part, np.int64).reshape(-1, 4)
