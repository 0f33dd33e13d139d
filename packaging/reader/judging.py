"""Judge a reader, by default the one shipped: `python -m reader.judging [FOLDER]`.

The everyday questions of the evaluation data that can be answered, each asked of its own text. The
program's own first quotes are put into order three ways: as they come, by the reader alone, and by
both together. Then the sentence that is shown first is chosen two ways. What is right, the data's
own script says (`everyday/score.py`). Before that, half b of the questions of our own.
"""

import argparse
import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.segment import segment
from reader import OWN_QUESTIONS
from tests.benchmarks.corpus import corpus_folder, rows_of
from tests.benchmarks.everyday import everyday_library, score_of
from tests.benchmarks.rival_bm25 import Bm25
from tests.benchmarks.rows import Row, table
from workbench.recall.reader import Reader, shipped

Right = Callable[[str], bool]

#: Quotes that the program is asked for, and of which the first are read.
_ASKED, _READ = 60, 40
#: Of the score, what the place among today's quotes counts (times the logarithm of its rank).
_RANK = 0.5
#: Quotes of whose sentences one is shown, and what their own score counts for a sentence.
_TELLING, _QUOTE = 8, 0.5
_PLACES = (1, 3, 5, 10)
#: The probability from which a sentence is taken for an answer.
_ANSWERS = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the quotes it got, the sentence that was shown first, and what is right."""

    question: str
    group: str
    quotes: tuple[str, ...]
    shown: str
    right: Right


def rows(reader: Reader, asked: Sequence[Asked]) -> list[Row]:
    """Shares of questions for which a right quote is among the first, and the sentence is right."""
    found: dict[str, list[bool]] = {}
    spent = []
    for each in asked:
        began = time.perf_counter()
        readings = reader.read(each.question, each.quotes)
        spent.append((time.perf_counter() - began, len(each.quotes)))
        scores = [reading.score for reading in readings if reading is not None]
        today = [-math.log(1 + rank) for rank in range(len(scores))]
        both = [score + _RANK * rank for score, rank in zip(scores, today, strict=True)]
        right = [each.right(quote) for quote in each.quotes]
        for name, weights in (("today", today), ("reader", scores), ("both", both)):
            order = sorted(range(len(weights)), key=lambda i, w=weights: -w[i])  # type: ignore[misc]
            for place in _PLACES:
                key = f"{each.group}, {name}, among first {place}"
                found.setdefault(key, []).append(any(right[i] for i in order[:place]))
        found.setdefault(f"{each.group}, first sentence, today", []).append(each.right(each.shown))
        chosen = _sentence(reader, each, both)
        found.setdefault(f"{each.group}, first sentence, both", []).append(each.right(chosen))
    made = [
        Row(name, round(100 * sum(right) / len(right), 1), "%", input=f"{len(right)} questions")
        for name, right in found.items()
    ]
    full = [seconds * 1000 for seconds, pairs in spent if pairs == _READ]
    if full:
        middle = round(statistics.median(full))
        made.append(
            Row("reading", middle, "ms", input=f"median of {len(full)} times {_READ} quotes")
        )
    return made


def own_rows(reader: Reader, file: Path) -> list[Row]:
    """Half b of our own questions: sentences that BM25 finds, ordered by the reader alone."""
    found: dict[str, list[bool]] = {}
    for row in rows_of(file):
        if row["half"] != "b":
            continue
        index = Bm25(row["sentences"])
        for asked in row["questions"]:
            best = index.best(asked["question"], _READ)
            readings = reader.read(asked["question"], [row["sentences"][i] for i in best])
            scored = [(each, i) for each, i in zip(readings, best, strict=True) if each is not None]
            scored.sort(key=lambda each: -each[0].score)
            right = [i in {*asked["answers"], *asked["also"]} for _, i in scored]
            if asked["answers"]:
                found.setdefault(f"{row['kind']}, first", []).append(right[0])
                found.setdefault(f"{row['kind']}, among first 5", []).append(any(right[:5]))
            else:
                silent = scored[0][0].probability < _ANSWERS
                found.setdefault(f"{row['kind']}, none answers", []).append(silent)
    return [
        Row(name, round(100 * sum(right) / len(right), 1), "%", input=f"{len(right)} questions")
        for name, right in found.items()
    ]


def _sentence(reader: Reader, asked: Asked, scores: Sequence[float]) -> str:
    """The sentence of the best quotes that answers best."""
    best = sorted(range(len(scores)), key=lambda i: -scores[i])[:_TELLING]
    sentences = [
        (asked.quotes[i][start:end], scores[i])
        for i in best
        for start, end in segment(asked.quotes[i])
    ]
    readings = reader.read(asked.question, [text for text, _ in sentences])
    judged = [
        (reading.score + _QUOTE * score, text)
        for reading, (text, score) in zip(readings, sentences, strict=True)
        if reading is not None
    ]
    return max(judged, default=(0.0, ""))[1]


def everyday(corpus: Path) -> Iterator[Asked]:
    """Ask the program everyday questions without its reader: some minutes."""
    is_right = score_of(corpus).is_right
    with everyday_library(corpus) as (library, items, novels):
        for item in items:
            if not item["answerable"]:
                continue
            answer = library.ask(
                item["question"], collection=item["text"], limit=_ASKED, quotes=True, read=False
            )
            yield Asked(
                item["question"],
                "novels" if item["text"] in novels else "other texts",
                tuple(each.quote for each in answer.evidence[:_READ]),
                answer.sentences[0].text if answer.sentences else "",
                _right(is_right, item),
            )


def _right(is_right: Any, item: Mapping[str, Any]) -> Right:
    return lambda text: bool(is_right(text, item["question"], item["answers"], item["evidence"]))


def main() -> None:
    """See the module."""
    arguments = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=shipped())
    arguments.add_argument("--threads", type=int, default=2)
    chosen = arguments.parse_args()
    if chosen.folder is None:
        raise SystemExit("No reader is shipped with this checkout; name a folder.")
    reader = Reader.load(chosen.folder, threads=chosen.threads)
    print(table(own_rows(reader, OWN_QUESTIONS)))
    print(table(rows(reader, list(everyday(corpus_folder())))))


if __name__ == "__main__":
    main()
