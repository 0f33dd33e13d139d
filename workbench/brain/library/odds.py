"""Measured probabilities that a proposed link is right.

From a library of encyclopaedic passages read to 70 %: the share of proposed links whose ends occur
together in the other 30 %; for random concepts of the same frequency it is one in a hundred at most
(the benchmark `emergent` prints the table). A prediction counts if it was mentioned next there.
"""

from collections.abc import Mapping

from ingest.language.numerals import cardinals

#: The largest number spelled out.
_IN_WORDS = 20
#: The share found in print, by the kind of path and the rank: first, second and third, and later.
#: `RARE` is any path to a concept that is not common, ranked among those alone.
SIMILAR, CHAIN, NEXT, RARE = "kin", "chain", "next", "rare"
MEASURED: Mapping[str, tuple[float, float, float]] = {
    SIMILAR: (0.019, 0.019, 0.019),
    CHAIN: (0.036, 0.036, 0.022),
    RARE: (0.018, 0.018, 0.012),
    NEXT: (0.075, 0.015, 0.005),
}


def odds(kind: str, rank: int) -> float:
    """The measured share for this kind of path at this rank, from 0."""
    return MEASURED[kind][0 if rank < 1 else 1 if rank < 3 else 2]


def odds_text(share: float) -> str:
    """A share in words: "about one in ten"."""
    if share <= 0:
        return "hardly any"
    of = round(1 / share)
    if of <= 1:
        return "nearly all"
    in_words = {number: word for word, number in cardinals("en").items()}
    return f"about one in {in_words[of] if of <= _IN_WORDS else round(of, -1)}"
