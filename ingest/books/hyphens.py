"""Joins the lines of running text and resolves hyphens at their ends.

Such a hyphen divides a word or belongs to a compound; other occurrences in the document tell which.
If the document hyphenates no words, all belong to compounds.
"""

import re
from collections.abc import Iterable, Sequence

#: The last of these are PDFium's marks for a hyphen at the end of a line.
HYPHENS = "-\u2010\u00ad\x02\ufffe"
#: Fewest lines for a decision, and the number of lines per hyphenated one.
_FEW, _SHARE = 150, 70
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+-[^\W\d_]+(?![\w-])")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
#: The first word of a line, unless a compound continues: "just-", "in-time".
_FIRST_WORD = re.compile(r"[^\W\d_]+(?!-|[^\W\d_])")


def breaks_words(lines: Sequence[str]) -> bool:
    """Whether words are hyphenated at the ends of these lines."""
    return len(lines) < _FEW or sum(line[-1:] in HYPHENS for line in lines) * _SHARE > len(lines)


class Words:
    """The words and hyphenated compounds of a document as far as it was read."""

    def __init__(self, hyphenates: bool = True) -> None:
        self._hyphenates = hyphenates
        self._words: set[str] = set()
        self._compounds: set[str] = set()

    def learn(self, lines: Iterable[tuple[str, bool]]) -> None:
        """Collect the words of lines, except those divided at their ends.

        Each line comes with whether a drop cap opens it.
        """
        broken = False
        for line, initial in lines:
            lowered = line.casefold()
            # These words tell later whether an initial is a word of its own.
            inner = lowered.partition(" ")[2] if broken or initial else lowered
            broken = lowered[-1:] in HYPHENS
            if broken:
                inner = inner.rpartition(" ")[0]
            self._words.update(_WORD.findall(inner))
            if "-" in inner:
                self._compounds.update(_COMPOUND.findall(inner))

    def is_word(self, initial: str, remainder: str) -> bool:
        """Whether a drop cap is a word ("A") and `remainder` the next, as far as known."""
        initial, remainder = initial.casefold(), remainder.casefold()
        return (
            initial in self._words
            and remainder in self._words
            and initial + remainder not in self._words
        )

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether `head` and `tail`, divided at a line's end, are a compound."""
        head, tail = head.casefold(), tail.casefold()
        if f"{head}-{tail}" in self._compounds:
            return True
        if head + tail in self._words:
            return False
        if not self._hyphenates:
            return True
        return min(len(head), len(tail)) > 2 and head in self._words and tail in self._words


def joint(previous: str, after: str, existing: Words) -> tuple[int, str]:
    """How to join two lines: characters to cut off the first, and the separator."""
    if not previous or not after:
        return 0, " "
    final = previous[-1]
    if final in "\u00ad":
        return 1, ""
    if final in HYPHENS and len(previous) > 1 and previous[-2].isalpha() and after[0].isalpha():
        head = _LAST_WORD.search(previous[:-1])
        tail = _FIRST_WORD.match(after)
        if head and tail and after[0].islower() and not existing.keeps_hyphen(head[0], tail[0]):
            return 1, ""
        return 0, ""
    if final in HYPHENS and len(previous) > 1 and previous[-2].isdigit() and after[0].isdigit():
        return 0, ""
    if final in "—–/" and len(previous) > 1 and not previous[-2].isspace():
        return 0, ""
    if _is_unspaced(final) and _is_unspaced(after[0]):
        return 0, ""
    return 0, " "


def _is_unspaced(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uf900" <= character <= "\uffef"
