"""Splits the streamed text of a model into sentences with their citations.

Citation marks may precede or follow the full stop, be several in one bracket, and be split over
chunks.
"""

import re
from collections.abc import Collection

from ingest.segment import segment

_MARK = re.compile(r"[ \t\u00a0]*[\[【]\s*(\^?\d{1,3}(?:\s*[,;，、–-]\s*\^?\d{1,3})*)\s*[\]】]")
#: An incomplete citation mark.
_BEGUN = re.compile(r"[ \t\u00a0]*[\[【][\s\d,;^，、–-]{0,20}$")
#: Separators of numbers, as comma or dash.
_LISTED = str.maketrans(";，、–", ",,,-", "^")
_LEFTOVER = re.compile(r"^(?:(?:[-*•]|\d{1,2}[.)])\s+|#+\s*)|\*\*|__|`")


def cited(text: str, known: Collection[int]) -> tuple[str, tuple[int, ...], bool]:
    """A sentence without marks, its known citations, and whether all were known."""
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
    """A streaming sentence splitter; `hear` returns complete sentences, `tail` the rest."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._held = ""

    @property
    def tail(self) -> str:
        """The text of the incomplete sentence, without citation marks."""
        return " ".join(_BEGUN.sub("", _MARK.sub("", self._held)).split())

    @property
    def pending(self) -> int:
        """The number of characters of the incomplete sentence."""
        return len(self._held)

    def hear(self, piece: str) -> list[str]:
        """Add a chunk; returns the sentences it completes, with their marks."""
        self._held += piece
        spans = self._spans()
        if len(spans) < 2:
            return []
        # The last one may continue, and the one before may still get its marks.
        found = [self._held[a:b] for a, b in spans[:-1]]
        last = self._held[spans[-1][0] :]
        if _BEGUN.fullmatch(last) or not "".join(last.split()).strip("[]【】0123456789,;^–-"):
            return []
        self._held = last
        return found

    def end(self) -> list[str]:
        """End the stream; returns the rest."""
        found = [self._held[a:b] for a, b in self._spans()]
        self._held = ""
        return found

    def _spans(self) -> list[tuple[int, int]]:
        """The spans of sentences, including marks after the full stop."""
        text = self._held
        # Marks are masked: a bracket would begin a sentence.
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
