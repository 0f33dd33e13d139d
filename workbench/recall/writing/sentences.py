"""A model's words as they come, taken apart into sentences with the evidence that they cite.

Marks may stand before or after the full stop, several in one bracket, and come in pieces.
"""

import re
from collections.abc import Collection

from ingest.segment import segment

_MARK = re.compile(r"[ \t\u00a0]*[\[【]\s*(\^?\d{1,3}(?:\s*[,;，、–-]\s*\^?\d{1,3})*)\s*[\]】]")
#: A mark that has begun and may yet be completed.
_BEGUN = re.compile(r"[ \t\u00a0]*[\[【][\s\d,;^，、–-]{0,20}$")
#: What stands between numbers, as a comma or a dash.
_LISTED = str.maketrans(";，、–", ",,,-", "^")
_LEFTOVER = re.compile(r"^(?:(?:[-*•]|\d{1,2}[.)])\s+|#+\s*)|\*\*|__|`")


def cited(text: str, known: Collection[int]) -> tuple[str, tuple[int, ...], bool]:
    """A sentence without its marks, the numbers among the known ones, and whether all were."""
    numbers: list[int] = []
    for match in _MARK.finditer(text):
        for part in match[1].translate(_LISTED).split(","):
            ends = [int(each) for each in part.split("-") if each.strip()]
            numbers += range(ends[0], min(ends[-1], ends[0] + 20) + 1) if ends else []
    plain = " ".join(_LEFTOVER.sub("", _MARK.sub("", text).strip()).split())
    plain = re.sub(r"\s+([.,;:!?。，])", r"\1", plain)
    inside = tuple(dict.fromkeys(n for n in numbers if n in known))
    return plain, inside, bool(numbers) and all(n in known for n in numbers)


class Sentences:
    """Hears pieces; `hear` gives the sentences that are whole, `tail` what is not yet."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._held = ""

    @property
    def tail(self) -> str:
        """The words of the sentence under way, without marks that are whole or begun."""
        return " ".join(_BEGUN.sub("", _MARK.sub("", self._held)).split())

    @property
    def pending(self) -> int:
        """The letters of the sentence under way."""
        return len(self._held)

    def hear(self, piece: str) -> list[str]:
        """Take the next piece in; the sentences that it completes, with their marks."""
        self._held += piece
        spans = self._spans()
        if len(spans) < 2:
            return []
        # The last one may go on, and the one before it may yet get its marks.
        found = [self._held[a:b] for a, b in spans[:-1]]
        last = self._held[spans[-1][0] :]
        if _BEGUN.fullmatch(last) or not "".join(last.split()).strip("[]【】0123456789,;^–-"):
            return []
        self._held = last
        return found

    def end(self) -> list[str]:
        """Nothing more comes: what is left."""
        found = [self._held[a:b] for a, b in self._spans()]
        self._held = ""
        return found

    def _spans(self) -> list[tuple[int, int]]:
        """Sentences, each with the marks that stand behind its full stop."""
        text = self._held
        # Marks are hidden from the cutter: a bracket would begin a sentence.
        hidden = _MARK.sub(lambda found: " " * len(found[0]), text)
        spans: list[tuple[int, int]] = []
        for start, end in segment(hidden, self._language):
            for line in re.finditer(r"[^\n]+", hidden[start:end]):
                if line[0].strip():
                    spans.append((start + line.start(), start + line.end()))
        merged: list[tuple[int, int]] = []
        for at, (start, _) in enumerate(spans):
            stop = spans[at + 1][0] if at + 1 < len(spans) else len(text)
            merged.append((0 if at == 0 else start, stop))
        return merged
