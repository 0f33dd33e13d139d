"""The suite `triples`: how fast rules draw triples from text, and how rightly.

Precision and recall are measured on the third of the fresh gold sentences from which no rule was
written, and on 125 more ("fresh2") that were drawn and annotated after the last of these rules; the
sentences themselves are in the evaluation data (`WORKBENCH_CORPUS`). One annotator read the 125
twice, in two orders: the passes agree on the heads of triples with F1 .85 (.82 in novels), on the
required ones with .82 (.69), and what one pass requires the other has, required or optional, for 99
of 100. Required is what both require.
"""

import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.triples.reading import PassageReader
from tests.benchmarks import graph_speed, triple_gold
from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.rows import DATA, Goal, Row, Say, judged
from tests.benchmarks.triple_gold import GoldSentence, Judged, Score

GOLD = DATA / "triple_gold.jsonl"
_READ: Mapping[str, Goal] = {
    "rules_rate": Goal("words/s/core", 60_000, True),
    "rules_precision_unseen": Goal("%", 87, True),
    "rules_recall_unseen": Goal("%", 68, True),
    "rules_precision_novels": Goal("%", 78, True),
    "rules_recall_novels": Goal("%", 48, True),
    "rules_precision_fresh2": Goal("%", 87, True),
    "rules_recall_fresh2": Goal("%", 68, True),
    "rules_precision_fresh2_novels": Goal("%", 78, True),
    "rules_recall_fresh2_novels": Goal("%", 48, True),
}
GOALS: Mapping[str, Goal] = {**_READ, **graph_speed.GOALS}
_TIMED = "books/moby-dick.txt"
_LETTERS = 600_000


def run(say: Say) -> list[Row]:
    """Measure every row of the suite; needs the evaluation data."""
    corpus = corpus_folder()
    gold = triple_gold.fresh(GOLD, corpus)
    found = triple_gold.judge(gold, lambda sentence: triple_gold.predicted(sentence, corpus))
    rows = [_rate(corpus)]
    for split, novels in (("unseen", "novels"), ("fresh2", "fresh2_novels")):
        part = [row for row in found if row[0].split == split]
        rows += _rightness(split, part)
        rows += _rightness(novels, [row for row in part if row[0].kind == "book"])
        say(_calibration(split, part))
    for name, part in _parts(found):
        say(f"{name}: {_told(triple_gold.score(part))}")
    return [*rows, *graph_speed.run(say)]


def _rate(corpus: Path) -> Row:
    text = (corpus / _TIMED).read_text("utf-8")[:_LETTERS]
    passages = re.split(r"\n\s*\n", text)
    reader = PassageReader()
    for passage in passages[:200]:
        reader.read(passage)
    begun = time.process_time()
    count = sum(len(reader.read(passage)) for passage in passages)
    taken = time.process_time() - begun
    words = len(text.split())
    note = f"{words} words of a novel, {count} triples"
    return judged("rules_rate", words / taken, GOALS, note)


def _rightness(name: str, found: Sequence[Judged]) -> list[Row]:
    counts = triple_gold.score(found)
    note = _told(counts)
    shares = (("precision", counts.precision), ("recall", counts.recall))
    return [
        judged(f"rules_{share}_{name}", None if value is None else 100 * value, GOALS, note)
        for share, value in shares
    ]


def _calibration(split: str, found: Sequence[Judged]) -> str:
    """What the rules said of their triples beside how many were right, in three steps."""
    triples = [pair for _, pairs, _ in found for pair in pairs]
    told = []
    for name, low, high in (("low", 0.0, 0.8), ("medium", 0.8, 0.88), ("high", 0.88, 1.01)):
        part = [(t.confidence, right) for t, right in triples if low <= t.confidence < high]
        if part:
            said = sum(confidence for confidence, _ in part) / len(part)
            share = sum(right for _, right in part) / len(part)
            told.append(f"{name} {said:.2f} said, {share:.2f} right of {len(part)}")
    return f"confidence, {split}: " + "; ".join(told)


def _parts(found: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    """The same counts for each kind of source and each third."""

    def named(sentence: GoldSentence) -> str:
        return f"{sentence.kind}, {sentence.split}"

    names = sorted({named(sentence) for sentence, _, _ in found})
    return [(name, [row for row in found if named(row[0]) == name]) for name in names]


def _told(counts: Score) -> str:
    return (
        f"{counts.sentences} sentences, {counts.right} of {counts.predicted} triples right, "
        f"{counts.found} of {counts.required} found"
    )
