"""Packs a fiber into bytes, ten for each concept.

One byte of version and one of length, then columns, so that reading only the concepts is cheap:
concept ids, offsets and lengths of their names in the engram's text, types and weights; then for
each tie its head, type and tail, a byte each. Numbers that do not fit are packed in twice the
bytes, as the version tells.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

#: Versions by the size of their numbers.
NARROW, WIDE = 1, 2
#: The quantisation of weights.
FINE = 255
#: Maximum steps and ties of a fiber; further ones are dropped.
MAX_STEPS, MAX_TIES = 127, 1000

_LARGEST, _LONGEST = 0xFFFFFFFF, 0xFFFF


class FiberRecordError(ValueError):
    """The bytes are no fiber, or one of a later version."""


class Step(NamedTuple):
    """A concept of a pathway: its type here, its weight from 0 to 1, and its span in the text."""

    concept: int
    type: int
    weight: float
    start: int
    end: int


class Tie(NamedTuple):
    """A typed tie of two steps; `head` and `tail` are positions in the pathway."""

    head: int
    type: int
    tail: int


class Pathway(NamedTuple):
    """The steps of a fiber in the order of the text, and their ties."""

    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]

    @property
    def concepts(self) -> tuple[int, ...]:
        """The concepts in order."""
        return tuple([step[0] for step in self.steps])


@lru_cache(maxsize=512)
def _columns(version: int, length: int) -> struct.Struct:
    wide = version == WIDE
    return struct.Struct(
        f"<BB{length}{'Q' if wide else 'I'}{2 * length}{'I' if wide else 'H'}{2 * length}B"
    )


@lru_cache(maxsize=512)
def _concepts(version: int, length: int) -> struct.Struct:
    return struct.Struct(f"<{length}{'Q' if version == WIDE else 'I'}")


def pack(
    steps: Sequence[tuple[int, int, float, int, int]], ties: Iterable[tuple[int, int, int]]
) -> bytes:
    """Pack steps and ties, as in `Step` and `Tie`, weights from 0 to 1."""
    return pack_columns(
        [step[0] for step in steps],
        [step[3] for step in steps],
        [step[4] - step[3] for step in steps],
        [step[1] for step in steps],
        [int(step[2] * FINE + 0.5) for step in steps],
        ties,
    )


def pack_columns(
    concepts: Sequence[int],
    starts: Sequence[int],
    sizes: Sequence[int],
    types: Sequence[int],
    weights: Sequence[int],
    ties: Iterable[tuple[int, int, int]],
) -> bytes:
    """As `pack`, by columns with one number a step; weights from 0 to `FINE`."""
    length = len(concepts)
    narrow = not length or (
        max(concepts) <= _LARGEST and max(starts) <= _LONGEST and max(sizes) <= _LONGEST
    )
    version = NARROW if narrow else WIDE
    created = _columns(version, length).pack(
        version, length, *concepts, *starts, *sizes, *types, *weights
    )
    return created + bytes(chain.from_iterable(ties))


def unpack(data: bytes) -> Pathway:
    """Unpack a pathway. Raises `FiberRecordError`."""
    version, length = _head(data)
    columns = _columns(version, length)
    remainder = len(data) - columns.size
    if remainder < 0 or remainder % 3:
        raise FiberRecordError("a fiber cut off")
    numbers = columns.unpack_from(data)[2:]
    starts = numbers[length : 2 * length]
    steps = tuple(
        map(
            Step,
            numbers[:length],
            numbers[3 * length : 4 * length],
            [weight / FINE for weight in numbers[4 * length :]],
            starts,
            map(int.__add__, starts, numbers[2 * length : 3 * length]),
        )
    )
    if not remainder:
        return Pathway(steps, ())
    ties = data[columns.size :]
    heads, tails = ties[::3], ties[2::3]
    if max(max(heads), max(tails)) >= length:
        raise FiberRecordError("a fiber with a missing member")
    return Pathway(steps, tuple(map(Tie, heads, ties[1::3], tails)))


def step(data: bytes, concept: int) -> Step | None:
    """The first step of a packed pathway at a concept. Raises `FiberRecordError`."""
    concepts = members(data)
    if concept not in concepts:
        return None
    at, length = concepts.index(concept), len(concepts)
    numbers = _columns(data[0], length).unpack_from(data)[2:]
    start, size, type, weight = numbers[length + at :: length]
    return Step(concept, type, weight / FINE, start, start + size)


def members(data: bytes) -> tuple[int, ...]:
    """The concepts of a packed pathway, in order. Raises `FiberRecordError`."""
    version, length = _head(data)
    if len(data) < _columns(version, length).size:
        raise FiberRecordError("a fiber cut off")
    return _concepts(version, length).unpack_from(data, 2)


def intact(
    rows: Iterable[Sequence[Any]], read: Callable[[bytes], Any] = unpack
) -> Iterator[tuple[Any, ...]]:
    """Rows that end with a record, with what it is read as; damaged ones are left out."""
    for *row, record in rows:
        try:
            result = read(record)
        except FiberRecordError:
            continue
        yield *row, result


def _head(data: bytes) -> tuple[int, int]:
    if len(data) < 2 or data[0] not in (NARROW, WIDE):
        raise FiberRecordError("no fiber of a version that is known")
    return data[0], data[1]
