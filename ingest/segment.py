"""Text into sentences, sentences into passages: any language, pure, a few megabytes a second.

`sentencex` (Wikimedia's rule tables for some 240 languages) proposes where a full stop ends a
sentence; the rules here dispose, because it keeps a whole quotation as one sentence and errs on
ordinals and on abbreviations that may end one. Quotation marks are therefore blanked before it
looks, and put back by position: every span returned is a span of the text that came in.

Sentences that would be too long to quote (more than 60 words) are cut at semicolons, colons and
dashes; more than 80 words are cut wherever a reader would pause, else between two words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from ingest.languages import (
    EITHER,
    FIGURES_ONLY,
    LEADING,
    LEADING_ANYWHERE,
    ORDINALS,
    STARTERS,
    STOPS,
    TRAILING,
)
from ingest.records import Locator, Passage, Span

#: A sentence longer than this is cut where it pauses; none is longer than `MOST_WORDS`.
GOOD_WORDS = 60
MOST_WORDS = 80
#: The same limit for text that is not words (tables, base64): characters.
MOST_CHARACTERS = 1200

#: A passage may end with a paragraph from here on, and does not grow beyond the second.
PASSAGE_WORDS = (60, 120)
#: A section of at most so many words is one passage.
SHORT_WORDS = 140

# Where a paragraph ends: at a blank line or before a list's next item; at every line; at a blank
# or an indented line. A form feed is a new page and ends one, too.
_ITEM = r"\n(?=[^\S\n]*(?:[-*•‣–][^\S\n]|\d{1,3}[.)][^\S\n]))"
BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n\s*)+|\f\s*|" + _ITEM)
EVERY_LINE = re.compile(r"\n\s*|\f\s*")
INDENTED_LINE = re.compile(r"\n[^\S\n]*(?:\n\s*)+|\n(?=[^\S\n]{2,}\S|\t|\u3000)|\f\s*")

_UNSPACED = re.compile(
    "[\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\U00020000-\U0003134f]"
)

_CLOSERS = (
    r"(?:[\"”’'»«)\]}›‹」』）】〉》〕_*]|“(?=[\s,;:.!?]|$)|[\u00a0\u202f ]»(?!\w)| ?\[\d{1,3}\])*"
)
_ENDS = re.compile(
    r"(?P<west>(?:\.(?:[ \u00a0]\.)+|[.!?…؟۔।॥‼⁇⁈⁉])+)" + _CLOSERS + r"(?=\s|$)"
    r"|(?P<east>[。！？｡．]+)" + _CLOSERS
)
# What would keep `sentencex` from looking inside; each is as long as its blank.
_BLANKED = (*'“”„«»"()‹›「」『』（）《》‘\n\r\f', ".’", "?’", "!’", "…’", ",’", ".'", "?'", "!'")
_NEXT = re.compile(
    r"[^\S]*(?P<opening>[“”„«»\"'‘’‚(（\[{‹›「『《【_*¿¡—–\-]*)\s*(?P<word>[^\W_]+)?"
)
_TOKEN_BEFORE = re.compile(r"[^\s(\[{“„«\"‘'—–/_*]*$")


def word_count(text: str) -> int:
    """Words in `text`; where a script has no spaces, two characters count as a word."""
    if text.isascii():
        return len(text.split())
    unspaced = len(_UNSPACED.findall(text))
    if not unspaced:
        return len(text.split())
    return (unspaced + 1) // 2 + len(_UNSPACED.sub(" ", text).split())


# -- sentences -----------------------------------------------------------------------------------


def segment(text: str, language: str = "", breaks: re.Pattern[str] = BLANK_LINE) -> list[Span]:
    """The sentences of `text` as spans, in order, without the white space around them.

    No sentence crosses a match of `breaks`; none is longer than `MOST_WORDS`. Every character
    that is not white space lies in exactly one span.
    """
    result: list[Span] = []
    ends = sentence_ends(text, language)
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


def sentence_ends(text: str, language: str = "") -> list[int]:
    """Ascending offsets after which a new sentence may begin, paragraph ends not included."""
    candidates = list(_ENDS.finditer(text))
    if not candidates:
        return []
    proposed = _proposals(text, language)
    careful = _is_careful(text, candidates)
    ends: list[int] = []
    for match in candidates:
        end = match.end()
        if match["east"] is not None or _ends_sentence(text, match, proposed, language, careful):
            ends.append(end)
    return ends


def _proposals(text: str, language: str) -> list[int]:
    from sentencex import segment as propose

    blanked = text
    for mark in _BLANKED:
        blanked = blanked.replace(mark, mark[:-1] + " ")
    # An apostrophe is no quotation mark: as the letter apostrophe it stays part of its word.
    blanked = blanked.replace("'", "\u02bc").replace("’", "\u02bc")
    pieces: list[str] = propose((language or "en").split("-")[0], blanked)
    starts = list(accumulate(map(len, pieces)))
    if starts and starts[-1] != len(text):
        # It has dropped something (it does so around runs of line ends): find the pieces again.
        position = 0
        for index, piece in enumerate(pieces):
            found = blanked.find(piece, position)
            position = (found if found >= 0 else position) + len(piece)
            starts[index] = position
    return starts


def _is_careful(text: str, candidates: Sequence[re.Match[str]]) -> bool:
    """Whether this text begins its sentences with capitals (chats and captions often do not)."""
    step = max(1, len(candidates) // 200)
    lower = cased = 0
    for match in candidates[::step]:
        following = _NEXT.match(text, match.end())
        word = following["word"] if following else None
        if word and word[0].isalpha() and word[0].lower() != word[0].upper():
            cased += 1
            lower += word[0].islower()
    return lower * 5 <= cased * 2


def _ends_sentence(
    text: str, match: re.Match[str], proposed: Sequence[int], language: str, careful: bool
) -> bool:
    end = match.end()
    following = _NEXT.match(text, end)
    if following is None or following["word"] is None:
        # What follows is no word: the sentence goes on with a comma, or ends before a bare mark.
        rest = text[end : end + 8].lstrip()
        return rest[:1] not in {",", ";", ":"} or not rest
    word = following["word"]
    first = word[0]
    lower = first.islower()
    marks: str = match["west"]
    closed = end > match.end("west")
    if lower and (careful or closed):
        return False
    if marks != ".":
        return True
    token_match = _TOKEN_BEFORE.search(text, max(0, match.start() - 24), match.start())
    token = token_match[0] if token_match else ""
    return _full_stop_ends(text, match, token, word, proposed, language, following.end())


def _full_stop_ends(
    text: str,
    match: re.Match[str],
    token: str,
    word: str,
    proposed: Sequence[int],
    language: str,
    next_end: int,
) -> bool:
    if match.end() > match.end("west") and text[match.end("west")] in "\"”»’'」』":
        return True
    if len(token) <= 2 and len(word) == 1 and text[next_end : next_end + 1] == ".":
        return not token.isalpha()
    key = token.lower().replace("\u00a0", "")
    if not key:
        return True
    starter = word.lower() in STARTERS
    tongue = language.split("-")[0]
    leading = LEADING.get(tongue, LEADING_ANYWHERE)
    spaced = _spaced_abbreviation(text, match.start(), token)
    if spaced in TRAILING or key in TRAILING:
        return word[0].isupper()
    if spaced in leading:
        return False
    if len(token) == 1 and token.isalpha() and (token.isupper() or key not in leading):
        if token == "I" and language.startswith("en"):
            before = text[max(0, match.start() - 12) : match.start() - 1].split()
            return (bool(before) and before[-1].islower()) or starter
        return not token.isupper() or (starter and len(word) > 1)
    if key in leading and (key not in FIGURES_ONLY or word[0].isdigit()):
        return False
    if key in EITHER:
        return starter
    if "." in token and len(token) <= 8 and all(len(part) <= 2 for part in token.split(".")):
        return starter
    if token.isdigit() and len(token) <= 2 and language.startswith(ORDINALS):
        return starter
    if len(token) > _LONGEST_ABBREVIATION and token[-1].isalpha():
        return True
    if key in STOPS.get(tongue, ()):
        return True
    position = bisect_right(proposed, match.start())
    return position < len(proposed) and proposed[position] <= next_end


_LONGEST_ABBREVIATION = 5


def _spaced_abbreviation(text: str, stop: int, token: str) -> str:
    """The last two parts of "z. B", "т. д" written as one, or "" where there is no such thing."""
    if len(token) > 2:
        return ""
    match = _SPACED.search(text, max(0, stop - 8), stop)
    return f"{match[1]}.{match[2]}".lower() if match else ""


_SPACED = re.compile(r"(?<!\w)(\w{1,2})\.[ \u00a0\u202f]?(\w{1,3})$")


def _sentences_between(text: str, start: int, end: int, ends: Sequence[int]) -> Iterator[Span]:
    position = start
    index = bisect_right(ends, start)
    while index < len(ends) and ends[index] < end:
        span = _trim(text, position, ends[index])
        if span:
            yield from _short_enough(text, *span)
        position = ends[index]
        index += 1
    span = _trim(text, position, end)
    if span:
        yield from _short_enough(text, *span)


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return None
    return start + left, start + len(piece.rstrip())


# -- sentences that are too long -----------------------------------------------------------------

_STRONG = re.compile(r"[;:؛；：]" + _CLOSERS + r"(?=\s)|[；：]|(?:—|--|–(?=\s))" + _CLOSERS)
_WEAK = re.compile(r"[,،、，]" + _CLOSERS + r"(?=\s)|[、，]|[)\]](?=\s)|\n")
_GAP = re.compile(r"\s+")


def _short_enough(text: str, start: int, end: int) -> Iterator[Span]:
    # Two characters a word is the least there can be, so most sentences pass without counting.
    if end - start <= GOOD_WORDS * 2:
        yield start, end
        return
    words = word_count(text[start:end])
    if words <= GOOD_WORDS and end - start <= MOST_CHARACTERS:
        yield start, end
        return
    yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut at the best pause, the pieces as even as the pauses allow, until all are short enough."""
    piece = text[start:end]
    words = word_count(piece)
    fits = words <= MOST_WORDS and len(piece) <= MOST_CHARACTERS
    if words <= GOOD_WORDS and fits:
        yield start, end
        return
    for pauses, most_lopsided in ((_STRONG, 0.25), (_WEAK, 0.2)):
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
    """The end of the pause nearest the middle, none nearer the ends than `margin`; 0: none."""
    middle = len(piece) / 2
    low, high = len(piece) * margin, len(piece) * (1 - margin)
    best = 0
    for match in pauses.finditer(piece):
        at = match.end()
        if low < at < high and abs(at - middle) < abs(best - middle):
            best = at
    return best


# -- passages ------------------------------------------------------------------------------------

_WORDLESS = re.compile(r"[\W_]+")


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
    `text` that hold running text (None: all of it), so that headings stay out. Passages hold 60
    to 120 words and like to end with a paragraph; a short section is one passage. Ornaments
    between paragraphs ("* * *") belong to no passage and end the one before them. Spans and
    locators that come back count from the beginning of the source.
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
    """The same passage, on a page."""
    return replace(passage, locator=replace(passage.locator, page=number, page_label=label))


def _grouped(text: str, group: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Consecutive sentences of paragraphs, packed into passages."""
    least, most = PASSAGE_WORDS
    counts = [[word_count(text[a:b]) for a, b in paragraph] for paragraph in group]
    total = sum(map(sum, counts))
    if total <= SHORT_WORDS:
        return [[span for paragraph in group for span in paragraph]] if total else []
    result: list[list[Span]] = []
    sizes: list[int] = []
    held: list[Span] = []
    size = 0
    for paragraph, words in zip(group, counts, strict=True):
        whole = sum(words)
        if held and size + whole > most and size >= least // 2:
            result.append(held)
            sizes.append(size)
            held, size = [], 0
        left = whole
        for span, count in zip(paragraph, words, strict=True):
            # A long paragraph is cut evenly: not 120 words and then a crumb.
            pieces = max(1, -(-(size + left) // most))
            full = held and size + count > most
            even = size >= least and pieces > 1 and size + count / 2 > (size + left) / pieces
            if full or even:
                result.append(held)
                sizes.append(size)
                held, size = [], 0
            held.append(span)
            size += count
            left -= count
        if size >= least:
            result.append(held)
            sizes.append(size)
            held, size = [], 0
    if held:
        if result and size < least // 2 and sizes[-1] + size <= SHORT_WORDS:
            result[-1].extend(held)
        else:
            result.append(held)
    return result


# -- language ------------------------------------------------------------------------------------

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0904-\u0939]")),
    ("th", re.compile("[\u0e01-\u0e30]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)

_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """The BCP 47 tag of the language that most of `text` is in, or "" where nothing tells.

    Scripts decide first, then the commonest words of eight languages; looks at a sample of some
    12,000 characters from the beginning, the middle and three quarters through.
    """
    if len(text) > 12000:
        middle, later = len(text) // 2, len(text) * 3 // 4
        sample = (
            text[1000:5000] + " " + text[middle : middle + 4000] + " " + text[later : later + 4000]
        )
    else:
        sample = text
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return ""
    if not sample.isascii():
        for language, script in _SCRIPTS:
            share = len(script.findall(sample)) / letters
            if share > (0.08 if language == "ja" else 0.4):
                return language
    lowered = [word.lower() for word in words]
    scores = {
        language: sum(1 for word in lowered if word in stops) for language, stops in STOPS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    enough = max(2, len(lowered) // 20) if len(lowered) >= 8 else 1
    return best if scores[best] >= enough else ""
