"""Where concepts are placed: nothing overlaps, the same every time, what is known stays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import Cancelled
from workbench.jobs import Cancel
from workbench.ui.associations import layout
from workbench.ui.associations.layout import Shape


def shape(count: int, links: list[tuple[int, int]]) -> Shape:
    rng = np.random.default_rng(count)
    sizes = np.stack([rng.uniform(40, 240, count), np.full(count, 28.0)], axis=1)
    heads = np.array([head for head, _tail in links], dtype=np.int64)
    tails = np.array([tail for _head, tail in links], dtype=np.int64)
    return Shape(sizes, heads, tails, np.full(len(links), 104.0), np.full(len(links), 80.0))


def grown(count: int, more: int = 0, seed: int = 1) -> Shape:
    """A graph in which early concepts are linked most, as in texts, and `more` links across."""
    rng = np.random.default_rng(seed)
    links = [(each, int(each * rng.random() ** 2)) for each in range(1, count)]
    links += [(int(a), int(b)) for a, b in rng.integers(0, count, (more, 2))]
    return shape(count, links)


def star(count: int) -> Shape:
    return shape(count, [(each, 0) for each in range(1, count)])


def overlaps(positions: np.ndarray, sizes: np.ndarray) -> int:
    """How many pairs of names lie on one another."""
    apart = np.abs(positions[:, None] - positions[None])
    need = (sizes[:, None] + sizes[None]) / 2
    return int(np.triu((apart < need - 1e-6).all(axis=2), 1).sum())


@given(st.data())
@settings(max_examples=40)
def test_no_two_names_overlap_whatever_the_graph(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 40))
    ends = st.integers(0, count - 1)
    links = data.draw(st.lists(st.tuples(ends, ends), max_size=80))
    placed = layout.place(shape(count, links))
    assert np.isfinite(placed).all()
    assert overlaps(placed, shape(count, links).sizes) == 0


@pytest.mark.slow
@pytest.mark.parametrize("graph", [grown(300, 120), star(120)])
def test_no_two_names_overlap_in_large_graphs(graph: Shape) -> None:
    placed = layout.place(graph)
    assert overlaps(placed, graph.sizes) == 0


def test_the_same_graph_is_placed_in_the_same_way() -> None:
    graph = grown(90, 30)
    first, second = layout.place(graph), layout.place(graph)
    np.testing.assert_array_equal(first, second)


def test_nothing_and_one_concept_are_graphs_too() -> None:
    assert layout.place(shape(0, [])).shape == (0, 2)
    np.testing.assert_allclose(layout.place(shape(1, [(0, 0)])), 0.0, atol=0.1)


def test_linked_concepts_stand_nearer_than_others() -> None:
    graph = grown(40, 6)
    positions = layout.place(graph)
    far = np.hypot(*(positions[:, None] - positions[None]).transpose(2, 0, 1))
    linked = far[graph.heads, graph.tails]
    assert linked.mean() < 0.6 * far[np.triu_indices(40, 1)].mean()


def test_what_is_known_moves_little_when_the_graph_grows() -> None:
    small, large = grown(30), grown(45)
    old = layout.place(small)
    before = np.full((45, 2), np.nan)
    before[:30] = old
    fresh = layout.place(large, before)
    moved = np.hypot(*(fresh[:30] - old).T)
    assert np.median(moved) < 30
    assert moved.max() < 160
    assert overlaps(fresh, large.sizes) == 0


def test_what_is_pinned_does_not_move_at_all() -> None:
    graph = grown(30)
    before = layout.place(graph)
    before[3:] = np.nan
    pinned = np.zeros(30, bool)
    pinned[:3] = True
    fresh = layout.place(graph, before, pinned)
    np.testing.assert_allclose(fresh[:3], before[:3], atol=1e-3)


def test_pieces_that_hang_together_with_nothing_stand_beside_the_first() -> None:
    graph = shape(9, [(0, 1), (1, 2), (3, 4), (5, 6)])
    positions = layout.place(graph)
    assert positions[3:, 1].min() > positions[:3, 1].max()
    assert overlaps(positions, graph.sizes) == 0


def test_placing_ends_when_it_is_asked_to() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        layout.place(grown(80, 20), cancel=cancel)
