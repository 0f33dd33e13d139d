"""Cuts pages out of shared libraries that nothing here reads: symbols, code for graphics cards.

`strip` lays sections out anew, which destroys libraries that auditwheel has moved parts of. Here
nothing moves in memory; only what follows a cut comes earlier in the file. Code for graphics cards
(`.nv_fatbin`: models run on the processor here) becomes empty memory, for what registers it at
start may look at its first bytes. For ELF of 64 bits, little-endian:
https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
"""

import struct
from dataclasses import dataclass, replace

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_LOAD, _NOBITS = 1, 8
_X86_64, _PAGE = 62, 4096
#: Sections that only graphics cards run.
_UNUSED = b".nv_fatbin\0"


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: int
    flags: int
    offset: int
    address: int
    physical: int
    size: int
    memory: int
    align: int


@dataclass(frozen=True, slots=True)
class _Section:
    name: int
    kind: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    info: int
    align: int
    entry: int


def cut(library: bytes) -> bytes:
    """The library without pages that are not needed; as it is where it has another form."""
    if not library.startswith(b"\x7fELF\x02\x01"):
        return library
    header = list(_HEADER.unpack_from(library))
    places, count, table, sections = header[5], header[10], header[6], header[12]
    segments = [
        _Segment(*_SEGMENT.unpack_from(library, places + at * _SEGMENT.size)) for at in range(count)
    ]
    rows = [
        _Section(*_SECTION.unpack_from(library, table + at * _SECTION.size))
        for at in range(sections)
    ]
    names = rows[header[13]]
    # Old linkers align by more than the pages of this processor.
    page = (
        _PAGE if header[2] == _X86_64 else max(row.align for row in segments if row.kind == _LOAD)
    )
    unused = [
        (-(-row.offset // page) * page, (row.offset + row.size) // page * page)
        for row in rows
        if library.startswith(_UNUSED, names.offset + row.name)
    ]
    segments = [part for each in segments for part in _split(each, unused)]
    room = places + len(segments) * _SEGMENT.size
    if any(row.size and places < row.offset < room and row.kind != _NOBITS for row in rows):
        return library
    kept = _kept(segments, page)
    moved = _Moved(kept)
    made = bytearray().join(library[start:end] for start, end in kept)
    for at, each in enumerate(segments):
        offset = moved.place(each.offset, each.size)
        values = replace(each, offset=offset, align=min(each.align, page))
        _SEGMENT.pack_into(
            made, places + at * _SEGMENT.size,
            *(getattr(values, name) for name in _Segment.__slots__),
        )  # fmt: skip
    words = len(made)
    made += library[names.offset : names.offset + names.size]
    made += bytes(-len(made) % 8)
    header[6], header[10] = len(made), len(segments)
    for row in rows:
        if row is names:
            row = replace(row, offset=words)
        elif row.kind != _NOBITS and row.size:
            if moved.has(row.offset, row.size):
                row = replace(row, offset=moved.place(row.offset, row.size))
            else:
                row = replace(row, kind=_NOBITS, offset=0, size=row.size if row.flags else 0)
        made += _SECTION.pack(*(getattr(row, name) for name in _Section.__slots__))
    _HEADER.pack_into(made, 0, *header)
    return bytes(made) if len(made) < len(library) else library


def _split(segment: _Segment, unused: list[tuple[int, int]]) -> list[_Segment]:
    """A segment without the pages in `unused`, which are empty memory then."""
    for start, end in unused:
        over = segment.offset + segment.size
        if segment.kind == _LOAD and segment.offset < start < end < over:
            first = replace(segment, size=start - segment.offset, memory=end - segment.offset)
            step = end - segment.offset
            rest = replace(
                segment, offset=end, address=segment.address + step,
                physical=segment.physical + step, size=over - end, memory=segment.memory - step,
            )  # fmt: skip
            return [first, *_split(rest, unused)]
    return [segment]


def _kept(segments: list[_Segment], page: int) -> list[tuple[int, int]]:
    """The parts of the file that segments load, each from a page's begin on, in order."""
    kept: list[tuple[int, int]] = []
    for each in sorted((each for each in segments if each.kind == _LOAD and each.size),
                       key=lambda each: each.offset):  # fmt: skip
        start, end = each.offset // page * page, -(-(each.offset + each.size) // page) * page
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


class _Moved:
    """Where the bytes of a file are once only some parts of it are kept."""

    def __init__(self, kept: list[tuple[int, int]]) -> None:
        self._kept = kept

    def has(self, offset: int, size: int) -> bool:
        """Whether all of these bytes are kept."""
        return any(start <= offset and offset + size <= end for start, end in self._kept)

    def place(self, offset: int, size: int) -> int:
        """The new offset of bytes. Raises `ValueError` if they are not kept."""
        before = 0
        for start, end in self._kept:
            if start <= offset and offset + size <= end:
                return before + offset - start
            before += end - start
        if not size:
            return 0
        raise ValueError(offset)
