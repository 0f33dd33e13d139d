"""Where concepts are placed: nothing overlaps, the same every time, what is known stays."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.ui.associations import layout
from workbench.ui.associations.layout import Places

Links = list[tuple[int, int]]


def sizes(count: int) -> dict[int, tuple[float, float]]:
    return {id: (40.0 + 37 * id % 200, 28.0) for id in range(count)}


def tree(count: int) -> Links:
    """Links in which early concepts have most, as in texts."""
    return [(id, id * id % 97 * id // (97 * 2)) for id in range(1, count)]


def overlaps(places: Places) -> list[tuple[int, int]]:
    room = sizes(len(places))
    return [
        (one, other)
        for one, (x, y) in places.items()
        for other, (left, top) in places.items()
        if one < other
        and abs(x - left) < (room[one][0] + room[other][0]) / 2 - 1e-6
        and abs(y - top) < (room[one][1] + room[other][1]) / 2 - 1e-6
    ]


@given(st.data())
@settings(max_examples=40)
def test_no_two_names_overlap_whatever_the_graph(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 40))
    ends = st.integers(0, count - 1)
    links = data.draw(st.lists(st.tuples(ends, ends), max_size=80))
    placed = layout.place(sizes(count), links, 0, {})
    assert all(math.isfinite(x + y) for x, y in placed.values())
    assert overlaps(placed) == []


def test_the_same_graph_is_placed_in_the_same_way() -> None:
    first, second = (layout.place(sizes(60), tree(60), 0, {}) for _ in range(2))
    assert first == second
    assert first[0] == (0.0, 0.0)


def test_linked_concepts_stand_nearer_than_others() -> None:
    links, placed = tree(40), layout.place(sizes(40), tree(40), 0, {})
    pairs = [(one, other) for one in range(40) for other in range(one)]
    near, far = (
        sum(math.dist(placed[one], placed[other]) for one, other in ends) / len(ends)
        for ends in (links, pairs)
    )
    assert near < 0.6 * far


def test_what_is_known_moves_little_when_the_graph_grows() -> None:
    before = layout.place(sizes(30), tree(30), 0, {})
    after = layout.place(sizes(45), tree(45), 0, before)
    moved = sorted(math.dist(place, after[id]) for id, place in before.items())
    assert moved[15] < 60
    assert moved[-1] < 250
    assert overlaps(after) == []


def test_without_a_concept_of_the_graph_the_others_stay() -> None:
    before = layout.place(sizes(30), tree(30), 0, {})
    after = layout.place(sizes(20), [], 0, before)
    assert max(math.dist(place, before[id]) for id, place in after.items()) < 0.1
