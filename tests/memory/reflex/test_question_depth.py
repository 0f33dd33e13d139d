"""How deep a question wants recall to go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.memory.reflex.depth import Depth, depth_of, hops, parse_depth


@pytest.mark.parametrize(
    ("question", "depth"),
    [
        ("Where does the oil come from?", "instant"),
        ("How many jars are there?", "instant"),
        ("How old is the press?", "instant"),
        ("However, who is Ada?", "instant"),
        ("Wie viele Gläser gibt es?", "instant"),
        ("谁是格蕾塔", "instant"),
        ("How did the flood begin?", "context"),
        ("Which press is better, the old or the new one?", "context"),
        ("How often does she call?", "habit"),
        ("What is the reason for the delay?", "deep"),
        ("How did you feel about it?", "deep"),
    ],
)
def test_depth_by_what_is_asked(question: str, depth: str) -> None:
    assert depth_of(question) == depth


def test_a_question_that_names_much_wants_context() -> None:
    assert depth_of("Where did Ada meet Ben?", name_count=2) is Depth.CONTEXT
    assert depth_of("Which jar?", keywords=5) is Depth.CONTEXT


@given(st.text())
def test_any_text_has_a_depth(question: str) -> None:
    assert depth_of(question) in Depth


def test_depths_by_name() -> None:
    assert parse_depth("Deep ") is Depth.DEEP
    assert parse_depth("auto") is parse_depth(None) is None
    with pytest.raises(UsageError, match="abyss"):
        parse_depth("abyss")


def test_deeper_goes_further() -> None:
    assert [hops(each, 6) for each in Depth] == [1, 3, 6, 6]
    assert [hops(each, 1) for each in Depth] == [1, 1, 4, 1]
