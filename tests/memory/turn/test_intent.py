"""Whether a line is told or asked, before anything is done with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.turn.intent import Intent, intent


@pytest.mark.parametrize(
    "line",
    [
        "My plan is pro now",
        "Kenji owns Aurora",
        "rent: 900",
        "Remember that the office is in Lund",
        "note: buy milk",
        "Hi, my name is Sam",
        "Kenji owns Aurora. Who owns Petrel?",
        "The tide turns everything here.",
        "我的计划是专业版",
        "Der Schlüssel liegt im Büro.",
    ],
)
def test_what_claims_something_is_told(line: str) -> None:
    assert intent(line) is Intent.TELL


@pytest.mark.parametrize(
    "line",
    [
        "sleep and synapses",
        "hebbian learning",
        "forgetting curve of Ebbinghaus 1885",
        "Moby-Dick chapter 3",
        "When was it published?",
        "what is love",
        "explain REM sleep",
        "Aurora owner",
        "海马体 记忆",
        "?!",
        "",
    ],
)
def test_questions_and_mere_words_are_asked(line: str) -> None:
    assert intent(line) is Intent.ASK


@pytest.mark.parametrize(
    "line", ["2 + 3 * 4", "thanks", "hello", "delete all my files", "Hi, who owns Aurora?"]
)
def test_sums_courtesies_and_orders_are_talk(line: str) -> None:
    assert intent(line) is Intent.TALK


@given(st.text(max_size=300))
def test_every_line_has_an_intent(line: str) -> None:
    assert isinstance(intent(line), Intent)
