"""The rivals beside which retrieval is measured do what their descriptions say."""

import numpy as np
import pytest

from workbench.bench.corpus import Dataset, Question
from workbench.bench.ranking import recall_at
from workbench.bench.retrieval import Contest, contest
from workbench.bench.simple_rivals import NameWalk, Rivals, beside, fused

_TEXTS = (
    "The harbour of Nordhaven was dug by Ina Vask.",
    "Ina Vask was born on the isle of Ostrey.",
    "Ostrey keeps sheep and has no trees.",
    "Bread is baked before sunrise, and the harbour smells of it.",
    *(f"Cart {number} rolled past the mill." for number in range(30)),
)


@pytest.fixture(autouse=True)
def _no_thread_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("bm25s")
    # The rival counts its progress in a thread that would stay.
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)


def test_a_walk_over_names_reaches_what_shares_no_word_with_the_question() -> None:
    walk = NameWalk(_TEXTS, [""] * len(_TEXTS))
    reached = walk.scores("Who dug the harbour of Nordhaven?", np.eye(len(_TEXTS))[0])
    best = np.argsort(-reached, kind="stable")[:3].tolist()
    assert best == [0, 1, 2]


def test_a_title_is_a_name_of_its_passage() -> None:
    titles = [f"Isle {number}" for number in range(20)]
    walk = NameWalk(["It keeps bees."] * 20, titles)
    assert walk.scores("What does Isle 7 keep?", np.zeros(20)).argmax() == 7


def test_fusion_goes_by_ranks_alone() -> None:
    one, other = np.array([9.0, 5.0, 1.0]), np.array([0.1, 0.2, 0.0])
    assert np.array_equal(fused(one, other), fused(one * 100, other / 7))
    assert fused(one, other).argmin() == 2


def test_of_rivals_without_a_model_there_are_two() -> None:
    rivals = Rivals(_TEXTS, [""] * len(_TEXTS))
    found = rivals.best("Which isle keeps sheep?", 2)
    assert set(found) == {"bm25", "name_walk"}
    assert found["bm25"][0] == 2


def test_all_are_asked_the_same_and_the_best_of_them_is_named() -> None:
    records = tuple({"id": f"r{n}", "title": "", "text": text} for n, text in enumerate(_TEXTS))
    question = Question("1", "Where was she born who dug Nordhaven?", frozenset({"r1"}), "A")
    nothing = Question("2", "Who sold the moon?", frozenset(), "A")
    figures = contest([Dataset("isles", "isles", records, (question, nothing))], recall_at(2))
    assert len(figures.ours) == 1
    assert not len(figures.meant)
    assert set(figures.rivals) == {"bm25", "name_walk"}
    made = Contest(np.ones(2), {"weak": np.zeros(2), "strong": np.array([0.0, 1.0])}, np.zeros(0))
    assert made.best == "strong"
    assert beside(made.rivals) == "weak 0.0 %, strong 50.0 %"
