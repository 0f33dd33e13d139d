"""Extractive question answering over facts: the best fact, its span, and its probability.

The probability is a ridge logistic regression over the score of the reader, a cross-encoder, and
the question's words; the weights come from `packaging/reader/statement_weights.py`.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from ingest.language.nouns import singular
from ingest.language.tagging import tagged
from ingest.language.word_lists import aliases, measures, synonyms
from workbench.memory import words
from workbench.memory.facts.records import Fact
from workbench.recall.answerability import shipped_weights
from workbench.recall.missing import capitalized
from workbench.recall.reader import Reading

#: The features: the reader's score, the lead over the next fact, nearness included, and the number
#: of names of the question missing in the fact.
FEATURES = ("score", "lead", "names")
#: The weight of the cosine beside the reader's score: it is more reliable for short statements.
_NEARNESS = 12.0
#: The minimum probability of an answer. Of 481 questions in other words to three statements each,
#: 234 are answered rightly and 26 wrongly from .86 on, 246 and 30 from .82, 252 and 32 from .78.
MIN_PROBABILITY = 0.82
#: The share of this span among all from which it is the answer: of 299 that answer 7 were wrong.
_CLEAR = 0.5
#: The lead without a rival; how far behind the best one a newer fact on the topic may score, and
#: the share of words they must have in common.
_UNRIVALLED, _MARGIN, _SHARED = 4.0, 2.0, 0.4
_BREAKS = (", ", "; ", ": ")
#: A chunk between white space, without surrounding quotation marks and punctuation.
_CHUNK = re.compile(r"[^\s(“‘\"]+?(?=[.,;:!?)”’\"]*(?:\s|$))")


class Reads(Protocol):
    """Reads facts for a question, as `reader.Reader` does."""

    def read(self, question: str, passages: Sequence[str], /) -> Sequence[Reading | None]:
        """The readings in order; None for skipped ones."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The answering fact, the span in it, and its `FEATURES`."""

    fact: Fact
    start: int
    end: int
    clear: float
    features: tuple[float, ...]

    @property
    def score(self) -> float:
        """The reader's score."""
        return self.features[0]

    @property
    def probability(self) -> float:
        """The probability that the fact answers."""
        return shipped_weights("told.json", FEATURES)(self.features)

    @property
    def phrase(self) -> str | None:
        """The span if it is a clear phrase and not the whole sentence."""
        span, text = self.fact.text[self.start : self.end], self.fact.text.strip(" .!")
        clear = self.clear >= _CLEAR and not any(map(span.__contains__, _BREAKS))
        return span if clear and span.strip(" .!") != text else None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A fact as the reader read it for a question; `rank` is by its score and the cosine."""

    fact: Fact
    reading: Reading
    rank: float


def ranked(
    question: str, facts: Sequence[Fact], reader: Reads, cosines: Mapping[int, float]
) -> list[Ranked]:
    """The facts that may answer, the likeliest first.

    `cosines` are those of the facts with the question, by id; 0 for a missing one. Raises
    `InputError` if memory runs out.
    """
    readings = reader.read(question, [fact.text for fact in facts])
    found = [
        Ranked(fact, reading, reading.score + _NEARNESS * cosines.get(fact.id, 0.0))
        for fact, reading in zip(facts, readings, strict=True)
        if reading and reading.end > reading.start
    ]
    return sorted(found, key=lambda one: -one.rank)


def extract(question: str, read: Sequence[Ranked]) -> Extraction | None:
    """Select the best of `ranked` facts; among facts on one topic the newest counts."""
    if not read:
        return None
    first = read[0]
    newest = [one for one in read if one is first or _updates(one, first)]
    best = max(newest, key=lambda one: (one.fact.at, one.fact.id))
    fact, reading = best.fact, best.reading
    rivals = [one.rank for one in read if one not in (best, first)]
    lead = min(best.rank - max(rivals, default=-math.inf), _UNRIVALLED)
    statement_words = set(words.sequence(fact.text))
    unknown = sum(statement_words.isdisjoint(words.split(name)) for name in capitalized(question))
    start, end = _complete_span(fact.text, reading.start, reading.end)
    span = set(words.sequence(fact.text[start:end]))
    other_subject = _objects(question).difference(*_synonym_sets(statement_words))
    if span.issubset(words.sequence(question)) or other_subject:
        # it repeats the question, or has another subject
        return None
    asked, given = _qualities(words.sequence(question)), _qualities(statement_words)
    if asked and given and asked.isdisjoint(given):
        # how wide a pond is that is two metres deep
        return None
    features = reading.score, lead, float(unknown)
    return Extraction(fact, start, end, reading.clear, features)


def _updates(candidate: Ranked, first: Ranked) -> bool:
    """Whether a fact is newer than the best one and on the same topic."""
    fact, best = candidate.fact, first.fact
    least = first.reading.score - _MARGIN
    if (fact.at, fact.id) <= (best.at, best.id) or candidate.reading.score < least:
        return False
    left, right = set(words.sequence(fact.text)), set(words.sequence(best.text))
    return len(left & right) >= _SHARED * max(1, min(len(left), len(right)))


def _qualities(texts: Iterable[str]) -> set[str]:
    """The qualities that have a measure among these words: “deep” for “depth”."""
    found = set(texts)
    return {
        adjective
        for adjective, measure in measures().items()
        if adjective in found or not found.isdisjoint(measure.nouns)
    }


def _objects(question: str) -> set[str]:
    """The objects and counted nouns of a question: “paint the fence”, “how many”."""
    tokens = tagged(question)
    objects = set()
    triples = zip_longest(tokens, tokens[1:], tokens[2:], tokens[3:])
    for verb, article, noun, after in triples:
        if article is None or noun is None or noun.tags[0] != "N":
            continue
        is_final = after is None or after.tags[0] not in "NGCJE"
        is_object = verb.may_be("BV") and article.tags[0] in "DS" and is_final
        if is_object or (verb.low, article.low) == ("how", "many"):
            objects.add(singular(noun.low))
    return objects


def _synonym_sets(vocabulary: set[str]) -> Iterator[set[str]]:
    """Yield the synonyms of each word of a fact."""
    for word in vocabulary:
        noun = singular(word)
        yield {word, noun, *aliases().get(noun, ()), *synonyms().get(noun, ())}


def _complete_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a span that ends inside “€58” or “Ctrl+J” to whole chunks."""
    chunks = [m.span() for m in _CHUNK.finditer(text) if m.start() < end and m.end() > start]
    return min([start, *(a for a, _ in chunks)]), max([end, *(b for _, b in chunks)])
