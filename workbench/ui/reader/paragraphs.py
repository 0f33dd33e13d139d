"""Conversion of a stretch of source text to the text of a document, with an offset map.

Source offsets count code points, a Qt document counts UTF-16 units, with one block per paragraph.
`flow` builds the document's text, in which blank lines collapse to one break, and keeps what is
needed to convert offsets without counting from the start.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.ui.ask.quote import utf16

#: Characters laid out at once: about 30 ms including formats.
STRETCH = 24_000

_GAP = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+\s*|\s+\Z|\A\s+")
#: Characters that Qt treats as the end of a block or frame, or does not draw.
_FORBIDDEN = {
    0x00: " ",
    0x0B: " ",
    0x0C: " ",
    0x0D: " ",
    0x85: " ",
    0x2029: " ",
    0xFDD0: " ",
    0xFDD1: " ",
    0xFFFC: " ",
    0x0A: "\u2028",
}
_LETTERS = re.compile(r"\w+")
_NUMBER = re.compile(r"\s*\[?([0-9]{1,4})[.)\]]\s+\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block: `[start, end)` of the source's text, at `position` in the document."""

    start: int
    end: int
    position: int
    units: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A stretch of a source as one document, with the origin of each paragraph.

    `text` has one block per line, and U+2028 for line breaks inside a block. Offsets are the
    source's.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    source: str
    start: int

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.source)

    def position(self, offset: int) -> int:
        """Convert a source offset to a document position; the nearest one within a gap."""
        if not self.paragraphs:
            return 0
        at = max(0, bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1)
        block = self.paragraphs[at]
        inside = min(max(offset, block.start), block.end)
        return block.position + utf16(self.source[block.start - self.start : inside - self.start])

    def offset(self, position: int) -> int:
        """Convert a document position to a source offset."""
        if not self.paragraphs:
            return self.start
        at = max(0, bisect_right(self.paragraphs, position, key=lambda p: p.position) - 1)
        block = self.paragraphs[at]
        units = min(max(position - block.position, 0), block.units)
        if block.units == block.end - block.start:
            return block.start + units
        words = self.source[block.start - self.start : block.end - self.start]
        return block.start + len(
            words.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
        )

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Clip `[start, end)` to the flow and strip white space at its ends."""
        start, end = max(start, self.start), min(end, self.end)
        words = self.source[start - self.start : max(start, end) - self.start]
        left = len(words) - len(words.lstrip())
        return start + left, start + max(left, len(words.rstrip()))

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Convert `[start, end)` to document positions; None if it does not overlap."""
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return None
        first, last = self.position(start), self.position(end)
        return (first, last) if first < last else None


def flow(source: str, start: int, breaks: Sequence[int] = ()) -> Flow:
    """Split `source` into paragraphs; its first character has offset `start`.

    A paragraph also ends at each of `breaks`, the offsets of sections.
    """
    blocks: list[Paragraph] = []
    texts: list[str] = []
    position = last = 0
    ends = sorted(offset - start for offset in breaks)

    def add(first: int, after: int) -> None:
        nonlocal position
        for end in ends:
            if first < end < after:
                add(first, end)
                first = end
        if first >= after:
            return
        text = source[first:after]
        units = utf16(text)
        blocks.append(Paragraph(start + first, start + after, position, units))
        texts.append(text.translate(_FORBIDDEN))
        position += units + 1

    for gap in _GAP.finditer(source):
        add(last, gap.start())
        last = gap.end()
    add(last, len(source))
    return Flow("\n".join(texts), tuple(blocks), source, start)


def heading_blocks(blocks: Flow, title: str, first: int = 0) -> int:
    """Count the paragraphs from `first` on that repeat a section's title.

    A title such as "Chapter 1. Loomings" may span two paragraphs.
    """
    requested = "".join(_LETTERS.findall(title.casefold()))
    had = ""
    for index, block in enumerate(blocks.paragraphs[first : first + 4]):
        words = blocks.source[block.start - blocks.start : block.end - blocks.start]
        had += "".join(_LETTERS.findall(words.casefold()))
        if not requested.startswith(had):
            return index
        if had == requested:
            return index + 1 if had else 0
    return 0


def headings(blocks: Flow, sections: Iterable[tuple[int, str, int]]) -> dict[int, int]:
    """Find the headings: levels by paragraph index.

    `sections` are (offset, title, level), including those outside `blocks`.
    """
    starts = [block.start for block in blocks.paragraphs]
    results: dict[int, int] = {}
    for start, title, level in sections:
        if blocks.start <= start < blocks.end:
            first = bisect_left(starts, start)
            for index in range(first, first + heading_blocks(blocks, title, first)):
                results[index] = level
    return results


def notes(blocks: Flow, sections: Iterable[tuple[int, str, int]]) -> frozenset[int]:
    """Find the paragraphs that are numbered notes at the end of a section.

    A section of mostly numbered paragraphs is a list instead; `sections` are as for `headings`.
    """
    starts = [block.start for block in blocks.paragraphs]
    area = sorted(start for start, _, _ in sections)
    edges = [bisect_left(starts, start) for start in area] + [len(starts)]
    results: set[int] = set()
    for first, after in zip([0, *edges], edges, strict=False):
        run: list[int] = []
        requested: int | None = None
        for index in range(after - 1, first, -1):
            number = _numbered(blocks, index)
            if number is None or (requested is not None and number != requested):
                break
            run.append(index)
            requested = number - 1
        if (
            run
            and (len(run) > 1 or requested != 0)
            and 2 * _length(blocks, run) < _length(blocks, range(first, after))
        ):
            results.update(run)
    return frozenset(results)


def _numbered(blocks: Flow, index: int) -> int | None:
    block = blocks.paragraphs[index]
    start = _NUMBER.match(blocks.source, block.start - blocks.start, block.end - blocks.start)
    return int(start[1]) if start else None


def _length(blocks: Flow, indices: Iterable[int]) -> int:
    return sum(blocks.paragraphs[i].end - blocks.paragraphs[i].start for i in indices)
