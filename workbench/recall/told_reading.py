"""Answers from the user's statements by the reader, where comparing roles gives none.

The reader says of each statement how well it answers and where the answer stands in it. Of
statements about the same thing the newest counts. How likely the answer is right says a ridge
logistic regression over what the reader found and over the question's own words;
`workbench.bench.reader.statement_weights` makes its weights. What roles deny is no answer,
however likely.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from workbench.memory import words
from workbench.memory.facts.records import Fact
from workbench.memory.words import Token
from workbench.recall.answerability import shipped_weights
from workbench.recall.judgement import Regression
from workbench.recall.question import is_stop
from workbench.recall.reader import Reading

#: What is weighed: the reader's score, how far the next statement lies behind, and how many names
#: of the question do not stand in the statement.
FEATURES = ("score", "lead", "names")
#: The least probability that is shown. At .9 four wrong answers of 296 fewer cost ten right ones.
LEAST = 0.88
#: Statements that are read for one question.
READ = 24
#: The lead of a statement that has no rival, and the most that counts.
_ALONE = 4.0
#: Newer statements that the reader scores so near to the best, and which share this much of the
#: words of the shorter one, are about the same.
_NEAR, _SAME = 2.0, 0.4
_OPENING, _CLOSING = frozenset('(“‘"'), frozenset(',;:!?)”’"')


class Reads(Protocol):
    """What reads statements for a question, as `reader.Reader` does."""

    def read(self, question: str, passages: Sequence[str], /) -> Sequence[Reading | None]:
        """What it says of each, in their order; None for one that was not read."""


@dataclass(frozen=True, slots=True)
class Found:
    """The statement that answers best, where in it, and what is weighed, as in `FEATURES`."""

    fact: Fact
    start: int
    end: int
    features: tuple[float, ...]

    @property
    def probability(self) -> float:
        """How likely these words answer."""
        return _weights()(self.features)

    @property
    def silent(self) -> bool:
        """Whether that is too unlikely for an answer."""
        return self.probability < LEAST


def found(question: str, facts: Sequence[Fact], reader: Reads) -> Found | None:
    """What the reader finds in these statements; None where there is nothing to read.

    Raises `InputError` where memory runs out.
    """
    read = [
        (fact, reading)
        for fact, reading in zip(facts, reader.read(question, [f.text for f in facts]), strict=True)
        if reading is not None and reading.end > reading.start
    ]
    if not read:
        return None
    first = max(read, key=lambda each: each[1].score)
    fact, reading = max(
        (each for each in read if each is first or _newer(each, first)),
        key=lambda each: (each[0].at, each[0].id),
    )
    rivals = [r.score for f, r in read if f.id not in (fact.id, first[0].id)]
    start, end = _whole(fact.text, reading.start, reading.end)
    values = _features(question, fact, reading, max(rivals, default=-math.inf))
    return Found(fact, start, end, values)


def _newer(other: tuple[Fact, Reading], first: tuple[Fact, Reading]) -> bool:
    """Whether a statement is newer than the best one and about the same."""
    fact, best = other[0], first[0]
    if (fact.at, fact.id) <= (best.at, best.id) or other[1].score < first[1].score - _NEAR:
        return False
    one, two = _words(fact.text), _words(best.text)
    return len(one & two) >= _SAME * max(1, min(len(one), len(two)))


def _words(text: str) -> set[str]:
    return {word for token in words.tokens(text) for word in token.words}


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A place that ends in the middle of “€58” or “Ctrl+J” as the whole of it."""
    while start > 0 and not text[start - 1].isspace() and text[start - 1] not in _OPENING:
        start -= 1
    while end < len(text) and not text[end].isspace() and text[end] not in _CLOSING:
        if text[end] == "." and text[end + 1 : end + 2].strip() == "":
            break
        end += 1
    return start, end


def _features(question: str, fact: Fact, reading: Reading, rival: float) -> tuple[float, ...]:
    told = _words(fact.text)
    names = [t for t in words.tokens(question) if _named(t, question)]
    unknown = sum(told.isdisjoint(token.words) for token in names)
    return reading.score, min(reading.score - rival, _ALONE), float(unknown)


def _named(token: Token, question: str) -> bool:
    said = not question.startswith(token.raw)
    return said and token.capital and any(not is_stop(word) for word in token.words)


@lru_cache(maxsize=1)
def _weights() -> Regression:
    (fitted,) = shipped_weights("told.json", FEATURES, "answers")[0]
    return fitted
