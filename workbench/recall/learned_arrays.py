"""Loads and stores arrays learned from a library's words (`store.derived`)."""

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import LibraryError
from workbench.memory import words
from workbench.store import derived, meta
from workbench.store.derived import Arrays
from workbench.store.store import Store


def half(numbers: NDArray[np.float32]) -> NDArray[np.float32]:
    """The numbers as they are kept, so that who learned them answers as those do who read them."""
    return numbers.astype(np.float16).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Moment:
    """What arrays were learned from: an index of `size` statements after so many `removals`."""

    size: int
    removals: int


@dataclass(frozen=True, slots=True)
class LearnedArrays:
    """The arrays of a kind, by `names`; those of another `version` of it are not read."""

    store: Store
    kind: str
    version: int
    names: Sequence[str]

    def moment(self) -> Moment | None:
        """What those in the file were learned from; None where there are none that can be used."""
        with self.store.glance() as connection:
            stamp = derived.stamp(connection, self.kind)
        try:
            of_words, version, size, removals = json.loads(stamp)
        except (ValueError, TypeError):
            return None
        if (of_words, version) != (words.VERSION, self.version):
            return None
        return Moment(size, removals)

    def read(self) -> dict[str, NDArray[Any]] | None:
        """The arrays; None where one of them is not there or cannot be read."""
        with self.store.read() as connection:
            return derived.kept(connection, self.kind, self.names)

    def keep(self, moment: Moment, arrays: Arrays) -> None:
        """Put arrays in place of those that are there.

        A library that can take nothing up just now costs the next start its learning, no more.
        What was learned from something that has gone meanwhile is not kept.
        """
        stamp = json.dumps([words.VERSION, self.version, moment.size, moment.removals])

        def work(connection: sqlite3.Connection) -> None:
            if int(meta.get(connection, meta.REMOVALS) or 0) == moment.removals:
                derived.keep(connection, self.kind, stamp, arrays)

        with contextlib.suppress(LibraryError):
            self.store.write(work)
