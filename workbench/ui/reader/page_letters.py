"""Text selection on pages: hit testing, words and lines of characters."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Box

#: Weight of vertical relative to horizontal distance.
_DOWN = 12.0
#: Scripts without spaces between words: Thai to Khmer, kana, Chinese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
#: Characters allowed within a word: apostrophes and the soft hyphen.
_TOLERANCE = "'\u2019\u00ad"


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a page from offset `start` of its source, with a box per character.

    Boxes are fractions of the page; white space has zero width.
    """

    start: int
    text: str
    boxes: Sequence[Box]

    def nearest(self, x: float, y: float) -> int | None:
        """The index in `text` nearest to a point of the page, between characters; None if empty."""
        best, result = float("inf"), None
        for at, (left, top, right, bottom) in enumerate(self.boxes):
            if right <= left:
                continue
            distance = max(left - x, 0.0, x - right) + _DOWN * max(top - y, 0.0, y - bottom)
            if distance < best:
                best = distance
                result = at + (x > (left + right) / 2)
        return result

    def word(self, at: int) -> tuple[int, int]:
        """The bounds of the word at an index."""
        start = end = min(max(at, 0), len(self.text))
        while start > 0 and _in_word(self.text[start - 1]):
            start -= 1
        while end < len(self.text) and _in_word(self.text[end]):
            end += 1
        return start, end

    def lines(self, start: int, end: int) -> list[Box]:
        """One box per line of the characters `[start, end)`."""
        results: list[Box] = []
        for left, top, right, bottom in self.boxes[start:end]:
            if right <= left:
                continue
            if results:
                line = results[-1]
                shared = min(line[3], bottom) - max(line[1], top)
                if shared * 2 >= min(line[3] - line[1], bottom - top) and left >= line[0]:
                    results[-1] = (
                        line[0], min(line[1], top), max(line[2], right), max(line[3], bottom),
                    )  # fmt: skip
                    continue
            results.append((left, top, right, bottom))
        return results


def cut_word(prefix: str, after: str) -> tuple[int, int]:
    """The numbers of letters of one word before and after a cut between two texts."""
    text, start, end = prefix + after, len(prefix), len(prefix)
    while _joined(text, start):
        start -= 1
    while _joined(text, end):
        end += 1
    return len(prefix) - start, end - len(prefix)


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of an index belong to one word."""
    if not 0 < at < len(text):
        return False
    if text[at] in _TOLERANCE:
        return _letter(text[at - 1]) and _letter(text[at + 1 : at + 2])
    if text[at - 1] in _TOLERANCE:
        return at > 1 and _letter(text[at - 2]) and _letter(text[at])
    return _letter(text[at - 1]) and _letter(text[at])


def _letter(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter)[0] in "LMN" and not _UNSPACED.match(letter)


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter in "'’-"
