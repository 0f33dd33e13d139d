"""What is asked of the past is what held then, in every wording of change and question."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.language.former import former
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match


def value(told: Sequence[str], question: str) -> str | None:
    found = match(question, [Statement(n, text, float(n)) for n, text in enumerate(told, 1)])
    return None if found is None else found.answer


@pytest.mark.parametrize(
    "question",
    [
        "What was my plan?",
        "What was my plan before?",
        "What was my previous plan?",
        "What was my old plan?",
        "What was my plan at first?",
        "What was my plan until May?",
    ],
)
@pytest.mark.parametrize(
    "change",
    [
        "My plan is pro now.",
        "Since May my plan is pro.",
        "My plan has been pro since May.",
        "I switched my plan to pro.",
        "My plan is no longer free.",
    ],
)
def test_the_former_value_is_told(change: str, question: str) -> None:
    assert value(["My plan is free.", change], question) == "free"


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        (["Edda works at the mill.", "Edda has worked at the quarry since June."],
         "Where did Edda use to work?", "at the mill"),
        (["The choir rehearses in the loft.", "Since June the choir rehearses in the barn."],
         "Where does the choir rehearse?", "in the barn"),
        (["The choir rehearses in the loft.", "Since June the choir rehearses in the barn."],
         "Where did the choir rehearse before?", "in the loft"),
        (["Rolf chairs the bee club.", "Signe has chaired the bee club since June."],
         "Who used to chair the bee club?", "Rolf"),
        (["Rolf chairs the bee club.", "Signe has chaired the bee club since June."],
         "Who chairs the bee club?", "Signe"),
        (["Our vet is Dr Sand.", "Our vet is Dr Moor now.", "Our vet is Dr Fell now."],
         "Who was our first vet?", "Dr Sand"),
        (["Our vet is Dr Sand.", "Our vet is Dr Moor now.", "Our vet is Dr Fell now."],
         "Who was our former vet?", "Dr Moor"),
        (["The locker costs 6 euros.", "The locker costs 9 euros now."],
         "How much did the locker cost?", "6 euros"),
        (["The locker costs 6 euros."], "How much did the locker cost?", "6 euros"),
        # who is allergic to something since a day is still allergic to other things
        (["I am allergic to nuts.", "Since June I am allergic to kiwis."],
         "Am I allergic to nuts?", "yes"),
    ],
)  # fmt: skip
def test_tense_and_words_of_time_decide(told: list[str], question: str, answer: str) -> None:
    assert value(told, question) == answer


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("Since June my plan is pro.", "Since when is my plan pro?"),
        ("Since June our vet is Dr Moor.", "Since when is Dr Moor our vet?"),
        ("Our vet has been Dr Moor since June.", "Since when is Dr Moor our vet?"),
    ],
)
def test_since_when_something_holds(told: str, question: str) -> None:
    assert value([told], question) == "since June"


def test_when_something_changed() -> None:
    told = ["My plan is free.", "Since June my plan is pro."]
    assert value(told, "When did my plan change?") == "June"
    assert value(told[:1], "When did my plan change?") is None


@pytest.mark.parametrize(
    "question", ["Who owns the old mill?", "What is my plan?", "What is the former school now?"]
)
def test_other_questions_ask_for_the_present(question: str) -> None:
    plain = former(question)
    assert plain is None or not plain.surely


def test_a_model_does_not_replace_what_was_asked_as_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell("Our ledger is kept in Postgres.")
        library.facts.tell("Our ledger is kept in SQLite now.")
        library._core.judge_told(Cancel())
        for question, expected in (
            ("What was our ledger kept in?", "Postgres"),
            ("What is our ledger kept in?", "SQLite"),
        ):
            told = library.facts.value(question)
            assert told is not None
            assert told.value is not None
            assert expected in told.value
            assert expected in (library.ask(question).value or "")
