"""Lines of PDF pages into paragraphs: joined, unhyphenated, with the origin of each character.

A paragraph ends at a gap, before an indented line, or after a line on which the next word would
have fitted. It may continue in the next column or on the next page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.books import pdf_indent
from ingest.books.headings import classify, is_list
from ingest.books.hyphens import HYPHENS, Words, breaks_words, joint
from ingest.books.pdf_page import PageText
from ingest.books.pdf_piece import Piece
from ingest.boxes import Boxes

_ENDS = re.compile(r"[.!?:…。！？؟][\"”’'»)\]]*$")
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x1f\x7f\u00ad\ufeff\ufffe\uffff\u200b\u2028\u2029]")
_LEADERS = re.compile(r"(?:\.[ .]{3,}[ivxlc]+|[. ]\d{1,4})$")
#: Leader dots between a title and its page.
_DOTS = re.compile(r"(?:[.·] ?){6,}\s*(?:[ivxlc]+|\d{1,4})$")
#: The label of a figure or table before its caption.
_CAPTION = re.compile(
    r"(?i:fig(?:ure|ura|\.)?|table|tab\.|plate|chart|exhibit|scheme|diagram|map|listing|box"
    r"|abb(?:ildung|\.)|tabelle|tableau|planche|figur|tabla|cuadro|tabella|tabel|afbeelding"
    r"|рис(?:унок|\.)|таблица|табл\.)\s*(?:[\dIVXA-H]{1,4}(?:[.\-–]\d{1,3})*[a-z]?)"
    r"(?:\s*[.:|—–]\s*\S|\.?\s{1,3}(?=[A-ZА-ЯÄÖÜ“(]))"
    r"|[図表图圖]\s*[\d０-９]{1,3}\s*[:：.．\u3000 ]\s*\S"
)
_ITEM = re.compile(r"(?:[•‣▪◦*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")


@dataclass(frozen=True, slots=True)
class Style:
    """The typical size of text and distance of lines in a document, in points.

    `indented`: paragraphs begin with an indent, not after a gap. `slack`: room at the end of lines
    that surely continue, beyond the next word. `hyphenates`: words are hyphenated; otherwise a
    hyphen at a line's end is the word's own.
    """

    size: float
    pitch: float
    indented: bool
    slack: float = 0.0
    hyphenates: bool = True


_INITIAL = re.compile(r"\W*([^\W\d_])([^\W\d_]+)")


@dataclass(slots=True)
class Block:
    """A paragraph or heading: its text and, for each character, its index on the page or -1.

    `joins`: it continues the block before, on the page before, by `glue`. `kind` is contents, front
    or back if it is no running text; notes, caption, row, aside, names or figure if it is read
    separately. `listing` is the share of its lines that end with a page number; `top` its position
    in points from the top. `entry`: it opens an entry of a list with hanging indents.
    `numbered`: see `Piece`.
    """

    text: str
    cells: NDArray[np.int32]
    heading: bool = False
    size: float = 0.0
    joins: bool = False
    glue: str = ""
    last: Piece | None = None
    indent: float = 0.0
    listing: float = 0.0
    top: float = 0.0
    kind: str = ""
    entry: bool = False
    numbered: bool = False


@dataclass(slots=True)
class Flow:
    """The blocks of one page; `apart` are floats, which the next page places."""

    page: PageText
    blocks: list[Block] = field(default_factory=list)
    apart: list[Block] = field(default_factory=list)


def style_of(pages: Sequence[PageText]) -> Style:
    """The typical style of some sample pages."""
    for page in pages:
        set_edges(page.lines)
    sizes: dict[float, int] = {}
    pitches: list[float] = []
    indents = gaps = 0
    for page in pages:
        for line, following in zip(page.lines, [*page.lines[1:], None], strict=True):
            rounded = round(line.size * 2) / 2
            sizes[rounded] = sizes.get(rounded, 0) + len(line.text)
            if following is None or following.column != line.column:
                continue
            pitch = following.top - line.top
            if 0 < pitch < 3 * line.size:
                pitches.append(pitch)
    size = max(sizes, key=lambda item: (sizes[item], item)) if sizes else 10.0
    pitch = float(np.median(pitches)) if pitches else size * 1.2
    for page in pages:
        for line, following in pairwise(page.lines):
            if following.column != line.column:
                continue
            if following.top - line.top > 1.35 * pitch:
                gaps += 1
            elif (
                0.8 * size < following.left - line.left < 5 * size
                and line.left - line.left_edge < size
            ):
                indents += 1
    slacks = [
        _room(line, following)
        for page in pages
        for line, following in pairwise(page.lines)
        if following.column == line.column
        and following.text[:1].islower()
        and abs(line.size - size) < 0.1 * size
        and 0 < following.top - line.top < 1.3 * pitch
    ]
    slack = float(np.quantile(slacks, 0.75)) if len(slacks) >= 8 else 0.0
    breaks = breaks_words([line.text for page in pages for line in page.lines])
    # More than this is verse, lists or entries rather than a ragged edge.
    slack = min(slack, 6 * size)
    return Style(size, pitch, indents > gaps, max(0.0, slack), breaks)


def flow(
    page: PageText, lines: Sequence[Piece], style: Style, previous: Flow | None, existing: Words
) -> Flow:
    """The blocks of a page's `lines` without furniture, not joined to `previous` yet."""
    set_edges(lines)
    adjacent = [line for line in lines if line.kind == "aside"]
    lines = [line for line in lines if line.kind != "aside"]
    open_note = (
        next((b for b in reversed(previous.apart) if b.kind == "notes"), None) if previous else None
    )
    lines, notes = _notes_apart(lines, style, open_note)
    result = Flow(page, _blocks_of(lines, style, existing))
    _mark_labels(result.blocks, style)
    _mark_contents(result, lines)
    for kind, item in (("aside", adjacent), ("notes", notes)):
        for block in _blocks_of(item, style, existing) if item else ():
            block.kind, block.heading = kind, False
            result.apart.append(block)
    return result


def _mark_labels(blocks: Sequence[Block], style: Style) -> None:
    """Separate labels inside a figure, above its caption."""
    inside = False
    for block in reversed(blocks):
        if block.kind == "caption":
            inside = True
            continue
        small = block.size < 0.87 * style.size and not (block.kind or block.heading)
        figures = not any(map(str.isalpha, block.text))
        label = len(block.text) < 40 and not _ENDS.search(block.text)
        if small and (figures or (inside and label)):
            block.kind = "aside"
        else:
            inside = False


def _blocks_of(lines: Sequence[Piece], style: Style, existing: Words) -> list[Block]:
    results: list[Block] = []
    group: list[Piece] = []
    heads = _headings(lines, style)
    hangs = pdf_indent.hanging(lines, heads, 0.5 * style.size)
    for index, line in enumerate(lines):
        if group and (
            heads[index] != heads[index - 1]
            or _parts(group, lines, index, style, (heads[index], hangs[index]))
        ):
            results.append(_block(group, heads[index - 1], style, existing))
            group = []
        group.append(line)
    if group:
        results.append(_block(group, heads[-1], style, existing))
    if results and lines:
        results[0].entry = hangs[0] is not None and _opens(lines[0], hangs[0], style)
    return results


_NOTE = re.compile(r"(?:\d{1,3}(?![\d.,:/-]*\d)|[*†‡§]{1,3})[.)]?\s*\S")


def begins_note(text: str) -> bool:
    """Whether `text` begins with a note mark."""
    return _NOTE.match(text) is not None


def ends(text: str) -> bool:
    """Whether `text` ends with a sentence."""
    return _ENDS.search(text) is not None


def _notes_apart(
    lines: Sequence[Piece], style: Style, previous: Block | None
) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """Separate the footnotes of a page: small lines at the foot of a column, with a mark.

    `previous` is the last note of the page before: if it is incomplete, the notes of this page may
    begin with its continuation.
    """
    goes_on = previous is not None and not ends(previous.text)
    notes: set[int] = set()
    columns: dict[int, list[Piece]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for column in columns.values():
        foot: list[Piece] = []
        for line in reversed(column):
            if line.size > 0.93 * style.size:
                break
            foot.insert(0, line)
        # Below normal text only; a list of references is small all the way up.
        if len(foot) == len(column) or not foot or any(line.kind for line in foot):
            continue
        remainder = (
            goes_on
            and previous is not None
            and abs(foot[0].size - previous.size) < 0.08 * previous.size
            and not _CAPTION.match(foot[0].text)
        )
        above = column[-len(foot) - 1]
        if (
            not remainder
            and foot[0].top - above.top > 1.3 * style.pitch
            and foot[-1].bottom >= max(line.bottom for line in lines) - style.size
            and not _ENDS.search(above.text)
            and not _CAPTION.match(foot[0].text)
        ):
            # Below an incomplete sentence, a note needs no mark.
            remainder = True
        if remainder or _NOTE.match(foot[0].text):
            notes.update(id(line) for line in foot)
    if not notes:
        return lines, ()
    return [x for x in lines if id(x) not in notes], [x for x in lines if id(x) in notes]


def set_edges(lines: Sequence[Piece]) -> None:
    """Set the column edges of each line from its lines."""
    columns: dict[int, list[Piece]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for column in columns.values():
        left, right = min(p.left for p in column), max(p.right for p in column)
        for line in column:
            line.left_edge, line.right_edge = left, right


# -- paragraphs ----------------------------------------------------------------------------------


def _parts(
    group: Sequence[Piece],
    lines: Sequence[Piece],
    index: int,
    style: Style,
    setting: tuple[bool, float | None],
) -> bool:
    """Whether a paragraph ends between the last line of `group` and `lines[index]`.

    `setting` says whether that line is a heading, and where hanging entries begin.
    """
    line, final = lines[index], group[-1]
    heading, hanging = setting
    if line.kind == "row" or final.kind != line.kind:
        return True
    if line.kind == "names":
        return line.column != final.column
    if (
        abs(line.size - final.size) > 0.15 * max(line.size, final.size)
        and min(len(line.text), len(final.text)) > 2
    ):
        return True
    if line.column != final.column:
        if hanging is not None and not heading:
            return _opens(line, hanging, style) and final.text[-1:] not in HYPHENS
        return heading or _crosses(final, line) or _stops(final, line, style)
    return _parts_in_column(group, lines, index, style, setting)


def _parts_in_column(
    group: Sequence[Piece],
    lines: Sequence[Piece],
    index: int,
    style: Style,
    setting: tuple[bool, float | None],
) -> bool:
    """The same within one column: by distance, indents and ends."""
    line, final = lines[index], group[-1]
    heading, hanging = setting
    pitch = line.top - final.top
    typical = _usual_pitch(group, style, line)
    if pitch > 1.3 * typical or pitch < -typical:
        return True
    if heading:
        return False
    if _ITEM.match(line.text) and (_ENDS.search(final.text) or _ITEM.match(group[0].text)):
        return True
    if _CAPTION.match(line.text) and (_ENDS.search(final.text) or pitch > 1.1 * typical):
        return True
    if hanging is not None:
        short = _room(final, line) > 0.5 * style.size
        if not _opens(line, hanging, style):
            # An entry of more than one paragraph.
            return short and _ENDS.search(final.text) is not None and not line.text[:1].islower()
        return short or not _opens(final, hanging, style)
    if _hangs(group, line):
        return False
    if _falls_back(group, line, style, typical):
        return True
    if _is_indented(line, final, lines, index, style):
        return True
    return _stops_short(final, line, style) and (
        _ENDS.search(final.text) is not None and not line.text[:1].islower()
    )


def _hangs(group: Sequence[Piece], line: Piece) -> bool:
    """Whether `line` is the second of a list item, aligned with the text of the first."""
    first = group[0]
    reached = (first.right - first.left_edge) / max(1.0, first.right_edge - first.left_edge)
    return (
        len(group) == 1
        and (reached > 0.7 or line.text[:1].islower())
        and _ITEM.match(first.text) is not None
        and first.size * 0.5 < line.left - first.left < first.size * 4
        and not _ENDS.search(first.text)
    )


def _opens(line: Piece, hanging: float, style: Style) -> bool:
    """Whether `line` is the first of an entry whose first lines begin at `hanging`."""
    return line.left <= hanging + 0.5 * style.size


def _crosses(final: Piece, line: Piece) -> bool:
    """Whether one line spans the page and the other is in a column below it."""
    if final.across == line.across or line.text[:1].islower() or final.text[-1:] in HYPHENS:
        return False
    if final.across and line.top - final.top > 1.7 * final.size:
        return True
    wide, other = (final, line) if final.across else (line, final)
    return wide.right - wide.left > 1.25 * (other.right_edge - other.left_edge)


def _falls_back(group: Sequence[Piece], line: Piece, style: Style, typical: float) -> bool:
    """Whether `line` returns to the margin after indented verse or an example."""
    final = group[-1]
    if final.left - line.left < 0.8 * style.size or not _stops_short(final, line, style):
        return False
    block = len(group) > 1 and abs(group[-2].left - final.left) < 1.0
    return block or line.top - final.top > 1.08 * typical


def _usual_pitch(group: Sequence[Piece], style: Style, line: Piece) -> float:
    if len(group) >= 2 and group[-1].column == group[-2].column:
        inner = group[-1].top - group[-2].top
        if inner > 0:
            return inner
    return max(style.pitch, 1.05 * line.size) if line.size > style.size * 1.15 else style.pitch


def _is_indented(
    line: Piece, final: Piece, lines: Sequence[Piece], index: int, style: Style
) -> bool:
    """Whether `line` is indented against the previous and the next line."""
    step = line.left - final.left
    if not 0.8 * style.size < step < 6 * style.size:
        return False
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.column != line.column:
        return True
    # An indented block (a quotation) begins a paragraph as well.
    return following.left < line.left + 0.5 * style.size


def _room(final: Piece, line: Piece) -> float:
    """Points left at the end of `final` with the first word of `line` added."""
    return final.right_edge - (final.right + line.first_word + 0.3 * final.size)


def _stops_short(final: Piece, line: Piece, style: Style) -> bool:
    """Whether the first word of `line` would have fitted on `final`."""
    return _room(final, line) > style.slack + 0.5 * final.size


def _stops(final: Piece, line: Piece, style: Style) -> bool:
    """Whether a paragraph ends with `final`, before another column or page."""
    if line.text[:1].islower() or final.text[-1:] in HYPHENS:
        return False
    if not _ENDS.search(final.text):
        return False
    if line.left - line.left_edge > 0.8 * style.size:
        return True
    return _stops_short(final, line, style) or not style.indented


def _headings(lines: Sequence[Piece], style: Style) -> list[bool]:
    """Which lines are headings: larger than the text, or worded like one and separated."""
    results: list[bool] = []
    # Where much is bold, bold says nothing.
    bold = sum(line.bold for line in lines) * 3 <= len(lines)
    for index, line in enumerate(lines):
        text = line.text.strip()
        above = (
            index == 0
            or line.top - lines[index - 1].top > 1.3 * style.pitch
            or (lines[index - 1].column != line.column)
        )
        following = (
            index + 1 == len(lines)
            or lines[index + 1].top - line.top > 1.2 * style.pitch
            or (lines[index + 1].column != line.column)
        )
        if line.kind:
            results.append(False)
            continue
        larger = line.size > 1.14 * style.size and len(text) < 120 and any(map(str.isalnum, text))
        if larger and len(text) == 1 and text.isalpha():
            # A drop cap.
            larger = False
        worded = False
        if not larger and above and following and len(text) <= 90:
            kind = classify(text)
            worded = kind is not None and kind[0] in {"chapter", "part", "named", "capitals"}
        results.append(
            larger
            or worded
            or line.numbered
            or (bold and _is_bold_heading(lines, index, style, results))
        )
    return results


def _is_bold_heading(
    lines: Sequence[Piece], index: int, style: Style, found: Sequence[bool]
) -> bool:
    """Whether a bold line in the size of the text is a heading: separated, and no sentence."""
    line = lines[index]
    text = line.text.strip()
    if not line.bold or line.size < 0.93 * style.size or not any(map(str.isalpha, text)):
        return False
    if text[-1:] in ".,;:" or text[:1].islower() or _CAPTION.match(text):
        return False
    if any(item.bold for item in lines[index + 1 : index + 3][1:]):
        return False
    previous = lines[index - 1] if index else None
    if previous is None or previous.column != line.column:
        return True
    return (found[index - 1] and previous.bold) or line.top - previous.top > 1.15 * style.pitch


def _mark_contents(result: Flow, lines: Sequence[Piece]) -> None:
    """A page whose lines end with page numbers, or are all headings, is a table of contents."""
    members = sum(bool(_LEADERS.search(line.text, max(0, len(line.text) - 16))) for line in lines)
    if len(lines) >= 6 and members * 10 >= len(lines) * 6:
        for item in result.blocks:
            if item.listing >= 0.5 and not item.heading:
                item.kind = "contents"
    for item in result.blocks:
        if not item.heading and item.listing >= 0.5 and _DOTS.search(item.text):
            item.kind = "contents"
        if item.heading and is_list(item.text):
            item.kind = "contents"
    run: list[Block] = []
    ends: list[Block | None] = [*result.blocks, None]
    for block in ends:
        if block is not None and (block.heading or _only_names_chapters(block.text)):
            run.append(block)
            continue
        if block is not None and run and run[-1].heading:
            # The last one has text below it.
            run.pop()
        names = any(_only_names_chapters(item.text) for item in run)
        if len(run) >= 4 or names:
            for item in run:
                item.kind = "contents"
        run = []


_CHAPTER_WORD = re.compile(
    r"\b(?:chapter|kapitel|chapitre|cap[ií]tulo|глава)\s+[\dIVXLC]+\b", re.IGNORECASE
)


def _only_names_chapters(text: str) -> bool:
    """Whether a block is a list like "Chapter 1 Chapter 22 Chapter 43"."""
    results = _CHAPTER_WORD.findall(text)
    return len(results) >= 2 and len(" ".join(results)) * 10 > len(" ".join(text.split())) * 7


def _block(group: Sequence[Piece], heading: bool, style: Style, existing: Words) -> Block:
    texts: list[str] = []
    cells: list[NDArray[np.int32]] = []
    gap = np.full(1, -1, dtype=np.int32)
    for index, line in enumerate(group):
        text, numbers = line.text, line.cells
        opening = _INITIAL.match(text) if line.initial else None
        if opening and existing.is_word(opening[1], opening[2]):
            at = opening.end(1)
            text = f"{text[:at]} {text[at:]}"
            numbers = np.insert(numbers, at, -1).astype(np.int32)
        if index:
            cut, glue = joint(texts[-1], text, existing)
            if cut:
                texts[-1] = texts[-1][:-cut]
                cells[-1] = cells[-1][:-cut]
            if glue:
                short = (
                    not heading
                    and not text[:1].islower()
                    and _stops_short(group[index - 1], line, style)
                )
                texts.append("\n" if short else glue)
                cells.append(gap)
        texts.append(text)
        cells.append(numbers)
    text, numbers = plain("".join(texts), np.concatenate(cells))
    size = float(np.median([line.size for line in group]))
    indent = group[0].left - group[0].left_edge
    listing = sum(
        bool(_LEADERS.search(line.text, max(0, len(line.text) - 16))) for line in group
    ) / len(group)
    kind = group[0].kind
    if not kind and not heading and _CAPTION.match(text):
        kind = "caption"
    return Block(
        text,
        numbers,
        heading,
        size,
        last=group[-1],
        indent=indent,
        listing=listing,
        top=group[0].top,
        kind=kind,
        # A heading in larger type names a chapter, whose text does not begin with it.
        numbered=heading and group[0].numbered and size <= 1.14 * style.size,
    )


def plain(text: str, cells: NDArray[np.int32]) -> tuple[str, NDArray[np.int32]]:
    """Expand ligatures, drop control characters, and restore PDFium's hyphen marks."""
    if text.isascii() and not _CONTROL.search(text.replace("\n", "")):
        return text, cells
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\u00a0", " ")
    if not any(mark in text for mark in _LIGATURES) and not _CONTROL.search(text.replace("\n", "")):
        return text, cells
    out: list[str] = []
    repeats = np.ones(len(text), dtype=np.int64)
    for index, character in enumerate(text):
        if character != "\n" and _CONTROL.match(character):
            repeats[index] = 0
            continue
        spelt = _LIGATURES.get(character, character)
        repeats[index] = len(spelt)
        out.append(spelt)
    return "".join(out), np.repeat(cells, repeats)


def join(previous: Block, first: Block, style: Style, existing: Words) -> None:
    """Let the first block of a page continue the last of the page before where it does."""
    if previous.heading or first.heading or previous.kind or first.kind or previous.last is None:
        return
    if first.entry and previous.text[-1:] not in HYPHENS:
        return
    if abs(previous.size - first.size) > 0.1 * style.size:
        return
    line = previous.last
    lower = first.text[:1].islower()
    open_end = not _ENDS.search(previous.text) or previous.text[-1:] in HYPHENS
    if lower or open_end:
        joined(previous, first, existing)
    elif (
        style.indented
        and line.right > line.right_edge - 2 * style.size
        and first.indent <= 0.8 * style.size
    ):
        first.joins, first.glue = True, " "


def joined(previous: Block, first: Block, existing: Words) -> None:
    """Append `first` to `previous`, resolving the hyphen."""
    cut, glue = joint(previous.text, first.text, existing)
    if cut:
        previous.text, previous.cells = previous.text[:-cut], previous.cells[:-cut]
    first.joins, first.glue = True, glue


def boxes_of(cells: NDArray[np.int32], boxes: Boxes) -> Boxes:
    """One box per character of a page's text; zeros if nothing was painted.

    The letters of a ligature share its box evenly.
    """
    result = np.zeros((len(cells), 4), dtype=np.uint16)
    real = cells >= 0
    result[real] = boxes[cells[real]]
    if len(cells) > 1:
        repeated = np.flatnonzero(real[1:] & (cells[1:] == cells[:-1]))
        for first, final in _runs(repeated):
            left, right = int(result[first, 0]), int(result[first, 2])
            count = final - first + 1
            for step in range(count):
                result[first + step, 0] = left + (right - left) * step // count
                result[first + step, 2] = left + (right - left) * (step + 1) // count
    return result


def _runs(repeated: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Runs of characters with the same origin: (first, last)."""
    start: int | None = None
    previous = -2
    for index in repeated.tolist():
        if index != previous + 1:
            if start is not None:
                yield start, previous + 1
            start = index
        previous = index
    if start is not None:
        yield start, previous + 1
