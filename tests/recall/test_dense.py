"""A search by meaning lifts what it finds, and only that; without one nothing changes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.library import Library
from workbench.memory.lexicon import Lexicon
from workbench.recall.recall import Recall
from workbench.recall.search import Request
from workbench.space.nearest import NearestStretches
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
        self,
        question: str,
        *,
        limit: int = 300,
        within: NDArray[np.bool_] | None = None,
        seconds: float = 0.0,
    ) -> NearestStretches | None:
        kept = np.ones(len(self._at), bool) if within is None else within[self._at]
        at = self._at[kept][:limit]
        return NearestStretches(at, at + 1, self._cosines[kept][:limit]) if len(at) else None

    def all_cosines(
        self, question: str, *, within: NDArray[np.bool_] | None = None, seconds: float = 0.0
    ) -> NearestStretches | None:
        return NearestStretches(self._at, self._at + 1, self._cosines)


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
        without = Recall(store, Lexicon(store, None)).ask(Request(question, explain=True))
        assert not without.evidence
        answer = _asked(store, _Pointing([0, 3], [0.7, 0.2])).ask(Request(question, explain=True))
        best = answer.evidence[0]
        assert "router" in best.quote
        assert best.tiers["semantic"] == 1.0
        assert any("Similar" in reason for reason in best.reasons)


def test_a_search_by_meaning_keeps_to_the_sources_asked(tmp_path: Path) -> None:
    with Store.open(_library(tmp_path), read_only=True) as store:
        recall = _asked(store, _Pointing([0], [0.7]))
        assert recall.ask(Request("get online", sources=[99])).mode == "none"


def _asked(store: Store, near: _Pointing) -> Recall:
    return Recall(store, Lexicon(store, None), nearness=lambda: near)


def test_windows_count_by_the_mean_cosine_of_their_sentences_relative_to_the_best(
    tmp_path: Path,
) -> None:
    with Store.open(_library(tmp_path), read_only=True) as store:
        near = _Pointing([1, 2], [0.8, 0.4])
        windows = _asked(store, near).retrieve("where is the router restarted").windows
    spans = {
        (start, end): float(meaning)
        for start, end, meaning in zip(
            windows.starts.tolist(), windows.ends.tolist(), windows.parts.meaning, strict=True
        )
    }
    # Windows of three sentences: (0, .8, .4), (.8, .4, 0), and the last ones.
    assert np.isclose(spans[0, 3], 0.4 / 0.8)
    assert np.isclose(spans[1, 4], 0.4 / 0.8)
    assert all(meaning <= 1.0 for meaning in spans.values())


def test_nothing_is_near_where_the_best_cosine_is_small(tmp_path: Path) -> None:
    with Store.open(_library(tmp_path), read_only=True) as store:
        near = _Pointing([0, 1, 2, 3], [0.03] * 4)
        windows = _asked(store, near).retrieve("where is the router restarted").windows
    # A tenth of what counts as near, however much nearer than all else.
    assert np.allclose(windows.parts.meaning, 0.1)
