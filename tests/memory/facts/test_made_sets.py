"""Statements about many made-up people, who share values: none answers for another."""

from pathlib import Path

import pytest

from tests.benchmarks import fact_quality, fact_sets
from tests.benchmarks.fact_sets import QualitySet
from workbench.library import Library

#: Questions of a set, so many that each kind of statement is told of two people.
_FEW = 40
#: “The rent is 955 euros as of this month”, “now reports to Bo, who came from another office”, and
#: what else no rule reads: the suite `facts` says how much of it is answered.
_MEASURED = ("updates_400", "former_200", "unread_17")


@pytest.mark.slow
@pytest.mark.parametrize(
    "made",
    [pytest.param(made, id=made.name) for made in fact_sets.every() if made.name not in _MEASURED],
)
def test_what_is_told_of_many_is_never_mixed_up(tmp_path: Path, made: QualitySet) -> None:
    asked = made.asked[:_FEW]
    with Library.open(tmp_path / "made.brain") as library:
        # People come in the order of the questions.
        library.facts.tell("\n".join(made.told[: 3 * _FEW]))
        failed = fact_quality.wrong(library, asked)
    assert [(each.question, value) for each, value in failed if value is not None] == []
    assert len(failed) <= len(asked) // 10


def test_a_correction_takes_back_nothing_of_who_had_the_same_number(tmp_path: Path) -> None:
    with Library.open(tmp_path / "made.brain") as library:
        for name in ("Tom", "Ann"):
            library.facts.tell(
                f"{name}'s phone number is 555-0110\ncorrection: {name}'s phone number is 555-0199"
            )
        found = library.facts.value("what is Tom's phone number?")
    assert found is not None
    assert found.value == "555-0199"


def test_two_people_with_one_value_are_two_people(tmp_path: Path) -> None:
    with Library.open(tmp_path / "made.brain") as library:
        for name in ("Tom", "Ann", "Ida"):
            library.facts.tell(f"{name}'s grade is A")
        for name in ("Tom", "Ann", "Ida"):
            answer = library.facts.value(f"what is {name}'s grade?")
            assert answer is not None
            assert answer.value == "A"
            assert answer.fact.text.startswith(name)


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        (("Ann works at Bosch", "since March Ann works at Zeiss"), "where does Ann work?", "Zeiss"),
        (
            ("the deadline of Aurora is 3 May", "we changed the deadline of Aurora to 17 May"),
            "what is the deadline of Aurora?",
            "17 May",
        ),
        (
            ("the password of Aurora is heron7", "Aurora has a new password: otter9"),
            "what is the password of Aurora?",
            "otter9",
        ),
        (
            ("Ann's phone number is 555", "Ann has a new phone number, 777"),
            "what is Ann's phone number?",
            "777",
        ),
        (
            ("the title of Tom's book is the long way to the sea",),
            "what is the title of Tom's book?",
            "the long way to the sea",
        ),
    ],
)
def test_what_is_new_takes_the_place_of_what_was(
    tmp_path: Path, told: tuple[str, ...], question: str, right: str
) -> None:
    with Library.open(tmp_path / "made.brain") as library:
        for each in told:
            library.facts.tell(each)
        answer = library.facts.value(question)
    assert answer is not None
    assert answer.value == right
