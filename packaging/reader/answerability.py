"""Make the weights that say how likely an answer is right: `recall/answerability.json`.

    python -m reader.answerability [--write] [--most N]

Asks questions of the sets whose licence allows it, of each some N that can be answered and half
as many that cannot (what answers them is left out), and fits on half B of their questions: of half
A the reader has learned, so that its scores there are better than they will be. To these come the
books to calibrate with (`book_questions`), which weigh most, chats of our own making
(`made_chats`), which hold questions about the wrong person, and what counts where few statements
are asked: small libraries of our own making (`made_notes`), single paragraphs of XQuAD, asked their
own questions and those of another one of their article, articles with the paragraph that answers
and without it, and questions over several texts, to these and a few others, all there or one of
them missing.
What is reported was fitted each time without the fifth of the questions that it is about. Right is
a sentence that answers: where a set gives answers, it holds one; where it gives passages, it stands
in one.
"""

import argparse
import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader import OWN_QUESTIONS
from tests.benchmarks import made_chats, made_notes
from tests.benchmarks.answerability import (
    BOOKS,
    FEW,
    Asked,
    Example,
    Right,
    crossed,
    examples_of,
    fit,
    never,
    of_set,
    right_of,
    stands_in,
)
from tests.benchmarks.book_questions import book_file, reading_questions
from tests.benchmarks.corpus import (
    Dataset,
    corpus_folder,
    half_of,
    passages_set,
    recall_over,
    rows_of,
)
from tests.benchmarks.everyday import OTHER_KINDS, score_of
from tests.benchmarks.quotes import flat
from tests.benchmarks.statistics import auroc, calibration_error
from workbench import paths
from workbench.arrays import F64
from workbench.recall import answerability
from workbench.recall.reader import Reader, shipped
from workbench.recall.records import LIKELY, POSSIBLE

#: Made libraries and chats, seeds of what is drawn, and questions that the books answer.
_SHELVES, _CHATS, _SEED, _MIXED, _FROM_BOOKS = 30, 3, 5, 3, 100
#: Sets of questions over several texts, and how many other texts are asked with those of one.
_BRIDGES, _FAR = ("hotpotqa", "musique", "2wiki"), 4
_SETS = (*_BRIDGES, "lihua", "xquad")


def _everyday(corpus: Path, keys: Mapping[str, int]) -> list[Asked]:
    is_right = score_of(corpus).is_right
    asked = []
    for item in rows_of(corpus / "everyday" / "questions.jsonl"):
        if item["kind"] in OTHER_KINDS:
            continue
        scopes: list[Collection[int] | None] = [{keys[item["text"]]}] if item["text"] else []
        if item.get("everywhere", True) or not item["text"]:
            scopes.append(None)
        right = _everyday_right(is_right, item)
        asked += [
            Asked(
                item["id"], item["question"], half_of(item["id"]), bool(item["answerable"]), right,
                scope,
            )
            for scope in scopes
        ]  # fmt: skip
    return asked


def _everyday_right(is_right: Any, item: Mapping[str, Any]) -> Right:
    return lambda text, source: bool(
        is_right(text, item["question"], item["answers"], item["evidence"])
    )


def _own_texts() -> list[dict[str, Any]]:
    """What questions of our own are about that the reader did not learn from."""
    rows = rows_of(OWN_QUESTIONS)
    return [row for row in rows if row["half"] == "b" and row["kind"] != "told"]


def _printed(sentences: Sequence[str]) -> str:
    """A text in paragraphs again, as far as its sentences show them: speech begins one."""
    return "".join(("\n\n" if each[0] in '"“‘' else " ") + each for each in sentences)


def _calibrate(corpus: Path, keys: Mapping[str, int]) -> list[Asked]:
    is_right = score_of(corpus).is_right
    return [
        Asked(
            row.id, row.text, "B", bool(row.evidence),
            _everyday_right(
                is_right,
                {"question": row.text, "answers": row.answers, "evidence": row.evidence},
            ),
            {keys[row.book]},
        )
        for row in reading_questions(corpus, "calibrate")
    ]  # fmt: skip


def _some(asked: Sequence[Asked], most: int) -> list[Asked]:
    """So many that can be answered, and half as many that cannot."""
    mixed = list(asked)
    random.Random(_MIXED).shuffle(mixed)
    known = [question for question in mixed if question.answerable]
    strange = [question for question in mixed if not question.answerable]
    return known[:most] + strange[: most // 2]


def _own(texts: Sequence[Mapping[str, Any]], keys: Mapping[str, int]) -> list[Asked]:
    asked = []
    for row in texts:
        for number, each in enumerate(row["questions"]):
            saying = [flat(row["sentences"][i]) for i in (*each["answers"], *each["also"])]
            name, known = f"{row['title']} {number}", bool(each["answers"])
            asked.append(
                Asked(name, each["question"], "B", known, stands_in(saying), {keys[row["title"]]})
            )
    return asked


def examples(corpus: Path, reader: Reader, most: int) -> Iterator[Example]:
    """Examples of every set."""
    files = {
        row.book: book_file(corpus, row.book) for row in reading_questions(corpus, "calibrate")
    }
    with recall_over(files=list(files.values()), reader=reader) as (recall, keys):
        yield from examples_of(recall, BOOKS, _some(_calibrate(corpus, keys), _FROM_BOOKS))
    texts = sorted((corpus / "everyday" / "texts").iterdir())
    novels = sorted((corpus / "books").glob("*.txt"))
    with recall_over(files=[*texts, *novels], reader=reader) as (recall, keys):
        yield from examples_of(recall, "everyday", _some(_everyday(corpus, keys), 2 * most))
    own = _own_texts()
    told = [
        {"id": row["title"], "title": row["title"], "text": _printed(row["sentences"])}
        for row in own
    ]
    with recall_over(records=told, reader=reader) as (recall, keys):
        for kind in dict.fromkeys(row["kind"] for row in own):
            some = [row for row in own if row["kind"] == kind]
            yield from examples_of(recall, f"own {kind}", _some(_own(some, keys), most))
    for name in _SETS:
        data = passages_set(corpus, name)
        with recall_over(records=data.records, reader=reader) as (recall, keys):
            yield from examples_of(recall, name, of_set(data, keys, 2 * most))
    yield from _chats(reader, most)
    yield from _where_few(corpus, reader, most)


def _told(data: Dataset, keys: Mapping[str, int]) -> list[Asked]:
    """All questions of a set of our own making."""
    return [
        Asked(
            row.id, row.text, "B", bool(row.gold), right_of([keys[key] for key in row.gold], ()),
            None,
        )
        for row in data.questions
    ]  # fmt: skip


def _chats(reader: Reader, most: int) -> Iterator[Example]:
    for chat in made_chats.conversations(_CHATS, _SEED):
        with recall_over(records=chat.records, reader=reader) as (recall, keys):
            yield from examples_of(recall, "chats", _some(_told(chat, keys), most))


def _where_few(corpus: Path, reader: Reader, most: int) -> Iterator[Example]:
    """Examples of libraries of few statements, and of few statements of a library."""
    for shelf in made_notes.shelves(_SHELVES, _SEED):
        with recall_over(records=shelf.records, reader=reader) as (recall, keys):
            yield from examples_of(recall, f"{FEW} notes", _told(shelf, keys))
    data = passages_set(corpus, "xquad")
    with recall_over(records=data.records, reader=reader) as (recall, keys):
        for fold, asked in _parts_of_articles(data, keys, 2 * most).items():
            yield from examples_of(recall, f"{FEW} {fold}", asked)
    for name in _BRIDGES:
        data = passages_set(corpus, name)
        with recall_over(records=data.records, reader=reader) as (recall, keys):
            asked = _over_several(data, keys, most)
            yield from examples_of(recall, f"{FEW} bridges", asked)


def _over_several(data: Dataset, keys: Mapping[str, int], most: int) -> list[Asked]:
    """Questions over several texts, to these and others, and where one of these is missing."""
    chance = random.Random(_SEED)
    known = [each for each in data.questions if len(each.gold) > 1 and each.half == "B"]
    asked = []
    for each in chance.sample(known, min(most // 2, len(known))):
        gold = sorted(keys[key] for key in each.gold)
        far = chance.sample(sorted(set(keys.values()) - set(gold)), _FAR)
        scope, missing = {*gold, *far}, chance.choice(gold)
        asked.append(Asked(each.id, each.text, "B", True, right_of(gold, ()), scope))
        asked.append(Asked(each.id, each.text, "B", False, never, scope - {missing}))
    return asked


def _parts_of_articles(
    data: Dataset, keys: Mapping[str, int], most: int
) -> Mapping[str, list[Asked]]:
    """Questions to a paragraph and to another of its article; to the article and without it."""
    chance = random.Random(_SEED)
    title = {record["id"]: record["title"] for record in data.records}
    known = [each for each in data.questions if each.gold and each.half == "B"]
    asked: dict[str, list[Asked]] = {"paragraphs": [], "articles": []}
    for each in chance.sample(known, min(most, len(known))):
        (gold,) = each.gold
        right = right_of([keys[gold]], each.answers)
        others = [key for key in title if title[key] == title[gold] and key != gold]
        without = {keys[key] for key in others}
        for fold, scope, other in (
            ("paragraphs", {keys[gold]}, {keys[chance.choice(others)]}),
            ("articles", {keys[gold], *without}, without),
        ):
            asked[fold].append(Asked(each.id, each.text, "B", True, right, scope))
            asked[fold].append(Asked(each.id, each.text, "B", False, never, other))
    return asked


def report(chosen: Sequence[Example], answers: F64) -> list[str]:
    """A line a set, percent, of the probabilities that `crossed` gives."""
    lines = [
        f"{'set':<16}{'n':>5}{'right':>7}{'AUROC':>7}{'error':>7}{'silent':>8}{'spoken':>8}"
        f"{'of these right':>16}{'of answers right':>18}"
    ]
    for fold in (*dict.fromkeys(row.fold for row in chosen), "all"):
        places = [at for at, row in enumerate(chosen) if fold in (row.fold, "all")]
        right = np.array([chosen[at].right for at in places])
        known = np.array([chosen[at].answerable for at in places])
        chance = answers[places]
        figures = (
            right[known].mean(),
            auroc(right, chance) if 0 < right.sum() < len(right) else float("nan"),
            calibration_error(right, chance),
            _share(~known, chance < POSSIBLE),
            _share(known, chance >= POSSIBLE),
            _share(chance >= POSSIBLE, right),
            _share(chance >= LIKELY, right),
        )
        a, b, c, d, e, f, g = (100 * float(figure) for figure in figures)
        lines.append(
            f"{fold:<16}{len(places):>5}{a:>7.1f}{b:>7.1f}{c:>7.1f}{d:>8.1f}{e:>8.1f}{f:>16.1f}"
            f"{g:>18.1f}"
        )
    return lines


def _share(of: NDArray[np.bool_], holds: NDArray[np.bool_]) -> float:
    return float(holds[of].mean()) if of.any() else float("nan")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--most", type=int, default=30)
    parser.add_argument("--kept", type=Path, help="where examples are kept, or were, as JSON Lines")
    chosen = parser.parse_args()
    if chosen.kept and chosen.kept.is_file():
        found = [Example(**row) for row in rows_of(chosen.kept)]
    else:
        folder = shipped()
        if folder is None:
            raise SystemExit("No reader is shipped with this checkout.")
        found = list(examples(corpus_folder(), Reader.load(folder, threads=2), chosen.most))
    if chosen.kept:
        lines = [json.dumps({n: getattr(row, n) for n in Example.__slots__}) for row in found]
        chosen.kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(report(found, crossed(found))))
    facts = fit(found)
    names = answerability.FEATURES
    print(dict(zip([*names, FEW, *names], facts["answers"]["weights"], strict=False)))
    if chosen.write:
        file = paths.resources() / "recall" / "answerability.json"
        file.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
