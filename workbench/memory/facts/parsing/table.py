"""The vocabulary: every token that was met, told once, for compiled code to look up.

A table of open addressing over the hash of the token as it is written (see `scanning` for its
columns). It is a cache: beyond `MOST` tokens it begins anew.
"""

from collections.abc import Iterable

import numpy as np

from workbench.kernels import kernel
from workbench.memory.facts.parsing import scanning
from workbench.memory.facts.parsing.batch import hashes
from workbench.memory.facts.parsing.characters import Numbers
from workbench.memory.facts.parsing.classes import Told, told
from workbench.memory.facts.parsing.phrases import lead_of
from workbench.memory.hashing import FORMS, unsigned

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


def _form(word: str) -> str:
    """What `hashing.word_hash` counts for a word in the space of forms."""
    return f"{FORMS}\x1f{word}"


def _numbers(found: Iterable[Told]) -> dict[str, int]:
    """The hashes, signed, of all words that these have to do with."""
    wanted: dict[str, None] = {}
    for each in found:
        wanted[each.word] = wanted[each.plain] = wanted[each.canon] = None
        for form in each.forms:
            wanted[_form(form)] = None
    return dict(zip(wanted, hashes(list(wanted)).tolist(), strict=True))


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
        places = unknown.tolist()
        raws = [data[start:end].decode("utf-8", "surrogatepass") for _, start, end in places]
        found = [told(raw) for raw in raws]
        number = _numbers(found)
        at = self._forms_end
        made: list[tuple[int, ...]] = []
        forms: list[int] = []
        for raw, each in zip(raws, found, strict=True):
            word = number[each.word]
            ids = (
                each.small
                | each.verb << scanning.VERB_SHIFT
                | lead_of(raw) << scanning.LEAD_SHIFT
                | len(each.forms) << scanning.FORMS_SHIFT
            )
            made.append((word, each.bits, number[each.canon], number[each.plain], ids,
                         at + len(forms), len(self._words)))  # fmt: skip
            if each.forms:
                forms += [number[_form(form)] for form in each.forms]
            self._words.append((unsigned(word), each.word))
        self._forms_end = at + len(forms)
        while self._forms_end > len(self.forms):
            self.forms = np.concatenate((self.forms, np.zeros_like(self.forms)))
        self.forms[at : self._forms_end] = forms
        self.rows[unknown[:, 0], 1:] = made

    def words(self, numbers: Iterable[int]) -> list[tuple[int, str]]:
        """The words of entries, each with its hash."""
        return [self._words[number] for number in numbers]
