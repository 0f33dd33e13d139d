"""What the reader learns from: questions, each with the sentence that answers and some that do not.

Sources (`reader` in the evaluation data): SQuAD 1.1 (Rajpurkar et al. 2016), some of it with the
answer's place, and SelQA (Jurczyk et al. 2016). Negatives are near misses: sentences of the same
article that share most words with the question, those that BM25 ranks highest over all articles,
and one at random. All passages of a question are windows of the same shape, so that length tells
nothing.
"""

import gzip
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.segment import segment
from workbench.bench.rival_bm25 import Bm25

#: Sentences before and after that are near: SQuAD's own list knows no articles.
_NEAR = 90
#: Paragraphs before and after that are near.
_NEAR_PARAGRAPHS = 4
#: Near misses kept for each question, and how many BM25 is asked for.
_KEPT, _MINED = 8, 16
#: One question in so many is for choosing among weights and never learned from; in runs of so many,
#: since neighbours ask about the same sentences.
_HELD_OUT, _RUN = 24, 25
#: Shapes of windows, as sentences before and after, and how many of a hundred questions get them.
_SHAPES = (((0, 0), 55), ((1, 1), 10), ((0, 1), 18), ((1, 0), 17))
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the sentence that answers it and those that look as if they did.

    Sentences are numbers in `Corpus.sentences`; `start` and `end` are the answer's characters in
    the sentence that answers, both -1 where they are not known.
    """

    text: str
    sentence: int
    start: int
    end: int
    near: tuple[int, ...]
    mined: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sentences in order, with the number of the text each belongs to, and the questions."""

    sentences: tuple[str, ...]
    texts: tuple[int, ...]
    learned: tuple[Question, ...]
    held_out: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with passages, the first of which answers it; the answer's place in that."""

    question: str
    passages: tuple[str, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Raw:
    text: str
    sentence: int
    start: int
    end: int
    others: frozenset[int]
    near: Sequence[int]


def load(folder: Path) -> Corpus:
    """Read the questions of a folder and look for near misses: a minute or two, same each time."""
    sentences: list[str] = []
    texts: list[int] = []
    raw = [*_spans(folder, sentences, texts)]
    known = {_plain(each.text) for each in raw}
    raw += [each for each in _squad(folder, sentences, texts) if _plain(each.text) not in known]
    raw += _selqa(folder, sentences, texts)
    questions = _with_negatives(raw, sentences)
    held_out = [i // _RUN % _HELD_OUT == 0 for i in range(len(questions))]
    return Corpus(
        tuple(sentences),
        tuple(texts),
        tuple(q for q, out in zip(questions, held_out, strict=True) if not out),
        tuple(q for q, out in zip(questions, held_out, strict=True) if out),
    )


def example(corpus: Corpus, question: Question, passages: int, chance: random.Random) -> Example:
    """One drawing of a question's windows: the answering one and `passages` − 1 others."""
    (shape,) = chance.choices([s for s, _ in _SHAPES], [w for _, w in _SHAPES])
    own = corpus.texts[question.sentence]
    says = _plain(corpus.sentences[question.sentence])
    wanted = passages - 1
    some = chance.sample(question.near, min(len(question.near), (wanted + 1) // 2))
    some += chance.sample(question.mined, min(len(question.mined), wanted - len(some)))
    if len(some) < wanted or chance.random() < 0.5:
        del some[wanted - 1 :]
    while len(some) < wanted:
        far = chance.randrange(len(corpus.sentences))
        if corpus.texts[far] != own and _plain(corpus.sentences[far]) != says:
            some.append(far)
    window, shift = _window(corpus, question.sentence, shape)
    others = tuple(_window(corpus, each, shape, says)[0] for each in some)
    known = question.start >= 0
    return Example(
        question.text,
        (window, *others),
        question.start + shift if known else -1,
        question.end + shift if known else -1,
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
    if never and any(_plain(corpus.sentences[i]) == never for i in inside):
        inside = [middle]
    before = " ".join(corpus.sentences[i] for i in inside if i < middle)
    whole = " ".join(corpus.sentences[i] for i in inside)
    return whole, len(before) + 1 if before else 0


def _spans(folder: Path, sentences: list[str], texts: list[int]) -> Iterator[_Raw]:
    """SQuAD with the answer's place: whole paragraphs."""
    paragraphs = _lines(folder / "squad-spans.jsonl.gz")
    first = [0]
    places = []
    for paragraph in paragraphs:
        context = paragraph["context"]
        cut = segment(context)
        places.append(cut)
        texts += [_next(texts)] * len(cut)
        sentences += [context[start:end] for start, end in cut]
        first.append(len(sentences))
    for number, paragraph in enumerate(paragraphs):
        around = range(
            first[max(0, number - _NEAR_PARAGRAPHS)],
            first[min(len(paragraphs), number + _NEAR_PARAGRAPHS + 1)],
        )
        for asked in paragraph["questions"]:
            start, end = asked["start"], asked["start"] + len(asked["answer"])
            inside = [i for i, (a, b) in enumerate(places[number]) if a <= start and end <= b]
            if not inside:
                continue
            base = places[number][inside[0]][0]
            own = first[number] + inside[0]
            says = _plain(asked["answer"])
            others = frozenset(i for i in around if says in _plain(sentences[i]))
            yield _Raw(asked["question"], own, start - base, end - base, others, around)


def _squad(folder: Path, sentences: list[str], texts: list[int]) -> Iterator[_Raw]:
    """SQuAD by sentences that follow one another."""
    first = len(sentences)
    own = [each["text"] for each in _lines(folder / "squad-sentences.jsonl.gz")]
    sentences += own
    texts += [_next(texts)] * len(own)
    for asked in _lines(folder / "squad-questions.jsonl.gz"):
        at = first + asked["sentence"]
        near = range(max(first, at - _NEAR), min(len(sentences), at + _NEAR))
        yield _Raw(asked["question"], at, -1, -1, frozenset((at,)), near)


def _selqa(folder: Path, sentences: list[str], texts: list[int]) -> Iterator[_Raw]:
    """SelQA: sections of articles, many asked about more than once."""
    seen: dict[tuple[str, ...], int] = {}
    for asked in _lines(folder / "selqa.jsonl.gz"):
        if not asked["answers"]:
            continue
        section = tuple(asked["sentences"])
        if section not in seen:
            seen[section] = len(sentences)
            texts += [_next(texts)] * len(section)
            sentences += section
        first = seen[section]
        answers = frozenset(first + i for i in asked["answers"])
        near = range(first, first + len(section))
        yield _Raw(asked["question"], min(answers), -1, -1, answers, near)


def _with_negatives(raw: Sequence[_Raw], sentences: Sequence[str]) -> list[Question]:
    words = [set(_WORD.findall(each.casefold())) for each in sentences]
    plain = [_plain(each) for each in sentences]
    frequency = Counter(word for each in words for word in each)
    found = []
    index = Bm25(sentences)
    for each in raw:
        asked = set(_WORD.findall(each.text.casefold()))
        says = {plain[i] for i in (each.sentence, *each.others)}

        def telling(i: int, asked: set[str] = asked) -> float:
            return sum(math.log(len(words) / frequency[word]) for word in asked & words[i])

        near = [i for i in each.near if plain[i] and plain[i] not in says]
        near.sort(key=lambda i: (-telling(i), i))
        mined = [
            i
            for i in index.best(each.text, _MINED)
            if plain[i] not in says and i not in near[:_KEPT]
        ]
        found.append(
            Question(
                each.text,
                each.sentence,
                each.start,
                each.end,
                tuple(near[:_KEPT]),
                tuple(mined[:_KEPT]),
            )
        )
    return found


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _next(texts: Sequence[int]) -> int:
    return texts[-1] + 1 if texts else 0


def _lines(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
