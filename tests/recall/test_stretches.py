"""What sections say of a question is the same from compiled loops and from NumPy."""

from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import pytest
from numpy.typing import NDArray

from workbench import kernels
from workbench.memory.segment import Ordinals
from workbench.recall import stretches
from workbench.recall.kernel_set import RECALL_KERNELS
from workbench.recall.stretches import Stretches


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    # The machine code is kept for the next run, as that of the fact memory.
    folder = Path(platformdirs.user_cache_dir("engram-workbench-tests", appauthor=False))
    assert kernels.load(RECALL_KERNELS, folder)


def _some(chance: np.random.Generator, share: float) -> Ordinals:
    return np.flatnonzero(chance.random(500) < share).astype(np.int32)


def _text(chance: np.random.Generator) -> tuple[Ordinals, Ordinals]:
    """Where the section of each sentence begins, and all such places with the end."""
    opens = chance.random(500) < 0.2
    opens[0] = True
    places = np.arange(500, dtype=np.int32)
    column = np.maximum.accumulate(np.where(opens, places, 0)).astype(np.int32)
    # What is mapped from a file cannot be written to.
    column.flags.writeable = False
    return column, np.append(places[opens], np.int32(500))


def _all(
    column: Ordinals, edges: Ordinals, starts: Ordinals, lists: list[Ordinals]
) -> tuple[Stretches, list[NDArray[Any]]]:
    found = stretches.around(starts, column, edges)
    often = stretches.times(lists, found)
    norm = 1.2 * (0.25 + 0.01 * (found.stops - found.begins).astype(np.float64))
    said = stretches.said(often, np.array([3.1, 0.7, 1.3]), 2.2, norm)
    counts = np.array([stretches.different(column, each) for each in lists])
    scores = np.random.default_rng(len(starts)).random(len(starts)).astype(np.float32)
    shared = stretches.with_neighbours(starts, column, scores, 0.6)
    return found, [found.begins, found.stops, found.of, often, said, counts, shared]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.0, 0.02, 0.5])
def test_sections_say_the_same_compiled_or_not(seed: int, share: float) -> None:
    chance = np.random.default_rng(seed)
    column, edges = _text(chance)
    starts = _some(chance, 0.3)
    twice = np.sort(np.concatenate([_some(chance, share)] * 2))
    lists = [_some(chance, share), twice, _some(chance, 0.3)]
    _, told = _all(column, edges, starts, lists)
    with kernels.interpreted():
        _, plain = _all(column, edges, starts, lists)
    for ours, theirs in zip(told, plain, strict=True):
        assert np.array_equal(ours, theirs)


def test_each_section_around_a_window_is_counted_once() -> None:
    column = np.array([0, 0, 2, 2, 2, 5], np.int32)
    edges = np.array([0, 2, 5, 6], np.int32)
    found = stretches.around(np.array([0, 1, 3, 4], np.int32), column, edges)
    assert found.begins.tolist() == [0, 2]
    assert found.stops.tolist() == [2, 5]
    assert found.of.tolist() == [0, 0, 1, 1]
    held = np.array([1, 2, 2, 4, 5], np.int32)
    often = stretches.times([held], found)
    assert often.tolist() == [[1, 3]]
    assert stretches.different(column, held) == 3
    said = stretches.said(often, np.array([2.0]), 1.0, np.array([1.0, 3.0]))
    assert said.tolist() == [1.0, 1.0]


def test_nothing_is_said_around_no_windows() -> None:
    none = np.zeros(0, np.int32)
    found = stretches.around(none, np.zeros(3, np.int32), np.array([0, 3], np.int32))
    assert stretches.times([np.array([1], np.int32)], found).shape == (1, 0)
    assert len(stretches.said(np.zeros((1, 0)), np.ones(1), 1.0, np.zeros(0))) == 0


def test_a_window_shares_the_scores_of_those_beside_it_in_its_section() -> None:
    column = np.array([0, 0, 0, 3, 3], np.int32)
    scores = np.array([1, 2, 4, 8], np.float32)
    shared = stretches.with_neighbours(np.array([0, 1, 2, 4], np.int32), column, scores, 0.5)
    # At the edges of a section a window stands for the neighbour that it has not.
    assert shared.tolist() == [1 + 0.5 * (1 + 2), 2 + 0.5 * (1 + 4), 4 + 0.5 * (2 + 4), 8 + 8]
