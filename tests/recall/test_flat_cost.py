"""Asking costs the same in a library ten times as large: counted in work, not in time."""

from pathlib import Path

import numpy as np
import pytest

from tests.recall.recall_shelf import book as add_book
from tests.recall.recall_shelf import filler_chapters, note, recall_of
from workbench.recall import windows as module
from workbench.store.store import Store


def windows_scored(path: Path, chapters: int, question: str) -> int:
    """How many windows are scored in a library of so many chapters."""
    with Store.open(path) as store:
        add_book(store, filler_chapters(chapters))
        note(store, "The cormorant of Skye dries its wings.")
        found = recall_of(store).retrieve(question)
        return len(found.windows.starts)


def test_a_rare_word_costs_the_same_at_any_size(tmp_path: Path) -> None:
    question = "Which cormorant dries its wings?"
    small = windows_scored(tmp_path / "small.brain", 3, question)
    large = windows_scored(tmp_path / "large.brain", 300, question)
    assert small == large


def test_common_words_cost_at_most_the_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CANDIDATES", 200)
    with Store.open(tmp_path / "l.brain") as store:
        add_book(store, filler_chapters(150))
        recall = recall_of(store)
        found = recall.retrieve("Where did the baker sell bread until noon near the pier?")
        assert found.search.snapshot.size > 2000
        assert len(found.windows.starts) <= 200 * module.MAX_SENTENCES
        assert "baker sold bread" in found.quotes[0].words


def test_the_long_list_is_cut_to_where_words_meet() -> None:
    everywhere = np.arange(0, 10_000, dtype=np.int32)
    other = np.array([1234, 1235, 7000], np.int32)
    kept = module._best_part(everywhere, [everywhere, other], 1000)
    assert {1234, 1235, 7000} <= set(kept.tolist())
    assert len(kept) == 1000
