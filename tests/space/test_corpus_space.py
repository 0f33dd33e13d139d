"""The corpus space: words used alike stand near, learning survives, text is not kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.library import Library
from workbench.recall.content_words import sentences
from workbench.space import corpus_space as ri

# Ferry and boat do the same things here; kettle does others.
_TEXT = "\n".join(
    [
        "The ferry carries passengers across the strait.",
        "A boat carries passengers across the wide strait.",
        "Passengers wait for the ferry, and a boat comes at noon.",
        "Every boat and every ferry leaves the harbour at dawn.",
        "The kettle boils water for tea in the kitchen.",
        "Tea needs a kettle, hot water and patience.",
        "In the kitchen the kettle whistles before breakfast.",
        "Breakfast means tea, bread and a kettle of water.",
    ]
    * 6
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "words.brain") as opened:
        yield opened


def test_words_of_like_company_are_near_and_others_are_not(library: Library) -> None:
    learned = library.graph.learn_text(_TEXT)
    assert learned.words > 200
    near = dict(library._core.space.neighbours("ferry", 8))
    assert max(near, key=near.__getitem__) == "boat"
    assert "kettle" not in near


def test_learning_is_no_fact_and_no_source_and_survives_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "words.brain"
    with Library.open(file) as library:
        library.graph.learn_text(_TEXT)
        before = library._core.space.neighbours("ferry", 8)
        assert len(library.facts.list()) == 0
        assert library.sources.list() == []
    assert b"whistles before" not in file.read_bytes()
    with Library.open(file) as library:
        assert library._core.space.neighbours("ferry", 8) == before


def test_what_is_read_later_counts_as_much(tmp_path: Path) -> None:
    lines = _TEXT.splitlines()
    with Library.open(tmp_path / "a.brain") as whole, Library.open(tmp_path / "b.brain") as parts:
        whole.graph.learn_text(_TEXT)
        parts.graph.learn_text("\n".join(lines[:20]))
        parts.graph.learn_text("\n".join(lines[20:]))
        assert (
            parts._core.space.neighbours("ferry", 8)[0][0]
            == whole._core.space.neighbours("ferry", 8)[0][0]
            == "boat"
        )


def test_a_fact_answers_in_another_word_once_it_was_learned(library: Library) -> None:
    library.facts.tell("the ferry code is wren44")
    assert library.facts.value("what is the boat code?") is None
    library.graph.learn_text(_TEXT)
    found = library.facts.value("what is the boat code?")
    assert found is not None
    assert found.value == "wren44"
    assert found.confidence < 0.8
    digits = library.facts.value("which digits do i need for the boat?")
    assert digits is not None
    assert digits.value == "wren44"


@pytest.mark.parametrize(
    "question",
    [
        "what is the colour of the boat?",
        "who owns the boat?",
        "what is the kettle code?",
        "how long is the boat?",
        "what do i have in the boat?",
        "what is the melting point of granite?",
    ],
)
def test_what_was_learned_invents_nothing(library: Library, question: str) -> None:
    library.graph.learn_text(_TEXT)
    library.facts.tell("the ferry code is wren44")
    assert library.facts.value(question) is None


def test_an_exact_fact_goes_before_a_learned_word(library: Library) -> None:
    library.graph.learn_text(_TEXT)
    library.facts.tell("the boat code is finch2")
    library.facts.tell("the ferry code is wren44")
    found = library.facts.value("what is the boat code?")
    assert found is not None
    assert found.value == "finch2"


def test_relatives_and_weekdays_never_stand_for_each_other(library: Library) -> None:
    library._core.space.learn(
        sentences("My mother bakes bread on Monday. My father bakes bread on Tuesday.\n" * 30)
    )
    library.facts.tell("my mother's phone is 555-0101")
    assert library.facts.value("what is my father's phone?") is None


def test_nothing_to_learn_is_nothing_learned(library: Library) -> None:
    assert library.graph.learn_text("").words == 0
    assert library._core.space.learn(sentences("12 34 … !!")).words == 0
    assert library._core.space.neighbours("ferry", 8) == []


@given(st.text(min_size=1, max_size=30))
def test_index_places_are_distinct_and_within(word: str) -> None:
    places = ri.index_places(word)
    assert len(set(places.tolist())) == ri.ONES
    assert places.min() >= 0
    assert places.max() < ri.DIMENSIONS
