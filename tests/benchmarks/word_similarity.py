"""Words whose nearness people have judged, and how fast a library learns how words are used.

The nearness of the words of a library of five books, and of the passages of the sets over several
passages, is compared with the judgements by Spearman's rank correlation. Pairs with a word that the
library lacks do not count; how many are left is told with each figure.
"""

import csv
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.benchmarks.corpus import Record, library_of, passages_set
from tests.benchmarks.rows import Goal, Row, Say, judged
from tests.benchmarks.statistics import spearman
from workbench.library import Library
from workbench.recall.content_words import sentences

#: The sets whose passages are read beside the books, and the halves of judged pairs by row.
_SETS = ("musique", "2wiki", "hotpotqa")
_HALVES = {"wordsim_rel": "wordsim353-rel", "wordsim_sim": "wordsim353-sim"}
_TIMES = 3


def rows(corpus: Path, goals: Mapping[str, Goal], say: Say) -> list[Row]:
    """The rows `wordsim_*` and `space_training`, and the former from the books alone."""
    books = sorted((corpus / "books").glob("*.txt"))
    records: list[Record] = []
    for name in _SETS:
        records += [
            {**each, "id": f"{name} {each['id']}"} for each in passages_set(corpus, name).records
        ]
    found = [training(books, goals)]
    for read, some, suffix in (
        ("five books and the passages of three sets", records, ""),
        ("five books", (), "_books_alone"),
    ):
        with library_of(some, books) as library:
            for row, half in _HALVES.items():
                value, on = _correlation(library, corpus / "wordsim" / f"{half}.csv")
                found.append(judged(row + suffix, value, goals, f"{on}; {read}", "rho"))
    say(", ".join(f"{row.name} {row.value} {row.unit}" for row in found))
    return found


def training(books: list[Path], goals: Mapping[str, Goal]) -> Row:
    """Words of running text that are learned in a second, with those that say nothing."""
    texts = [book.read_text(encoding="utf-8") for book in books]
    count = sum(len(text.split()) for text in texts)
    rates, used = [], []
    for _ in range(_TIMES):
        with (
            tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder,
            Library.open(Path(folder) / "words.brain") as library,
        ):
            began, busy = time.perf_counter(), time.process_time()
            for text in texts:
                library._core.space.learn(sentences(text))
            rates.append(count / (time.perf_counter() - began))
            used.append(count / (time.process_time() - busy))
    on = (
        f"{count} words, stored as they are learned; median of {_TIMES}; "
        f"{np.median(used):,.0f} in a second of processor time"
    )
    return judged("space_training", float(np.median(rates)), goals, on)


def _correlation(library: Library, file: Path) -> tuple[float, str]:
    with file.open(encoding="utf-8", newline="") as lines:
        pairs = [
            (row["word1"], row["word2"], float(row["similarity"]))
            for row in csv.DictReader(lines)
            # Some pairs have no judgement.
            if row["similarity"]
        ]
    nearness, judgements = [], []
    for one, other, judgement in pairs:
        near = library.graph.near_words(one, other)
        if near:
            nearness.append(near[0].nearness)
            judgements.append(judgement)
    value = spearman(np.array(nearness), np.array(judgements))
    return value, f"{len(nearness)} of {len(pairs)} pairs"
