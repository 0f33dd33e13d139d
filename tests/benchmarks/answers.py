"""The suite `answers`: is what is said right, is it known how likely, and is it silent in time?

No language model. Everyday questions go through the front door, each to its own text, and the
data's own script says what is right. The other sets are asked on half B of their questions, of
which no part was used to fit what is measured here.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.answerability import Example, books, crossed, examples_of, of_set
from tests.benchmarks.corpus import chats, corpus_folder, library_of, passages_set, recall_over
from tests.benchmarks.everyday import everyday_library, score_of
from tests.benchmarks.quotes import flat
from tests.benchmarks.rows import Goal, Row, Say, judged
from tests.benchmarks.statistics import auroc
from workbench.arrays import F64
from workbench.recall import answerability, reader_at_hand
from workbench.recall.question import kind_of
from workbench.recall.records import Answer

GOALS: Mapping[str, Goal] = {
    "novels_first_right": Goal("%", 50, True),
    "novels_among_five": Goal("%", 70, True),
    "novels_confident_and_wrong": Goal("%", 12, False),
    "others_first_right": Goal("%", 80, True),
    "others_among_five": Goal("%", 93, True),
    "others_confident_and_wrong": Goal("%", 6, False),
    "silent_without_an_answer": Goal("%", 85, True),
    "xquad_value_right": Goal("%", 60, True),
    "locomo_answered_at_88_silent": Goal("%", 78, True),
    "lihua_answered_at_88_silent": Goal("%", 88, True),
    "first_look": Goal("ms", 30, False),
    "read": Goal("ms", 350, False),
}
_AUROC = Goal("", 0.8, True)
#: Questions of a set that can be answered, and half as many that cannot.
_MOST = 80
_SILENT = 0.88
_SINGLE = ("name", "time", "number")


def run(say: Say) -> list[Row]:
    """Measure every row; needs the evaluation data (`WORKBENCH_CORPUS`)."""
    corpus = corpus_folder()
    values, on = _everyday(corpus)
    say("everyday questions: done")
    found = list(_examples(corpus, say))
    answers = _judged(found)
    for name in ("locomo", "lihua"):
        here = [at for at, each in enumerate(found) if each.fold == name]
        known = np.array([found[at].answerable for at in here], bool)
        values[f"{name}_answered_at_88_silent"] = _answered(answers[here], known)
        on[f"{name}_answered_at_88_silent"] = f"{len(here)} questions, half B"
    values["xquad_value_right"], on["xquad_value_right"] = _values(corpus)
    rows = [judged(name, values.get(name), GOALS, on.get(name, "")) for name in GOALS]
    for fold in dict.fromkeys(each.fold for each in found):
        here = [at for at, each in enumerate(found) if each.fold == fold]
        right, chance = np.array([found[at].right for at in here]), answers[here]
        area = auroc(right, chance) if 0 < right.sum() < len(right) else None
        name = f"{fold}_right_from_wrong"
        rows.append(judged(name, area, {name: _AUROC}, f"{len(here)} questions"))
    return rows


def _examples(corpus: Path, say: Say) -> Iterator[Example]:
    reader = reader_at_hand.at_hand()
    with recall_over(files=sorted((corpus / "books").glob("*.txt")), reader=reader) as (recall, _):
        yield from examples_of(recall, "books", books(corpus))
    for name in ("xquad", "lihua", "hotpotqa", "musique", "2wiki"):
        data = passages_set(corpus, name)
        with recall_over(records=data.records, reader=reader) as (recall, keys):
            yield from examples_of(recall, name, of_set(data, keys, _MOST))
        say(f"{name}: done")
    for data in chats(corpus):
        with recall_over(records=data.records, reader=reader) as (recall, keys):
            yield from examples_of(recall, "locomo", of_set(data, keys, _MOST // 8))


def _judged(found: Sequence[Example]) -> F64:
    """That the first sentence answers; no question by weights that were fitted on it.

    Those that ship were fitted on half B of all sets but LoCoMo.
    """
    learned = [at for at, row in enumerate(found) if row.fold != "locomo"]
    other = [at for at, row in enumerate(found) if row.fold == "locomo"]
    answers = np.zeros(len(found))
    answers[learned] = crossed([found[at] for at in learned])
    shipped = answerability.shipped_weights("answerability.json", answerability.FEATURES)
    answers[other] = [shipped(found[at].features) for at in other]
    return answers


def _answered(answers: F64, known: NDArray[np.bool_]) -> float | None:
    """The share of what can be answered that is, where 88 % of what cannot be is silent."""
    if not known.any() or known.all():
        return None
    return 100 * float((answers[known] > np.quantile(answers[~known], _SILENT)).mean())


def _everyday(corpus: Path) -> tuple[dict[str, float | None], dict[str, str]]:
    script = score_of(corpus)
    marks: dict[str, list[Mapping[str, Any]]] = {"novels": [], "others": [], "strange": []}
    looked, read = [], []
    with everyday_library(corpus) as (library, items, novels):
        for item in items:
            began = time.perf_counter()
            library.ask(item["question"], collection=item["text"], quotes=True, read=False)
            looked.append(1000 * (time.perf_counter() - began))
            answer = library.ask(item["question"], collection=item["text"], quotes=True)
            read.append(answer.milliseconds)
            group = "novels" if item["text"] in novels else "others"
            mark = script.judge(_plain(answer), item["question"], item["answers"], item["evidence"])
            marks[group if item["answerable"] else "strange"].append(mark)
    values: dict[str, float | None] = {
        "first_look": statistics.median(looked),
        "read": statistics.median(read),
        "silent_without_an_answer": _share(marks["strange"], lambda mark: mark["silent"]),
    }
    for group in ("novels", "others"):
        values |= {
            f"{group}_first_right": _share(marks[group], lambda mark: mark["first"]),
            f"{group}_among_five": _share(marks[group], lambda mark: mark["five"]),
            f"{group}_confident_and_wrong": _share(
                marks[group],
                lambda mark: not mark["silent"] and mark["conf"] >= 0.5 and not mark["shown"],
            ),
        }
    counts = {name: len(each) for name, each in marks.items()}
    on = {
        name: f"{counts.get(name.split('_')[0], sum(counts.values()))} questions" for name in values
    }
    on["silent_without_an_answer"] = f"{counts['strange']} questions"
    return values, on


def _plain(answer: Answer) -> dict[str, Any]:
    """What the data's script looks at."""
    return {
        "abstained": answer.abstained,
        "confidence": answer.confidence,
        "value": answer.value,
        "sentences": [asdict(each) for each in answer.sentences],
        "evidence": [{"quote": each.quote} for each in answer.evidence],
    }


def _share(marks: Sequence[Mapping[str, Any]], holds: Callable[[Mapping[str, Any]], bool]) -> float:
    return 100 * sum(map(holds, marks)) / max(len(marks), 1)


def _values(corpus: Path) -> tuple[float, str]:
    """The share of questions for a single thing, of half B, whose value is right."""
    data = passages_set(corpus, "xquad")
    asked = [each for each in data.questions if each.half == "B" and kind_of(each.text) in _SINGLE]
    asked = asked[: 2 * _MOST]
    right = 0
    with library_of(data.records) as library:
        for each in asked:
            value = library.ask(each.text, quotes=True).value
            wanted = [flat(answer) for answer in each.answers]
            said = flat(value or "")
            right += bool(said) and any(w in said or said in w for w in wanted)
    return 100 * right / max(len(asked), 1), f"{len(asked)} questions, half B"
