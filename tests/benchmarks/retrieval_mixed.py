"""The mixed library: every set, sentence by sentence or passage by passage, beside five books.

People keep novels, encyclopaedia articles, chats and abstracts in one library. What is asked of
each set is then looked for among all the others, and may suffer from them; the figures say how far.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.benchmarks.corpus import (
    Dataset,
    Record,
    chats,
    library_of,
    passages_set,
    xquad_sentences,
)
from tests.benchmarks.ranking import Metric, ranked, recall_at, whole
from tests.benchmarks.rival_bm25 import Bm25
from tests.benchmarks.rows import Goal, Row, Say, judged
from tests.benchmarks.statistics import paired_bootstrap
from workbench.arrays import F64

#: The sets whose questions go over several passages.
HOPS = ("musique", "2wiki", "hotpotqa")
_PARAGRAPH = re.compile(r"\n\s*\n")


def rows(corpus: Path, alone: Mapping[str, F64], goals: Mapping[str, Goal], say: Say) -> list[Row]:
    """The rows `mixed_*`. `alone` has what each question over several passages got by itself."""
    hops = {name: _apart(passages_set(corpus, name)) for name in HOPS}
    sentences = _apart(xquad_sentences(corpus))
    others = [_apart(passages_set(corpus, name)) for name in ("lihua", "cranfield")]
    others += [_apart(chat) for chat in chats(corpus)]
    records = [each for data in (*hops.values(), sentences, *others) for each in data.records]
    books = sorted((corpus / "books").glob("*.txt"))
    with library_of(records, books) as library:

        def asked(data: Dataset, metric: Metric) -> F64:
            return np.array(
                [metric(ranked(library, q.text), q.gold) for q in data.questions if q.gold]
            )

        mixed = {name: asked(data, recall_at(5)) for name, data in hops.items()}
        ours = asked(sentences, recall_at(1))
    every = 100 * float(
        np.concatenate([alone[name] for name in HOPS]).mean()
        - np.concatenate([mixed[name] for name in HOPS]).mean()
    )
    rival = _rival(records, books, sentences)
    low, high = paired_bootstrap(ours, rival)
    held = f"{len(records)} records and {len(books)} books in one library"
    lost = f"{sum(map(len, mixed.values()))} questions; " + ", ".join(
        f"{name} {100 * float(alone[name].mean() - mixed[name].mean()):+.1f}" for name in HOPS
    )
    beside = (
        f"ours {100 * ours.mean():.1f} %, bm25s {100 * rival.mean():.1f} %, 95 % interval "
        f"{100 * low:+.1f} to {100 * high:+.1f}; {len(ours)} questions"
    )
    gap = 100 * float((ours - rival).mean())
    found = [
        judged("mixed_multihop_recall5_loss", every, goals, f"{lost}; {held}"),
        judged("mixed_xquad_recall1_over_bm25", gap, goals, f"{beside}; {held}"),
    ]
    say("; ".join(f"{row.name} {row.value} ({row.input})" for row in found))
    return found


def _apart(data: Dataset) -> Dataset:
    """The same with keys that no other set has."""

    def key(known: str) -> str:
        return f"{data.name} {known}"

    records: tuple[Record, ...] = tuple({**each, "id": key(each["id"])} for each in data.records)
    questions = tuple(
        type(each)(each.id, each.text, frozenset(map(key, each.gold)), each.half)
        for each in data.questions
    )
    return Dataset(data.name, data.fold, records, questions)


def _rival(records: list[Record], books: list[Path], data: Dataset) -> F64:
    """BM25 over the same: the records, and the paragraphs of the books."""
    paragraphs = [
        part for book in books for part in _PARAGRAPH.split(book.read_text(encoding="utf-8"))
    ]
    keys = [each["id"] for each in records] + [""] * len(paragraphs)
    rival = Bm25([*map(whole, records), *paragraphs])
    return np.array(
        [float(keys[rival.best(q.text, 1)[0]] in q.gold) for q in data.questions if q.gold]
    )
