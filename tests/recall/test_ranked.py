"""What a cue leads to is ranked by two lists, joined by their ranks."""

import numpy as np
import pytest

from workbench.brain.fabric import beside, speaking
from workbench.brain.fibers import fibers
from workbench.brain.kinship import kin
from workbench.brain.undertone import Undertone
from workbench.recall.emergent import linked
from workbench.recall.ranked import fused, ranked
from workbench.recall.woven import Woven


def test_lists_are_joined_by_rank_equals_in_the_middle_and_nothing_behind() -> None:
    free = np.array([True, True, True, True, False])
    one, other = np.array([9.0, 5.0, 5.0, 0.0, 99.0]), np.array([0.0, 2.0, 1.0, 3.0, 99.0])
    joined = fused((one, other), free)
    ranks = np.array([[0, 1.5, 1.5, 3], [3, 1, 2, 0]])
    np.testing.assert_allclose(joined[:4], -np.log(5 + ranks).sum(axis=0))
    assert joined[4] == -np.inf
    # Who is first in one list and last in the other comes behind who is second in both.
    assert np.argsort(-joined)[0] == 1


@pytest.fixture
def ring() -> Woven:
    """200 concepts with ids from 1000, each in a place with the next two; no meanings."""
    size = 200
    concepts = (np.arange(size)[:, None] + np.arange(3)).reshape(-1) % size
    fabric = beside(concepts, np.repeat(np.arange(size), 3), size, size)
    own = np.arange(size)
    ahead = Undertone(fibers([own.tolist()], size), kin(size))
    return Woven(own + 1000, own, own, fabric.forth, Undertone(fabric, kin(size)), ahead)


def test_who_stands_with_the_cue_is_not_ranked_and_who_stands_with_them_comes_first(
    ring: Woven,
) -> None:
    found = ranked(ring, [1100])
    assert found is not None
    assert found.near == {98, 99, 100, 101, 102}
    assert not np.isfinite(found.score[98:103]).any()
    assert set(found.best(2)) == {97, 103}
    assert ranked(ring, [5]) is None


def test_each_link_has_its_path_and_its_odds_the_strongest_first(ring: Woven) -> None:
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
    fabric = beside(concepts, np.concatenate([np.repeat(np.arange(size), 3), hub]), size + 1, size)
    own = np.arange(size + 1)
    ahead = Undertone(fibers([own.tolist()], size + 1), kin(size + 1))
    below = Undertone(fabric, kin(size + 1))
    found = linked(Woven(own + 1000, own, own, fabric.forth, below, ahead), [1102])
    assert {each.concept for each in found if each.common} == {1000 + size}
    assert len(found) > 3


def test_where_nobody_speaks_nothing_is_proposed_and_nothing_fails() -> None:
    """Two concepts, each named too rarely to have an assembly."""
    nobody = np.zeros(0, np.int64)
    fabric = beside(nobody, nobody, 0, 2)
    below, ahead = Undertone(fabric, kin(0)), Undertone(fibers([], 0), kin(0))
    places = speaking(np.array([0, 1]), np.array([0, 1]), 2)
    made = Woven(np.array([7, 8]), nobody, np.full(2, -1), places, below, ahead)
    assert linked(made, [7]) == []
