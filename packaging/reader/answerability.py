"""Make the weights that say how likely an answer is right: `recall/answerability.json`.

    python -m reader.answerability [--write] [--most N]

Asks questions that the reader has not learned from, of libraries with vectors as `ask` does: the
books to calibrate with (`book_questions`, which weigh most), tales of FairytaleQA and papers of
COVID-QA, texts of our own, chats of our own making (`made_chats`), which hold questions about the
wrong person, and what counts where few statements are asked: small libraries of our own making
(`made_notes`) and single paragraphs of XQuAD, asked their own questions and those of another one of
their article, and articles with the paragraph that answers and without it. Of each some N can be
answered and half as many cannot, as far as a set has such. What is reported was fitted each time
without the fifth of the questions that it is about. Right is a sentence that answers: where a set
gives answers, it holds most of one; where it gives passages, it stands in one.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader import OWN_QUESTIONS
from reader.drawing import Raw
from reader.tales import papers, tales
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
    right_of,
    stands_in,
)
from tests.benchmarks.book_questions import book_file, reading_questions
from tests.benchmarks.corpus import (
    Dataset,
    corpus_folder,
    passages_set,
    recall_over,
    rows_of,
)
from tests.benchmarks.everyday import score_of
from tests.benchmarks.quotes import flat
from tests.benchmarks.statistics import auroc, calibration_error
from workbench import paths
from workbench.arrays import F64
from workbench.recall import answerability
from workbench.recall.reader import Reader, shipped
from workbench.recall.records import LIKELY, POSSIBLE

#: Made libraries and chats, seeds of what is drawn, and questions that the books answer.
_SHELVES, _CHATS, _SEED, _MIXED, _FROM_BOOKS = 20, 3, 5, 3, 160
#: Of tales and papers every so many are asked.
_EVERY = 4


def _everyday_right(is_right: Any, item: Mapping[str, Any]) -> Right:
    return lambda text, source: bool(
        is_right(text, item["question"], item["answers"], item["evidence"])
    )


def _read(corpus: Path, name: str) -> tuple[list[dict[str, str]], dict[str, list[Raw]], list[str]]:
    """Tales or papers as records, the questions to each, and the sentences that these number."""
    file = corpus / "stories" / f"{name}.jsonl.gz"
    sentences: list[str] = []
    texts: list[int] = []
    raws = list((tales if name == "stories-train" else papers)(file, sentences, texts))
    records, asked = [], {}
    for number, row in enumerate(rows_of(file)):
        if number % _EVERY:
            continue
        key = f"{name} {number}"
        told = "\n\n".join(row["sections"]) if "sections" in row else row["text"]
        records.append({"id": key, "title": row.get("tale", key), "text": told})
        asked[key] = [raw for raw in raws if texts[raw.sentence] == number]
    return records, asked, sentences


def _of_texts(
    asked: Mapping[str, Sequence[Raw]], sentences: Sequence[str], keys: Mapping[str, int]
) -> list[Asked]:
    return [
        Asked(
            f"{key} {number}", raw.text, "B", True,
            stands_in([flat(sentences[i]) for i in (raw.sentence, *raw.others)]), {keys[key]},
        )
        for key, some in asked.items()
        for number, raw in enumerate(some)
    ]  # fmt: skip


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
    with recall_over(files=list(files.values()), reader=reader, vectors=True) as (recall, keys):
        yield from examples_of(recall, BOOKS, _some(_calibrate(corpus, keys), _FROM_BOOKS))
    for name in ("stories-train", "covid-papers"):
        records, asked, sentences = _read(corpus, name)
        with recall_over(records=records, reader=reader, vectors=True) as (recall, keys):
            yield from examples_of(recall, name, _some(_of_texts(asked, sentences, keys), 5 * most))
    own = _own_texts()
    told = [
        {"id": row["title"], "title": row["title"], "text": _printed(row["sentences"])}
        for row in own
    ]
    with recall_over(records=told, reader=reader, vectors=True) as (recall, keys):
        for kind in dict.fromkeys(row["kind"] for row in own):
            some = [row for row in own if row["kind"] == kind]
            yield from examples_of(recall, f"own {kind}", _some(_own(some, keys), most))
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
        with recall_over(records=chat.records, reader=reader, vectors=True) as (recall, keys):
            yield from examples_of(recall, "chats", _some(_told(chat, keys), most))


def _where_few(corpus: Path, reader: Reader, most: int) -> Iterator[Example]:
    """Examples of libraries of few statements, and of few statements of a library."""
    for shelf in made_notes.shelves(_SHELVES, _SEED):
        with recall_over(records=shelf.records, reader=reader, vectors=True) as (recall, keys):
            yield from examples_of(recall, f"{FEW} notes", _told(shelf, keys))
    data = passages_set(corpus, "xquad")
    with recall_over(records=data.records, reader=reader, vectors=True) as (recall, keys):
        for fold, asked in _parts_of_articles(data, keys, 2 * most).items():
            yield from examples_of(recall, f"{FEW} {fold}", asked)


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
