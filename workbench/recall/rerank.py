"""Ranks candidates by the reader, and selects sentences.

Retrieval finds passages with the words of a question; whether they answer shows only if question
and passage are encoded together (Nogueira & Cho 2019, https://arxiv.org/abs/1901.04085). The reader
alone lacks what retrieval knows, so the reader's score and the rank in retrieval are combined. The
sentences of the best quotes are then read one by one, since one of them has the answer, and again
after the preceding sentence, which resolves “he”; the mean of the two scores counts. Reading whole
quotes after their preceding sentence gained nothing on 955 questions of eight sets.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from workbench.jobs import Cancel
from workbench.recall.asserted import asserts, is_withdrawn
from workbench.recall.quotes import Quote, preceding_sentences
from workbench.recall.reader import Reader, Reading
from workbench.recall.replies import has_question_mark, questions_above
from workbench.recall.reranker import MOST, Reranker, reordered
from workbench.recall.search import Retrieval, Thread

#: Quotes that are read: the first ones, and up to the next number as long as none of them answers
#: clearly; and those whose sentences are candidates.
_DEPTHS, _SENTENCE_QUOTES = (16, 40, 80), 5
#: Maximum quotes that are read.
READ = _DEPTHS[-1]
#: The time limit in seconds, and the minimum of read quotes for a new order.
_SECONDS, _MINIMUM = 20.0, 8
#: The smallest share of the best score that is distinguished from none.
_MIN_SHARE = 1e-3
#: The weights of the logarithms of a quote's rank and of its share of the best retrieval score, to
#: order quotes and to select sentences; and the weight of a quote for its sentences. Chosen on
#: questions that the reader was not trained on, of six sets and everyday ones.
_SINGLE_PLACE, _SINGLE_SENTENCE = (0.0, 6.0), (0.5, 6.0)
_QUOTE = 0.5
#: The difference in weight by which a quote's score falls by a factor of e.
_FALLS = 4.0
#: The minimum probability of a clear answer.
_CLEAR = 0.6
#: How far a sentence falls behind others that denies or doubts what it names.
_DENIED = 3.0


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of the quote at `place`; `worth` compares sentences of the same question.

    `reading` has the span of a value in it, and `rank` (from 0) is that of its quote in retrieval.
    `withheld` is what was deducted from its worth since it denies or doubts what it names.
    """

    place: int
    engram: int
    text: str
    worth: float
    rank: int
    reading: Reading
    withheld: float = 0.0


@dataclass(frozen=True, slots=True)
class Reread:
    """Quotes in the reader's order, and sentences of the first ones, best first.

    The score of a quote is from 0 to 1 for those that were read, 1 for the best. `rank` (from 0) is
    that of the first quote in retrieval, `lead` its weight above the others.
    """

    quotes: tuple[Quote, ...]
    sentences: tuple[ReadSentence, ...]
    readings: tuple[Reading, ...]
    rank: int = 0
    lead: float = math.inf

    def joined(self, parts: Mapping[int, int]) -> "Reread":
        """The same after some quotes became parts of others, by place (`quotes.joined`)."""
        if not parts:
            return self
        sentences = (replace(row, place=parts.get(row.place, row.place)) for row in self.sentences)
        read = list(zip(self.quotes, self.readings, strict=False))
        readings = (reading for quote, reading in read if quote.place not in parts)
        kept = (quote for quote in self.quotes if quote.place not in parts)
        return replace(
            self, quotes=tuple(kept), sentences=tuple(sentences), readings=tuple(readings)
        )


def rerank(
    reader: Reader,
    retrieval: Retrieval,
    thread: Thread | None = None,
    cancel: Cancel | None = None,
    larger: Reranker | None = None,
) -> Reread | None:
    """Order the retrieved quotes by the reader, and the first of them by a `larger` model.

    Reads some of them, and more if none answers clearly. None if too few could be read in time.
    With a `thread` the sentences are also read for the original question. Raises `Cancelled`, and
    `InputError` if memory runs out.
    """
    cue = retrieval.cue
    quotes = retrieval.quotes
    target = quotes[:READ]
    asked = {**questions_above(retrieval.search.connection, target), **retrieval.replies}
    words = [
        f"{asked[quote.place]} {quote.words}" if quote.place in asked else quote.words
        for quote in target
    ]
    deadline = time.monotonic() + _SECONDS
    read: list[Reading] = []
    for depth in _DEPTHS:
        some = words[len(read) : depth]
        seconds = deadline - time.monotonic()
        readings = reader.read(cue.read_as, some, seconds=seconds, cancel=cancel)
        read += [reading for reading in readings if reading is not None]
        if len(read) < depth or max(item.probability for item in read) >= _CLEAR:
            break
    if len(read) < min(_MINIMUM, len(target)):
        return None
    top = quotes[0].score
    shares = [max(quote.score / top, _MIN_SHARE) if top > 0 else 1.0 for quote in target]
    weights = _quote_weights(read, shares, _SINGLE_PLACE)
    adjacent = _quote_weights(read, shares, _SINGLE_SENTENCE)
    order = sorted(range(len(read)), key=lambda at: -weights[at])
    if larger is not None and len(order) > 1:
        first = order[:MOST]
        scores = larger.scores(cue.read_as, [words[at] for at in first])
        joined = reordered(
            scores, [read[at].score for at in first], [target[at].score for at in first]
        )
        for at, weight in zip(first, joined.tolist(), strict=True):
            weights[at] = adjacent[at] = weight / 2
        first.sort(key=lambda at: -weights[at])
        order[:MOST] = first
    for at in order:
        if target[at].place in retrieval.replies:
            weights[at] = adjacent[at] = max(weights) + 1
    order.sort(key=lambda at: target[at].place not in retrieval.replies)
    best_quotes = [target[at] for at in order[:_SENTENCE_QUOTES]]
    leads = preceding_sentences(retrieval.search.connection, best_quotes)
    firsts = [asked.get(quote.place, lead) for quote, lead in zip(best_quotes, leads, strict=True)]
    statements = [
        (at, row, lead, " ".join(row.text.split()))
        for at, first in zip(order, firsts, strict=False)
        for leads in [[first, *(row.text for row in quotes[at].engrams)]]
        for row, lead in zip(quotes[at].engrams, leads, strict=False)
    ]
    texts = [words for *_, words in statements]
    if thread is not None and not cue.topic and thread.question != cue.text:
        # “He was a long, earnest man” matches the original question better than one on Starbuck.
        repeated = reader.read(thread.question, texts, cancel=cancel)
        readings = reader.read(cue.text, texts, cancel=cancel)
    else:
        linked = [f"{lead} {words}" for _, _, lead, words in statements]
        pairs = reader.read(cue.read_as, [*texts, *linked], cancel=cancel)
        readings = pairs[: len(texts)]
        # An answer in the preceding sentence is no evidence for this one.
        repeated = [
            None if reading is None or reading.end <= len(lead) else reading
            for reading, (_, _, lead, _) in zip(pairs[len(texts) :], statements, strict=True)
        ]
    sentences = []
    for (at, row, _, text), reading, other in zip(statements, readings, repeated, strict=True):
        if reading is not None and other is not None:
            reading = replace(reading, score=(reading.score + other.score) / 2)
        if reading is not None:
            is_so = bool(cue.topic) or _asserts(cue.text, text, reading, bool(cue.kind))
            withheld = 0.0 if is_so else _DENIED
            worth = reading.score + _QUOTE * adjacent[at] - withheld
            place = quotes[at].place
            sentences.append(ReadSentence(place, row.id, text, worth, at, reading, withheld))
    # A question that the text only asks is answered by others.
    sentences.sort(
        key=lambda item: (
            item.place not in retrieval.replies,
            has_question_mark(item.text),
            -item.worth,
        )
    )
    if sentences:
        # The quote with the best sentence comes first.
        order.sort(key=lambda at: at != sentences[0].rank)
    minimum = min(weights)
    ordered = [
        replace(quotes[at], score=_share(item, weights[order[0]]))
        for item, at in zip(accumulate((weights[at] for at in order), min), order, strict=True)
    ]
    following = [
        replace(quote, score=_share(minimum, weights[order[0]]) * quote.score / (top or 1.0))
        for quote in quotes[len(read) :]
    ]
    return Reread(
        (*ordered, *following),
        tuple(sentences),
        tuple(read[at] for at in order),
        order[0],
        weights[order[0]] - max((weights[at] for at in order[1:]), default=-math.inf),
    )


def _asserts(question: str, text: str, reading: Reading, has_kind: bool) -> bool:
    """Whether a text says that what the reader found in it is so.

    Where no kind of value is asked for, only what is struck out is not so.
    """
    span = reading.start, reading.end
    if not has_kind or span[0] >= span[1]:
        return not is_withdrawn(question, text, *span)
    return asserts(question, text, *span)


def _quote_weights(
    read: Sequence[Reading], shares: Sequence[float], counts: tuple[float, float]
) -> list[float]:
    """The reader's scores of quotes, adjusted by rank and share in retrieval."""
    of_rank, of_share = counts
    return [
        item.score - of_rank * math.log1p(rank) + of_share * math.log(share)
        for rank, (item, share) in enumerate(zip(read, shares, strict=False))
    ]


def _share(weight: float, best: float) -> float:
    """The score of a quote relative to the first one."""
    return math.exp(min(weight - best, 0.0) / _FALLS)
