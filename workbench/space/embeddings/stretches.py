"""Units of embedding: short sections whole, longer text in windows of three sentences.

Before what a record says stands its title: a passage about a town need not name it again, and a
question does. A title that many records share, as the turns of one talk do, tells none of them from
another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

#: Letters of a section that is read whole; of longer text, sentences of a window and from one to
#: the next (single sentences say less, headings before them harm).
_WHOLE, _WINDOW, _STRIDE = 600, 3, 2
#: Letters of a window that are read: more would be cut by the model.
_MOST = 1200
#: How the title of a text without one ends, being its first words.
_CUT = "…"

#: id, source, section, passage and words of an engram.
Statement = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` engrams from `first` on, and their words."""

    first: int
    count: int
    text: str


def stretches(
    statements: Sequence[Statement], above: Mapping[int, str] | None = None
) -> Iterator[Stretch]:
    """Cut statements, in order, into stretches; none reaches from one section into another.

    `above` gives titles, by source, under which its stretches are read. Where a stretch begins and
    ends does not depend on that.
    """
    for (source, _), group in groupby(statements, key=lambda each: (each[1], each[2])):
        section = list(group)
        title = above.get(source, "") if above else ""
        if sum(len(each[4]) for each in section) <= _WHOLE:
            yield _stretch(section, title)
            continue
        for first in range(0, len(section), _STRIDE):
            yield _stretch(section[first : first + _WINDOW], title)
            if first + _WINDOW >= len(section):
                break


def _stretch(statements: Sequence[Statement], title: str) -> Stretch:
    words = " ".join(" ".join(each[4].split()) for each in statements)
    last = statements[-1][0]
    return Stretch(statements[0][0], last - statements[0][0] + 1, _under(title, words)[:_MOST])


def _under(title: str, words: str) -> str:
    """The words with the title before them, where they do not say it themselves."""
    above = " ".join(title.split())
    if not above or above.endswith(_CUT) or above.casefold() in words.casefold():
        return words
    return f"{above}. {words}"
