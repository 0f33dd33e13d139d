"""Drawings of questions to learn from: each with passages, of which the first answers.

All passages of a question are windows of the same shape, so that length tells nothing. Three things
are made of some questions, that the texts do not hold enough of: a list in which nothing answers; a
question with a wrong premise (a name or year is exchanged, so that the sentence that answered does
no longer); and passages that say "she" where the question has a name, as stories do.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

#: Shapes of windows, as sentences before and after, and how many of a hundred questions get them.
_SHAPES = (((0, 0), 45), ((1, 0), 25), ((0, 1), 15), ((1, 1), 15))
#: Shares of the drawings in which nothing answers, the premise is wrong (where one can be made
#: wrong), the name gives way to a word for it (where one is asked for), and the question itself is
#: among the passages.
_ABSENT, _PREMISE, _UNNAMED, _ECHO = 0.15, 0.12, 0.15, 0.05
_UNNAMES = ("he", "she", "it", "they", "I")
#: A name, other than as the first word, or a year.
NAME = re.compile(r"(?<=[a-z,’'] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|\b(?:1\d|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the sentence that answers it and those that look as if they did.

    Sentences are numbers in `Corpus.sentences`; `sentence` is -1 where none answers. `start` and
    `end` are the answer's characters in it, both -1 where they are not known. `premise` is the
    question with another name or year, "" where it has none; a pass meets it `times`. The shipped
    reader has not learned from it yet where it is `recent`.
    """

    text: str
    sentence: int
    start: int
    end: int
    near: tuple[int, ...]
    mined: tuple[int, ...]
    premise: str = ""
    times: int = 1
    recent: bool = False


@dataclass(slots=True)
class Raw:
    """A question as a source has it: `others` are sentences that say the same or may.

    `near` are those from which near misses are drawn, `chosen` those that a person marked as such.
    """

    text: str
    sentence: int
    start: int
    end: int
    others: frozenset[int]
    near: Sequence[int]
    times: int = 1
    chosen: Sequence[int] = ()
    recent: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sentences in order, with the number of the text each belongs to, and the questions."""

    sentences: tuple[str, ...]
    texts: tuple[int, ...]
    learned: tuple[Question, ...]
    held_out: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with passages, the first of which answers it if `answered`, and where."""

    question: str
    passages: tuple[str, ...]
    start: int
    end: int
    answered: bool = True


def example(corpus: Corpus, question: Question, passages: int, chance: random.Random) -> Example:
    """One drawing of a question's windows: the answering one and `passages` − 1 others."""
    (shape,) = chance.choices([s for s, _ in _SHAPES], [w for _, w in _SHAPES])
    answered = question.sentence >= 0
    own = corpus.texts[question.sentence] if answered else -1
    says = plain(corpus.sentences[question.sentence]) if answered else ""
    wanted = passages - answered
    some = chance.sample(question.near, min(len(question.near), (wanted + 1) // 2))
    some += chance.sample(question.mined, min(len(question.mined), wanted - len(some)))
    if len(some) < wanted or chance.random() < 0.5:
        del some[wanted - 1 :]
    while len(some) < wanted:
        far = chance.randrange(len(corpus.sentences))
        if corpus.texts[far] != own and plain(corpus.sentences[far]) != says:
            some.append(far)
    others = tuple(_window(corpus, each, shape, says)[0] for each in some)
    if not answered:
        return Example(question.text, others, -1, -1, answered=False)
    window, shift = _window(corpus, question.sentence, shape)
    known = question.start >= 0
    return Example(
        question.text,
        (window, *others),
        question.start + shift if known else -1,
        question.end + shift if known else -1,
    )


def varied(corpus: Corpus, question: Question, passages: int, chance: random.Random) -> Example:
    """A drawing to learn from: as `example`, or one of the things that are made of it."""
    kind = chance.random()
    if kind < _ABSENT:
        drawn = example(corpus, question, passages + (question.sentence >= 0), chance)
        return Example(drawn.question, drawn.passages[-passages:], -1, -1, answered=False)
    drawn = example(corpus, question, passages, chance)
    if kind < _ABSENT + _PREMISE and question.premise and drawn.answered:
        return Example(question.premise, drawn.passages, -1, -1, answered=False)
    if kind > 1 - _UNNAMED:
        return _unnamed(drawn, chance.choice(_UNNAMES))
    if chance.random() < _ECHO:
        return replace(drawn, passages=(*drawn.passages[:-1], drawn.question))
    return drawn


def _unnamed(drawn: Example, word: str) -> Example:
    """The passages with a word in the place of the first name that the question has."""
    name = NAME.search(drawn.question)
    if name is None or name[0].isdecimal():
        return drawn
    pattern = re.compile(rf"\b{re.escape(name[0])}\b", re.IGNORECASE)
    first, *rest = drawn.passages
    if drawn.start < 0:
        first = pattern.sub(word, first)
        return replace(drawn, passages=(first, *(pattern.sub(word, each) for each in rest)))
    before, answer = pattern.sub(word, first[: drawn.start]), first[drawn.start : drawn.end]
    whole = before + answer + pattern.sub(word, first[drawn.end :])
    return replace(
        drawn,
        passages=(whole, *(pattern.sub(word, each) for each in rest)),
        start=len(before),
        end=len(before) + len(answer),
    )


def _window(
    corpus: Corpus, middle: int, shape: tuple[int, int], never: str = ""
) -> tuple[str, int]:
    """The sentences around one, and where that begins; alone where they would say the answer."""
    text = corpus.texts[middle]
    inside = [
        i
        for i in range(middle - shape[0], middle + shape[1] + 1)
        if 0 <= i < len(corpus.texts) and corpus.texts[i] == text
    ]
    if never and any(plain(corpus.sentences[i]) == never for i in inside):
        inside = [middle]
    before = " ".join(corpus.sentences[i] for i in inside if i < middle)
    whole = " ".join(corpus.sentences[i] for i in inside)
    return whole, len(before) + 1 if before else 0


def plain(text: str) -> str:
    """A text without what does not count when sentences are compared."""
    return "".join(filter(str.isalnum, text.casefold()))
