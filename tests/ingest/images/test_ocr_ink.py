"""Boxes of words that only share out their line's box are drawn close around the ink."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import ImageOps

from ingest.models.ocr_process import tightened
from tests.benchmarks.drawn_pages import Box, draw_page, overlap

PAGE = draw_page("The keeper of the lighthouse counts every ship", width=1000, size=30)


def _shared(boxes: tuple[Box, ...]) -> list[Box]:
    """As recognisers name them: too high, and wide by the letters in them."""
    left, right = boxes[0][0] - 4, boxes[-1][2] + 4
    top, bottom = min(box[1] for box in boxes) - 8, max(box[3] for box in boxes) + 8
    letters = [len(word) + 1 for word in PAGE.words]
    ends = np.cumsum([0, *letters]) / sum(letters) * (right - left) + left
    return [(float(a), top, float(b), bottom) for a, b in pairwise(ends)]


def test_every_word_has_its_own_ink() -> None:
    named = _shared(PAGE.boxes)
    before = [overlap(*pair) for pair in zip(named, PAGE.boxes, strict=True)]
    found = tightened(np.asarray(PAGE.picture), named)
    after = [overlap(*pair) for pair in zip(found, PAGE.boxes, strict=True)]
    assert min(after) > 0.9
    assert np.mean(before) < 0.6


def test_what_cannot_be_told_stays_as_it_was() -> None:
    named = _shared(PAGE.boxes)
    inverted = np.asarray(ImageOps.invert(PAGE.picture))
    assert tightened(inverted, named) == named
    blank = np.full((300, 1000), 255, np.uint8)
    assert tightened(blank, named) == named
    leaning = [(a, b + 9 * n, c, d + 9 * n) for n, (a, b, c, d) in enumerate(named)]
    assert tightened(np.asarray(PAGE.picture), leaning) == leaning
    assert tightened(blank, []) == []


@pytest.mark.parametrize("shift", [-2000, 2000])
def test_boxes_outside_the_picture_do_no_harm(shift: int) -> None:
    named = [(a + shift, b, c + shift, d) for a, b, c, d in _shared(PAGE.boxes)]
    assert tightened(np.asarray(PAGE.picture), named) == named
