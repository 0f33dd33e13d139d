"""Questions for lists: all amounts, all dates, and what several sentences answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.listing import INCOMPLETE, asks_for_several, reworded

_MINUTES = (
    "Present were Anna Holm, Ruth Sandvik and Mons Lie. The crane costs 48,000 kroner. Fees came to"
    " five hundred kroner. The rope is 40 metres long. The diver comes on 3 May."
)
_LEASE = "The rent is €2,400 a year. The lease begins on 1 February 2021. Room 12 is empty."


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(_MINUTES, title="Minutes of the board")
        library.add_text(_LEASE, title="Lease of the boathouse")
        yield library


def _lines(library: Library, question: str) -> list[str]:
    answer = library.ask(question)
    assert not answer.abstained
    return [sentence.text for sentence in answer.sentences]


def test_all_amounts_are_listed_in_the_order_of_the_texts(library: Library) -> None:
    lines = _lines(library, "List all amounts.")
    assert lines == [
        "The crane costs 48,000 kroner.", "Fees came to five hundred kroner.",
        "The rent is €2,400 a year.",
    ]  # fmt: skip
    answer = library.ask("List all amounts.")
    assert [item.source.id for item in answer.evidence] == [1, 1, 2]
    first = answer.evidence[0]
    assert [first.quote[start:end] for start, end in first.highlights] == ["48,000 kroner"]
    # All sentences were looked at.
    assert answer.note == ""


def test_amounts_are_of_a_currency_or_a_source(library: Library) -> None:
    assert len(_lines(library, "List all amounts in kroner.")) == 2
    assert _lines(library, "Which amounts are named in the lease?") == [
        "The rent is €2,400 a year."
    ]
    assert _lines(library, "Please list all prices in the boathouse lease") == [
        "The rent is €2,400 a year."
    ]


def test_dates_are_listed_with_and_without_their_year(library: Library) -> None:
    assert _lines(library, "Which dates are mentioned?") == [
        "The diver comes on 3 May.", "The lease begins on 1 February 2021."
    ]  # fmt: skip
    (line,) = _lines(library, "What dates are given in the lease?")
    assert line == "The lease begins on 1 February 2021."


def test_who_was_present_is_understood(library: Library) -> None:
    (line,) = _lines(library, "Who was present?")
    assert line.startswith("Present were Anna Holm")


def test_a_list_that_is_read_may_not_be_all(tmp_path: Path, library: Library) -> None:
    for name in ("Cod", "Hake", "Ling", "Pollack", "Saithe", "Plaice"):
        library.add_text(f"{name} was caught by the boat off Marl.", title=f"Catch of {name}")
    answer = library.ask("Which fish were caught by the boat?")
    assert len(answer.sentences) > 3
    assert answer.note == INCOMPLETE
    assert {n for row in answer.sentences for n in row.citations} <= {e.n for e in answer.evidence}
    # A question for one thing stays as it is.
    assert library.ask("What does the crane cost?").note == ""


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which birds did they see?", True), ("Who was there?", True),
        ("Which fish were caught?", True),
        ("List every bird that they saw.", True), ("What did all the guests eat?", True),
        ("Which bird did they see?", False), ("What is the rent?", False),
        ("Who was ill?", False),
        ("What does the crane cost?", False), ("What happens in June?", False),
        ("When does the lease begin?", False),
    ],
)  # fmt: skip
def test_questions_for_several_things_are_told_apart(question: str, several: bool) -> None:
    assert asks_for_several(question) is several


def test_only_who_was_present_is_reworded() -> None:
    assert reworded("Who was there?") == "Which people were present at the meeting?"
    assert reworded("Who was present in May?") == "Which people were present in May?"
    assert reworded("Who was ill?") == ""
    assert reworded("Who was there when the queen died?") == ""
