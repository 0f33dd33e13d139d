"""An answer over a path: the sentence that names what leads on, then what is said of that.

“Where was the director of X born?” is answered by two sentences, each cited: who directed X, and
where that person was born. Told only where the second says something of the question that the
first passage does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.recall import quotes
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import AnswerSentence, Via

#: Quotes at which a path may end that answers, the share of the question that it must add, and how
#: likely it must be to bear on it, as a share of the first.
_LOOKED, _ADDS, _NEARLY = 3, 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """Two sentences with what they cite; `end` is the place of the second's quote."""

    end: int
    sentences: tuple[AnswerSentence, AnswerSentence]


def told(
    cue: Cue, best: Sequence[Quote], chances: Sequence[float], led: Mapping[int, Via]
) -> Told | None:
    """The answer over the first path that ends in a good quote; None where none does."""
    total = sum(term.weight for term in cue.terms) or 1.0
    for end, quote in enumerate(best[1:_LOOKED], 1):
        via = led.get(quote.place)
        # The path begins at what the words of the question find first.
        if via is None or via.engram not in [each.id for each in best[0].engrams]:
            continue
        if chances[end] < _NEARLY * chances[0]:
            continue
        known = {term.word for term in quotes.matched(best[0].words, cue)}
        said, adds = "", 0.0
        for engram in quote.engrams:
            sentence = " ".join(engram.text.split())
            new = [term for term in quotes.matched(sentence, cue) if term.word not in known]
            if (share := sum(term.weight for term in new) / total) > adds:
                said, adds = sentence, share
        if adds >= _ADDS:
            first = " ".join(via.sentence.split())
            return Told(end, (AnswerSentence(first, (1,)), AnswerSentence(said, (end + 1,))))
    return None
