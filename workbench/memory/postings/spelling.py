"""Spelling: the words that are one edit away from a misspelled one.

Words lie by length, each as many letters after the other, so a search looks at three lengths only.
One edit is a letter too many, too few, another, or two neighbours swapped. Words with digits are
never meant by one another: project498 is not project499.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.memory.postings.arrays import I64, U16, U32, U64, Flags

#: Words of fewer or more letters are not looked for.
LEAST, MOST = 3, 40


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words by length, then by hash.

    Those of n letters are the rows `starts[n]:starts[n + 1]` of `hashes`; `letters` holds the
    letters (UTF-16) of all rows one after the other.
    """

    starts: U32
    hashes: U64
    letters: U16

    def __len__(self) -> int:
        return len(self.hashes)

    def holds(self, hash_: int, length: int) -> bool:
        """Whether a word of `length` letters is here."""
        if not LEAST <= length <= MOST:
            return True
        begin, end = int(self.starts[length]), int(self.starts[length + 1])
        at = begin + int(np.searchsorted(self.hashes[begin:end], np.uint64(hash_)))
        return at < end and int(self.hashes[at]) == hash_

    def text(self, row: int) -> str:
        """The word of a row."""
        length = int(np.searchsorted(self.starts, row, side="right")) - 1
        begin = _before(self.starts)[length] + (row - int(self.starts[length])) * length
        return self.letters[begin : begin + length].astype("<u2").tobytes().decode("utf-16-le")


def fits(text: str) -> bool:
    """Whether a word is one that others may be misspellings of."""
    if not LEAST <= len(text) <= MOST:
        return False
    if text.isascii() and text.isalpha():
        return True
    return max(text) <= "\uffff" and not any(map(str.isdigit, text))


def table(words: Iterable[tuple[int, str]]) -> Spelled:
    """The table of (hash, text); those that do not fit are left out."""
    rows = sorted((len(text), hash_, text) for hash_, text in dict(words).items() if fits(text))
    letters = "".join(text for _, _, text in rows).encode("utf-16-le", "surrogatepass")
    return _table(
        np.array([length for length, _, _ in rows], np.int64),
        np.array([hash_ for _, hash_, _ in rows], np.uint64),
        np.frombuffer(letters, "<u2").astype(np.uint16),
    )


def joined(tables: Sequence[Spelled]) -> Spelled:
    """The words of several tables, each once."""
    return _chosen(tables, None)


def without(spelled: Spelled, lost: Flags) -> Spelled:
    """The table without the rows that are marked."""
    return _chosen([spelled], ~lost)


def _chosen(tables: Sequence[Spelled], keep: Flags | None) -> Spelled:
    lengths = np.concatenate([_lengths(each) for each in tables])
    hashes = np.concatenate([each.hashes for each in tables])
    letters = np.concatenate([each.letters for each in tables])
    begin = np.cumsum(lengths) - lengths
    order = np.lexsort((hashes, lengths))
    if keep is not None:
        order = order[keep[order]]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (np.diff(lengths[order]) != 0) | (hashes[order][1:] != hashes[order][:-1])
    order = order[fresh]
    shift = begin[order] - (np.cumsum(lengths[order]) - lengths[order])
    at = np.arange(int(lengths[order].sum())) + np.repeat(shift, lengths[order])
    return _table(lengths[order], hashes[order], letters[at])


def _table(lengths: I64, hashes: U64, letters: U16) -> Spelled:
    starts = np.searchsorted(lengths, np.arange(MOST + 2)).astype(np.uint32)
    return Spelled(starts, hashes, letters)


def _lengths(spelled: Spelled) -> I64:
    starts = spelled.starts.astype(np.int64)
    return np.repeat(np.arange(MOST + 1), starts[1:] - starts[:-1])


def _before(starts: U32) -> list[int]:
    """How many letters stand before the words of each length."""
    letters = np.diff(starts.astype(np.int64)) * np.arange(MOST + 1)
    return [0, *np.cumsum(letters).tolist()]


NO_WORDS = table(())


def near(spelled: Spelled, word: U16) -> I64:
    """The rows of words one edit away from `word`."""
    n = len(word)
    before = _before(spelled.starts)
    found = []
    for size in range(max(1, n - 1), min(MOST, n + 1) + 1):
        first, end = int(spelled.starts[size]), int(spelled.starts[size + 1])
        rows = spelled.letters[before[size] : before[size] + (end - first) * size]
        rows = rows.reshape(-1, size)
        some = _alike(rows, word)
        rows = rows[some]
        short = min(size, n)
        ahead = (rows[:, :short] == word[:short]).cumprod(axis=1, dtype=np.uint8).sum(axis=1)
        behind = rows[:, ::-1][:, :short] == word[::-1][:short]
        after = behind.cumprod(axis=1, dtype=np.uint8).sum(axis=1)
        gap = max(size, n) - np.minimum(ahead.astype(np.int64) + after, short)
        fits_ = gap == 1
        if size == n:
            at = np.flatnonzero(ahead.astype(np.int64) + after == n - 2)
            p = ahead[at].astype(np.int64)
            swap = (rows[at, p] == word[p + 1]) & (rows[at, p + 1] == word[p])
            fits_[at[swap]] = True
        found.append(some[fits_] + first)
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _alike(rows: NDArray[np.uint16], word: U16) -> I64:
    """The rows that can be one edit away: it leaves the first half of a word or the second.

    Letters are compared one after the other, so that the second is looked at in few rows only.
    """
    half = (len(word) - 1) // 2
    begins = ends = None
    for at in range(half):
        column = rows[:, at] if begins is None else rows[begins, at]
        same = np.flatnonzero(column == word[at])
        begins = same if begins is None else begins[same]
    for at in range(1, len(word) - half):
        column = rows[:, -at] if ends is None else rows[ends, -at]
        same = np.flatnonzero(column == word[-at])
        ends = same if ends is None else ends[same]
    every = np.arange(len(rows))
    both = np.concatenate([every if begins is None else begins, every if ends is None else ends])
    return np.unique(both)


def neighbours(spelled: Spelled, word: str) -> dict[int, str]:
    """Hash → text of the words one edit away from one that fits."""
    letters = np.frombuffer(word.encode("utf-16-le", "surrogatepass"), "<u2").astype(np.uint16)
    rows = near(spelled, letters).tolist()
    return {int(spelled.hashes[row]): spelled.text(row) for row in rows}
