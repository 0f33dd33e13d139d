"""The suite `retrieval`: do the right passages come first, beside BM25 in one process?

Every set is added to a library of its own through the front door and asked through the front
door; a record's rank is that of its first quote. The differences to BM25 are judged by a paired
bootstrap over questions.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tests.benchmarks import (
    embedding_speed,
    retrieval_at_large,
    retrieval_books,
    retrieval_mixed,
    word_similarity,
)
from tests.benchmarks.corpus import (
    Dataset,
    chats,
    corpus_folder,
    library_of,
    passages_set,
    xquad_sentences,
)
from tests.benchmarks.ranking import Metric, ndcg10, ranked, recall_at, whole
from tests.benchmarks.rival_bm25 import Bm25
from tests.benchmarks.rows import Goal, Row, Say, agreed, judged
from tests.benchmarks.statistics import paired_bootstrap
from workbench.arrays import F64
from workbench.space.embeddings.encoder import Encoder

GOALS: Mapping[str, Goal] = {
    "musique_recall5_no_model": Goal("%", 66, True),
    "musique_recall5_minilm": Goal("%", 72, True),
    "2wiki_recall5_no_model": Goal("%", 93, True),
    "2wiki_recall5_minilm": Goal("%", 94, True),
    "hotpotqa_recall5_no_model": Goal("%", 95, True),
    "hotpotqa_recall5_minilm": Goal("%", 95, True),
    "locomo_recall5_no_model": Goal("%", 67, True),
    "locomo_recall5_minilm": Goal("%", 68, True),
    "lihua_recall5_no_model": Goal("%", 92, True),
    "lihua_recall5_minilm": Goal("%", 94, True),
    "xquad_sentence_recall1_no_model": Goal("%", 74, True),
    "xquad_sentence_recall1_minilm": Goal("%", 77, True),
    "cranfield_ndcg10_no_model": Goal("%", 44, True),
    "cranfield_ndcg10_minilm": Goal("%", 46, True),
    "books_quote5_half_b_no_model": Goal("%", 33, True),
    "books_quote5_half_b_minilm": Goal("%", 37, True),
    "books_several_quotes_in_10": Goal("of 23", 8, True),
    "books_bridge_in_10": Goal("of 16", 8, True),
    "musique_untitled_recall5": Goal("%", 58, True),
    "2wiki_untitled_recall5": Goal("%", 84, True),
    "hotpotqa_untitled_recall5": Goal("%", 89, True),
    "musique_untitled_recall5_minilm": Goal("%", 60, True),
    "2wiki_untitled_recall5_minilm": Goal("%", 85, True),
    "hotpotqa_untitled_recall5_minilm": Goal("%", 90, True),
    "mixed_multihop_recall5_loss": Goal("points", 1.5, False),
    "mixed_xquad_recall1_over_bm25": Goal("points", 0, True),
    "wordsim_rel": Goal("rho", 0.45, True),
    "wordsim_sim": Goal("rho", 0.45, True),
    "ask_100k_median": Goal("ms", 30, False),
    "ask_100k_read": Goal("ms", 400, False),
    "ask_100k_with_embedding": Goal("ms", 60, False),
    "space_training": Goal("words/s", 200000, True),
    "semantic_search_100k": Goal("ms", 2, False),
    "minilm_rate": Goal("passages/s/core", 25, True),
}


@dataclass(frozen=True, slots=True)
class Contest:
    """Ours beside BM25's, a figure a question; `meant` is ours with an embedding model."""

    ours: F64
    bm25: F64
    meant: F64


def contest(sets: Iterable[Dataset], metric: Metric, encoder: Encoder | None = None) -> Contest:
    """Ask every answerable question of all; sets of one fold are joined.

    With an `encoder` ours is asked again once its model has read the library.
    """
    ours: list[float] = []
    theirs: list[float] = []
    meant: list[float] = []
    for data in sets:
        rival = Bm25([whole(record) for record in data.records])
        with library_of(data.records) as library:
            asked = [question for question in data.questions if question.gold]
            for question in asked:
                ours.append(metric(ranked(library, question.text), question.gold))
                best = [data.records[place]["id"] for place in rival.best(question.text, 10)]
                theirs.append(metric(best, question.gold))
            if encoder is not None:
                library.models.use(encoder.folder.name)
                meant += [metric(ranked(library, each.text), each.gold) for each in asked]
    return Contest(np.array(ours), np.array(theirs), np.array(meant))


def run(say: Say) -> list[Row]:
    """Measure every row of the suite; needs the evaluation data (`WORKBENCH_CORPUS`).

    Rows that need an embedding model have no value where none is installed.
    """
    corpus = corpus_folder()
    rows: list[Row] = []
    fought: dict[str, Contest] = {}
    model = embedding_speed.model()
    encoder = Encoder.load(model) if model else None
    for name, sets, metric, row in _sets(corpus):
        figures = fought[name] = contest(sets, metric, encoder)
        rows += [*_ours(row, row.replace("no_model", "minilm"), figures), _beside(name, figures)]
        say(f"{name}: {_said(figures)}")
    for name in retrieval_mixed.HOPS:
        data = passages_set(corpus, name)
        bare = tuple({"id": each["id"], "text": each["text"]} for each in data.records)
        row = f"{name}_untitled_recall5"
        figures = contest([replace(data, records=bare)], recall_at(5), encoder)
        rows += _ours(row, f"{row}_minilm", figures)
        say(f"{name} without titles: {_said(figures)}")
    alone = {name: each.ours for name, each in fought.items()}
    rows += retrieval_mixed.rows(corpus, alone, GOALS, say)
    rows += retrieval_books.rows(corpus, GOALS, say)
    rows += word_similarity.rows(corpus, GOALS, say)
    rows += embedding_speed.rows(GOALS, say)
    rows += retrieval_at_large.rows(corpus, retrieval_at_large.PASSAGES, GOALS, say)
    return agreed(rows, GOALS, "needs an embedding model")


def run_sized(say: Say, sizes: Collection[int]) -> list[Row]:
    """Only what the number of passages decides, for libraries of these sizes."""
    corpus = corpus_folder()
    rows: list[Row] = []
    for passages in sorted(sizes):
        rows += retrieval_at_large.rows(corpus, passages, GOALS, say)
    return agreed(rows, GOALS, "not measured on these sizes")


def _sets(corpus: Path) -> Iterator[tuple[str, Iterator[Dataset], Metric, str]]:
    for name in ("musique", "2wiki", "hotpotqa"):
        yield name, iter([passages_set(corpus, name)]), recall_at(5), f"{name}_recall5_no_model"
    yield "locomo", chats(corpus), recall_at(5), "locomo_recall5_no_model"
    yield "lihua", iter([passages_set(corpus, "lihua")]), recall_at(5), "lihua_recall5_no_model"
    sentences = xquad_sentences(corpus)
    yield "xquad", iter([sentences]), recall_at(1), "xquad_sentence_recall1_no_model"
    cranfield = passages_set(corpus, "cranfield")
    yield "cranfield", iter([cranfield]), ndcg10, "cranfield_ndcg10_no_model"


def _ours(row: str, with_model: str, figures: Contest) -> Iterator[Row]:
    """What ours reaches without a model, and with one where there is one."""
    on = _asked(len(figures.ours))
    yield judged(row, 100 * float(figures.ours.mean()), GOALS, on)
    if len(figures.meant):
        yield judged(with_model, 100 * float(figures.meant.mean()), GOALS, on)


def _said(figures: Contest) -> str:
    with_model = f", with a model {100 * figures.meant.mean():.1f} %" if len(figures.meant) else ""
    ours = f"ours {100 * figures.ours.mean():.1f} %{with_model}"
    return f"{ours}; BM25 {100 * figures.bm25.mean():.1f} %; {_asked(len(figures.ours))}"


def _beside(name: str, figures: Contest) -> Row:
    """The gap to BM25, which may not lie wholly below −1 point."""
    gap = 100 * float((figures.ours - figures.bm25).mean())
    low, high = (100 * end for end in paired_bootstrap(figures.ours, figures.bm25))
    on = f"no model; 95 % interval {low:+.1f} to {high:+.1f}; {_asked(len(figures.ours))}"
    return Row(f"{name}_over_bm25", round(gap, 2), "points", -1.0, high >= -1, on)


def _asked(count: int) -> str:
    return f"{count} questions"
