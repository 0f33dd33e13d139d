"""Spelling: the words that are one edit away from a misspelled one.

Words lie by length, each as many letters after the other, so a search reads only three lengths
from end to end. One edit is a letter too many, too few, another, or two neighbours swapped. Words
with digits are never meant by one another: project498 is not project499.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from workbench import kernels
from workbench.memory.postings.arrays import I64, U16, U32, U64, Flags, whole

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


@kernels.long_kernel
def near(starts: U32, letters: U16, word: U16, found: I64) -> int:
    """The rows of words one edit away from `word`, into `found`; how many."""
    n, m = word.size, 0
    begin = 0
    for size in range(MOST + 1):
        count = whole(starts[size + 1]) - whole(starts[size])
        if size < n - 1 or size > n + 1 or size == 0:
            begin += count * size
            continue
        for i in range(count):
            at = begin + i * size
            # One edit leaves the first or the last letter of three or more.
            if letters[at] != word[0] and letters[at + size - 1] != word[n - 1]:
                continue
            short = min(size, n)
            p = 0
            while p < short and letters[at + p] == word[p]:
                p += 1
            q = 0
            while q < short - p and letters[at + size - 1 - q] == word[n - 1 - q]:
                q += 1
            gap = max(size, n) - p - q
            swap = (
                gap == 2
                and size == n
                and letters[at + p] == word[p + 1]
                and letters[at + p + 1] == word[p]
            )
            if (gap == 1 or swap) and m < found.size:
                found[m] = whole(starts[size]) + i
                m += 1
        begin += count * size
    return m


def near_cold(spelled: Spelled, word: U16) -> I64:
    """What `near` finds, by whole columns."""
    n = len(word)
    before = _before(spelled.starts)
    found = []
    for size in range(max(1, n - 1), min(MOST, n + 1) + 1):
        first, end = int(spelled.starts[size]), int(spelled.starts[size + 1])
        rows = spelled.letters[before[size] : before[size] + (end - first) * size]
        rows = rows.reshape(-1, size)
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
        found.append(np.flatnonzero(fits_) + first)
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def neighbours(spelled: Spelled, word: str, compiled: bool) -> dict[int, str]:
    """Hash → text of the words one edit away from one that fits."""
    letters = np.frombuffer(word.encode("utf-16-le", "surrogatepass"), "<u2").astype(np.uint16)
    if compiled:
        found = np.empty(64, np.int64)
        while (many := near.run(spelled.starts, spelled.letters, letters, found)) == len(found):
            found = np.empty(4 * len(found), np.int64)
        rows = found[:many]
    else:
        rows = near_cold(spelled, letters)
    return {int(spelled.hashes[row]): spelled.text(row) for row in rows.tolist()}


@kernels.warm_up
def _warm() -> None:
    some = table([(1, "words"), (2, "word")])
    near(
        some.starts,
        some.letters,
        np.frombuffer(b"w\0o\0r\0t\0", np.uint16).copy(),
        np.zeros(4, np.int64),
    )
