"""Put candidates into the order in which they answer, as the reader finds, and choose sentences.

What retrieval finds holds the words of a question, in the right place of the text; whether it
answers shows only where question and passage are read together (Nogueira & Cho 2019,
https://arxiv.org/abs/1901.04085). The reader alone is misled by what retrieval knows, so both
count: the score of the reader, and the place that retrieval gave. The sentences of the best quotes
are then read one by one, since a quote that answers does so in one of them, and once more behind
the sentence before, which tells who “he” is; the mean of the two scores counts. To read whole
quotes behind the sentence before them gained nothing on 955 questions of eight sets.
"""

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.jobs import Cancel
from workbench.recall.quotes import Quote, preceding_sentences
from workbench.recall.reader import Reader, Reading
from workbench.recall.search import Retrieval
from workbench.recall.thread import Thread

#: Quotes that are read: first these, and where none of them answers clearly so many in all; and
#: those of whose sentences one is shown.
_FIRST, READ, _STATEMENT_FACTOR = 40, 120, 5
#: Seconds after which no more is read, and quotes that must have been for their order to count.
_SECONDS, _MINIMUM = 20.0, 8
#: The smallest share of the best score that is told from none.
_MIN_SHARE = 1e-3
#: What the logarithm of a quote's rank counts beside its score, and that of its share of the best
#: score of retrieval: to order quotes, and to choose among their sentences; and what a quote's
#: worth counts for its sentences. Chosen on questions that the reader has not learned from, of six
#: sets and everyday ones.
_SINGLE_PLACE, _SINGLE_SENTENCE = (0.0, 6.0), (0.5, 6.0)
_QUOTE = 0.5
#: How much less worth makes a quote's score e times smaller.
_FALLS = 4.0
#: The probability from which on a quote answers clearly.
_CLEAR = 0.7


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of the quote at `place`; `worth` compares sentences of the same question.

    `reading` says where in it a value would stand, and `rank` (from 0) where retrieval had put its
    quote.
    """

    place: int
    engram: int
    text: str
    worth: float
    rank: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Reread:
    """Quotes as the reader orders them, and sentences of the first of them, best first.

    The score of a quote is from 0 to 1 for those that were read, the best having 1.
    """

    quotes: tuple[Quote, ...]
    sentences: tuple[ReadSentence, ...]
    readings: tuple[Reading, ...]


def rerank(
    reader: Reader, retrieval: Retrieval, thread: Thread | None = None, cancel: Cancel | None = None
) -> Reread | None:
    """The quotes that were found in the reader's order.

    Some of them are read, and more where none answers clearly. None where too few of them could be
    read in time. With a `thread` the sentences are read for the question as it was asked, too.
    Raises `Cancelled`, and `InputError` where memory runs out.
    """
    cue = retrieval.cue
    quotes = retrieval.quotes
    target = quotes[:READ]
    words = [quote.words for quote in target]
    deadline = time.monotonic() + _SECONDS
    readings = reader.read(cue.read_as, words[:_FIRST], seconds=_SECONDS, cancel=cancel)
    read = [reading for reading in readings if reading is not None]
    if not read or len(read) < min(_MINIMUM, len(target)):
        return None
    best = max(item.probability for item in read)
    if best < _CLEAR and len(read) == _FIRST:
        left = deadline - time.monotonic()
        more = reader.read(cue.read_as, words[_FIRST:], seconds=left, cancel=cancel)
        read += [reading for reading in more if reading is not None]
    top = quotes[0].score
    shares = [max(quote.score / top, _MIN_SHARE) if top > 0 else 1.0 for quote in target]
    weights = _quote_weights(read, shares, _SINGLE_PLACE)
    adjacent = _quote_weights(read, shares, _SINGLE_SENTENCE)
    order = sorted(range(len(read)), key=lambda at: -weights[at])
    best_quotes = [target[at] for at in order[:_STATEMENT_FACTOR]]
    firsts = preceding_sentences(retrieval.search.connection, best_quotes)
    statements = [
        (at, row, lead)
        for at, first in zip(order, firsts, strict=False)
        for row, lead in zip(quotes[at].engrams, _leads(first, quotes[at]), strict=False)
    ]
    plain = [
        (at, row, lead, words)
        for at, row, lead in statements
        for words in [" ".join(row.text.split())]
    ]
    plain_item = [words for _, _, _, words in plain]
    if thread is not None and not cue.topic and thread.question != cue.text:
        # “He was a long, earnest man” answers what is asked of him rather than of Starbuck.
        repeated = reader.read(thread.question, plain_item, cancel=cancel)
        readings = reader.read(cue.text, plain_item, cancel=cancel)
    else:
        linked = [f"{lead} {words}" for _, _, lead, words in plain]
        pairs = reader.read(cue.read_as, [*plain_item, *linked], cancel=cancel)
        readings = pairs[: len(plain_item)]
        # Where the sentence before holds the answer, that tells nothing of this one.
        repeated = [
            None if reading is None or reading.end <= len(lead) else reading
            for reading, (_, _, lead, _) in zip(pairs[len(plain_item) :], plain, strict=True)
        ]
    readings = list(map(_mean_reading, readings, repeated))
    sentences = [
        ReadSentence(
            quotes[at].place,
            row.id,
            words,
            reading.score + _QUOTE * adjacent[at],
            at,
            reading,
        )
        for (at, row, _, words), reading in zip(plain, readings, strict=True)
        if reading is not None
    ]
    sentences.sort(key=lambda item: -item.worth)
    if sentences:
        # What holds the sentence that answers best stands first.
        order.sort(key=lambda at: at != sentences[0].rank)
    minimum = min(weights)
    ordered = [
        replace(quotes[at], score=_share(item, weights[order[0]]))
        for item, at in zip(_falling(weights[at] for at in order), order, strict=True)
    ]
    following = [
        replace(quote, score=_share(minimum, weights[order[0]]) * quote.score / (top or 1.0))
        for quote in quotes[len(read) :]
    ]
    return Reread(
        (*ordered, *following),
        tuple(sentences),
        tuple(read[at] for at in order),
    )


def _leads(first: str, quote: Quote) -> list[str]:
    """What stands before each sentence of a quote, `first` before the first one, and its last."""
    return [first, *(row.text for row in quote.engrams)]


def _mean_reading(left: Reading | None, other: Reading | None) -> Reading | None:
    """The first reading with the mean score of both."""
    if left is None or other is None:
        return left
    return replace(left, score=(left.score + other.score) / 2)


def _quote_weights(
    read: Sequence[Reading], shares: Sequence[float], counts: tuple[float, float]
) -> list[float]:
    """What the reader finds of each quote with what its place in retrieval counts."""
    of_rank, of_share = counts
    return [
        item.score - of_rank * math.log1p(rank) + of_share * math.log(share)
        for rank, (item, share) in enumerate(zip(read, shares, strict=False))
    ]


def _falling(weight: Iterable[float]) -> Iterator[float]:
    """Each, but never more than one before it."""
    minimum = math.inf
    for item in weight:
        minimum = min(minimum, item)
        yield minimum


def _share(weight: float, best: float) -> float:
    """The score of a quote beside the first one's, which is 1."""
    return math.exp(min(weight - best, 0.0) / _FALLS)
