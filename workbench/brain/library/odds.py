"""Measured probabilities that a proposed link is right.

A library of encyclopaedic passages was read to 70 %; of the links that were proposed then so many
were found in the 30 % that it had not read, both ends in one passage; of concepts of the same
frequency it was one in a hundred at most (the benchmark `emergent` prints the table anew).
Expected next is what was named next there, wherever the cue was.
"""

from collections.abc import Mapping

from ingest.language.numerals import cardinals

#: The largest number that is written as a word.
_IN_WORDS = 20
#: The share that was found in print, by the path of a link and its place in the list: of the first,
#: the second and third, and those behind. `RARE` is any path to what is not common, in the list of
#: those alone.
SIMILAR, CHAIN, NEXT, RARE = "kin", "chain", "next", "rare"
MEASURED: Mapping[str, tuple[float, float, float]] = {
    SIMILAR: (0.019, 0.019, 0.019),
    CHAIN: (0.036, 0.036, 0.022),
    RARE: (0.018, 0.018, 0.012),
    NEXT: (0.075, 0.015, 0.005),
}


def odds(kind: str, rank: int) -> float:
    """The measured share for a path of this kind at this place of the list, from 0."""
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
