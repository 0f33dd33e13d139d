"""Numbers in digits and in words find each other."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.question import in_digits, spelled

_RIVER = """# The River

In the space of one hundred and seventy-six years the lower river has lost many miles of its bends.

The ferry carries 1200 people a day in the summer, and almost nobody in the winter months.

In the space of a few years the upper river has been straightened for the barges of the mill.

The lock was built by forty masons, and the road to it by a company from the town.
"""


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What happened to the river in 176 years?", "one hundred and seventy-six"),
        ("Who carries twelve hundred people?", "1200 people"),
        ("What did the 40 people do?", "forty masons"),
    ],
)
def test_a_number_is_found_in_words_and_in_digits(
    tmp_path: Path, question: str, first: str
) -> None:
    (tmp_path / "river.md").write_text(_RIVER, encoding="utf-8")
    with Library.open(tmp_path / "river.brain") as library:
        library.add([tmp_path / "river.md"])
        answer = library.ask(question)
        assert first in answer.evidence[0].quote
        assert "never mention" not in answer.suggestion


def test_numbers_are_spelled_out() -> None:
    assert spelled(176) == [("one", "hundred", "seventy", "six")]
    assert spelled(1200) == [("one", "thousand", "two", "hundred"), ("twelve", "hundred")]
    assert spelled(1) == spelled(10**9) == []
    numbers = in_digits("Was it one hundred and seventy-six or forty, or one of three?")
    assert [*numbers] == ["176", "40"]
    assert numbers["40"] == ["forty"]
    assert [*in_digits("Are there twelve hundred?")] == ["1200"]
    assert not in_digits("Was it hundred and two?")
