"""Statements that say the same in nearly the same words, which count once where counting matters.

Whether a library can answer is judged by how its best evidence stands out from what lies behind it.
Said four times over, a near miss is no more evidence than said once, neither for an answer nor
against the one that is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.recall.question import Cue
from workbench.recall.quotes import REPEATED, Quote, held

#: Share of the words of two quotes that both say from which on they are alike, and from which on
#: the second says the first again.
_ALIKE, _AGAIN = 0.6, 0.8


def repeats_behind(quotes: Sequence[Quote], cue: Cue, most: int) -> list[Quote]:
    """The quotes with those lower that say again what a better one says; best first.

    So that four copies of a near miss leave room among the first five for what answers. Looked at
    are the first `most`.
    """
    looked = quotes[:most]
    lowered = [
        quote if said is None else replace(quote, score=REPEATED * quote.score, again=said.place)
        for quote, said in _said_before(looked, cue, _AGAIN)
    ]
    if all(quote.again is None for quote in lowered):
        return list(quotes)
    return sorted([*lowered, *quotes[most:]], key=lambda quote: -quote.score)


def copies_behind(quotes: Sequence[Quote], cue: Cue) -> tuple[list[Quote], list[Quote]]:
    """The quotes that say something else than those before them, and those that say it again."""
    known: list[Quote] = []
    copies: list[Quote] = []
    for quote, said in _said_before(quotes, cue, _AGAIN):
        if said is None:
            known.append(quote)
        else:
            copies.append(replace(quote, again=said.place))
    return known, copies


def apart(quotes: Iterable[Quote], cue: Cue, share: float = _ALIKE) -> Iterator[Quote]:
    """The quotes that are not alike to one before them, in their order.

    Alike are those that say nearly the same words (Jaccard 1912) and the same of the question.
    Records of one form that tell of different things differ in what they say of the question.
    """
    return (quote for quote, said in _said_before(quotes, cue, share) if said is None)


def _said_before(
    quotes: Iterable[Quote], cue: Cue, share: float
) -> Iterator[tuple[Quote, Quote | None]]:
    """Each quote with the first before it that it is alike to, None where there is none."""
    known: list[tuple[Quote, frozenset[str]]] = []
    for quote in quotes:
        words = quote.spoken
        alike = (
            other
            for other, others in known
            if _share(words, others) >= share and _terms(quote, cue) == _terms(other, cue)
        )
        said = next(alike, None)
        if said is None:
            known.append((quote, words))
        yield quote, said


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the words of both are in both."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _terms(quote: Quote, cue: Cue) -> list[str]:
    return [term.word for term in held(quote, cue)]
