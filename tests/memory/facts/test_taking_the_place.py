"""What a newer statement takes the place of, and what it leaves alone."""

from collections.abc import Sequence

import pytest

from workbench.library import Library


def current(told: Sequence[str]) -> list[bool]:
    """Which of these still hold once all are told."""
    with Library.open(":memory:") as library:
        for text in told:
            assert len(library.facts.tell(text).new) == 1
        return [fact.current for fact in reversed(library.facts.list())]


@pytest.mark.slow
@pytest.mark.parametrize(
    "told",
    [
        ["Anna owns a red car", "Bert owns a red car"],
        ["Anna owns two bikes", "Bert owns two bikes"],
        ["Anna owns chickens", "Bert owns chickens"],
        ["Anna manages some hotels", "Bert manages some hotels"],
        ["Anna runs Linux", "Bert runs Linux"],
        ["Falco runs version v1.2", "Merlo runs version v1.2"],
        ["Nora moved to Nantes", "Lars moved to Nantes"],
        ["we moved the desk to the hall", "we live in Oslo"],
    ],
)
def test_what_many_can_have_stays(told: Sequence[str]) -> None:
    assert current(told) == [True, True]


@pytest.mark.slow
@pytest.mark.parametrize(
    "told",
    [
        ["Anna owns the red car", "Bert owns the red car"],
        ["Aurora is owned by Anna", "Bert owns Aurora"],
        ["Anna owns project7", "Bert owns project7"],
        ["Iva leads marketing", "Bo leads marketing"],
        ["Nora lives in Lyon", "Nora moved to Nantes"],
        ["Nora lives in Lyon", "Nora relocated to Nantes in the spring"],
        ["I live in Oslo", "I moved to Bergen last year"],
        ["the review is on Monday", "the review moved to Friday"],
        ["Ann works at Bosch", "since March 2024 Ann works at Fiat"],
        ["the rent is 900 euros", "the rent is 955 euros as of this month"],
        ["project Aro is owned by Ann", "project Aro is owned by Bo from today on"],
        ["my number is 555-1234", "sorry, I meant my number is 555-4321"],
    ],
)
def test_what_one_thing_holds_at_a_time_is_taken(told: Sequence[str]) -> None:
    assert current(told) == [False, True]


def test_who_moved_lives_there_now_and_lived_elsewhere_before() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Nora lives in Lyon")
        library.facts.tell("Nora moved from Lyon to Nantes in the spring")
        answers = {}
        for question in (
            "where does Nora live?",
            "where did Nora live before?",
            "where did Nora move?",
            "who moved to Nantes?",
            "which city does Nora live in?",
        ):
            found = library.facts.value(question)
            answers[question] = found and found.value
    assert list(answers.values()) == ["Nantes", "Lyon", "Nantes", "Nora", "Nantes"]
