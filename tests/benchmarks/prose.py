"""Made-up English prose, as much as one likes and the same everywhere, for documents to measure on.

Grammatical filler in sentences of natural length. The nouns are made of syllables and drawn by
Zipf's law, so that words are as rare and as many as in books.
"""

import random
from bisect import bisect_left
from itertools import accumulate

# fmt: off
_ONSETS = [
    "b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p",
    "pl", "qu", "r", "s", "sh", "sl", "st", "t", "th", "tr", "v", "w",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "oo"]
_CODAS = ["", "", "l", "m", "n", "r", "s", "t", "nd", "rk"]
_VERBS = [
    "carries", "marks", "keeps", "finds", "follows", "holds", "lifts", "measures", "opens", "reads",
    "shows", "turns", "weighs", "describes", "explains", "resembles", "surrounds", "replaces",
    "outlives", "records",
]
_MANNERS = [
    "slowly", "often", "rarely", "quietly", "twice", "again", "alone", "gladly", "at last",
    "in turn", "by night",
]
_QUALITIES = [
    "old", "narrow", "bright", "heavy", "distant", "patient", "common", "bitter", "early", "hidden",
    "wooden", "silent", "broad", "careful", "foreign", "gentle",
]
_PLACES = [
    "behind the wall", "near the river", "under a lamp", "in the second year", "before noon",
    "across the valley", "after the harvest", "beside the road", "between two letters",
    "without a witness",
]
# fmt: on
_NOUNS = 4000


class Prose:
    """A writer with a stock of words of its own: the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        # Every writer has the same stock, shuffled: other books prefer other words.
        stock = random.Random(1885)
        nouns: dict[str, None] = {}
        while len(nouns) < _NOUNS:
            nouns[_syllables(stock, stock.choice((1, 2, 2, 3)))] = None
        self._random = random.Random(seed)
        self._nouns = list(nouns)
        self._random.shuffle(self._nouns)
        self._shares = list(accumulate(1 / (rank + 3) for rank in range(_NOUNS)))

    def noun(self) -> str:
        """One noun."""
        share = self._random.random() * self._shares[-1]
        return self._nouns[bisect_left(self._shares, share)]

    def name(self) -> str:
        """A name that stands for itself: long enough to occur nowhere else."""
        return _syllables(self._random, 4).capitalize()

    def sentence(self) -> str:
        """One sentence of 8 to 25 words."""
        words = [*self._thing(), self._random.choice(_VERBS), *self._thing()]
        while len(words) < 22 and self._random.random() < 0.6:
            joint = self._random.choice(("and", "while", "because", "although", "where"))
            words += [joint, *self._thing(), self._random.choice(_VERBS), *self._thing()]
        if self._random.random() < 0.5:
            words.append(self._random.choice(_MANNERS))
        if self._random.random() < 0.5:
            words.append(self._random.choice(_PLACES))
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."

    def paragraph(self, words: int) -> str:
        """Whole sentences of at least so many words."""
        found: list[str] = []
        written = 0
        while written < words:
            found.append(self.sentence())
            written += found[-1].count(" ") + 1
        return " ".join(found)

    def text(self, size: int) -> str:
        """Paragraphs of at least `size` characters altogether, an empty line between them."""
        found: list[str] = []
        written = 0
        while written < size:
            found.append(self.paragraph(self._random.randint(40, 120)))
            written += len(found[-1]) + 2
        return "\n\n".join(found)

    def title(self) -> str:
        """A heading of a few words."""
        return f"The {self._random.choice(_QUALITIES)} {self.noun()} of {self.noun()}".title()

    def _thing(self) -> list[str]:
        article = self._random.choice(("the", "the", "a", "this", "every", "no"))
        if self._random.random() < 0.4:
            quality = self._random.choice(_QUALITIES)
            article = "an" if article == "a" and quality[0] in "aeiou" else article
            return [article, quality, self.noun()]
        return [article, self.noun()]


def _syllables(source: random.Random, count: int) -> str:
    return "".join(
        source.choice(_ONSETS) + source.choice(_VOWELS) + source.choice(_CODAS)
        for _ in range(count)
    )
