"""Statements that say the same in nearly the same words, which count once where counting matters.

Whether a library can answer is judged by how its best evidence stands out from what lies behind it.
Said four times over, a near miss is no more evidence than said once, neither for an answer nor
against the one that is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.recall.question import Cue
from workbench.recall.quotes import Quote, matched

#: Share of the words of two quotes that both say from which on they are alike, and from which on
#: the second says the first again.
_ALIKE, _AGAIN = 0.6, 0.8
#: What a quote counts that says again what a better one says.
_REPEATED = 0.7


def repeats_behind(quotes: Sequence[Quote], cue: Cue, most: int) -> list[Quote]:
    """The quotes with those lower that say again what a better one says; best first.

    So that four copies of a near miss leave room among the first five for what answers. Looked at
    are the first `most`.
    """
    looked = quotes[:most]
    once = {quote.place for quote in apart(looked, cue, _AGAIN)}
    if len(once) == len(looked):
        return list(quotes)
    lowered = [
        quote if quote.place in once else replace(quote, score=_REPEATED * quote.score)
        for quote in looked
    ]
    return sorted([*lowered, *quotes[most:]], key=lambda quote: -quote.score)


def apart(quotes: Iterable[Quote], cue: Cue, share: float = _ALIKE) -> Iterator[Quote]:
    """The quotes that are not alike to one before them, in their order.

    Alike are those that say nearly the same words (Jaccard 1912) and the same of the question.
    Records of one form that tell of different things differ in what they say of the question.
    """
    known: list[tuple[Quote, frozenset[str]]] = []
    for quote in quotes:
        words = quote.spoken
        if any(
            _share(words, others) >= share and _terms(quote, cue) == _terms(other, cue)
            for other, others in known
        ):
            continue
        known.append((quote, words))
        yield quote


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the words of both are in both."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _terms(quote: Quote, cue: Cue) -> list[str]:
    return [term.word for term in matched(quote.words, cue)]
