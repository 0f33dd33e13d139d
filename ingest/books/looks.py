"""How words are set: raised, lowered, struck out, hidden, or in a font with its own letters."""

from collections.abc import Mapping
from typing import NamedTuple

from ingest import scripts
from ingest.books import symbol_fonts


class Look(NamedTuple):
    """What a style or run says of its words; None where it says nothing.

    `script` is a mark of `scripts`, "" for words on the line; `font` is "" for ordinary fonts.
    """

    script: str | None = None
    struck: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, below: "Look") -> "Look":
        """This look, and what it does not say from the one below."""
        return Look(
            below.script if self.script is None else self.script,
            below.struck if self.struck is None else self.struck,
            below.hidden if self.hidden is None else self.hidden,
            below.font if self.font is None else self.font,
        )

    def set(self, words: str) -> str:
        """The words with the letters of their font, and marked by `scripts`."""
        words = symbol_fonts.shown(words, self.font or "")
        words = f"{self.script}{words}{scripts.END}" if self.script else words
        return scripts.struck(words) if self.struck else words


PLAIN = Look()


def font(name: str) -> str | None:
    """The font of a `Look`: "" for one with ordinary letters, None without a name."""
    return name if symbol_fonts.has_own_letters(name) else "" if name else None


def inherited(looks: Mapping[str, Look], parents: Mapping[str, str]) -> dict[str, Look]:
    """The look of each style, with what it inherits from the one that it is based on."""
    results: dict[str, Look] = {}
    for style in {**looks, **parents}:
        # Ordered, and a set: a style may be based on itself.
        chain: dict[str, None] = {}
        while style and style not in chain and style not in results:
            chain[style] = None
            style = parents.get(style, "")
        for name in reversed(chain):
            below = results.get(parents.get(name, ""), PLAIN)
            results[name] = looks.get(name, PLAIN).over(below)
    return {style: look for style, look in results.items() if look != PLAIN}
