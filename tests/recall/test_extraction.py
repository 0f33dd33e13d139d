"""Statements that answer in other words than the question's, found by the reader."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.library import Library
from workbench.library.options import RecallOptions
from workbench.memory.facts.records import Fact
from workbench.recall import wording
from workbench.recall.extraction import Extraction, extract, ranked
from workbench.recall.reader import Reading

_TOLD = (
    "The stopcock for the water is behind the washing machine, in the left corner.",
    "Our night train to Ljubljana leaves Stuttgart at 20:58 from platform 9.",
    "Takumi is allergic to shellfish.",
    "Edwin's hamster is called Pepper.",
    "The committee voted to keep the old logo, a new one would have cost 9,000 dollars.",
    "Jorunn earns 2,950 francs a month.",
)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setenv("WORKBENCH_READER", "")
    with Library.open(tmp_path / "told.brain") as opened:
        for each in _TOLD:
            opened.facts.tell(each)
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "told", "value"),
    [
        ("What was the committee's decision on the logo?", 4, None),
        ("Where in the house is the water stopcock?", 0, None),
        ("Which station does the night train to Ljubljana start from?", 1, None),
        ("How much is Jorunn paid?", 5, "2,950 francs a month"),
    ],
)
def test_a_statement_in_other_words_is_quoted_or_its_clear_phrase_the_value(
    library: Library, question: str, told: int, value: str | None
) -> None:
    answer = library.ask(question)
    assert answer.told is not None
    assert answer.told.fact.text == _TOLD[told]
    assert answer.value == answer.told.value == value
    assert 0 < answer.confidence < 1
    assert answer.told.fact.text[answer.told.start : answer.told.end]
    # through every door alike
    by_value = library.facts.value(question)
    assert by_value is not None
    assert (by_value.value, by_value.confidence) == (answer.value, answer.confidence)
    assert _TOLD[told] in library.turn(question).text


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "What is Edwin's horse called?",
        "What is Hannah allergic to?",
        "How old is the hamster?",
        "Does the night train have beds?",
    ],
)
def test_what_was_not_told_is_not_answered(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert answer.abstained or answer.possible
    assert (answer.value, answer.told) == (None, None)
    assert answer.near


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("The Hallam bridge is 212 metres long.", "How wide is the Hallam bridge?"),
        ("The shelf is 80 cm wide.", "How deep is the shelf?"),
        ("The pond is two metres deep.", "How wide is the pond?"),
        ("The tower is 60 metres high.", "How old is the tower?"),
        ("The trench is a metre deep.", "How long is the trench?"),
    ],
)
def test_a_measure_of_one_quality_answers_for_no_other(
    library: Library, told: str, question: str
) -> None:
    library.facts.tell(told)
    assert library.ask(question).told is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What medicine am I on?", "pantoprazole"),
        ("Which nut makes Tom ill?", "cashews"),
    ],
)
def test_statements_that_share_no_word_with_a_question_are_read(
    library: Library, question: str, answer: str
) -> None:
    for text in (
        "I take 20 mg of pantoprazole before breakfast.",
        "The dishwasher leaks from the bottom left corner.",
        "Tom is allergic to cashews.",
        "Our plumber is called Gerry Nolan.",
        "Car insurance is with Allianz, 640 a year.",
        "Grandma moved into Willow Court in spring.",
    ):
        library.facts.tell(text)
    value = library.facts.value(question)
    assert value is not None
    assert answer in value.fact.text


@pytest.mark.slow
def test_without_the_reader_the_statement_is_the_closest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "off")
    answer = library.ask("Where in the house is the water stopcock?")
    assert answer.abstained
    assert answer.near[0].text == _TOLD[0]


@pytest.mark.slow
def test_the_statement_is_printed_once(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.close()
    question = "Where in the house is the water stopcock?"
    main(["ask", question, "--library", str(tmp_path / "told.brain")])
    assert capsys.readouterr().out.count("behind the washing machine") == 1


class _Read:
    """Finds the same answer in every statement, with the scores it was made with."""

    def __init__(self, said: str, *scores: float) -> None:
        self.said, self.scores = said, scores

    def read(self, question: str, passages: Sequence[str], /) -> list[Reading]:
        places = [max(0, text.find(self.said)) for text in passages]
        return [
            Reading(score, 0.5, place, place + len(self.said), 0.5)
            for score, place in zip(self.scores, places, strict=True)
        ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("What do I use to get online?", "Our broadband is from Fibrenet, 30 a month."),
        ("Where did the couch come from?", "We bought the sofa at an auction."),
        ("Who operated on me?", "Dr Okoye took out my gall bladder in 2015."),
    ],
)
def test_the_nearest_statement_may_answer(
    library: Library, capsys: pytest.CaptureFixture[str], question: str, nearest: str
) -> None:
    for text in (
        "Our broadband is from Fibrenet, 30 a month.",
        "Dr Okoye took out my gall bladder in 2015.",
        "We bought the sofa at an auction.",
        "The boiler is serviced by Hartmann every October.",
    ):
        library.facts.tell(text)
    answer = library.ask(question)
    assert (answer.possible, answer.abstained, answer.value) == (True, False, None)
    assert answer.confidence < 0.6
    assert answer.near[0].text == nearest
    assert library.facts.recall(question, options=RecallOptions(by="nearness"))[0].text == nearest
    assert main(["--library", str(library.path), "ask", question]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"May answer:\n  “{nearest}”")
    assert "These statements may answer:" in wording.markdown(answer)


@pytest.mark.slow
def test_what_may_answer_stands_beside_passages_that_may(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    library.facts.tell("We bought the sofa at an auction.")
    library.add_text(
        "The couch is an English word of French origin. A couch stood in the hall of the inn.",
        title="Couches",
    )
    answer = library.ask("Where did the couch come from?")
    assert answer.possible
    assert [fact.text for fact in answer.near][:1] == ["We bought the sofa at an auction."]
    assert answer.evidence
    assert main(["--library", str(library.path), "ask", answer.question]) == 0
    said = capsys.readouterr().out
    # Each heading stands above what it is of.
    assert said.startswith("Closest statements:\n  “We bought the sofa at an auction.”")
    assert "between asterisks):\n\n[1]" in said


def _extract(
    question: str, facts: list[Fact], reader: _Read, cosines: dict[int, float]
) -> Extraction | None:
    return extract(question, ranked(question, facts, reader, cosines))


def _fact(id: int, text: str) -> Fact:
    return Fact(id, text, None, (), float(id), float(id), current=True)


def test_of_statements_about_the_same_the_newest_counts() -> None:
    facts = [_fact(1, "The bins go out on Monday."), _fact(2, "The bins go out on Friday.")]
    found = _extract("When do the bins go out?", facts, _Read("Friday", 2.0, 1.5), {})
    assert found is not None
    assert found.fact.id == 2
    assert found.fact.text[found.start : found.end] == "Friday"


def test_a_newer_statement_about_something_else_does_not() -> None:
    facts = [_fact(1, "The bins go out on Monday."), _fact(2, "Bo moved to Rome.")]
    found = _extract("When do the bins go out?", facts, _Read("Monday", 2.0, 1.5), {})
    assert found is not None
    assert found.fact.id == 1


def test_the_nearest_statement_counts_beside_the_score() -> None:
    facts = [_fact(1, "The bins go out on Monday."), _fact(2, "Bo and Ida met last Monday.")]
    found = _extract(
        "When is refuse collected?", facts, _Read("Monday", 1.0, 2.0), {1: 0.5, 2: 0.2}
    )
    assert found is not None
    assert found.fact.id == 1


def test_an_answer_is_never_cut_within_a_word() -> None:
    text = "The rent is 940€/month, due on the 3rd."
    found = _extract("How much is the rent?", [_fact(1, text)], _Read("40", 1.0), {})
    assert found is not None
    assert text[found.start : found.end] == "940€/month"
