"""A search by meaning lifts what it finds, and only that; without one nothing changes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from workbench.library import Library
from workbench.memory.lexicon import Lexicon
from workbench.recall import dense_scores
from workbench.recall.dense_scores import MAX
from workbench.recall.recall import Recall
from workbench.recall.search import Request
from workbench.recall.windows import LONG
from workbench.space.nearest import NearestStretches
from workbench.store import text
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


def _chapter(path: Path, sentences: int) -> Path:
    """A chapter of so many sentences: the first says a word of the question, a late one none."""
    lines = [f"Cart {n} rolled past the wall." for n in range(sentences)]
    lines[0], lines[-4] = "The keeper mended a lamp.", "Sloops moor by the pier."
    with Library.open(path) as library:
        library.add_text(" ".join(lines), title="Notes")
    return path


@pytest.mark.slow
def test_what_is_near_lifts_less_in_running_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lifted = {}
    for sentences in (20, 60):
        path = _chapter(tmp_path / f"{sentences}.brain", sentences)
        with Store.open(path, read_only=True) as store:
            for running in (1.0, 0.0):
                monkeypatch.setattr(dense_scores, "_RUNNING", running)
                near = _Pointing([sentences - 4, 0], [0.9, 0.1])
                windows = _asked(store, near).retrieve("where does the keeper tie up boats").windows
                lifted[sentences, running] = bool(windows.parts.meaning.any())
    assert lifted == {(20, 1.0): True, (20, 0.0): True, (60, 1.0): True, (60, 0.0): False}


@pytest.mark.slow
def test_what_is_near_lifts_less_where_most_texts_are_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lifted = {}
    for words in (2, 60):
        path = tmp_path / f"{words}.brain"
        with Library.open(path) as library:
            more = " ".join(f"Carts {n} rolled by." for n in range(words // 4))
            for said in ("The keeper mended a lamp.", "Sloops moor by the pier.", "Rain fell."):
                library.add_text(f"{said} {more}", title="Note")
        with Store.open(path, read_only=True) as store:
            sloops = next(n for n, said in enumerate(_said(store)) if said.startswith("Sloops"))
            for short in (1.0, 0.0):
                monkeypatch.setattr(dense_scores, "_SHORT", short)
                near = _Pointing([sloops, *[0] * MAX], [0.9, *[0.1] * MAX])
                windows = _asked(store, near).retrieve("where does the keeper tie up boats").windows
                lifted[words, short] = bool(windows.parts.meaning.any())
    assert lifted == {(2, 1.0): True, (2, 0.0): False, (60, 1.0): True, (60, 0.0): True}


def test_what_is_nearest_of_a_handful_lifts_by_no_more_than_it_is_near(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense_scores, "_SHORT", 1.0)
    with Store.open(_library(tmp_path), read_only=True) as store:
        for cosine in (0.3, 0.9):
            near = _Pointing([2, 1], [cosine, cosine / 2])
            found = _asked(store, near).retrieve("where is the router restarted")
            assert np.isclose(found.windows.parts.meaning.max(), cosine)
            assert cosine > 0.5 or "router" in found.quotes[0].words


def test_nearness_gives_up_most_where_a_window_holds_all_that_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense_scores, "_SHORT", 1.0)
    lost = []
    with Store.open(_library(tmp_path), read_only=True) as store:
        for question in ("the router is restarted", "the router is polished by sailors"):
            scores = []
            for yields in (0.0, 0.5):
                monkeypatch.setattr(dense_scores, "_YIELDS", yields)
                windows = _asked(store, _Pointing([3], [1.0])).retrieve(question).windows
                scores.append(float(windows.scores[windows.starts == 3].max()))
            lost.append(scores[0] - scores[1])
    assert np.isclose(lost[0], 0.5)
    assert 0 < lost[1] < 0.1


@pytest.mark.slow
def test_in_running_text_a_window_is_lifted_evenly_by_how_much_of_it_lies_near(
    tmp_path: Path,
) -> None:
    for sentences in (20, 60):
        path = _chapter(tmp_path / f"{sentences}.brain", sentences)
        with Store.open(path, read_only=True) as store:
            # The last of those that are found is lifted by nothing.
            near = _Pointing([sentences - 4, 0], [1.0, 0.5])
            windows = _asked(store, near).retrieve("where does the keeper tie up boats").windows
        lengths = windows.ends - windows.starts
        touched = (windows.starts <= sentences - 4) & (windows.ends > sentences - 4)
        assert lengths[touched].max() > 1
        most = windows.parts.meaning.max()
        assert most > 0
        share = windows.parts.meaning[touched] * (lengths[touched] if sentences > LONG else 1)
        assert np.allclose(share, share[0])
        assert not windows.parts.meaning[~touched].any()


def test_where_hundreds_lie_equally_near_a_model_says_nothing(tmp_path: Path) -> None:
    with Store.open(_library(tmp_path), read_only=True) as store:
        near = _Pointing([2] * MAX, [0.7] * MAX)
        windows = _asked(store, near).retrieve("where is the router restarted").windows
        assert not windows.parts.meaning.any()


def _said(store: Store) -> list[str]:
    """All statements in their order."""
    with store.read() as connection:
        return list(text.statements(connection, range(1, 1000)).values())
