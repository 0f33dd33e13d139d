"""A walk that begins anew at its cue: where it is found, and how much of a library it looks at."""

import numpy as np
import pytest

from workbench.brain.engine.connectivity import Connectivity, cooccurrence_graph
from workbench.brain.library.emergent import RESTART, TOLERANCE, random_walk


def _by_chance(size: int, count: int, seed: int = 4) -> Connectivity:
    """Places of three concepts each; of ten concepts one stands in many."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, size, (count, 3))
    drawn[:, 0] = np.where(chance.random(count) < 0.3, drawn[:, 0] % (size // 10), drawn[:, 0])
    keys = np.unique(drawn * np.int64(count) + np.arange(count)[:, None])
    return cooccurrence_graph(keys // count, keys % count, size, count)


def _solved(graph: Connectivity, begin: np.ndarray) -> np.ndarray:
    """The same as the solution of linear equations."""
    size, count = len(graph), len(graph.place_targets)
    step = np.zeros((size + count, size + count))
    for concept in range(size):
        for place in graph.forth.of(concept):
            step[size + place, concept] = 1 / len(graph.forth.of(concept))
            step[concept, size + place] = 1 / len(graph.place_targets.of(int(place)))
    found = np.linalg.solve(np.eye(size + count) - (1 - RESTART) * step, RESTART * begin)
    return found[:size]


def test_a_walk_is_found_where_the_equations_say() -> None:
    graph = _by_chance(40, 60)
    begin = np.zeros(100)
    begin[7] = 1
    np.testing.assert_allclose(
        random_walk(graph, [7], tolerance=0).chance,
        _solved(graph, begin),
        rtol=1e-4,
        atol=1e-7,
    )
    near = random_walk(graph, [7]).chance
    np.testing.assert_allclose(near, _solved(graph, begin), atol=2e-3)
    begin[7] = 0
    begin[[40, 45]] = 0.5
    places = np.array([0, 5]), np.array([0.5, 0.5])
    np.testing.assert_allclose(
        random_walk(graph, [], places, tolerance=0).chance,
        _solved(graph, begin),
        rtol=1e-4,
        atol=1e-7,
    )


@pytest.mark.slow
@pytest.mark.parametrize("size", [1_000, 20_000])
def test_no_more_ways_are_gone_in_a_large_library_than_exactness_asks_for(size: int) -> None:
    graph = _by_chance(size, 5 * size)
    coarse = 100 * TOLERANCE
    most = 1 / (RESTART * coarse)
    for cue in (0, size // 2):
        walk = random_walk(graph, [cue], tolerance=coarse)
        assert 0 < walk.edges <= most
        assert walk.chance.sum() <= 1
    assert len(graph.forth.columns) > most or size < 20_000


def test_nobody_is_met_where_no_way_leads() -> None:
    graph = cooccurrence_graph(np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1]), 5, 2)
    assert np.flatnonzero(random_walk(graph, [0]).chance).tolist() == [0, 1]
    assert np.flatnonzero(random_walk(graph, [4]).chance).tolist() == [4]
    assert not random_walk(graph, []).chance.any()
