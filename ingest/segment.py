"""Splits text into sentences, and sentences into passages: any language, a few megabytes a second.

`ingest.ends` finds the ends of sentences; all spans refer to the text passed in. Sentences too long
to quote (more than 60 words) are cut at semicolons, colons and dashes; those of more than 80 words
at any pause, or else between two words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.detection import detect_language as detect_language
from ingest.detection import told_language as told_language
from ingest.ends import CLOSERS, sentence_ends
from ingest.patterns import later
from ingest.records import Locator, Passage, Span

#: A longer sentence is cut at a pause; none is longer than `MOST_WORDS`.
GOOD_WORDS = 60
MOST_WORDS = 80
#: The same limit in characters, for text without words (tables, base64).
MOST_CHARACTERS = 1200

#: Words from which a passage may end with a paragraph, and its maximum.
PASSAGE_WORDS = (60, 120)
#: A section of at most so many words is one passage.
SHORT_WORDS = 140

# Ends of paragraphs: at a blank line or before a list's next item; at every line; at a blank or an
# indented line. A form feed ends one, too.
_OPTION = r"[^\S\n]{2,}--?[A-Za-z0-9][\w-]*(?:[\s,=\[]|$)"
_ITEM = rf"\n(?=[^\S\n]*(?:[-*•‣–][^\S\n]|\d{{1,3}}[.)][^\S\n])|{_OPTION})"
BLANK_LINE = later(r"\n[^\S\n]*(?:\n\s*)+|\f\s*|" + _ITEM)
#: A line that opens an entry of a manual's list of options. It is indented: elsewhere two dashes at
#: the beginning of a line may continue a sentence.
OPTION = later(_OPTION)
EVERY_LINE = later(r"\n\s*|\f\s*")
INDENTED_LINE = later(r"\n[^\S\n]*(?:\n\s*)+|\n(?=[^\S\n]{2,}\S|\t|\u3000)|\f\s*")

_UNSPACED = later(
    "[\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\U00020000-\U0003134f]"
)


def word_count(text: str) -> int:
    """Words in `text`; in scripts without spaces two characters count as a word."""
    if text.isascii():
        return len(text.split())
    unspaced = len(_UNSPACED.findall(text))
    if not unspaced:
        return len(text.split())
    return (unspaced + 1) // 2 + len(_UNSPACED.sub(" ", text).split())


def word_counts(texts: Sequence[str], parts: Sequence[Sequence[str]]) -> list[int]:
    """`word_count` of each text, given the parts between its white space."""
    return [
        len(item) if text.isascii() or not _UNSPACED.search(text) else word_count(text)
        for text, item in zip(texts, parts, strict=True)
    ]


# -- sentences -----------------------------------------------------------------------------------


def segment(text: str, language: str = "", breaks: re.Pattern[str] = BLANK_LINE) -> list[Span]:
    """The sentences of `text` as ordered spans, without surrounding white space.

    No sentence crosses a match of `breaks`; none is longer than `MOST_WORDS`. Every other character
    lies in exactly one span.
    """
    result: list[Span] = []
    ends = sentence_ends(text, language, by_line=breaks is EVERY_LINE)
    for start, end in paragraphs(text, breaks):
        result.extend(_sentences_between(text, start, end, ends))
    return result


def paragraphs(
    text: str, breaks: re.Pattern[str] = BLANK_LINE, start: int = 0, end: int | None = None
) -> Iterator[Span]:
    """The paragraphs of `text[start:end]`, trimmed; empty ones are left out."""
    stop = len(text) if end is None else end
    position = start
    for match in breaks.finditer(text, start, stop):
        span = _trim(text, position, match.start())
        if span:
            yield span
        position = match.end()
    span = _trim(text, position, stop)
    if span:
        yield span


def _sentences_between(text: str, start: int, end: int, ends: Sequence[int]) -> Iterator[Span]:
    position = start
    index = bisect_right(ends, start)
    if _is_row(text, start, end, bisect_left(ends, end) - index):
        yield from _short_enough(text, start, end)
        return
    while index < len(ends) and ends[index] < end:
        span = _trim(text, position, ends[index])
        if span:
            yield from _short_enough(text, *span)
        position = ends[index]
        index += 1
    span = _trim(text, position, end)
    if span:
        yield from _short_enough(text, *span)


def _is_row(text: str, start: int, end: int, ends: int) -> bool:
    """Whether a paragraph with `ends` ends of sentences inside is the row of a table.

    It is one unit, whatever its cells contain.
    """
    if not ends or text.find(" | ", start, end) < 0 or text.find("\n", start, end) >= 0:
        return False
    return ends <= text.count(" | ", start, end) or all(
        map(_LABELLED.match, text[start:end].split(" | "))
    )


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return None
    return start + left, start + len(piece.rstrip())


# -- sentences that are too long -----------------------------------------------------------------

# Two dashes after a space and before a word begin an option, and are no pause.
_DASH = r"(?:—|(?<!\s)--|--(?=\s)|–(?=\s))"
_STRONG = later(r"[;:؛；：]" + CLOSERS + r"(?=\s)|[；：]|" + _DASH + CLOSERS)
_WEAK = later(r"[,،、，]" + CLOSERS + r"(?=\s)|[、，]|[)\]](?=\s)|\n")
#: A cell with the name of its column.
_LABELLED = later(r"[^|.!?]{1,80}: ")
#: Between two cells of a row.
_CELL = later(r"\s\|(?=\s)")
_GAP = later(r"\s+")
_WINDOW = 5_000


def _short_enough(text: str, start: int, end: int) -> Iterator[Span]:
    # A word has at least two characters, so most sentences need no counting.
    if end - start <= GOOD_WORDS * 2:
        yield start, end
        return
    if end - start <= MOST_CHARACTERS and word_count(text[start:end]) <= GOOD_WORDS:
        yield start, end
        return
    # A file can be one line of megabytes: windows keep the work linear and memory small.
    while end - start > _WINDOW:
        middle = start + _WINDOW // 2
        for pauses in (_CELL, _STRONG, _WEAK, _GAP):
            pause = pauses.search(text, middle, start + _WINDOW)
            if pause:
                break
        at = pause.end() if pause else middle
        span = _trim(text, start, at)
        if span:
            yield from _cut(text, *span)
        start = at
    span = _trim(text, start, end)
    if span:
        yield from _cut(text, *span)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut at the best pauses, as evenly as these allow, until all pieces are short enough."""
    piece = text[start:end]
    words = word_count(piece)
    fits = words <= MOST_WORDS and len(piece) <= MOST_CHARACTERS
    if words <= GOOD_WORDS and fits:
        yield start, end
        return
    # A colon in the row of a table separates the name of a column and its value.
    strong = _CELL if _CELL.search(piece) else _STRONG
    for pauses, most_lopsided in ((strong, 0.25), (_WEAK, 0.2)):
        at = _nearest_middle(pauses, piece, most_lopsided)
        if at:
            break
        if fits:
            yield start, end
            return
    else:
        at = _nearest_middle(_GAP, piece, 0.0) or len(piece) // 2
    for left, right in ((start, start + at), (start + at, end)):
        span = _trim(text, left, right)
        if span:
            yield from _cut(text, *span)


def _nearest_middle(pauses: re.Pattern[str], piece: str, margin: float) -> int:
    """The end of the pause nearest the middle, at least `margin` from both ends; 0: none."""
    middle = len(piece) / 2
    low, high = len(piece) * margin, len(piece) * (1 - margin)
    best = 0
    for match in pauses.finditer(piece):
        at = match.end()
        if low < at < high and abs(at - middle) < abs(best - middle):
            best = at
    return best


# -- passages ------------------------------------------------------------------------------------

_WORDLESS = later(r"[\W_]+")


def passages(
    text: str,
    start: int = 0,
    language: str = "",
    *,
    chapter: str | None = None,
    body: Iterable[Span] | None = None,
    breaks: re.Pattern[str] = BLANK_LINE,
) -> tuple[Passage, ...]:
    """The passages of one section, in order.

    `text` is the section's text, `start` its offset in the source's text; `body` are the spans of
    running text in `text` (None: all of it), which exclude headings. Passages have 60 to 120 words
    and preferably end with a paragraph; a short section is one passage. Ornaments between
    paragraphs ("* * *") belong to no passage and end the previous one. Spans and locators returned
    are offsets in the source.
    """
    ends = sentence_ends(text, language)
    groups: list[list[list[Span]]] = []
    for left, right in body if body is not None else ((0, len(text)),):
        groups.append([])
        for begin, stop in paragraphs(text, breaks, left, right):
            if stop - begin < 80 and _WORDLESS.fullmatch(text, begin, stop):
                groups.append([])
                continue
            groups[-1].append(list(_sentences_between(text, begin, stop, ends)))
    return tuple(
        _passage(text, start, chapter, sentences)
        for group in groups
        for sentences in _grouped(text, group)
    )


def _passage(text: str, start: int, chapter: str | None, sentences: Sequence[Span]) -> Passage:
    left, right = sentences[0][0], sentences[-1][1]
    return Passage(
        locator=Locator(start + left, start + right, chapter=chapter or None),
        text=text[left:right],
        sentences=tuple((start + a, start + b) for a, b in sentences),
    )


def at_page(passage: Passage, number: int, label: str) -> Passage:
    """The same passage with a page."""
    return replace(passage, locator=replace(passage.locator, page=number, page_label=label))


def _grouped(text: str, group: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Consecutive sentences of paragraphs, packed into passages."""
    minimum, maximum = PASSAGE_WORDS
    counts = [[word_count(text[a:b]) for a, b in paragraph] for paragraph in group]
    total = sum(map(sum, counts))
    if total <= SHORT_WORDS:
        return [[span for paragraph in group for span in paragraph]] if total else []
    result: list[list[Span]] = []
    sizes: list[int] = []
    held: list[Span] = []
    size = 0
    for paragraph, words in zip(group, counts, strict=True):
        entire = sum(words)
        if held and size + entire > maximum and size >= minimum // 2:
            result.append(held)
            sizes.append(size)
            held, size = [], 0
        left = entire
        for span, count in zip(paragraph, words, strict=True):
            # A long paragraph is divided evenly: not 120 words and then a crumb.
            pieces = max(1, -(-(size + left) // maximum))
            full = held and size + count > maximum
            even = size >= minimum and pieces > 1 and size + count / 2 > (size + left) / pieces
            if full or even:
                result.append(held)
                sizes.append(size)
                held, size = [], 0
            held.append(span)
            size += count
            left -= count
        if size >= minimum:
            result.append(held)
            sizes.append(size)
            held, size = [], 0
    if held:
        if result and size < minimum // 2 and sizes[-1] + size <= SHORT_WORDS:
            result[-1].extend(held)
        else:
            result.append(held)
    return result
