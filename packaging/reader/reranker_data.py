"""What the reranker learns from: questions with windows of one to three sentences of one text.

Near misses are windows of the same text that share most words with the question, those chosen by
hand, and neighbours of the sentence that answers; windows with another sentence that may answer are
none. `python -m reader.reranker_training` names the rest.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.segment import segment
from reader import BOOK_QUESTIONS, OWN_QUESTIONS
from tests.benchmarks.corpus import rows_of
from workbench.memory.vocabulary import ENGLISH_STOP

#: How often a question of each group is drawn, of 100.
SHARES: Mapping[str, int] = {
    "tales": 24, "papers": 10, "books": 20, "text": 22, "story": 8, "told": 3, "squad": 7,
    "selqa": 6,
}  # fmt: skip
#: Of tales and of papers, one in so many is held out, to choose how scores are mixed.
_TALES_OUT, _PAPERS_OUT = 8, 4
#: Paragraphs of SQuAD that are one text, and the fewest sentences of a section of SelQA.
_PARAGRAPHS, _FEWEST = 12, 6
#: Share of an answer's words that a sentence holds if it answers, and if it may.
_HOLDS, _MAY = 0.7, 0.6
#: Windows that share most words; how many are drawn of these; near misses by hand; the rest.
_BEST, _NEAREST, _CHOSEN, _BESIDE = 20, 4, 2, 3
#: Share of the lists from which the answer is left out.
_SILENT = 0.16
_LENGTHS, _WEIGHTS = (1, 2, 3), (0.25, 0.3, 0.45)


class Text:
    """Sentences, and which windows of three share most with a question."""

    def __init__(self, sentences: Sequence[str]) -> None:
        """Index sentences."""
        self.sentences = sentences
        self.stems = [stems(each) for each in sentences]
        places: dict[str, list[int]] = defaultdict(list)
        for number, some in enumerate(self.stems):
            for stem in some:
                places[stem].append(number)
        self._places: dict[str, NDArray[np.int64]] = {
            stem: np.array(some) for stem, some in places.items()
        }

    def best(self, question: str, most: int) -> list[int]:
        """The middle sentences of the windows that share most, best first."""
        size = len(self.sentences)
        score = np.zeros(size)
        for stem in sorted(stems(question)):
            found = self._places.get(stem)
            if found is None:
                continue
            rarity = np.log(1 + (size - len(found) + 0.5) / (len(found) + 0.5))
            score[found] += rarity
            near = np.concatenate(
                [found, np.maximum(found - 1, 0), np.minimum(found + 1, size - 1)]
            )
            score[np.unique(near)] += 0.6 * rarity
        return [int(each) for each in np.argsort(-score, kind="stable")[:most]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the sentences that answer, those that may, and near misses chosen by hand."""

    question: str
    text: Text
    answers: tuple[int, ...]
    may: frozenset[int]
    near: tuple[int, ...]
    group: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question with passages; the first answers if any does."""

    question: str
    passages: tuple[str, ...]
    answered: bool


def stems(text: str) -> set[str]:
    """The first letters of words that tell something."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return {word[:5] for word in words if word not in ENGLISH_STOP}


def load(corpus: Path) -> list[Asked]:
    """All questions, without those that are held out."""
    return [
        *_tales(corpus / "stories" / "stories-train.jsonl.gz"),
        *_papers(corpus / "stories" / "covid-papers.jsonl.gz"),
        *_books(corpus / "books2"),
        *_own(),
        *_squad(corpus / "reader" / "squad-spans.jsonl.gz"),
        *_selqa(corpus / "reader" / "selqa.jsonl.gz"),
    ]


def order(questions: Sequence[Asked], seed: int) -> Iterator[Asked]:
    """Draw without end by the shares; a group begins anew when each of it was drawn."""
    chance = random.Random(seed)
    groups: dict[str, list[Asked]] = defaultdict(list)
    for each in questions:
        groups[each.group].append(each)
    shares = {name: share for name, share in SHARES.items() if groups[name]}
    left: dict[str, list[Asked]] = {name: [] for name in shares}
    while True:
        (name,) = chance.choices(list(shares), list(shares.values()))
        if not left[name]:
            left[name] = list(groups[name])
            chance.shuffle(left[name])
        yield left[name].pop()


def drawn(asked: Asked, passages: int, chance: random.Random) -> Drawn | None:
    """Choose passages; None where the text has too few."""
    made: list[tuple[int, int]] = []
    answered = bool(asked.answers) and chance.random() > _SILENT
    if answered:
        made.append(_window(asked.text, chance.choice(asked.answers), chance, frozenset()))
    used: set[int] = set()
    for first, end in _misses(asked, chance):
        if len(made) == passages:
            break
        if used.isdisjoint(range(first, end)):
            used.update(range(first, end))
            made.append((first, end))
    if len(made) < passages:
        return None
    texts = tuple(" ".join(asked.text.sentences[first:end]) for first, end in made)
    return Drawn(asked.question, texts, answered)


def _misses(asked: Asked, chance: random.Random) -> Iterator[tuple[int, int]]:
    text, may = asked.text, asked.may
    windows = [
        _window(text, each, chance, may)
        for each in text.best(asked.question, 4 * _BEST)
        if each not in may
    ][:_BEST]
    by_rank = sorted(range(len(windows)), key=lambda rank: rank + 8 * chance.random())
    yield from (windows[rank] for rank in by_rank[:_NEAREST])
    chosen = [each for each in asked.near if each not in may]
    chance.shuffle(chosen)
    yield from (_window(text, each, chance, may) for each in chosen[:_CHOSEN])
    if asked.answers:
        at = chance.choice(asked.answers)
        beside = [i for i in range(at - 3, at + 4) if 0 <= i < len(text.sentences) and i not in may]
        if beside:
            yield _window(text, chance.choice(beside), chance, may)
    yield from (windows[rank] for rank in by_rank[_NEAREST : _NEAREST + _BESIDE])
    for _ in range(60):
        each = chance.randrange(len(text.sentences))
        if each not in may:
            yield _window(text, each, chance, may)


def _window(
    text: Text, number: int, chance: random.Random, avoided: frozenset[int]
) -> tuple[int, int]:
    """One to three sentences with this one, none that is avoided."""
    (length,) = chance.choices(_LENGTHS, _WEIGHTS)
    first = max(0, number - chance.randrange(length))
    end = min(len(text.sentences), first + length)
    while any(each in avoided for each in range(first, number)):
        first += 1
    while any(each in avoided for each in range(number + 1, end)):
        end -= 1
    return first, end


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _cut(text: str) -> list[str]:
    told = " ".join(text.split())
    return [told[start:end] for start, end in segment(told)]


def _asked(
    question: str,
    text: Text,
    answers: Iterable[int],
    may: Iterable[int],
    group: str,
    near: Iterable[int] = (),
) -> Asked:
    given = tuple(sorted(answers))
    return Asked(question, text, given, frozenset((*given, *may)), tuple(near), group)


def _tales(file: Path) -> Iterator[Asked]:
    """The sentence of the named sections answers that holds most of an answer's words."""
    for number, tale in enumerate(rows_of(file)):
        if number % _TALES_OUT == 0:
            continue
        parts = [_cut(section) for section in tale["sections"]]
        section_of = [i for i, part in enumerate(parts) for _ in part]
        text = Text([each for part in parts for each in part])
        for row in tale["questions"]:
            if not row["explicit"]:
                continue
            said = stems(row["question"])
            wanted = [stems(each) - said or stems(each) for each in row["answers"]]
            share = {
                i: max(
                    (len(each & text.stems[i]) / len(each) for each in wanted if each), default=0
                )
                for i, section in enumerate(section_of)
                if section in row["sections"]
            }
            if share:
                best = max(share, key=lambda i: (share[i], len(said & text.stems[i]), -i))
                if share[best] >= _HOLDS:
                    may = [i for i, held in share.items() if held >= _MAY]
                    yield _asked(row["question"], text, [best], may, "tales")


def _papers(file: Path) -> Iterator[Asked]:
    for number, paper in enumerate(rows_of(file)):
        if number % _PAPERS_OUT == 0:
            continue
        whole, begins, sentences = paper["text"], [], []
        for paragraph in re.finditer(r"(?:(?!\n\s*\n).)+", whole, re.DOTALL):
            for start, end in segment(paragraph[0]):
                begins.append(paragraph.start() + start)
                sentences.append(" ".join(paragraph[0][start:end].split()))
        text, said = Text(sentences), [_plain(each) for each in sentences]
        for row in paper["questions"]:
            answers: set[int] = set()
            may: set[int] = set()
            for answer in row["answers"]:
                told = _plain(answer["text"])
                at = int(np.searchsorted(begins, answer["start"], "right")) - 1
                near = range(max(0, at - 1), min(len(said), at + 3))
                holding = [i for i in near if told and (told in said[i] or _within(said[i], told))]
                answers.update(holding[:1])
                may.update(holding, (i for i, each in enumerate(said) if told and told in each))
            if answers:
                yield _asked(row["question"], text, answers, may, "papers")


def _within(sentence: str, answer: str) -> bool:
    return len(sentence) > len("a few words") and sentence in answer


def _books(folder: Path) -> Iterator[Asked]:
    texts: dict[str, tuple[Text, str, list[str]]] = {}
    for row in rows_of(BOOK_QUESTIONS):
        if row["part"] != "learn":
            continue
        if row["book"] not in texts:
            whole = (folder / f"{row['book']}.txt").read_text(encoding="utf-8")
            made = [each for part in re.split(r"\n\s*\n", whole) for each in _cut(part)]
            texts[row["book"]] = Text(made), whole, [_plain(each) for each in made]
        text, whole, said = texts[row["book"]]
        answers = [_holding(_plain(whole[a:b]), said) for a, b in row["evidence"]]
        near = [i for a, b in row["near"] for i in _holding(_plain(whole[a:b]), said)[:1]]
        told = [plain for each in row["answers"] if len(plain := _plain(each)) > len("a few")]
        may = [i for i, each in enumerate(said) if any(answer in each for answer in told)]
        may += [i for some in answers for i in some]
        firsts = [some[0] for some in answers if some]
        if firsts or not row["answerable"]:
            yield _asked(row["question"], text, firsts, may, "books", near)


def _holding(quote: str, said: Sequence[str]) -> list[int]:
    """The sentences in which a quote stands, or that stand in it."""
    return [i for i, each in enumerate(said) if quote in each or _within(each, quote)][:4]


def _own() -> Iterator[Asked]:
    for row in rows_of(OWN_QUESTIONS):
        if row["half"] == "a":
            text = Text(row["sentences"])
            for asked in row["questions"]:
                parts = (asked["answers"], asked["also"], row["kind"], asked["near"])
                yield _asked(asked["question"], text, *parts)


def _squad(file: Path) -> Iterator[Asked]:
    rows: list[Any] = list(rows_of(file))
    for start in range(0, len(rows), _PARAGRAPHS):
        sentences: list[str] = []
        places: list[tuple[str, int, str]] = []
        for row in rows[start : start + _PARAGRAPHS]:
            context = row["context"]
            for first, end in segment(context):
                places += [
                    (asked["question"], len(sentences), _plain(asked["answer"]))
                    for asked in row["questions"]
                    if first <= asked["start"] < end
                ]
                sentences.append(context[first:end])
        text, said = Text(sentences), [_plain(each) for each in sentences]
        for question, at, answer in places:
            may = [i for i, each in enumerate(said) if answer and answer in each]
            yield _asked(question, text, [at], may, "squad")


def _selqa(file: Path) -> Iterator[Asked]:
    texts: dict[str, Text] = {}
    for row in rows_of(file):
        if len(row["sentences"]) >= _FEWEST and row["answers"]:
            text = texts.setdefault(json.dumps(row["sentences"]), Text(row["sentences"]))
            yield _asked(row["question"], text, row["answers"], (), "selqa")
