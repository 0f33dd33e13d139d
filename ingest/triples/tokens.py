"""Sentences and tokens with spans.

Quotation marks and dashes are normalised character for character, so offsets stay valid. A quoted
title and the passage's own title are one token each.
"""

import re
from typing import NamedTuple

from ingest.triples.words import ABBREVIATION

Span = tuple[int, int]

_LETTERS = "A-Za-zÀ-ÿĀ-žḀ-ỿ"
_TOKEN = re.compile(
    rf"""[cC]an(?=not\b)
    |[a-z]+(?=[ ,.;])|\d{{4}}s\b|\d+(?:st|nd|rd|th)\b|\#?\d[\d,.]*(?<=\d)%?|(?:[A-Z]\.){{1,4}}
    |(?:Mr|Mrs|Ms|Dr|St|Jr|Sr)\.|[{_LETTERS}]+\d\w*
    |[{_LETTERS}]+n't\b
    |[{_LETTERS}]+(?:-[{_LETTERS}]+)+'[{_LETTERS}]{{3,}}
    |[dDlL]'\s?[A-ZÀ-Ž][a-zà-ž]+
    |[A-ZÀ-Ž][{_LETTERS}]*'(?!s\b|re\b|ve\b|ll\b|d\b|m\b|t\b)[{_LETTERS}]+
    |[{_LETTERS}]+(?:-(?:\s(?=[{_LETTERS}]))?[{_LETTERS}0-9]+)*
    |'(?:s|S|re|ve|ll|d|m)\b|--|–|[^\s\w]|\w+""",
    re.X,
)
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s+[\"'(]?\s?[A-ZÀ-Ž0-9])|\n\s*\n")
_QUOTED_TITLE = re.compile(r'"\s*([A-ZÀ-Ž0-9][^"]{0,70}?[^".,!?;:\s-])\s*"')
_EVEN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "_": " ", "—": "–", "\xa0": " "}
)
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_LAST_WORD = re.compile(r"\S+$")


class Token(NamedTuple):
    """A word and its span. `name`: a whole title, never to be split."""

    word: str
    start: int
    end: int
    name: bool = False


class Title(NamedTuple):
    """A title of the passage: its pattern in the text, and its written form."""

    pattern: re.Pattern[str]
    text: str


def normalised(text: str) -> str:
    """The text with uniform quotation marks, apostrophes and dashes; of the same length."""
    return text.translate(_EVEN)


def title_of(text: str) -> Title | None:
    """The pattern of a title of several words, with any separators; else None."""
    words = re.findall(r"\w+", text)
    if len(words) < 2:
        return None
    return Title(re.compile(r"\b" + r"[\W_]{1,3}".join(map(re.escape, words)) + r"\b"), text)


def sentences(text: str) -> list[Span]:
    """Adjacent spans of the sentences of a normalised text, separated by white space only."""
    spans: list[Span] = []
    begin = 0
    for match in _END.finditer(text):
        if match.group() == ".":
            word = _LAST_WORD.search(text, max(begin, match.start() - 40), match.start())
            if word and (
                word.group().lower().strip("(\"'") in ABBREVIATION
                or _INITIALS.fullmatch(word.group())
            ):
                continue
        spans.append((begin, match.end()))
        begin = match.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return spans


def tokens(text: str, title: Title | None = None) -> list[Token]:
    """The tokens of one normalised sentence; "n't" and "'s" are tokens."""
    spans: list[Token] = []
    latest = 0
    for start, end, inner in _names(text, title):
        spans.extend(_words(text, latest, start))
        spans.append(Token(inner, start, end, True))
        latest = end
    spans.extend(_words(text, latest, len(text)))
    return spans


def _names(text: str, title: Title | None) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    if '"' in text:
        spans = [(m.start(), m.end(), m.group(1)) for m in _QUOTED_TITLE.finditer(text)]
    if title:
        match = title.pattern.search(text)
        if match and not any(a < match.end() and match.start() < b for a, b, _ in spans):
            spans = sorted([*spans, (match.start(), match.end(), title.text)])
    return spans


def _words(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if "- " in word:
            word = word.replace("- ", "-")
        if len(word) > 3 and word.endswith("n't"):
            cut = match.end() - 3
            found.append(Token("can" if word == "can't" else word[:-3], match.start(), cut))
            found.append(Token("n't", cut, match.end()))
        else:
            found.append(Token(word, match.start(), match.end()))
    return found
