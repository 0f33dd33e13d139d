"""What gets a vector: a short section whole, of longer text every window of three sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

#: Letters of a section that is read whole; of longer text, sentences of a window and from one to
#: the next (`spec/untitled.md`: single sentences say less, headings before them harm).
_WHOLE, _WINDOW, _STRIDE = 600, 3, 2
#: Letters of a window that are read: more would be cut by the model.
_MOST = 1200

#: id, source, section, passage and words of an engram.
Statement = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` engrams from `first` on, and their words."""

    first: int
    count: int
    text: str


def stretches(statements: Sequence[Statement]) -> Iterator[Stretch]:
    """Cut statements, in order, into stretches; none reaches from one section into another."""
    for _, group in groupby(statements, key=lambda each: (each[1], each[2])):
        section = list(group)
        if sum(len(each[4]) for each in section) <= _WHOLE:
            yield _stretch(section)
            continue
        for first in range(0, len(section), _STRIDE):
            yield _stretch(section[first : first + _WINDOW])
            if first + _WINDOW >= len(section):
                break


def _stretch(statements: Sequence[Statement]) -> Stretch:
    words = " ".join(" ".join(each[4].split()) for each in statements)
    last = statements[-1][0]
    return Stretch(statements[0][0], last - statements[0][0] + 1, words[:_MOST])
