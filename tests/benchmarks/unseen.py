"""Questions that nothing was learned from, fitted on or mended by: published figures are from here.

Four groups: fresh questions to narratives and to practical texts (`everyday2` of the evaluation
data), our own to three whole books that are there to report on (`book_questions`), and the tales of
FairytaleQA that are never learned from, each asked of its own text. What is right, the data's own
script says; for tales the sentence holds most of an answer's words and stands in its section.
"""

import math
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.book_questions import book_file, reading_questions
from tests.benchmarks.corpus import corpus_folder, rows_of
from tests.benchmarks.everyday import OTHER_KINDS, score_of
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library
from workbench.recall.records import Answer

#: Goals of each group: right first, one of five, sure and wrong, silent although the text answers.
_GOALS = {
    "narratives": (42, 70, 6, 25),
    "practical": (65, 92, 6, 12),
    "whole_books": (42, 70, 6, 25),
    "tales": (68, 87, 9, 25),
}
_FIGURES = ("first_right", "among_five", "sure_and_wrong", "wrongly_silent")
_HIGHER = (True, True, False, False)
GOALS: Mapping[str, Goal] = {
    f"{group}_{figure}": Goal("%", goal, higher)
    for group, goals in _GOALS.items()
    for figure, goal, higher in zip(_FIGURES, goals, _HIGHER, strict=True)
} | {f"{group}_rightly_silent": Goal("%", 90, True) for group in _GOALS if group != "tales"}
#: The probability from which an answer is called sure.
_SURE = 0.5
#: Share of an answer's words that a sentence about a tale holds, and the letters of a stem.
_HOLDS, _STEM = 0.7, 5
#: Spread of the normal distribution that holds 95 % of it.
_SPREAD = 1.96

Right = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Item:
    """A question to one text of a group: what answers it, or that nothing does."""

    group: str
    text: str
    question: str
    right: Right
    answerable: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of a question."""

    group: str
    answerable: bool
    silent: bool
    first: bool
    five: bool
    sure: bool


def run(say: Say) -> list[Row]:
    """Ask all of them, which takes half an hour; needs the evaluation data (`WORKBENCH_CORPUS`)."""
    marks: list[Mark] = []
    for name, files, items in _groups(corpus_folder()):
        marks += _asked(files, items)
        say(f"{name}: {len(items)} questions")
    return rows(marks)


def rows(marks: Sequence[Mark]) -> list[Row]:
    """The figures of each group with the interval in which nineteen of twenty samples lie."""
    made = []
    for group in _GOALS:
        here = [mark for mark in marks if mark.group == group and mark.answerable]
        strange = [mark for mark in marks if mark.group == group and not mark.answerable]
        figures = {
            "first_right": [mark.first for mark in here],
            "among_five": [mark.five for mark in here],
            "sure_and_wrong": [mark.sure and not mark.first for mark in here],
            "wrongly_silent": [mark.silent for mark in here],
            "rightly_silent": [mark.silent for mark in strange],
        }
        for figure, holds in figures.items():
            name = f"{group}_{figure}"
            if name in GOALS and holds:
                share = sum(holds) / len(holds)
                half = _SPREAD * math.sqrt(share * (1 - share) / len(holds))
                on = f"{len(holds)} questions, ± {100 * half:.0f}"
                made.append(judged(name, 100 * share, GOALS, on))
    return made


def _groups(corpus: Path) -> Iterator[tuple[str, Mapping[str, Path], list[Item]]]:
    """Each set with its texts by name and what is asked of them."""
    is_right = score_of(corpus).is_right
    folder = corpus / "everyday2"
    novels = {file.stem: file for file in sorted((folder / "books").iterdir())}
    others = {file.stem: file for file in sorted((folder / "texts").iterdir())}
    fresh = [
        Item(
            "narratives" if row["text"] in novels else "practical",
            row["text"],
            row["question"],
            _by_script(is_right, row["question"], row["answers"], row["evidence"]),
            row["answerable"],
        )
        for row in rows_of(folder / "questions.jsonl")
        if row["kind"] not in OTHER_KINDS
    ]
    yield "everyday2", novels | others, fresh
    own = list(reading_questions(corpus, "report"))
    books = [
        Item(
            "whole_books",
            question.book,
            question.text,
            _by_script(is_right, question.text, question.answers, question.evidence),
            bool(question.evidence),
        )
        for question in own
    ]
    files = {name: book_file(corpus, name) for name in dict.fromkeys(each.book for each in own)}
    yield "books2", files, books
    with tempfile.TemporaryDirectory(prefix="workbench-tales-") as place:
        tales, asked = _tales(corpus / "stories" / "stories-val.jsonl.gz", Path(place))
        yield "stories-val", tales, asked


def _by_script(
    is_right: Any, question: str, answers: Sequence[str], quotes: Sequence[str]
) -> Right:
    return lambda text: bool(is_right(text, question, answers, quotes))


def _tales(file: Path, place: Path) -> tuple[Mapping[str, Path], list[Item]]:
    files: dict[str, Path] = {}
    items = []
    for number, tale in enumerate(rows_of(file)):
        name = f"tale-{number}"
        files[name] = place / f"{name}.txt"
        files[name].write_text("\n\n".join(tale["sections"]) + "\n", encoding="utf-8")
        for row in tale["questions"]:
            if row["explicit"]:
                asked = _stems(row["question"])
                answers = [_stems(answer) - asked or _stems(answer) for answer in row["answers"]]
                inside = [_flat(tale["sections"][place]) for place in row["sections"]]
                right = partial(_tells, answers, inside)
                items.append(Item("tales", name, row["question"], right, True))
    return files, items


def _tells(answers: Sequence[set[str]], sections: Sequence[str], text: str) -> bool:
    stems = _stems(text)
    holds = any(answer and len(answer & stems) >= _HOLDS * len(answer) for answer in answers)
    beginning = _flat(text)[:60]
    return holds and (not sections or any(beginning in section for section in sections))


def _flat(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _flat(text).split() if len(word) > 2}


def _asked(files: Mapping[str, Path], items: Sequence[Item]) -> list[Mark]:
    """Ask through the front door of a library of the set's texts, each a collection."""
    with (
        tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder,
        Library.open(Path(folder) / "bench.brain") as library,
    ):
        for name, file in files.items():
            library.add([file], collection=name)
        library.models.update("embedding")
        return [
            _mark(item, library.ask(item.question, collection=item.text, quotes=True))
            for item in items
        ]


def _mark(item: Item, answer: Answer) -> Mark:
    shown = [sentence.text for sentence in answer.sentences]
    return Mark(
        item.group,
        item.answerable,
        answer.abstained,
        not answer.abstained and bool(shown) and item.right(shown[0]),
        any(item.right(evidence.quote) for evidence in answer.evidence[:5]),
        not answer.abstained and answer.confidence >= _SURE,
    )
