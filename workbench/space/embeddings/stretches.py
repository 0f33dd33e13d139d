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
_SECTION_CHARACTERS, _WINDOW, _STRIDE = 600, 3, 2
#: Letters of a window that are read: more would be cut by the model.
_MAX_CHARACTERS = 1200
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
    for (source, _), group in groupby(
        statements, key=lambda statement: (statement[1], statement[2])
    ):
        section = list(group)
        title = above.get(source, "") if above else ""
        if sum(len(statement[4]) for statement in section) <= _SECTION_CHARACTERS:
            yield _stretch(section, title)
            continue
        for first in range(0, len(section), _STRIDE):
            yield _stretch(section[first : first + _WINDOW], title)
            if first + _WINDOW >= len(section):
                break


def _stretch(statements: Sequence[Statement], title: str) -> Stretch:
    words = " ".join(" ".join(statement[4].split()) for statement in statements)
    end = statements[-1][0]
    return Stretch(
        statements[0][0], end - statements[0][0] + 1, _with_title(title, words)[:_MAX_CHARACTERS]
    )


def _with_title(title: str, words: str) -> str:
    """The words with the title before them, where they do not say it themselves."""
    above = " ".join(title.split())
    if not above or above.endswith(_CUT) or above.casefold() in words.casefold():
        return words
    return f"{above}. {words}"
