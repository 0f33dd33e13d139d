"""Finding words in a source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import Cancelled
from workbench.jobs import Cancel
from workbench.ui.reader.finding import MAX_HITS, find_all


def test_words_are_found_over_line_breaks_and_in_any_case() -> None:
    texts = [(0, "The slow\nwaves of sleep."), (24, "SLOW   Waves again")]
    assert find_all(texts, "slow waves") == [(4, 14), (24, 36)]


def test_nothing_is_found_for_nothing() -> None:
    assert find_all([(0, "words")], "  ") == []


def test_signs_of_expressions_are_plain_letters() -> None:
    assert find_all([(0, "a.b (c)"), (7, "axb")], "a.b (") == [(0, 5)]


@given(before=st.text("xyz ", max_size=30), after=st.text("xyz ", max_size=30))
def test_a_hit_is_where_the_words_are(before: str, after: str) -> None:
    text = before + "Ebbinghaus" + after
    assert [text[a:b] for a, b in find_all([(0, text)], "ebbinghaus")] == ["Ebbinghaus"]


def test_hits_are_bounded_and_a_search_can_be_stopped() -> None:
    assert len(find_all([(0, "ab " * (MAX_HITS + 50))], "ab")) == MAX_HITS
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        find_all([(0, "ab")], "ab", cancel.check)
