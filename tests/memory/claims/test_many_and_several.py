"""Several of one name, one thing beside another of its kind, and what is to be done."""

import pytest

from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match


def value(told: list[str], question: str) -> str | None:
    found = match(question, [Statement(n, text, float(n)) for n, text in enumerate(told, 1)])
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        (["My aunt Lea lives in Rome.", "My neighbour Lea lives in Kiel."],
         "Where does Lea live?", "Kiel (My neighbour Lea), Rome (My aunt Lea)"),
        (["Lea Dahl lives in Rome.", "Lea Voss lives in Kiel."],
         "Where does Lea live?", "Rome (Lea Dahl), Kiel (Lea Voss)"),
        (["Lea Dahl lives in Rome.", "Lea Voss lives in Kiel."],
         "Where does Lea Voss live?", "Kiel"),
        (["The spare key is at Eva's."], "Where is the spare key?", "at Eva's"),
        (["The spare key is at Eva's."], "Where is the key?", "at Eva's (spare key)"),
        (["The spare key is at Eva's.", "The key is on the hook."], "Where is the key?",
         "on the hook"),
    ],
)  # fmt: skip
def test_whose_value_it_is(told: list[str], question: str, answer: str) -> None:
    assert value(told, question) == answer


@pytest.mark.parametrize(
    "question",
    [
        *("What is to do?", "What's still to do?", "What are my TODOs?", "Which tasks are open?"),
        *("What must I do?", "What do I still have to do?", "What is on my list?"),
    ],
)
@pytest.mark.parametrize(
    ("tasks", "done"),
    [
        (["TODO: order a new pump", "TODO: call the plumber"], "I called the plumber."),
        (["Must order a new pump.", "Must call the plumber."], "Called the plumber."),
        (["Need to order a new pump.", "I have to get the boiler checked.",
          "Should renew the visa."], "Got the visa renewed. Got the boiler checked."),
        (["I must order a new pump.", "I need to pay the water bill."], "Paid the water bill."),
    ],
)  # fmt: skip
def test_what_is_to_be_done(question: str, tasks: list[str], done: str) -> None:
    answer = value([*tasks, done], question) or ""
    assert answer == "order a new pump"


def test_a_task_is_not_done_by_something_else() -> None:
    told = ["Must call the plumber.", "I called the dentist.", "I must pay the plumber."]
    assert value(told, "What is to do?") == "pay the plumber; call the plumber"


def test_a_task_is_not_ended_by_another_bank() -> None:
    told = ["Need to buy a heater.", "Switched from KBC to Argenta."]
    assert value(told, "What do I need to do?") == "buy a heater"


def test_a_task_without_a_word_stays_as_it_is() -> None:
    assert value(["TODO: ¿?", "Called Ann."], "What is to do?") == "¿?"


@pytest.mark.parametrize("text", ["Must be the rain.", "Need is a poor adviser."])
def test_no_task(text: str) -> None:
    assert value([text], "What is to do?") is None


def test_why_it_was_decided_to_do_something() -> None:
    told = ["DECISION: Use queues. REASON: the teams can deploy alone."]
    assert value(told, "Why did we decide to use queues?") == "the teams can deploy alone"
