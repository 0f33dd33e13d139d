"""One name is not one person, nor a narrowed attribute the attribute: word for word comes first."""

import pytest

from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import Match, match


def _match(question: str, *texts: str) -> Match | None:
    return match(question, [Statement(n, text, float(n)) for n, text in enumerate(texts)])


def _said(question: str, *texts: str) -> str | None:
    found = _match(question, *texts)
    return None if found is None else found.answer


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(
    ("one", "other", "answers"),
    [
        ("Nils lives in Oslo.", "Nils Vik lives in Bergen.",
         {"Where does Nils live?": "Oslo", "Where does Nils Vik live?": "Bergen"}),
        ("Nils's boat is called Runa.", "Nils Vik's boat is called Alma.",
         {"What is Nils's boat called?": "Runa", "What is Nils Vik's boat called?": "Alma"}),
        ("Dr Vik is a dentist.", "Ola Vik is a potter.",
         {"What is Dr Vik?": "a dentist", "What is Ola Vik?": "a potter"}),
        ("Mr Vik's shop is in Oslo.", "Mrs Vik's shop is in Bergen.",
         {"Where is Mr Vik's shop?": "Oslo", "Where is Mrs Vik's shop?": "Bergen"}),
        ("Nora Vik is a vet.", "My sister Nora is a cook.",
         {"What is Nora Vik?": "a vet", "What is my sister Nora?": "a cook"}),
        ("Athens is in Greece.", "Athens, Georgia is in Clarke County.",
         {"Where is Athens?": "Greece", "Where is Athens, Georgia?": "Clarke County"}),
        ("Uncle Nils lives in Oslo.", "Nils lives in Bergen.",
         {"Where does Uncle Nils live?": "Oslo", "Where does Nils live?": "Bergen"}),
        ("My number is 4410.", "My old number is 5820.",
         {"What is my number?": "4410", "What is my old number?": "5820"}),
        ("My phone is 4410.", "My work phone is 5820.",
         {"What is my phone?": "4410", "What is my work phone?": "5820"}),
        ("Nora's name is Nora Vik.", "Nora's maiden name is Falk.",
         {"What is Nora's name?": "Nora Vik", "What is Nora's maiden name?": "Falk"}),
    ],
)  # fmt: skip
def test_word_for_word(one: str, other: str, answers: dict[str, str], late: bool) -> None:
    told = (other, one) if late else (one, other)
    for question, said in answers.items():
        assert _said(question, *told) == said


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("Nils lives in Oslo.", "Where does Nils Vik live?"),
        ("Nils's boat is called Runa.", "What is Nils Vik's boat called?"),
        ("Dr Vik is a dentist.", "What is Ola Vik?"),
        ("Ola Vik is a potter.", "What is Dr Vik?"),
        ("Athens is in Greece.", "Where is Athens, Georgia?"),
        ("My number is 4410.", "What is my old number?"),
        ("Nils lives in Oslo.", "Does Nils Vik live in Oslo?"),
        ("Nils Vik lives in Oslo.", "Does Nils live in Bergen?"),
        ("My old number is 5820.", "Is my number 5820?"),
        ("My old number is 5820.", "Is my number 4410?"),
    ],
)
def test_another_is_not_meant(told: str, question: str) -> None:
    assert _said(question, told) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How old is my son Ole?", "7"),
        ("How old is Birte's son Ole?", "11"),
        ("Is my son Ole 11?", "no"),
        ("How old is Ole?", "11 (Birte's son Ole), 7 (My son Ole)"),
    ],
)
def test_two_sons_of_one_name_are_two(question: str, said: str) -> None:
    assert _said(question, "My son Ole is 7.", "Birte's son Ole is 11.") == said


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        ("Nils Vik lives in Oslo.", "Where does Nils live?", "Oslo (Nils Vik)"),
        ("Nils Vik's boat is called Alma.", "What is Nils's boat called?",
         "Alma (Nils Vik's boat)"),
        ("My old phone number is 5820.", "What is my phone number?", "5820 (old phone number)"),
        ("Nora's maiden name is Falk.", "What is Nora's name?", "Falk (Nora's maiden name)"),
        ("The guest password is fig7.", "What is the password?", "fig7 (guest password)"),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_shown(told: str, question: str, said: str) -> None:
    found = _match(question, told)
    assert found is not None
    assert found.answer == said
    assert not found.exact


def test_a_name_may_be_told_to_be_the_same() -> None:
    told = ("Nils is Nils Vik.", "Nils lives in Oslo.")
    assert _said("Where does Nils Vik live?", *told) == "Oslo"
