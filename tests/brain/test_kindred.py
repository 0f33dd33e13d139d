"""Who is nearest to whom by meaning, and a walk that steps from like to like."""

import numpy as np
import pytest

from workbench.brain.engine.connectivity import cooccurrence_graph
from workbench.brain.library.cooccurrence import nearest_neighbours
from workbench.brain.library.emergent import NEIGHBOUR_SHARE, RESTART, random_walk


def _heaps(heaps: int, each: int, seed: int = 2) -> np.ndarray:
    """Concepts in heaps, each heap round a direction of its own; float32[heaps · each, 40]."""
    chance = np.random.default_rng(seed)
    middles = np.repeat(chance.standard_normal((heaps, 40)), each, axis=0)
    found = middles + 0.3 * chance.standard_normal(middles.shape)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found, np.float32)


def test_kin_are_the_nearest_by_cosine_and_the_nearer_weigh_more() -> None:
    vectors = _heaps(20, 10)
    vectors[7] = 0
    found = nearest_neighbours(vectors, 5)
    assert len(found.of(7)) == 0
    assert 7 not in found.columns
    cosine = vectors @ vectors.T
    np.fill_diagonal(cosine, -1)
    for row in (0, 55, 199):
        assert set(found.of(row)) == set(np.argsort(-cosine[row])[:5])
        weights = found.weights[found.starts[row] : found.starts[row + 1]]
        assert (np.argsort(weights) == np.argsort(cosine[row, found.of(row)])).all()


@pytest.mark.slow
def test_of_many_concepts_most_of_the_nearest_are_found_by_cells() -> None:
    vectors = _heaps(300, 12)
    exact, found = nearest_neighbours(vectors, 10), nearest_neighbours(vectors, 10, pairs=2_000_000)
    same = [len(set(exact.of(row)) & set(found.of(row))) for row in range(len(vectors))]
    assert np.mean(same) > 9


@pytest.mark.parametrize("vectors", [np.zeros((3, 4)), np.eye(3), np.zeros((0, 1)), np.eye(1)])
def test_who_has_no_like_has_no_kin(vectors: np.ndarray) -> None:
    found = nearest_neighbours(vectors.astype(np.float32))
    assert len(found) == len(vectors)
    assert len(found.columns) == 0


def test_a_search_for_kin_can_be_ended() -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        nearest_neighbours(_heaps(2, 2), check=stop)


def test_a_walk_comes_to_the_company_of_the_like_and_to_the_like_of_the_company() -> None:
    """0 stands with 1, 2 with 3; 0 is like 2 and 1 is like 4, which stands with 5 alone."""
    graph = cooccurrence_graph(np.array([0, 1, 2, 3, 4, 5]), np.array([0, 0, 1, 1, 2, 2]), 6, 3)
    vectors = np.eye(6, dtype=np.float32)
    vectors[2] = (vectors[0] * 3 + vectors[2] * 4) / 5
    vectors[4] = (vectors[1] * 3 + vectors[4] * 4) / 5
    kin = nearest_neighbours(vectors)
    assert np.flatnonzero(random_walk(graph, [0]).chance).tolist() == [0, 1]
    chance = random_walk(graph, [0], tolerance=0, neighbours=kin).chance
    assert (chance > 0).all()
    assert chance.sum() == pytest.approx(random_walk(graph, [0], tolerance=0).chance.sum(), abs=0.2)
    near = random_walk(graph, [0], neighbours=kin).chance
    np.testing.assert_allclose(near, chance, atol=1e-3)
    # The first step, counted by hand: to the only kin goes the whole share of kinship.
    first = random_walk(graph, [0], tolerance=0.4, neighbours=kin)
    assert first.chance[2] == pytest.approx(RESTART * (1 - RESTART) * NEIGHBOUR_SHARE)
    alone = random_walk(
        graph, [0], tolerance=0, neighbours=nearest_neighbours(np.zeros((6, 1), np.float32))
    ).chance
    np.testing.assert_allclose(alone, random_walk(graph, [0], tolerance=0).chance)
