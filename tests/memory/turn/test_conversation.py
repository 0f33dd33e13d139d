"""Turns of a conversation over a real library: what is kept, answered, reckoned or only greeted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import UsageError
from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "talk.brain") as opened:
        yield opened


def test_what_is_told_is_kept_and_then_answers(library: Library) -> None:
    told = library.turn("the ferry leaves from quay 12")
    assert (told.kind, told.stored) == ("stored", 1)
    asked = library.turn("which quay does the ferry leave from?")
    assert asked.kind == "answer"
    assert "12" in str(asked.value)
    assert "the ferry leaves from quay 12" in asked.text
    assert asked.stored == 0


@pytest.mark.parametrize(
    ("line", "question", "value"),
    [
        ("hi, my dentist is Dr. Okoye", "who is my dentist?", "Okoye"),
        ("thanks, my desk number is 41 now", "what is my desk number?", "41"),
        ("could you remember that the cellar key is brass?", "what is the cellar key?", "brass"),
        ("ok bye, my train is the 7:40", "what is my train?", "7:40"),
    ],
)
def test_no_fact_is_lost_beside_a_courtesy(
    library: Library, line: str, question: str, value: str
) -> None:
    assert library.turn(line).stored == 1
    found = library.facts.value(question)
    assert found is not None
    assert value in found.shown


def test_the_parts_of_a_line_are_dealt_with_in_their_order(library: Library) -> None:
    done = library.turn("Hello! My bicycle is green. What is my bicycle? And what is 6 * 7?")
    assert [reply.kind for reply in done.replies] == ["smalltalk", "stored", "answer", "math"]
    assert (done.kind, done.stored) == ("answer", 1)
    assert "green" in str(done.value)
    assert "42" in done.text


def test_a_sum_is_worked_out_and_not_kept(library: Library) -> None:
    done = library.turn("what is 2 + 3 * 4?")
    assert (done.kind, done.value, done.stored) == ("math", "14", 0)
    assert library.turn("1 / 0").kind == "math"
    assert library.turn("10 / 4").value == "2.5"
    assert len(library.facts.list()) == 0


def test_what_nobody_told_stays_unknown(library: Library) -> None:
    library.turn("the retry delay is 45 seconds")
    for line in ("what is the mail password?", "where does Odile live?"):
        done = library.turn(line)
        assert (done.kind, done.value) == ("unknown", None)
        assert done.text == "No statement answers that."
    assert len(library.facts.list()) == 1


def test_greetings_and_orders_are_not_facts(library: Library) -> None:
    for line, kind in (
        ("hiii", "smalltalk"),
        ("thank you!", "smalltalk"),
        ("who are you?", "self"),
        ("   ", "smalltalk"),
        ("", "smalltalk"),
    ):
        assert library.turn(line).kind == kind
    assert len(library.facts.list()) == 0


def test_what_is_not_kept_is_said(library: Library) -> None:
    done = library.turn("qwertz")
    assert (done.kind, done.stored, done.text) == ("unknown", 0, "Not kept: “qwertz”.")


def test_a_turn_stays_in_its_collection(library: Library) -> None:
    library.turn("the gate code is 7719", collection="Boats")
    assert library.turn("what is the gate code?", collection="Boats").kind == "answer"
    assert library.turn("what is the gate code?").kind == "unknown"
    with pytest.raises(UsageError):
        library.turn("the gate code is 1", collection=" ")


@pytest.mark.parametrize("line", ["ok cool", "yeah right", "great, fine", "alright, ok"])
def test_words_that_only_agree_are_answered_as_such(line: str) -> None:
    with Library.open(":memory:") as library:
        assert library.turn(line).kind == "smalltalk"
        assert len(library.facts.list()) == 0
