"""Packs the claims of a fact into one value of its row, about 28 bytes each.

One byte of version, then for each claim a byte of flags, four numbers of variable length (where its
subject begins, how long it is; the same of its value; in characters of the fact's text), the
relation with its length, eight bytes of topic where it has one, and eight of content. What claims
nothing is packed as nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

VERSION = 1
#: Flags of a claim.
NEGATIVE, ENDED, DOUBTFUL, TOPICAL = 1, 2, 4, 8

Span = tuple[int, int]


class ClaimRecordError(ValueError):
    """The bytes are no claims, or those of a later version."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one clause claims: `subject` and `value` are spans of the fact's text.

    `topic` 0 takes nothing's place; both numbers are of 64 bits without sign. `ended` says that it
    held before, `doubtful` that the speaker is not sure.
    """

    subject: Span
    relation: str
    value: Span
    topic: int
    content: int
    negative: bool = False
    ended: bool = False
    doubtful: bool = False

    @property
    def confidence(self) -> float:
        """How sure the speaker is, from 0 to 1."""
        return 0.6 if self.doubtful else 1.0


def pack(rows: Iterable[ClaimRow]) -> bytes:
    """The bytes of a fact's claims, in order."""
    made = bytearray()
    for row in rows:
        flags = NEGATIVE * row.negative | ENDED * row.ended | DOUBTFUL * row.doubtful
        made.append(flags | TOPICAL * bool(row.topic))
        for start, end in (row.subject, row.value):
            _put(made, start)
            _put(made, end - start)
        relation = row.relation.encode()
        made.append(len(relation))
        made += relation
        if row.topic:
            made += row.topic.to_bytes(8, "little")
        made += row.content.to_bytes(8, "little")
    return bytes((VERSION, *made)) if made else b""


def unpack(data: bytes) -> tuple[ClaimRow, ...]:
    """The claims of a fact. Raises `ClaimRecordError`."""
    if not data:
        return ()
    if data[0] != VERSION:
        raise ClaimRecordError(f"claims of version {data[0]}")
    rows: list[ClaimRow] = []
    at = 1
    try:
        while at < len(data):
            flags = data[at]
            begin, at = _take(data, at + 1)
            length, at = _take(data, at)
            start, at = _take(data, at)
            size, at = _take(data, at)
            topic = 0
            until = at + 1 + data[at]
            relation = data[at + 1 : until].decode()
            if flags & TOPICAL:
                topic = int.from_bytes(data[until : until + 8], "little")
                until += 8
            at = until + 8
            if at > len(data):
                raise ClaimRecordError("claims cut off")
            rows.append(
                ClaimRow(
                    subject=(begin, begin + length),
                    relation=relation,
                    value=(start, start + size),
                    topic=topic,
                    content=int.from_bytes(data[until:at], "little"),
                    negative=bool(flags & NEGATIVE),
                    ended=bool(flags & ENDED),
                    doubtful=bool(flags & DOUBTFUL),
                )
            )
    except (IndexError, UnicodeDecodeError) as error:
        raise ClaimRecordError("claims cut off") from error
    return tuple(rows)


def _put(made: bytearray, number: int) -> None:
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)


def _take(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while data[at] & 0x80:
        number |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
    return number | data[at] << shift, at + 1
