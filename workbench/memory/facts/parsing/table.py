"""The vocabulary: every token that was met, told once, for compiled code to look up.

A table of open addressing over the hash of the token as it is written (see `scanning` for its
columns). It is a cache: beyond `MOST` tokens it begins anew.
"""

from collections.abc import Iterable

import numpy as np

from workbench.kernels import kernel
from workbench.memory.facts.parsing import scanning
from workbench.memory.facts.parsing.characters import Numbers
from workbench.memory.facts.parsing.classes import entry
from workbench.memory.facts.parsing.phrases import lead_of
from workbench.memory.hashing import signed

#: Tokens that are kept; 64 bytes each, and as much again of free places.
MOST = 1 << 18
_FIRST = 1 << 13


@kernel
def _moved(old: Numbers, new: Numbers) -> None:
    """Put the rows of a table into a larger one."""
    mask = new.shape[0] - 1
    for at in range(old.shape[0]):
        if old[at, 0] == 0:
            continue
        row = (old[at, 0] >> 20) & mask
        while new[row, 0] != 0:
            row = (row + 1) & mask
        for column in range(old.shape[1]):
            new[row, column] = old[at, column]


class Vocabulary:
    """The tokens met so far. `rows` and `forms` are what kernels read; not for several threads."""

    __slots__ = ("_forms_end", "_words", "forms", "rows")

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.rows = np.zeros((_FIRST, scanning.ROW), np.int64)
        self.forms = np.zeros(_FIRST, np.int64)
        self._forms_end = 0
        self._words: list[tuple[int, str]] = []

    def __len__(self) -> int:
        return len(self._words)

    def reserve(self, count: int) -> None:
        """Make sure that so many unknown tokens find a place."""
        if (len(self._words) + count) * 2 <= len(self.rows):
            return
        if len(self._words) + count > MOST:
            self._clear()
        size = self.rows.shape[0]
        while (len(self._words) + count) * 2 > size:
            size *= 2
        if size > self.rows.shape[0]:
            rows = np.zeros((size, scanning.ROW), np.int64)
            _moved(self.rows, rows)
            self.rows = rows

    def learn(self, data: bytes, unknown: Numbers) -> None:
        """Tell the tokens that the kernel listed: (row, first byte, byte behind)."""
        for row, start, end in unknown.tolist():
            self._learn(row, data[start:end].decode("utf-8", "surrogatepass"))

    def _learn(self, row: int, raw: str) -> None:
        told = entry(raw)
        end = self._forms_end + len(told.forms)
        while end > len(self.forms):
            self.forms = np.concatenate((self.forms, np.zeros_like(self.forms)))
        self.forms[self._forms_end : end] = [signed(form) for form in told.forms]
        ids = (
            told.small
            | told.verb << scanning.VERB_SHIFT
            | lead_of(raw) << scanning.LEAD_SHIFT
            | len(told.forms) << scanning.FORMS_SHIFT
        )
        self.rows[row, 1:] = (
            signed(told.hash),
            told.bits,
            signed(told.canon),
            signed(told.plain),
            ids,
            self._forms_end,
            len(self._words),
        )
        self._forms_end = end
        self._words.append((told.hash, told.word))

    def words(self, numbers: Iterable[int]) -> list[tuple[int, str]]:
        """The words of entries, each with its hash."""
        return [self._words[number] for number in numbers]
