"""A search by meaning lifts what it finds, and only that; without one nothing changes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.library import Library
from workbench.memory.lexicon import Lexicon
from workbench.recall.meant import Tier
from workbench.recall.recall import Recall
from workbench.space.nearest import Near
from workbench.store.store import Store

_TEXT = (
    "The router stands in the cellar and is restarted on Mondays. "
    "The bakery opens at six and sells rye bread until noon. "
    "Our neighbour repairs bicycles behind the church. "
    "The library lends books for four weeks."
)


class _Pointing:
    """Finds the sentences that it is given, whatever is asked, where they are in scope."""

    def __init__(self, ordinals: Sequence[int], cosines: Sequence[float]) -> None:
        self._at, self._cosines = np.array(ordinals, np.int32), np.array(cosines, np.float32)

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> Near | None:
        kept = np.ones(len(self._at), bool) if within is None else within[self._at]
        at = self._at[kept][:limit]
        return Near(at, at + 1, self._cosines[kept][:limit]) if len(at) else None

    def cosines(self, question: str, starts: NDArray[np.int32]) -> NDArray[np.float32]:
        return np.zeros(len(starts), np.float32)


def _library(folder: Path) -> Path:
    path = folder / "notes.brain"
    file = folder / "notes.txt"
    file.write_text(_TEXT, encoding="utf-8")
    with Library.open(path) as library:
        library.add(file)
    return path


def test_A10_a_passage_that_shares_no_word_is_found_by_meaning_and_says_so(tmp_path: Path) -> None:
    with Store.open(_library(tmp_path), read_only=True) as store:
        question = "thing used to get online"
        without = Recall(store, Lexicon(store, None)).ask(question, explain=True)
        assert not without.evidence
        tiers = (Tier(_Pointing([0, 3], [0.7, 0.2]), 0.7),)
        answer = Recall(store, Lexicon(store, None), tiers=lambda: tiers).ask(
            question, explain=True
        )
        best = answer.evidence[0]
        assert "router" in best.quote
        assert best.tiers["semantic"] == 1.0
        assert any("Means" in reason for reason in best.reasons)


def test_a_tier_for_questions_that_name_nothing_is_not_asked_where_one_is_named(
    tmp_path: Path,
) -> None:
    with Store.open(_library(tmp_path), read_only=True) as store:
        tiers = (Tier(_Pointing([0], [0.7]), 0.6, only_unnamed=True),)
        recall = Recall(store, Lexicon(store, None), tiers=lambda: tiers)
        assert recall.look_up("when does the Bakery open").cue.meant is None
        assert recall.look_up("when does the bakery open").cue.meant is not None


def test_a_search_by_meaning_keeps_to_the_sources_asked(tmp_path: Path) -> None:
    with Store.open(_library(tmp_path), read_only=True) as store:
        tiers = (Tier(_Pointing([0], [0.7]), 0.7),)
        recall = Recall(store, Lexicon(store, None), tiers=lambda: tiers)
        assert recall.ask("get online", sources=[99]).mode == "none"
