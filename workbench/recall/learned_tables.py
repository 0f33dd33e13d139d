"""Tables learned from a library's words: held, and those of large libraries kept in its file."""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.errors import LibraryError
from workbench.memory import words
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Keys
from workbench.memory.snapshot import Snapshot
from workbench.store import derived, meta
from workbench.store.store import Store


@dataclass(frozen=True, slots=True)
class LearnedTable:
    """What was learned from an index of `size` statements after so many `removals`.

    `groups` int32[n] is the row of each word of `keys` uint64[n], which are sorted.
    """

    size: int
    removals: int
    keys: Keys
    groups: NDArray[np.int32]

    def rows(
        self, snapshot: Snapshot, said: Iterable[str], languages: Collection[str]
    ) -> list[int]:
        """The rows of these words in any of their forms, ascending."""
        found: set[int] = set()
        for word in said if len(self.keys) else ():
            keys = np.array(snapshot.inflections(word, languages), np.uint64)
            at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            found.update(self.groups[at[self.keys[at] == keys]].tolist())
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Kind:
    """How tables of a kind are kept: by which names of their arrays.

    `version` is raised whenever the same index would give others. The array `halved` is kept in
    half the room. Those of at most `small` statements are not kept.
    """

    name: str
    version: int
    arrays: tuple[str, ...]
    halved: str
    small: int


Table = TypeVar("Table", bound=LearnedTable)


class TableCache(Generic[Table]):
    """The last table of a kind that was learned from a library. Any thread may call."""

    def __init__(
        self, lexicon: Lexicon, store: Store, kind: Kind, build: Callable[..., Table]
    ) -> None:
        """`build` makes a table of its size, its removals and, by their names, its arrays."""
        self._lexicon, self._store = lexicon, store
        self._kind, self._build = kind, build
        self._lock = threading.Lock()
        self._table: Table | None = None

    def current(self, snapshot: Snapshot) -> Table | None:
        """The table, if it is of this library still; None where there is none.

        Of a large library that which lies in its file, whoever learned it.
        """
        removals = self._lexicon.removals
        large = snapshot.size > self._kind.small and not self._store.read_only
        last = self._revision() if large or self._table is None else None
        with self._lock:
            table = self._table
            if large and (table is None or last != (table.size, table.removals)):
                table = None
            if table is None and last is not None and last[1] == removals:
                table = self._read(*last)
            if table is not None and (table.removals != removals or table.size > snapshot.size):
                table = None
            self._table = table
            return table

    def store(self, table: Table) -> Table:
        """Hold a table, and keep that of a large library; returns it as it is held.

        Who learned it answers as those do who read it.
        """
        if table.size > self._kind.small:
            half = getattr(table, self._kind.halved).astype(np.float16)
            if not self._store.read_only:
                self._save(table, half)
            table = replace(table, **{self._kind.halved: half.astype(np.float32)})
        with self._lock:
            self._table = table
        return table

    def forget(self) -> None:
        """Something was removed for good: nothing that was learned from it stays."""
        with self._lock:
            self._table = None

    # -- what lies in the library ---------------------------------------------------------------

    def _revision(self) -> tuple[int, int] | None:
        """Size and removals of the table in the file; None where there is none to be used."""
        with self._store.read() as connection:
            stamp = derived.stamp(connection, self._kind.name)
        try:
            of_words, version, size, removals = json.loads(stamp)
        except (ValueError, TypeError):
            return None
        if (of_words, version) != (words.VERSION, self._kind.version):
            return None
        return size, removals

    def _read(self, size: int, removals: int) -> Table | None:
        with self._store.read() as connection:
            held: dict[str, NDArray[Any]] | None = derived.load(
                connection, self._kind.name, self._kind.arrays
            )
        if held is None:
            return None
        held[self._kind.halved] = held[self._kind.halved].astype(np.float32)
        return self._build(size, removals, **held)

    def _save(self, table: Table, half: NDArray[np.float16]) -> None:
        """Put the table in place of the one that is there.

        A library that can take nothing up just now costs the next start its learning, no more.
        What was learned from something that has gone meanwhile is not kept.
        """
        stamp = json.dumps([words.VERSION, self._kind.version, table.size, table.removals])
        arrays = {name: getattr(table, name) for name in self._kind.arrays}

        def work(connection: sqlite3.Connection) -> None:
            if int(meta.get(connection, meta.REMOVALS) or 0) == table.removals:
                derived.store(
                    connection, self._kind.name, stamp, {**arrays, self._kind.halved: half}
                )

        with contextlib.suppress(LibraryError):
            self._store.write(work)
