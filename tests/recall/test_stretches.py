"""What sections say of a question."""

import numpy as np

from workbench.recall import stretches


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
