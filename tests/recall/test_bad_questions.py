"""Bad input of issue 8: odd questions and odd libraries are answered or refused in one sentence."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import UsageError
from workbench.library import Library

_TEXT = (
    "The ferry to the island leaves at seven in the morning. "
    "The captain of the ferry is Rosalind Marsh. "
    "Tickets are sold in the blue hut beside the pier."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    file = tmp_path / "ferry.txt"
    file.write_text(_TEXT, encoding="utf-8")
    with Library.open(tmp_path / "ferry.brain") as opened:
        opened.add(file)
        yield opened


@pytest.mark.slow
def test_issue_8_a_question_of_50_000_characters_is_answered(library: Library) -> None:
    filler = "and then somebody said something long about nothing at all " * 850
    answer = library.ask(f"Who is the captain of the ferry? {filler}"[:50_000], quotes=True)
    assert any("Rosalind Marsh" in each.quote for each in answer.evidence)


@pytest.mark.slow
@pytest.mark.parametrize("question", ["", "   ", "🙂🎉🚢", "?!…"])
def test_issue_8_a_question_without_words_is_refused_with_a_next_step(
    library: Library, question: str
) -> None:
    with pytest.raises(UsageError) as refused:
        library.ask(question, quotes=True)
    assert str(refused.value)
    assert refused.value.hint


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    ["what is the of and to", "渡船什么时候出发？", "Когда отходит корабль?", "متى تغادر السفينة؟"],
)
def test_A7_issue_8_stop_words_and_languages_not_held_get_no_answer_and_a_suggestion(
    library: Library, question: str
) -> None:
    answer = library.ask(question, quotes=True)
    assert answer.abstained
    assert not answer.sentences
    assert answer.suggestion


def test_issue_8_emoji_beside_words_do_no_harm(library: Library) -> None:
    answer = library.ask("Who is the captain of the ferry 🚢🙂?", quotes=True)
    assert "Rosalind Marsh" in answer.evidence[0].quote


def test_issue_8_a_library_of_one_passage_answers_and_keeps_silent(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("The blue hut beside the pier sells tickets until nine.", encoding="utf-8")
    with Library.open(tmp_path / "one.brain") as library:
        library.add(file)
        assert "tickets" in library.ask("Where are tickets sold?", quotes=True).evidence[0].quote
        assert library.ask("Who composed the opera?", quotes=True).abstained


@pytest.mark.slow
def test_issue_8_very_many_identical_passages_are_asked_within_the_limits(tmp_path: Path) -> None:
    file = tmp_path / "same.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(3000):
            out.write(
                json.dumps({"id": f"r{number}", "text": "The hut sells blue tickets."}) + "\n"
            )
    with Library.open(tmp_path / "same.brain") as library:
        library.add(file)
        answer = library.ask("What does the hut sell?", quotes=True, limit=5)
        assert 1 <= len(answer.evidence) <= 5
        assert all("tickets" in each.quote for each in answer.evidence)
