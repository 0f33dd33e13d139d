"""Assemblies overlap by meaning: kin share neurons, never thousands one, and activity crosses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.brain.graphs_of_triples import grouped, taught
from workbench.brain.engine import meaning
from workbench.brain.engine.assemblies import CODE_SLOTS
from workbench.brain.engine.meaning import SHARED, Similarity, codes, similarity
from workbench.brain.engine.simulation import IGNITED, Brain, Ignited, Protocol
from workbench.brain.engine.spreading import GATE
from workbench.brain.engine.synapses import freeze


def _meant(concepts: int, group: int = 6, seed: int = 0) -> Similarity:
    return similarity(np.arange(concepts), codes(grouped(concepts, group, seed=seed)))


def _linked(*links: tuple[int, int, float], concepts: int = 300) -> Brain:
    brain = Brain(0.02, concepts, 10)
    one, other, weight = zip(*links, strict=True)
    brain.synapses = freeze(
        brain.pools.room, np.array(one), np.array(other), np.array(weight, np.float32)
    )
    return brain


def _same(one: Ignited, other: Ignited) -> None:
    for name in ("ids", "score", "lit", "peak", "via"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)
    np.testing.assert_array_equal(one.similar.ids, other.similar.ids)
    np.testing.assert_array_equal(one.similar.shared, other.similar.shared)
    for a, b in zip(one.frames, other.frames, strict=True):
        np.testing.assert_array_equal(a.spikes, b.spikes)
        np.testing.assert_array_equal(a.raster, b.raster)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(60, 400), st.integers(2, 12))
def test_kin_share_more_neurons_than_strangers(seed: int, concepts: int, group: int) -> None:
    brain = Brain(0.05, concepts, 10)
    brain.overlap(_meant(concepts, group, seed))
    own = brain.pools.of(np.arange(concepts))
    chance = np.random.default_rng(seed)
    one = chance.integers(0, concepts - group, 400)
    kin = one // group * group + (one + 1) % group
    other = (one + group * (1 + chance.integers(0, 10, 400))) % concepts
    apart = other // group != one // group
    near = (own[one] == own[kin])[kin != one].sum(axis=1)
    far = (own[one] == own[other])[apart].sum(axis=1)
    assert near.mean() > 2 * far.mean() + 1
    # Every slot has one neuron of each, and only the slots of meaning follow it.
    assert (np.diff(own, axis=1) > 0).all()
    plain = Brain(0.05, concepts, 10).pools.of(np.arange(concepts))
    others = np.setdiff1d(np.arange(100), CODE_SLOTS)
    np.testing.assert_array_equal(own[:, others], plain[:, others])


def test_who_is_kin_by_its_neurons_is_kin_by_its_codes() -> None:
    brain = Brain(1.0, 600, 10)
    codes_ = _meant(600)
    brain.overlap(codes_)
    for each in (0, 7, 599):
        ids, many = brain.pools.similar(np.sort(brain.pools.neurons(each)))
        told = dict(zip(ids.tolist(), many.tolist(), strict=True))
        assert told[each] == SHARED
        assert told == {
            other: codes_.shared(each, other)
            for other in range(600)
            if codes_.shared(each, other) and other in told
        }
        assert all(codes_.shared(each, other) == 0 for other in range(600) if other not in told)


@pytest.mark.slow
def test_without_a_vector_an_assembly_is_what_it_was() -> None:
    vectors = grouped(300)
    vectors[::2] = 0
    graph = taught(400, 200)
    pools = graph.brain.pools
    before = pools.of(np.arange(300))
    recalled = graph.brain.recall([3, 8], protocol=Protocol(steps=5), frames=True)
    graph.brain.overlap(similarity(np.arange(300), codes(vectors)))
    after = graph.brain.pools.of(np.arange(300))
    np.testing.assert_array_equal(after[::2], before[::2])
    assert (after[1::2] != before[1::2]).any(axis=1).all()
    graph.brain.overlap(similarity(np.arange(300), codes(np.zeros_like(vectors))))
    _same(graph.brain.recall([3, 8], protocol=Protocol(steps=5), frames=True), recalled)
    graph.brain.overlap(meaning.NO_CODES)
    _same(graph.brain.recall([3, 8], protocol=Protocol(steps=5), frames=True), recalled)


@pytest.mark.parametrize("apart", [0.0, 0.01, 1.0])
def test_no_neuron_stands_for_thousands(apart: float) -> None:
    # As rare words do of which little is known: thousands lie in much the same place.
    chance = np.random.default_rng(4)
    vectors = np.ones((6000, 20), np.float32)
    vectors += np.float32(apart) * chance.standard_normal(vectors.shape).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = codes(vectors)
    held = similarity(np.arange(6000), found)
    assert np.diff(held.starts).max() <= 512
    if apart == 1:
        assert (found >= 0).mean() > 0.5
    if apart == 0:
        assert (found < 0).all()


def test_the_same_vectors_have_the_same_codes() -> None:
    assert _meant(200).version == _meant(200).version
    assert _meant(200).version != _meant(200, seed=1).version
    assert meaning.NO_CODES.version == ""
    np.testing.assert_array_equal(codes(np.zeros((0, 5), np.float32)).shape, (0, 10))


@pytest.mark.slow
def test_activity_crosses_from_a_cue_to_what_its_kin_leads_to() -> None:
    # Concepts 6 to 11 are kin; the others lead somewhere, nobody wrote of 6 and that.
    links = [(each, 100, 0.7) for each in range(7, 12)]
    brain = _linked(*links, (6, 50, 0.7), (120, 130, 0.7))
    assert 100 not in brain.recall([6]).ids
    brain.overlap(_meant(300))
    lit = brain.recall([6])
    via = dict(zip(lit.ids.tolist(), lit.via.tolist(), strict=True))
    assert via[50] == 6
    assert via[100] in lit.similar.ids
    assert 130 not in via
    assert set(lit.similar.ids.tolist()) <= set(range(6, 12)) - {6}
    # Kin are lit a little, and what the cue itself leads to comes first.
    assert all(0 < brain.activation.peak[each] < IGNITED for each in lit.similar.ids.tolist())
    assert lit.ids.tolist()[0] == 50
    assert lit.lit[lit.ids == 100] > lit.lit[lit.ids == 50]


def test_what_an_assembly_has_in_common_counts_where_enough_of_its_own_fires() -> None:
    brain = _linked((7, 100, 0.7))
    brain.overlap(_meant(300))
    brain.recall([100])
    # All of its own neurons and all of those that others have too.
    assert brain.activation.peak[100] == 100
    kin = [each for each in range(96, 102) if each != 100]
    assert max(brain.activation.peak[each] for each in kin) <= SHARED + GATE
