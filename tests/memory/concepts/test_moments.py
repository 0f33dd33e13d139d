"""One key for each moment, however it is written."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.languages import word_set
from workbench.memory.concepts.records import ConceptType
from workbench.memory.concepts.time_keys import time_key
from workbench.memory.concepts.tracing import trace

#: A Wednesday at noon.
_TOLD = datetime(2026, 3, 4, 12).timestamp()


_WORDS = sorted(
    word_set(
        "last next this every 3 31 2026 99999 march may monday weeks ago century q1 first a 2nd"
        " 25:99 12:30 pm 0000-99-99 99.99.2026 years decades summer of the tomorrow"
    )
)


def _times(text: str, at: float | None = None) -> list[str]:
    return [each.key for each in trace(text, at=at).spans if each.type is ConceptType.TIME]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2 March 2026", "2026-03-02"),
        ("March 2, 2026", "2026-03-02"),
        ("March 2nd 2026", "2026-03-02"),
        ("the 2nd of March 2026", "2026-03-02"),
        ("2 Mar 2026", "2026-03-02"),
        ("02.03.2026", "2026-03-02"),
        ("March 2026", "2026-03"),
        ("2 March", "03-02"),
        ("March", "march"),
        ("Sept", "september"),
        ("1890", "1890"),
        ("the 1990s", "1990s"),
        ("summer 2024", "summer 2024"),
        ("Q3 2025", "2025-Q3"),
        ("Tuesday", "tuesday"),
        ("Tuesdays", "tuesday"),
        ("3 pm", "15:00"),
        ("3pm", "15:00"),
        ("15:00", "15:00"),
        ("12:30 am", "00:30"),
        ("yesterday", "yesterday"),
        ("last week", "last week"),
        ("two weeks ago", "2 week ago"),
        ("the 19th century", "19th century"),
        ("every Monday", "every monday"),
    ],
)
def test_a_time_has_one_key(said: str, key: str) -> None:
    """Dates, months, hours, weekdays, spans, and what is relative."""
    assert _times(f"The mill opened in {said}, they say.") == [key]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("yesterday", "2026-03-03"),
        ("today", "2026-03-04"),
        ("tomorrow", "2026-03-05"),
        ("3 days ago", "2026-03-01"),
        ("two weeks ago", "2026-02-18"),
        ("last week", "2026-W09"),
        ("next month", "2026-04"),
        ("last month", "2026-02"),
        ("last year", "2025"),
        ("last Monday", "2026-03-02"),
        ("next Friday", "2026-03-06"),
        ("last June", "2025-06"),
        ("next June", "2026-06"),
        ("this week", "2026-W10"),
        ("5 years ago", "2021"),
    ],
)
def test_a_relative_time_becomes_a_date_where_the_telling_is_known(said: str, key: str) -> None:
    """By the time at which it was said."""
    assert _times(f"The pump failed {said}.", _TOLD) == [key]


@given(
    st.lists(
        st.sampled_from(_WORDS),
        max_size=5,
    ),
    st.none() | st.floats(allow_nan=True),
)
def test_any_words_are_survived(words: list[str], at: float | None) -> None:
    """Whatever stands together, a text comes out."""
    assert isinstance(time_key(words, at), str)


@pytest.mark.parametrize(
    "text", ["He may come.", "They march on.", "2000 people came.", "The spring broke."]
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    """Modals, verbs, numbers of things and nouns."""
    assert _times(text) == []
