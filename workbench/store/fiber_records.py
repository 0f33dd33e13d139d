"""The way through one engram, packed into one value of its fiber: about 7 bytes for a concept.

One byte of version and the number of steps, then for each step the concept (a number of variable
length), a byte of type, a byte of weight, and where in the engram's text it is named (where that
begins, how long it is); then for each tie the positions of its ends around a byte of type.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

VERSION = 1
#: The finest weight that is kept.
_FINE = 255
#: Steps and ties that a fiber has at most; what is beyond is not part of the way.
MOST_STEPS, MOST_TIES = 127, 1000


class FiberRecordError(ValueError):
    """The bytes are no fiber, or one of a later version."""


class Step(NamedTuple):
    """A concept on the way: its type here, its weight from 0 to 1, and where the text names it."""

    concept: int
    type: int
    weight: float
    start: int
    end: int


class Tie(NamedTuple):
    """What joins two steps; `head` and `tail` are positions on the way."""

    head: int
    type: int
    tail: int


class Pathway(NamedTuple):
    """The steps of a fiber in the order of the text, and what joins them."""

    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]

    @property
    def concepts(self) -> tuple[int, ...]:
        """The concepts in order."""
        return tuple(step.concept for step in self.steps)


def pack(
    steps: Sequence[tuple[int, int, float, int, int]], ties: Iterable[tuple[int, int, int]]
) -> bytes:
    """The bytes of a way: steps and ties as in `Step` and `Tie`, weights from 0 to 1."""
    made = bytearray((VERSION, len(steps)))
    for concept, type, weight, start, end in steps:
        for number in (concept, type, int(weight * _FINE + 0.5), start, end - start):
            while number > 0x7F:
                made.append(number & 0x7F | 0x80)
                number >>= 7
            made.append(number)
    for tie in ties:
        made += bytes(tie)
    return bytes(made)


def unpack(data: bytes) -> Pathway:
    """The way that was packed. Raises `FiberRecordError`."""
    if len(data) < 2 or data[0] != VERSION:
        raise FiberRecordError("no fiber of a version that is known")
    length = data[1]
    numbers: list[int] = []
    at, wanted = 2, 5 * length
    try:
        while len(numbers) < wanted:
            number = data[at]
            at += 1
            if number > 0x7F:
                number &= 0x7F
                shift = 7
                while data[at] > 0x7F:
                    number |= (data[at] & 0x7F) << shift
                    shift += 7
                    at += 1
                number |= data[at] << shift
                at += 1
            numbers.append(number)
    except IndexError as error:
        raise FiberRecordError("a fiber cut off") from error
    rest = data[at:]
    if len(rest) % 3:
        raise FiberRecordError("a fiber cut off")
    five = iter(numbers)
    steps = tuple(
        Step(concept, type, weight / _FINE, start, start + size)
        for concept, type, weight, start, size in zip(five, five, five, five, five, strict=True)
    )
    three = iter(rest)
    ties = tuple(map(Tie, three, three, three))
    if ties and max(max(tie.head, tie.tail) for tie in ties) >= length:
        raise FiberRecordError("a fiber with a missing member")
    return Pathway(steps, ties)


def members(data: bytes) -> tuple[int, ...]:
    """The concepts of a packed way, in order. Raises `FiberRecordError`."""
    return unpack(data).concepts
