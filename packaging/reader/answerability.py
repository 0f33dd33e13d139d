"""Make the weights that say how likely an answer is right: `recall/answerability.json`.

    python -m reader.answerability [--write] [--most N]

Asks questions of the sets whose licence allows it, of each at most N that can be answered and half
as many that cannot (what answers them is left out), and fits on half B of their questions: of half
A the reader has learned, so that its scores there are better than they will be. What is reported
was fitted each time without the fifth of the questions that it is about. Right is a sentence that
answers: where a set gives answers, it holds one; where it gives passages, it stands in one. Every
set weighs the same, and so do its answerable questions in each. What counts where few statements
are asked is fitted on all, each by how few were, and on small libraries of our own making
(`made_notes`), on single paragraphs of XQuAD, asked their own questions and those of another one of
their article, on articles with the paragraph that answers and without it, and on questions over
several texts, to these and a few others, all there or one of them missing.
"""

import argparse
import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reader import OWN_QUESTIONS
from tests.benchmarks import made_notes
from tests.benchmarks.answerability import (
    OF_FEW_FOLD,
    OWN,
    Asked,
    Example,
    Right,
    books,
    crossed,
    examples_of,
    fit,
    never,
    of_set,
    right_of,
    stands_in,
)
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
from workbench.recall.answerability import OF_MANY
from workbench.recall.reader import Reader, shipped

#: Made libraries, and the seed of what is drawn.
_SHELVES, _SEED = 40, 5
#: Sets of questions over several texts, and how many other texts are asked with those of one.
_BRIDGES, _FAR = ("hotpotqa", "musique", "2wiki"), 4
_SETS = ("hotpotqa", "musique", "2wiki", "lihua", "xquad")
#: Those that are also asked where the embedding model has read them, which takes a while.
_WITH_VECTORS = ("lihua", "xquad")


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
    """Examples of every set; of some also as a library answers that a model has read."""
    texts = sorted((corpus / "everyday" / "texts").iterdir())
    novels = sorted((corpus / "books").glob("*.txt"))
    for vectors in (False, True):
        files = [*texts, *novels]
        with recall_over(files=files, reader=reader, vectors=vectors) as (recall, keys):
            yield from examples_of(recall, "everyday", _everyday(corpus, keys))
            yield from examples_of(recall, "books", books(corpus))
        own = _own_texts()
        told = [
            {"id": row["title"], "title": row["title"], "text": _printed(row["sentences"])}
            for row in own
        ]
        with recall_over(records=told, reader=reader, vectors=vectors) as (recall, keys):
            for kind in dict.fromkeys(row["kind"] for row in own):
                some = [row for row in own if row["kind"] == kind]
                yield from examples_of(recall, f"{OWN} {kind}", _own(some, keys))
        for name in _SETS:
            if vectors and name not in _WITH_VECTORS:
                continue
            data = passages_set(corpus, name)
            with recall_over(records=data.records, reader=reader, vectors=vectors) as (
                recall,
                keys,
            ):
                yield from examples_of(recall, name, of_set(data, keys, most))
    yield from _where_few(corpus, reader, most)


def _where_few(corpus: Path, reader: Reader, most: int) -> Iterator[Example]:
    """Examples of libraries of few statements, and of few statements of a library."""
    for shelf in made_notes.shelves(_SHELVES, _SEED):
        with recall_over(records=shelf.records, reader=reader, vectors=True) as (recall, keys):
            asked = [
                Asked(
                    each.id, each.text, "B", bool(each.gold),
                    right_of([keys[key] for key in each.gold], ()), None,
                )
                for each in shelf.questions
            ]  # fmt: skip
            yield from examples_of(recall, f"{OF_FEW_FOLD} notes", asked)
    data = passages_set(corpus, "xquad")
    with recall_over(records=data.records, reader=reader, vectors=True) as (recall, keys):
        for fold, asked in _parts_of_articles(data, keys, 2 * most).items():
            yield from examples_of(recall, f"{OF_FEW_FOLD} {fold}", asked)
    for name in _BRIDGES:
        data = passages_set(corpus, name)
        with recall_over(records=data.records, reader=reader, vectors=True) as (recall, keys):
            asked = _over_several(data, keys, most)
            yield from examples_of(recall, f"{OF_FEW_FOLD} bridges", asked)


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


def report(chosen: Sequence[Example], found: tuple[F64, F64, F64]) -> list[str]:
    """A line a set, percent, of what `crossed` gives."""
    lines = [
        f"{'set':<11}{'n':>5}{'right':>7}{'AUROC':>7}{'error':>7}{'silent':>8}{'answered':>10}"
        f"{'confident and wrong':>21}"
    ]
    for fold in (*dict.fromkeys(each.fold for each in chosen), "all"):
        places = [at for at, each in enumerate(chosen) if fold in (each.fold, "all")]
        here = [chosen[at] for at in places]
        bears, answers, least = (each[places] for each in found)
        right = np.array([each.right for each in here])
        known = np.array([each.answerable for each in here])
        silent = bears < least
        wrong = ~silent & (answers >= 0.5) & ~right
        figures = (
            right[known].mean(),
            auroc(right, answers) if 0 < right.sum() < len(right) else float("nan"),
            calibration_error(right, answers),
            silent[~known].mean() if (~known).any() else float("nan"),
            1 - silent[known].mean(),
            wrong[known].mean(),
        )
        a, b, c, d, e, f = (100 * float(each) for each in figures)
        lines.append(
            f"{fold:<11}{len(here):>5}{a:>7.1f}{b:>7.1f}{c:>7.1f}{d:>8.1f}{e:>10.1f}{f:>21.1f}"
        )
    return lines


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--most", type=int, default=160)
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
        lines = [json.dumps({n: getattr(each, n) for n in Example.__slots__}) for each in found]
        chosen.kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(report(found, crossed(found))))
    facts = fit(found)
    for name in answerability.PARTS:
        features = answerability.OF_FEW if name.endswith("few") else OF_MANY
        print(name, dict(zip(features, facts[name]["weights"], strict=False)))
    print("least", facts["least"])
    if chosen.write:
        file = paths.resources() / "recall" / "answerability.json"
        file.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
