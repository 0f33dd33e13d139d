"""Never-written associations: half-lit kin speak of their company, and nobody runs wild."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.brain.engine.connectivity import (
    TO_PLACE,
    TO_TARGET,
    Connectivity,
    bipartite,
    cooccurrence_graph,
    rows_of,
)
from workbench.brain.engine.fibers import EXPECTED, fibers
from workbench.brain.engine.kinship import SHARED, SLOT, coded_assemblies, codes, hashed_codes
from workbench.brain.engine.subthreshold import FOCUSED, IGNITED, RecallDrive, SubthresholdNetwork


def _vectors(families: list[list[int]], size: int) -> np.ndarray:
    """Members of a family lie side by side, all others anywhere: float32[size, 40]."""
    chance = np.random.default_rng(5)
    found = chance.standard_normal((size, 40))
    for family in families:
        found[family] = found[family[0]] + 0.3 * chance.standard_normal((len(family), 40))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float32)


def _towns() -> tuple[Connectivity, np.ndarray]:
    """0 and 1 are kin; 1 stands with 2 alone; 3 stands with 0, and 4 with 3; others are about."""
    size = 300
    chance = np.random.default_rng(8)
    pairs = [(1, 2), (1, 2), (0, 3), (3, 4), (3, 4)]
    pairs += [tuple(chance.choice(np.arange(5, size), 2, replace=False)) for _ in range(600)]
    concepts = np.array([each for pair in pairs for each in pair], np.int64)
    places = np.repeat(np.arange(len(pairs)), 2)
    return cooccurrence_graph(concepts, places, size, len(pairs)), _vectors([[0, 1]], size)


def _same(one: RecallDrive, other: RecallDrive) -> None:
    np.testing.assert_array_equal(one.score, other.score)
    np.testing.assert_array_equal(one.best, other.best)
    for a, b in zip(one.volleys, other.volleys, strict=True):
        np.testing.assert_array_equal(a.emitting, b.emitting)
        np.testing.assert_array_equal(a.output, b.output)


def test_what_kin_stand_with_comes_up_with_the_kin_as_its_path() -> None:
    woven, vectors = _towns()
    brain = SubthresholdNetwork(woven, coded_assemblies(len(woven), hashed_codes(codes(vectors))))
    drive = brain.recall([0])
    never = [each for each in np.argsort(-drive.score).tolist() if each not in (0, 1, 3)]
    assert set(never[:2]) == {2, 4}
    assert brain.sources(drive, 2) == [1]
    assert brain.assemblies.likeness(0, 1) > 0.2 > brain.assemblies.likeness(0, 3)
    assert brain.sources(drive, 4)[0] == 3
    alone = SubthresholdNetwork(woven, coded_assemblies(len(woven)))
    drive = alone.recall([0])
    assert drive.score[2] == 0
    assert drive.score[4] > 0
    assert alone.sources(drive, 2) == []


def test_kin_are_silent_where_recall_is_focused() -> None:
    woven, vectors = _towns()
    brain = SubthresholdNetwork(woven, coded_assemblies(len(woven), hashed_codes(codes(vectors))))
    drive = brain.recall([0], FOCUSED)
    assert drive.score[2] == 0
    assert drive.score[4] > 0


def test_b3_a_recall_below_the_threshold_is_the_same_again() -> None:
    woven, vectors = _towns()
    shared = hashed_codes(codes(vectors))
    brain = SubthresholdNetwork(woven, coded_assemblies(len(woven), shared))
    first = brain.recall([0, 9])
    brain.recall([40])
    _same(brain.recall([0, 9]), first)
    again = hashed_codes(codes(_vectors([[0, 1]], len(woven))))
    _same(SubthresholdNetwork(woven, coded_assemblies(len(woven), again)).recall([0, 9]), first)


def test_kin_share_neurons_strangers_do_not_and_a_spike_names_its_concepts() -> None:
    size = 9000
    vectors = _vectors([list(range(30))], size)
    vectors[77] = 0
    made = coded_assemblies(size, hashed_codes(codes(vectors)))
    neurons = made.neurons(np.arange(size))
    assert neurons.shape == (size, 100)
    assert (neurons // SLOT == np.arange(100)).all()
    same = (neurons[0] == neurons).sum(axis=1)
    assert same[1:30].mean() > 4
    assert same[30:].mean() < 1
    assert (made.shared[77] < 0).all()
    for concept in (0, 77, 8999):
        held = np.bincount(made.members_of(neurons[concept]), minlength=size)
        np.testing.assert_array_equal(held, (neurons[concept] == neurons).sum(axis=1))
        assert held[concept] == 100


def test_drive_is_what_places_say_together() -> None:
    concepts = np.array([0, 1, 2, 0, 1, 3, 4])
    places = np.array([0, 0, 0, 1, 1, 2, 2])
    woven = cooccurrence_graph(concepts, places, 5, 3)
    brain = SubthresholdNetwork(woven, coded_assemblies(5))
    result = brain.recall([0])
    weight = {1: 1 / np.log(5) + 1 / np.log(4), 2: 1 / np.log(5)}
    first = result.volleys[0]
    assert first.emitting.tolist() == [0]
    reached, drive = brain._drive(first, *brain._output(first))
    assert reached.tolist() == [1, 2]
    for each, told in zip(reached.tolist(), drive.tolist(), strict=True):
        expected = IGNITED * TO_PLACE * TO_TARGET * weight[each] / np.sqrt(2)
        assert told == pytest.approx(expected, rel=1e-3)
    assert result.score[3] == result.score[4] == 0


def test_work_on_a_hub_of_fifty_thousand_neighbours_is_bounded() -> None:
    neighbours = 50_000
    concepts = np.concatenate([np.zeros(neighbours, np.int64), np.arange(1, neighbours + 1)])
    places = np.concatenate([np.arange(neighbours), np.arange(neighbours)])
    woven = cooccurrence_graph(concepts, places, neighbours + 1, neighbours, limit=512)
    assert len(woven.forth.of(0)) == 512
    assert np.diff(woven.forth.of(0)).max() < 3 * neighbours / 512
    brain = SubthresholdNetwork(woven, coded_assemblies(len(woven)))
    drive = brain.recall([0])
    assert (drive.score > 0).sum() <= 600
    assert max(len(each.emitting) for each in drive.volleys) < 600


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 60), st.integers(1, 40), st.integers(1, 20))
def test_activity_stays_bounded_over_any_graph(
    seed: int, size: int, places: int, entries: int
) -> None:
    chance = np.random.default_rng(seed)
    keys = np.unique(chance.integers(0, size * places, entries * 5))
    woven = cooccurrence_graph(keys // places, keys % places, size, places)
    vectors = chance.standard_normal((size, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    brain = SubthresholdNetwork(woven, coded_assemblies(size, hashed_codes(codes(vectors))))
    cue = chance.integers(0, size, 5).tolist()
    drive = brain.recall(cue)
    assert np.isfinite(drive.score).all()
    assert (drive.score >= 0).all()
    assert drive.score.max(initial=0) <= 2 + 1e-9
    assert np.abs(brain._potential).max() < 100


def test_nothing_at_all_is_recalled_from_nothing() -> None:
    none = np.zeros(0, np.int64)
    woven = cooccurrence_graph(none, none, 3, 0)
    drive = SubthresholdNetwork(
        woven, coded_assemblies(3, np.full((3, SHARED), -1, np.int16))
    ).recall([1])
    assert (drive.score == 0).all()
    assert (codes(np.zeros((4, 5), np.float32)) == -1).all()


def test_what_came_next_is_expected_next_and_what_is_nearer_more() -> None:
    woven = fibers([[0, 1, 2, 3], [0, 1, 4], [5, 0, 1, 2]], 7)
    brain = SubthresholdNetwork(woven, coded_assemblies(7))
    score = brain.recall([1, 0], EXPECTED).score
    assert int(np.argmax(score)) == 2
    assert score[2] > score[4] > 0
    assert score[6] == 0


def test_what_a_source_says_to_itself_is_not_heard() -> None:
    forth = rows_of(2, np.array([0, 1]), np.array([0, 0]), np.ones(2), TO_PLACE)
    there = rows_of(1, np.array([0, 0]), np.array([0, 1]), np.ones(2), TO_TARGET)
    woven = bipartite(forth, there)
    assert woven.self_drive.tolist() == [TO_PLACE * TO_TARGET] * 2
    brain = SubthresholdNetwork(woven, coded_assemblies(2))
    moment = brain.recall([0]).volleys[0]
    assert brain._drive(moment, *brain._output(moment))[0].tolist() == [1]
