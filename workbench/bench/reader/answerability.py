"""Make the weights that say how likely an answer is right: `recall/answerability.json`.

    python -m workbench.bench.reader.answerability [--write] [--most N]

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
import hashlib
import json
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from workbench import paths
from workbench.arrays import F64
from workbench.bench import made_notes
from workbench.bench.corpus import (
    Dataset,
    corpus_folder,
    half_of,
    own_questions,
    passages_set,
    recall_over,
    rows_of,
)
from workbench.bench.quotes import book_questions, flat
from workbench.bench.reader.judging import OTHER_KINDS, score_of
from workbench.bench.statistics import auroc, calibration_error, logistic
from workbench.recall import answerability
from workbench.recall.answer import knows
from workbench.recall.answerability import OF_MANY
from workbench.recall.judgement import SPEAKER
from workbench.recall.quotes import Quote
from workbench.recall.reader import Reader, shipped
from workbench.recall.recall import Recall

#: Whether a text that stands in a quote of this source answers.
Right = Callable[[str, int], bool]

#: How many of the questions that people ask are taken to have an answer in their library.
_PRIOR = 0.75
#: How much rather an answer is withheld from a question without one than one too few is given:
#: silent is what at least so many of those without an answer score below. Those of our own were
#: made to deceive, which people seldom try: they teach, but say nothing about that place.
_SILENT, _OWN = 0.85, "own"
#: What the folds of few statements begin with, which teach nothing about many; made libraries.
_OF_FEW, _SHELVES, _SEED = "few", 40, 5
#: Sets of questions over several texts, and how many other texts are asked with those of one.
_BRIDGES, _FAR = ("hotpotqa", "musique", "2wiki"), 4
_FEW = answerability.FEATURES.index("few")
_SETS = ("hotpotqa", "musique", "2wiki", "lihua", "xquad")
#: Those that are also asked where the embedding model has read them, which takes a while.
_WITH_VECTORS = ("lihua", "xquad")
_SHORT = 5
#: Parts of the questions, each of which is judged by weights that come from the others.
_PARTS = 5
#: How much large weights cost: questions are few, and sets differ.
_RIDGE = 30.0


@dataclass(frozen=True, slots=True)
class Example:
    """A question as it was answered: is its first sentence right, and one of its first quotes.

    `knows` is what alone decides about silence where somebody who speaks in a talk is asked about;
    None elsewhere.
    """

    id: str
    fold: str
    half: str
    answerable: bool
    features: list[float]
    right: bool
    bears: bool
    knows: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a library, and what answers it."""

    id: str
    text: str
    half: str
    answerable: bool
    right: Right
    scope: Collection[int] | None


def examples_of(recall: Recall, fold: str, asked: Sequence[Asked]) -> Iterator[Example]:
    """How those of half B were answered: of the others the reader has learned."""
    for each in asked:
        if each.half != "B":
            continue
        drawn = recall.draw(each.text, sources=each.scope)
        if drawn is None or drawn.reread is None or not drawn.reread.sentences:
            continue
        weighed = drawn.found.features
        likely = knows(drawn.found, weighed)
        values = answerability.features(drawn.found, weighed, drawn.reread, likely)
        first = drawn.reread.sentences[0]
        of = {quote.place: quote.engrams[0].source for quote in drawn.reread.quotes}
        right = each.answerable and each.right(first.text, of[first.place])
        bears = each.answerable and (right or _any(each.right, drawn.best))
        alone = likely if weighed[SPEAKER] else None
        yield Example(each.id, fold, each.half, each.answerable, values, right, bears, alone)


def _any(right: Right, best: Sequence[Quote]) -> bool:
    return any(right(quote.words, quote.engrams[0].source) for quote in best)


def of_set(data: Dataset, keys: Mapping[str, int], most: int) -> list[Asked]:
    """Questions of a set of records: some that can be answered, half as many that cannot."""
    chance = random.Random(7)
    everything = frozenset(keys.values())
    known = [each for each in data.questions if each.gold]
    strange = [each for each in data.questions if not each.gold]
    asked = []
    for each in chance.sample(known, min(most, len(known))):
        gold = frozenset(keys[key] for key in each.gold if key in keys)
        right = _right(gold, each.answers if data.name == "xquad" else ())
        asked.append(Asked(each.id, each.text, each.half, True, right, None))
    removed = chance.sample(known, min(most // 2, len(known))) if not strange else []
    for each in removed:
        gold = frozenset(keys[key] for key in each.gold if key in keys)
        asked.append(Asked(each.id, each.text, each.half, False, _never, everything - gold))
    for each in chance.sample(strange, min(most // 2, len(strange))):
        asked.append(Asked(each.id, each.text, each.half, False, _never, None))
    return asked


def _right(gold: Collection[int], answers: Sequence[str]) -> Right:
    wanted = [flat(each) for each in answers]
    return lambda text, source: (
        source in gold and (not wanted or any(each in flat(text) for each in wanted))
    )


def _never(text: str, source: int) -> bool:
    return False


def books(corpus: Path) -> list[Asked]:
    """Questions about the books."""
    asked = []
    for row in book_questions(corpus):
        wanted = row["evidence"] or []
        quoted = [flat(each) for each in ([wanted] if isinstance(wanted, str) else wanted)]
        half = row.get("half") or half_of(row["id"])
        known = bool(row["answerable"])
        asked.append(Asked(row["id"], row["question"], half, known, _quoted(quoted), None))
    return asked


def _quoted(quoted: Sequence[str]) -> Right:
    def right(text: str, source: int) -> bool:
        said = flat(text)
        long = len(said.split()) >= _SHORT
        return any(each in said or (long and said in each) for each in quoted)

    return right


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
    rows = rows_of(own_questions())
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
                Asked(name, each["question"], "B", known, _quoted(saying), {keys[row["title"]]})
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
                yield from examples_of(recall, f"{_OWN} {kind}", _own(some, keys))
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
                    _right([keys[key] for key in each.gold], ()), None,
                )
                for each in shelf.questions
            ]  # fmt: skip
            yield from examples_of(recall, f"{_OF_FEW} notes", asked)
    data = passages_set(corpus, "xquad")
    with recall_over(records=data.records, reader=reader, vectors=True) as (recall, keys):
        for fold, asked in _parts_of_articles(data, keys, 2 * most).items():
            yield from examples_of(recall, f"{_OF_FEW} {fold}", asked)
    for name in _BRIDGES:
        data = passages_set(corpus, name)
        with recall_over(records=data.records, reader=reader, vectors=True) as (recall, keys):
            asked = _over_several(data, keys, most)
            yield from examples_of(recall, f"{_OF_FEW} bridges", asked)


def _over_several(data: Dataset, keys: Mapping[str, int], most: int) -> list[Asked]:
    """Questions over several texts, to these and others, and where one of these is missing."""
    chance = random.Random(_SEED)
    known = [each for each in data.questions if len(each.gold) > 1 and each.half == "B"]
    asked = []
    for each in chance.sample(known, min(most // 2, len(known))):
        gold = sorted(keys[key] for key in each.gold)
        far = chance.sample(sorted(set(keys.values()) - set(gold)), _FAR)
        scope, missing = {*gold, *far}, chance.choice(gold)
        asked.append(Asked(each.id, each.text, "B", True, _right(gold, ()), scope))
        asked.append(Asked(each.id, each.text, "B", False, _never, scope - {missing}))
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
        right = _right([keys[gold]], each.answers)
        others = [key for key in title if title[key] == title[gold] and key != gold]
        without = {keys[key] for key in others}
        for fold, scope, other in (
            ("paragraphs", {keys[gold]}, {keys[chance.choice(others)]}),
            ("articles", {keys[gold], *without}, without),
        ):
            asked[fold].append(Asked(each.id, each.text, "B", True, right, scope))
            asked[fold].append(Asked(each.id, each.text, "B", False, _never, other))
    return asked


def fit(chosen: Sequence[Example]) -> dict[str, Any]:
    """The weights, as they are stored."""
    facts: dict[str, Any] = {"features": list(answerability.FEATURES)}
    many = [each for each in chosen if not each.fold.startswith(_OF_FEW)]
    few = [each for each in chosen if each.features[_FEW]]
    for part, some, of_few in (("", many, False), ("_of_few", few or many, True)):
        facts[f"bears{part}"] = _fitted(some, [each.bears for each in some], of_few)
        bearing = [each for each in some if each.bears]
        facts[f"first{part}"] = _fitted(bearing, [each.right for each in bearing], of_few)
    facts["least"] = _least(many, facts)
    return facts


def _fitted(chosen: Sequence[Example], truth: Sequence[bool], few: bool) -> dict[str, list[float]]:
    """A regression over what counts for many statements, or, each by how few they are, for few."""
    x, weight = np.array([each.features for each in chosen]), _balanced(chosen)
    if few:
        weight = weight * np.maximum(x[:, _FEW], 1e-6)
        weight = weight * len(weight) / weight.sum()
    x = np.array([answerability.of_few(row) for row in x]) if few else x[:, : len(OF_MANY)]
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    found = logistic((x - mean) / spread, np.array(truth, float), weight, ridge=_RIDGE)
    parts = {"mean": mean, "spread": spread, "weights": found}
    return {name: np.round(part, 5).tolist() for name, part in parts.items()}


def _least(chosen: Sequence[Example], facts: Mapping[str, Any]) -> float:
    """Below what `_SILENT` of the questions without an answer score, of the sets on average."""
    chances, _ = probabilities(chosen, facts).T
    places = []
    for fold in dict.fromkeys(each.fold for each in chosen if not each.fold.startswith(_OWN)):
        without = [
            chance
            for each, chance in zip(chosen, chances, strict=True)
            if each.fold == fold and not each.answerable
        ]
        if without:
            places.append(float(np.quantile(without, _SILENT)))
    return round(float(np.mean(places)), 4)


def _balanced(chosen: Sequence[Example]) -> F64:
    counts: dict[tuple[str, bool], int] = {}
    for each in chosen:
        key = each.fold, each.answerable
        counts[key] = counts.get(key, 0) + 1
    prior = {True: _PRIOR, False: 1 - _PRIOR}
    weight = np.array(
        [prior[each.answerable] / counts[each.fold, each.answerable] for each in chosen]
    )
    balanced: F64 = weight * len(chosen) / weight.sum()
    return balanced


def probabilities(chosen: Sequence[Example], facts: Mapping[str, Any]) -> F64:
    """Both probabilities of each example, float64[examples, 2]."""
    parts = [answerability.regression(facts[part]) for part in answerability.PARTS]
    weights = answerability.Weights((parts[0], parts[1]), (parts[2], parts[3]))
    return np.array([weights(each.features) for each in chosen])


def crossed(chosen: Sequence[Example]) -> tuple[F64, F64, F64]:
    """Of each that any quote answers, that the first sentence does, and the least of the first.

    Fitted without its question, however often that was asked.
    """
    part = [
        int(hashlib.md5(each.id.encode(), usedforsecurity=False).hexdigest(), 16) % _PARTS
        for each in chosen
    ]
    bears, answers, least = (np.zeros(len(chosen)) for _ in range(3))
    for number in range(_PARTS):
        places = [at for at, each in enumerate(part) if each == number]
        if not places:
            continue
        facts = fit([each for each, at in zip(chosen, part, strict=True) if at != number])
        here = [chosen[at] for at in places]
        bears[places], first = probabilities(here, facts).T
        answers[places] = bears[places] * first
        least[places] = facts["least"]
    return bears, answers, least


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
