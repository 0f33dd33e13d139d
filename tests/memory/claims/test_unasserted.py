"""What is denied, doubted, dreamt or made up gives no value; a code in groups is whole."""

import pytest

from ingest.language.unasserted import is_unasserted
from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match


def value(told: str, question: str) -> str | None:
    found = match(question, [Statement(1, told, 1.0)])
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("It is a myth that the dam was built in 1911.", "When was the dam built?"),
        ("That's just a rumour that Lene is the new head.", "Who is the new head?"),
        ("It's an old sailor's tale that the reef is 9 metres deep.", "How deep is the reef?"),
        ("It isn't known whether the test is on Friday.", "When is the test?"),
        ("It is untrue that our grocer is Mr Falk.", "Who is our grocer?"),
        ("I'm not certain whether the pump is in the shed.", "Where is the pump?"),
        ("Nobody is not sure whether the pump is in the shed.", "Where is the pump?"),
        ("Many wrongly say that the cave is 40 metres deep.", "How deep is the cave?"),
        ("Rumour has it that the new keeper is Dahl.", "Who is the new keeper?"),
        ("In the film, Berta lives in Rome.", "Where does Berta live?"),
        ("In the book I read, Berta lives in Rome.", "Where does Berta live?"),
        ("Suppose the code of the gate is 4411.", "What is the code of the gate?"),
        ("Es ist ein Märchen, dass Jan in Ulm wohnt.", "Wo wohnt Jan?"),
        ("Im Roman wohnt Jan in Ulm.", "Wo wohnt Jan?"),
    ],
)
def test_what_is_not_asserted_gives_no_value(told: str, question: str) -> None:
    assert value(told, question) is None


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        ("In the film club, Berta keeps the key.", "Who keeps the key?", "Berta"),
        ("Imagine Dragons is my favourite band.", "What is my favourite band?", "Imagine Dragons"),
        ("It is true that our grocer is Mr Falk.", "Who is our grocer?", "Mr Falk"),
        ("Jan wohnt in Ulm.", "Wo wohnt Jan?", "in Ulm"),
    ],
)
def test_what_is_asserted_gives_its_value(told: str, question: str, answer: str) -> None:
    assert not is_unasserted(told)
    assert value(told, question) == answer


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("My IBAN", "NO93 8601 1117 947"),
        ("The IBAN of the rowing club", "CH93 0076 2011 6238 5295 7"),
        ("Our IBAN", "GB29 NWBK 6016 1331 9268 19"),
        ("My card number", "4539 1488 0343 6467"),
        ("Ola's phone number", "01 47 20 00 01"),
        ("Our customer number", "77 12 m 390"),
        ("The serial number of the boiler", "A7 900 113 X"),
    ],
)
def test_a_code_in_groups_is_whole(key: str, code: str) -> None:
    wh = f"What is {key[0].lower()}{key[1:]}?" if not key.startswith("Ola") else f"What is {key}?"
    assert value(f"{key} is {code}.", wh) == code
    assert value(f"{key}: {code}", wh) == code
