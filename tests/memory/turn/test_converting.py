"""Measures asked for in other units, and what only looks like it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.library import Library
from workbench.memory.turn.converting import convert


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("5 miles in km", "8.04672 km"),
        ("convert 5 miles to km", "8.04672 km"),
        ("what is 20 C in fahrenheit?", "68 °F"),
        ("-40 fahrenheit to celsius", "-40 °C"),
        ("how many minutes are in 3 hours?", "180 minutes"),
        ("how many seconds in a day", "86400 seconds"),
        ("how many months are there in two years?", "24 months"),
        ("How much is 1,500 g in kg?", "1.5 kg"),
        ("6 ft in cm", "182.88 cm"),
        ("100km/h in mph", "62.137119 mph"),
    ],
)
def test_a_measure_is_given_in_the_unit_that_is_asked_for(line: str, value: str) -> None:
    found = convert(line)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "line",
    ["5 miles in kg", "how many days are in a sprint?", "I ran 5 miles in 40 minutes", "5 km",
     "the ruler is 12 inches in length", "2 days in Rome", "1.2.3 m in cm", ""],
)  # fmt: skip
def test_nothing_else_is_taken_for_one(line: str) -> None:
    assert convert(line) is None


def test_in_a_conversation_it_is_reckoned_and_not_kept(tmp_path: Path) -> None:
    with Library.open(tmp_path / "talk.brain") as library:
        turn = library.turn("convert 2 hours to minutes")
        assert (turn.kind, turn.stored, turn.value) == ("math", 0, "120 minutes")
        assert turn.text == "2 hours = 120 minutes"


@given(st.text(alphabet="0123456789 .-kmincghfo", max_size=30))
def test_no_line_is_too_much_for_it(line: str) -> None:
    found = convert(line)
    assert found is None or found.value
