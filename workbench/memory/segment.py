"""A segment of the inverted index: immutable, sorted, memory-mapped if it is large.

A segment covers a range of ordinals (engram id − 1, so larger means newer). Words have 64-bit keys
in sorted order; a key's postings are the sorted ordinals of its engrams. Stems have no postings: a
second sorted table maps a form to its words. The columns hold for every ordinal its source,
section, passage and length. Facts use the same segments, with their own columns.

Sorted arrays of ordinals, `int32[n]` unless stated otherwise, have set operations of their own:
NumPy's hash or sort their input.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import Flags

Ordinals = NDArray[np.int32]
Keys = NDArray[np.uint64]
Columns = Mapping[str, NDArray[Any]]

#: Columns, one int32 per ordinal. `words` counts tokens; `section_start` and `flow_start` are the
#: first ordinals of the section and of the flow, the text read continuously; `titled` counts the
#: distinct words of the source's title at its first ordinal and is 0 elsewhere.
COLUMNS = ("source", "section", "passage", "words", "section_start", "flow_start", "titled")


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings and columns of the ordinals `[first, first + size)`.

    `starts[i]:starts[i + 1]` are the postings of `keys[i]` in `postings`. `capitals` and `smalls`
    count words with and without a capital within sentences; they are empty if not counted. A
    segment that is not `indexed` has facts and no postings.
    """

    first: int
    size: int
    keys: Keys
    starts: NDArray[np.int64]
    postings: Ordinals
    capitals: NDArray[np.int32]
    smalls: NDArray[np.int32]
    form_keys: Keys
    form_words: Keys
    columns: Columns = field(default_factory=dict)
    path: Path | None = None
    indexed: bool = True

    @property
    def end(self) -> int:
        """The ordinal after the last one."""
        return self.first + self.size

    @property
    def span(self) -> range:
        """The range of ordinals."""
        return range(self.first, self.end)

    def find(self, key: int) -> int:
        """The index of a key in `keys`, or -1."""
        target = np.uint64(key)
        at = int(self.keys.searchsorted(target))
        return at if at < len(self.keys) and self.keys[at] == target else -1

    def lookup(self, key: int) -> Ordinals:
        """The sorted ordinals of a key; empty if it does not occur."""
        at = self.find(key)
        if at < 0:
            return self.postings[:0]
        return self.postings[int(self.starts[at]) : int(self.starts[at + 1])]

    def counts(self, keys: Keys) -> NDArray[np.int64]:
        """The number of postings of each key: int64[n]."""
        at = self._places(keys)
        return np.where(at >= 0, self.starts[at + 1] - self.starts[at], 0)

    def lookups(self, keys: Keys) -> list[Ordinals]:
        """`lookup` of each of these keys."""
        at = self._places(keys)
        starts, ends = self.starts[at], self.starts[at + 1]
        ends[at < 0] = starts[at < 0]
        return [self.postings[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]

    def _places(self, keys: Keys) -> NDArray[np.intp]:
        """The indices of these keys in `keys`, -1 if missing: intp[n]."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at, -1)

    def contains(self, keys: Collection[int], ordinal: int) -> bool:
        """Whether this ordinal is in the postings of all keys."""
        targets = np.fromiter(keys, np.uint64, len(keys))
        at = np.searchsorted(self.keys, targets)
        if np.any(at == len(self.keys)) or np.any(self.keys[at] != targets):
            return False
        for start, end in zip(self.starts[at].tolist(), self.starts[at + 1].tolist(), strict=True):
            place = start + int(np.searchsorted(self.postings[start:end], ordinal))
            if place == end or self.postings[place] != ordinal:
                return False
        return True

    def words_of(self, form: int) -> list[int]:
        """The keys of the words with this form."""
        target = np.uint64(form)
        left = int(self.form_keys.searchsorted(target, side="left"))
        right = int(self.form_keys.searchsorted(target, side="right"))
        return [int(word) for word in self.form_words[left:right]]


NO_KEYS: Keys = np.zeros(0, np.uint64)
_NO_COUNTS: Ordinals = np.zeros(0, np.int32)


def unindexed(first: int, columns: Columns) -> Segment:
    """A segment of facts with columns only."""
    return Segment(
        first=first,
        size=len(columns["source"]),
        keys=NO_KEYS,
        starts=np.zeros(1, np.int64),
        postings=_NO_COUNTS,
        capitals=_NO_COUNTS,
        smalls=_NO_COUNTS,
        form_keys=NO_KEYS,
        form_words=NO_KEYS,
        columns=columns,
        indexed=False,
    )


def build(
    first: int,
    columns: Columns,
    keys: Keys,
    codes: NDArray[np.int64],
    ordinals: Ordinals,
    counts: tuple[Keys, NDArray[np.int32], NDArray[np.int32]] | None = None,
    forms: tuple[Keys, Keys] = (NO_KEYS, NO_KEYS),
) -> Segment:
    """Build a segment from unsorted pairs of a word, `keys[codes[i]]`, and an ordinal,
    `ordinals[i]`.

    `counts` are (keys, capitals, smalls) of some of the words, `forms` (form, word) pairs.
    """
    distinct, inverse = np.unique(keys, return_inverse=True)
    pairs = np.sort((inverse[codes] << 32) | ordinals)
    rows = pairs >> 32
    starts = np.zeros(len(distinct) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(distinct)), out=starts[1:])
    capitals = np.zeros(len(distinct) if counts else 0, np.int32)
    smalls = capitals.copy()
    if counts:
        at = np.searchsorted(distinct, counts[0])
        np.add.at(capitals, at, counts[1])
        np.add.at(smalls, at, counts[2])
    form_keys, form_words = _distinct_pairs(*forms)
    return Segment(
        first=first,
        size=len(next(iter(columns.values()))),
        keys=distinct,
        starts=starts,
        postings=(pairs & 0xFFFFFFFF).astype(np.int32),
        capitals=capitals,
        smalls=smalls,
        form_keys=form_keys,
        form_words=form_words,
        columns=dict(columns),
    )


def merge(parts: Sequence[Segment]) -> Segment:
    """Merge consecutive segments into one."""
    keys = np.concatenate([part.keys for part in parts])
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    postings = np.concatenate([part.postings for part in parts])
    # A stable sort by key keeps the order of the parts: each word's ordinals stay sorted.
    order = np.argsort(keys, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(lengths)])[:-1][order]
    lengths = lengths[order]
    ends = np.cumsum(lengths)
    take = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
    take += np.repeat(offsets - (ends - lengths), lengths)
    distinct, heads = np.unique(keys[order], return_index=True)
    starts = np.concatenate([[0], ends])[np.append(heads, len(order))]
    form_keys, form_words = _distinct_pairs(
        np.concatenate([part.form_keys for part in parts]),
        np.concatenate([part.form_words for part in parts]),
    )
    return Segment(
        first=parts[0].first,
        size=parts[-1].end - parts[0].first,
        keys=distinct,
        starts=starts.astype(np.int64),
        postings=postings[take],
        capitals=_summed([part.capitals for part in parts], order, heads),
        smalls=_summed([part.smalls for part in parts], order, heads),
        form_keys=form_keys,
        form_words=form_words,
        columns={
            name: np.concatenate([part.columns[name] for part in parts])
            for name in parts[0].columns
        },
    )


def with_told(part: Segment, told: Segment) -> Segment:
    """A segment with the words of facts inside it added."""
    keys, inverse = np.unique(np.concatenate([part.keys, told.keys]), return_inverse=True)
    lengths = np.concatenate([np.diff(part.starts), np.diff(told.starts)])
    postings = np.concatenate([part.postings, told.postings])
    # Facts that had only lost their scope still have their words.
    pairs = np.unique((np.repeat(inverse, lengths) << 32) | postings)
    starts = np.zeros(len(keys) + 1, np.int64)
    np.cumsum(np.bincount(pairs >> 32, minlength=len(keys)), out=starts[1:])
    counts = [part.capitals, part.smalls]
    for number, column in enumerate(counts):
        if len(column):
            counts[number] = np.zeros(len(keys), np.int32)
            counts[number][np.searchsorted(keys, part.keys)] = column
    words = (pairs & 0xFFFFFFFF).astype(np.int32)
    return replace(
        part, keys=keys, starts=starts, postings=words, capitals=counts[0], smalls=counts[1]
    )


def _summed(
    parts: Sequence[NDArray[np.int32]], order: NDArray[np.intp], heads: NDArray[np.intp]
) -> NDArray[np.int32]:
    counts = np.concatenate(parts)
    if not len(counts):
        return counts
    counts = counts[order]
    # Without the type NumPy would widen the sums, and the file would be misread.
    return np.add.reduceat(counts, heads, dtype=np.int32)


def _distinct_pairs(forms: Keys, words: Keys) -> tuple[Keys, Keys]:
    if len(forms) < 2:
        return forms, words
    order = np.lexsort((words, forms))
    forms, words = forms[order], words[order]
    new = np.concatenate([[True], (forms[1:] != forms[:-1]) | (words[1:] != words[:-1])])
    return forms[new], words[new]


_FIRST: Flags = np.ones(1, np.bool_)


def distinct(ascending: Ordinals) -> Ordinals:
    """Remove duplicates."""
    if len(ascending) < 2:
        return ascending
    new = ascending[1:] != ascending[:-1]
    return ascending if new.all() else ascending[np.concatenate([_FIRST, new])]


def joined(*lists: Ordinals) -> Ordinals:
    """The sorted union of lists in any order."""
    if not lists:
        return np.zeros(0, np.int32)
    return distinct(np.sort(np.concatenate(lists)))


def intersection(lists: Sequence[Ordinals]) -> Ordinals:
    """The distinct values that are in each of these ascending arrays; empty without any."""
    first, *others = sorted(lists, key=len) or [np.zeros(0, np.int32)]
    common = distinct(first)
    for other in others:
        common = common[membership(other, common)]
    return common


def count(ascending: Ordinals) -> int:
    """The number of distinct values."""
    return 1 + int(np.count_nonzero(ascending[1:] != ascending[:-1])) if len(ascending) else 0


def runs(numbers: Ordinals) -> tuple[Ordinals, NDArray[np.intp]]:
    """The distinct numbers, ascending, and the index of each input among them."""
    if not len(numbers):
        return numbers, np.zeros(0, np.intp)
    steps = np.diff(numbers)
    if (steps < 0).any():
        return np.unique(numbers, return_inverse=True)
    new = np.concatenate([_FIRST, steps > 0])
    return numbers[new], np.cumsum(new) - 1


def membership(ordered: Ordinals, ordinals: Ordinals) -> Flags:
    """Whether each ordinal is in the ascending array: bool[n]."""
    if not len(ordered):
        return np.zeros(len(ordinals), np.bool_)
    at = ordered.searchsorted(ordinals)
    at[at == len(ordered)] = 0
    flags: Flags = ordered[at] == ordinals
    return flags


def between(ordered: Ordinals, first: Ordinals, stop: Ordinals) -> Flags:
    """Whether any element is in `[first, stop)`, for each of these: bool[n]."""
    flags: Flags = ordered.searchsorted(stop) > ordered.searchsorted(first)
    return flags


def stretch_counts(ordered: Ordinals, first: Ordinals, stop: Ordinals) -> Ordinals:
    """The number of elements in each stretch `[first, stop)`.

    The stretches are ascending and do not overlap.
    """
    counts: Ordinals = (ordered.searchsorted(stop) - ordered.searchsorted(first)).astype(np.int32)
    return counts


def proximity(ordered: Ordinals, ordinals: Ordinals, reach: int) -> Flags:
    """Whether any element is within `reach` of each ascending ordinal: bool[n]."""
    if not len(ordered):
        return np.zeros(len(ordinals), np.bool_)
    at = ordered.searchsorted(ordinals)
    right = np.abs(ordered[np.minimum(at, len(ordered) - 1)] - ordinals)
    left = np.abs(ordered[np.maximum(at - 1, 0)] - ordinals)
    flags: Flags = np.minimum(left, right) <= reach
    return flags
