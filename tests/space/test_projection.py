"""Vectors laid flat: what differs most is kept, and the same stays the same."""

import numpy as np

from workbench.space.concept_vectors import project


def test_the_two_directions_in_which_vectors_differ_most_are_kept() -> None:
    chance = np.random.default_rng(4)
    inner = chance.standard_normal((200, 2)) * (3.0, 1.0)
    turned, _ = np.linalg.qr(chance.standard_normal((16, 16)))
    vectors = (inner @ turned[:2] + 0.01 * chance.standard_normal((200, 16))).astype(np.float32)
    places, share = project(vectors)
    assert share > 0.99
    assert places.shape == (200, 2)
    assert abs(np.corrcoef(places[:, 0], inner[:, 0])[0, 1]) > 0.99
    assert abs(np.corrcoef(places[:, 1], inner[:, 1])[0, 1]) > 0.99
    assert (np.abs(places) <= 1).mean() > 0.95
    again, _ = project(vectors.copy())
    assert (again == places).all()


def test_too_little_has_no_shape() -> None:
    assert project(np.ones((1, 4), np.float32))[0].shape == (1, 2)
    places, share = project(np.ones((5, 1), np.float32))
    assert not places.any()
    assert share == 0
