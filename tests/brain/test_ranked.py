"""What a cue leads to is ranked by a walk over what is written and what is alike."""

from dataclasses import replace

import numpy as np
import pytest

from workbench.brain.engine.connectivity import cooccurrence_graph, emitting
from workbench.brain.engine.fibers import fibers
from workbench.brain.engine.kinship import coded_assemblies
from workbench.brain.engine.subthreshold import SubthresholdNetwork
from workbench.brain.library.cooccurrence import Cooccurrence, nearest_neighbours
from workbench.brain.library.emergent import fused, linked, ranked


def test_lists_are_joined_by_rank_equals_in_the_middle_and_nothing_behind() -> None:
    free = np.array([True, True, True, True, False])
    one, other = np.array([9.0, 5.0, 5.0, 0.0, 99.0]), np.array([0.0, 2.0, 1.0, 3.0, 99.0])
    joined = fused(((one, 1.0), (other, 0.5)), free)
    ranks = np.array([[0, 1.5, 1.5, 3], [3, 1, 2, 0]])
    weights = np.array([[1.0], [0.5]])
    np.testing.assert_allclose(joined[:4], -(weights * np.log(5 + ranks)).sum(axis=0))
    assert joined[4] == -np.inf
    # Who is first in one list and last in the other comes behind who is second in both.
    assert np.argsort(-fused(((one, 1.0), (other, 1.0)), free))[0] == 1


@pytest.fixture
def ring() -> Cooccurrence:
    """200 concepts with ids from 1000, each in a place with the next two; no meanings."""
    size = 200
    concepts = (np.arange(size)[:, None] + np.arange(3)).reshape(-1) % size
    graph = cooccurrence_graph(concepts, np.repeat(np.arange(size), 3), size, size)
    own = np.arange(size)
    ahead = SubthresholdNetwork(fibers([own.tolist()], size), coded_assemblies(size))
    return Cooccurrence(
        own + 1000,
        own,
        own,
        graph.forth,
        SubthresholdNetwork(graph, coded_assemblies(size)),
        ahead,
        nearest_neighbours(np.zeros((size, 1), np.float32)),
        own >= 0,
    )


def test_who_stands_with_the_cue_is_not_ranked_and_who_stands_with_them_comes_first(
    ring: Cooccurrence,
) -> None:
    found = ranked(ring, [1100])
    assert found is not None
    assert found.neighbours == {98, 99, 100, 101, 102}
    assert not np.isfinite(found.score[98:103]).any()
    assert set(found.best(2)) == {97, 103}
    assert ranked(ring, [5]) is None


def test_each_link_has_its_path_and_its_odds_the_strongest_first(ring: Cooccurrence) -> None:
    links = linked(ring, [1100])
    assert len(links) > 3
    strengths = [each.strength for each in links]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[0] == 1
    for each in links:
        assert (each.path[0], each.path[-1]) == (1100, each.concept)
        assert len(each.path) >= 3
        assert 0 < each.odds < 1
    assert linked(ring, [5]) == []


def test_what_stands_in_many_more_places_than_others_is_told_as_common() -> None:
    """A ring as above, through a tenth of whose places one hub runs that the cue never meets."""
    size = 200
    ring = (np.arange(size)[:, None] + np.arange(3)).reshape(-1) % size
    hub = np.arange(103, 123)
    concepts = np.concatenate([ring, np.full(len(hub), size)])
    graph = cooccurrence_graph(
        concepts, np.concatenate([np.repeat(np.arange(size), 3), hub]), size + 1, size
    )
    own = np.arange(size + 1)
    ahead = SubthresholdNetwork(fibers([own.tolist()], size + 1), coded_assemblies(size + 1))
    below = SubthresholdNetwork(graph, coded_assemblies(size + 1))
    found = linked(
        Cooccurrence(
            own + 1000,
            own,
            own,
            graph.forth,
            below,
            ahead,
            nearest_neighbours(np.zeros((size + 1, 1), np.float32)),
            own >= 0,
        ),
        [1102],
    )
    assert {each.concept for each in found if each.common} == {1000 + size}
    assert len(found) > 3


def test_where_nobody_speaks_nothing_is_proposed_and_nothing_fails() -> None:
    """Two concepts, each named too rarely to have an assembly."""
    none = np.zeros(0, np.int64)
    graph = cooccurrence_graph(none, none, 0, 2)
    below, ahead = (
        SubthresholdNetwork(graph, coded_assemblies(0)),
        SubthresholdNetwork(fibers([], 0), coded_assemblies(0)),
    )
    places = emitting(np.array([0, 1]), np.array([0, 1]), 2)
    made = Cooccurrence(
        np.array([7, 8]),
        none,
        np.full(2, -1),
        places,
        below,
        ahead,
        nearest_neighbours(np.zeros((0, 1), np.float32)),
        np.ones(2, np.bool_),
    )
    assert linked(made, [7]) == []


def test_who_is_like_a_neighbour_is_ranked_though_no_way_leads_there(ring: Cooccurrence) -> None:
    """Two rings that never meet; of one concept beside the cue there is a like in the other."""
    size = 2 * len(ring.ids)
    one = (np.arange(200)[:, None] + np.arange(3)).reshape(-1) % 200
    concepts = np.concatenate([one, one + 200])
    graph = cooccurrence_graph(concepts, np.repeat(np.arange(size), 3), size, size)
    own = np.arange(size)
    vectors = np.eye(size, dtype=np.float32)
    vectors[350] = vectors[101]
    below, ahead = (
        SubthresholdNetwork(graph, coded_assemblies(size)),
        SubthresholdNetwork(fibers([], size), coded_assemblies(size)),
    )
    strange = ranked(
        Cooccurrence(
            own,
            own,
            own,
            graph.forth,
            below,
            ahead,
            nearest_neighbours(np.zeros((size, 1), np.float32)),
            own >= 0,
        ),
        [100],
    )
    akin = ranked(
        Cooccurrence(
            own, own, own, graph.forth, below, ahead, nearest_neighbours(vectors), own >= 0
        ),
        [100],
    )
    assert strange is not None
    assert akin is not None
    assert len(np.unique(strange.score[200:])) == 1
    assert strange.score[200] < strange.score[97]
    assert int(np.argmax(akin.score[200:])) == 150
    assert 350 in akin.best(10)


def test_a_name_leads_to_names_first_and_a_thing_to_either(ring: Cooccurrence) -> None:
    name = ranked(replace(ring, has_name=ring.ids != 1103), [1100])
    assert name is not None
    assert name.score[103] < name.score[97]
    assert name.best(1) == [97]
    thing = ranked(replace(ring, has_name=np.zeros(200, np.bool_)), [1100])
    assert thing is not None
    assert thing.score[103] > thing.score[97]
