"""Boxes come back from their packing, and characters make lines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import boxes


@pytest.mark.slow
@given(st.lists(st.tuples(*[st.integers(0, 65535)] * 4), max_size=80))
def test_packing_gives_back_every_box(rows: list[tuple[int, int, int, int]]) -> None:
    array = np.array(rows, dtype=np.uint16).reshape(-1, 4)
    assert np.array_equal(boxes.unpack(boxes.pack(array)), array)


def test_a_page_of_text_packs_small() -> None:
    rows = [
        (4000 + 500 * column, 3000 + 900 * row, 4500 + 500 * column, 3800 + 900 * row)
        for row in range(40)
        for column in range(80)
    ]
    array = np.array(rows, dtype=np.uint16)
    assert len(boxes.pack(array)) < len(rows)


def test_what_was_never_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="no packed boxes"):
        boxes.unpack(b"nonsense")


def test_characters_make_one_box_a_line() -> None:
    line = 65535 // 20
    first = [(1000 * i, line, 1000 * i + 900, 2 * line) for i in range(1, 5)]
    space = [(0, 0, 0, 0)]
    second = [(1000 * i, 2 * line + 400, 1000 * i + 900, 3 * line + 400) for i in range(1, 3)]
    found = boxes.lines(np.array(first + space + second, dtype=np.uint16))
    assert len(found) == 2
    left, top, right, bottom = found[0]
    assert left == pytest.approx(1000 / 65535)
    assert right == pytest.approx(4900 / 65535)
    assert top == pytest.approx(0.05, abs=1e-4)
    assert bottom == pytest.approx(0.1, abs=1e-4)
    assert found[1][1] > bottom


def test_a_line_that_runs_from_the_right_is_one_box() -> None:
    word = [(60000 - 900 * i, 3000, 60900 - 900 * i, 3900) for i in range(10)]
    # A number inside of it runs the other way: its first figure is its leftmost.
    number = [(47000 + 900 * i, 3000, 47900 + 900 * i, 3900) for i in range(4)]
    rest = [(45000 - 900 * i, 3000, 45900 - 900 * i, 3900) for i in range(5)]
    below = [(60000 - 900 * i, 4200, 60900 - 900 * i, 5100) for i in range(3)]
    found = boxes.lines(np.array(word + number + rest + below, dtype=np.uint16))
    assert len(found) == 2
    assert found[0] == pytest.approx((41400 / 65535, 3000 / 65535, 60900 / 65535, 3900 / 65535))


def test_a_large_initial_makes_no_box_of_three_lines() -> None:
    cap = [(4000, 3000, 8000, 6000)]
    lines = [
        [(x, y, x + 800, y + 900) for x in range(8100, 40000, 900)] for y in (3000, 4000, 5000)
    ]
    found = boxes.lines(np.array([*cap, *lines[0], *lines[1], *lines[2]], dtype=np.uint16))
    assert len(found) == 3
