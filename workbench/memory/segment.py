"""Segments of the inverted index: immutable, sorted, and mapped from a file where they are large.

A segment covers a range of ordinals (engram id − 1, so larger means newer). Words are known by
64-bit keys in sorted order; a key's postings are the sorted ordinals of the engrams that hold it.
Stems cost no postings: a second sorted table leads from a form to the words that have it. Beside
the words lie the columns: for every ordinal its source, section, passage and length.
"""

import json
import mmap
import os
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench import permissions

Ordinals = NDArray[np.int32]
Keys = NDArray[np.uint64]
Number = TypeVar("Number", bound=np.generic)

_MAGIC = b"ENGRAMIX"
_ALIGN = 64
#: Columns, one int32 an ordinal. `words` counts tokens; `section_start` and `flow_start` are the
#: ordinals at which the section, and the stretch that is read in one go, begin; `titled` counts the
#: different words of the source's title at its first ordinal and is 0 elsewhere.
COLUMNS = ("source", "section", "passage", "words", "section_start", "flow_start", "titled")


class SegmentError(Exception):
    """A segment file is missing, cut off or corrupt; the index must be rebuilt."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings and columns of the ordinals `[first, first + size)`.

    `starts[i]:starts[i + 1]` are the postings of `keys[i]` in `postings`. `capitals` and `smalls`
    count how often a word stood with and without a capital away from the start of a sentence.
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
    columns: Mapping[str, Ordinals] = field(default_factory=dict)
    path: Path | None = None

    @property
    def end(self) -> int:
        """The ordinal after the last one."""
        return self.first + self.size

    @property
    def span(self) -> range:
        """The ordinals that it covers."""
        return range(self.first, self.end)

    def find(self, key: int) -> int:
        """The place of a key in `keys`, or -1."""
        wanted = np.uint64(key)
        at = int(self.keys.searchsorted(wanted))
        return at if at < len(self.keys) and self.keys[at] == wanted else -1

    def lookup(self, key: int) -> Ordinals:
        """The sorted ordinals of a key; empty where it does not occur."""
        at = self.find(key)
        if at < 0:
            return self.postings[:0]
        return self.postings[int(self.starts[at]) : int(self.starts[at + 1])]

    def holds(self, keys: Collection[int], ordinal: int) -> bool:
        """Whether every one of these keys has this ordinal among its postings."""
        wanted = np.fromiter(keys, np.uint64, len(keys))
        at = np.searchsorted(self.keys, wanted)
        if np.any(at == len(self.keys)) or np.any(self.keys[at] != wanted):
            return False
        for start, end in zip(self.starts[at].tolist(), self.starts[at + 1].tolist(), strict=True):
            place = start + int(np.searchsorted(self.postings[start:end], ordinal))
            if place == end or self.postings[place] != ordinal:
                return False
        return True

    def words_of(self, form: int) -> list[int]:
        """The keys of the words that have this form."""
        wanted = np.uint64(form)
        left = int(self.form_keys.searchsorted(wanted, side="left"))
        right = int(self.form_keys.searchsorted(wanted, side="right"))
        return [int(word) for word in self.form_words[left:right]]


def build(
    first: int,
    columns: Mapping[str, Ordinals],
    keys: Keys,
    codes: NDArray[np.int64],
    where: Ordinals,
    counts: tuple[Keys, NDArray[np.int32], NDArray[np.int32]],
    forms: tuple[Keys, Keys],
) -> Segment:
    """A segment from unsorted pairs of a word, `keys[codes[i]]`, and an ordinal, `where[i]`.

    `counts` are (keys, capitals, smalls) of some of the words, `forms` (form, word) pairs.
    """
    distinct, inverse = np.unique(keys, return_inverse=True)
    pairs = np.sort((inverse[codes] << 32) | where)
    rows = pairs >> 32
    starts = np.zeros(len(distinct) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(distinct)), out=starts[1:])
    capitals = np.zeros(len(distinct), np.int32)
    smalls = np.zeros(len(distinct), np.int32)
    at = np.searchsorted(distinct, counts[0])
    np.add.at(capitals, at, counts[1])
    np.add.at(smalls, at, counts[2])
    form_keys, form_words = _distinct_pairs(*forms)
    return Segment(
        first=first,
        size=len(columns["source"]),
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
    """One segment in the place of several that follow one another."""
    keys = np.concatenate([part.keys for part in parts])
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    postings = np.concatenate([part.postings for part in parts])
    # A stable sort by key keeps each word's lists in the order of the parts: sorted ordinals.
    order = np.argsort(keys, kind="stable")
    begins = np.concatenate([[0], np.cumsum(lengths)])[:-1][order]
    lengths = lengths[order]
    ends = np.cumsum(lengths)
    take = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
    take += np.repeat(begins - (ends - lengths), lengths)
    distinct, heads = np.unique(keys[order], return_index=True)
    starts = np.concatenate([[0], ends])[np.append(heads, len(order))]
    capitals = np.concatenate([part.capitals for part in parts])[order]
    smalls = np.concatenate([part.smalls for part in parts])[order]
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
        capitals=_summed(capitals, heads),
        smalls=_summed(smalls, heads),
        form_keys=form_keys,
        form_words=form_words,
        columns={n: np.concatenate([part.columns[n] for part in parts]) for n in COLUMNS},
    )


def _summed(counts: NDArray[np.int32], heads: NDArray[np.intp]) -> NDArray[np.int32]:
    # Without the type NumPy would widen the sums, and the file would be read wrongly.
    return np.add.reduceat(counts, heads, dtype=np.int32) if len(heads) else counts


def _distinct_pairs(forms: Keys, words: Keys) -> tuple[Keys, Keys]:
    order = np.lexsort((words, forms))
    forms, words = forms[order], words[order]
    if len(forms) < 2:
        return forms, words
    new = np.concatenate([[True], (forms[1:] != forms[:-1]) | (words[1:] != words[:-1])])
    return forms[new], words[new]


def _arrays(segment: Segment) -> dict[str, NDArray[np.generic]]:
    return {
        "keys": segment.keys,
        "starts": segment.starts,
        "postings": segment.postings,
        "capitals": segment.capitals,
        "smalls": segment.smalls,
        "form_keys": segment.form_keys,
        "form_words": segment.form_words,
        **{f"column.{name}": segment.columns[name] for name in COLUMNS},
    }


def write(segment: Segment, path: Path) -> None:
    """Write a segment to a new file; it appears under its name only when it is whole."""
    layout: dict[str, tuple[str, int, int]] = {}
    chunks: list[bytes] = []
    offset = 0
    for name, array in _arrays(segment).items():
        data = np.ascontiguousarray(array).tobytes()
        layout[name] = (array.dtype.str, offset, len(array))
        padding = -len(data) % _ALIGN
        chunks += [data, b"\0" * padding]
        offset += len(data) + padding
    body = b"".join(chunks)
    head = json.dumps(
        {
            "first": segment.first,
            "size": segment.size,
            "arrays": layout,
            "bytes": len(body),
            "crc": zlib.crc32(body),
        }
    ).encode()
    prefix = _MAGIC + len(head).to_bytes(4, "little") + zlib.crc32(head).to_bytes(4, "little")
    prefix += head
    prefix += b"\0" * (-len(prefix) % _ALIGN)
    part = path.with_name(path.name + ".part")
    with permissions.private(part).open("wb") as file:
        file.write(prefix)
        file.write(body)
    os.replace(part, path)  # noqa: PTH105 - atomic replacement on every platform


def read(path: Path) -> Segment:
    """Map a segment from its file. Raises `SegmentError` where it is missing or not whole."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise SegmentError(str(error)) from error
    view = memoryview(mapped)
    if len(view) < 16 or view[:8] != _MAGIC:
        raise SegmentError("not a segment")
    length = int.from_bytes(view[8:12], "little")
    head = bytes(view[16 : 16 + length])
    if zlib.crc32(head) != int.from_bytes(view[12:16], "little"):
        raise SegmentError("its header is damaged")
    facts = json.loads(head)
    begin = 16 + length + -(16 + length) % _ALIGN
    body = view[begin : begin + facts["bytes"]]
    if len(body) != facts["bytes"] or zlib.crc32(body) != facts["crc"]:
        raise SegmentError("its body is damaged")

    def array(name: str, kind: type[Number]) -> NDArray[Number]:
        stored, offset, size = facts["arrays"][name]
        if np.dtype(stored) != np.dtype(kind):
            raise SegmentError(f"its {name} are of another type")
        return np.frombuffer(body, dtype=kind, count=size, offset=offset)

    return Segment(
        first=facts["first"],
        size=facts["size"],
        keys=array("keys", np.uint64),
        starts=array("starts", np.int64),
        postings=array("postings", np.int32),
        capitals=array("capitals", np.int32),
        smalls=array("smalls", np.int32),
        form_keys=array("form_keys", np.uint64),
        form_words=array("form_words", np.uint64),
        columns={name: array(f"column.{name}", np.int32) for name in COLUMNS},
        path=path,
    )
