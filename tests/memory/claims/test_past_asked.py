"""What is asked of the past is what held then, in every wording of change and question."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from ingest.language.unasserted import former
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


_DIARY = (
    ("I weigh 80 kilos.", "2024-01-01"),
    ("I moved to Uppsala.", "2024-06-11"),
    ("I weigh 77 kilos.", "2025-07-05"),
    ("Bike was stolen outside the library.", "2025-08-02"),
    ("Joined the orchestra in Vreta.", "2025-08-05"),
    ("Nadia married Oskar.", "2025-08-09"),
    ("My rent is 700.", "2024-01-02"),
    ("My rent rose to 760.", "2025-02-03"),
    ("Moved my gym day to Saturday.", "2025-03-04"),
    ("I bought a Kia to replace the Saab.", "2025-04-01"),
    ("My plan is basic.", "2024-02-01"),
    ("My plan is pro.", "2025-05-06"),
    ("I was a waiter.", "2025-05-09"),
    ("Became a lock keeper.", "2025-06-02"),
    ("Upgraded to first class.", "2025-06-04"),
    ("Swapped the rowing boat in for a canoe.", "2025-06-06"),
    ("Vera opened a bakery in spring.", "2025-06-08"),
    ("I weigh 74 kilos.", "2025-08-15"),
    ("The fare was 2.40 until May 2025.", "2025-08-16"),
    ("On 1 June 2025 the fare became 2.80.", "2025-08-16"),
)


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("diary") / "diary.brain") as library:
        for text, day in _DIARY:
            library.facts.tell(text, at=day)
        yield library


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When did I move to Uppsala?", "11 June 2024"),
        ("When did I move?", "11 June 2024"),
        ("When was the bike stolen?", "2 August 2025"),
        ("When did I join the orchestra?", "5 August 2025"),
        ("When did Nadia marry?", "9 August 2025"),
        ("When did my rent rise?", "3 February 2025"),
        ("When did I move my gym day?", "4 March 2025"),
        ("When did I buy the Kia?", "1 April 2025"),
        ("When did my plan change?", "6 May 2025"),
        ("When did I change my plan?", "6 May 2025"),
        ("When did I become a lock keeper?", "2 June 2025"),
        ("When did I upgrade?", "4 June 2025"),
        ("When did I swap in the rowing boat?", "6 June 2025"),
        ("When did I get the Kia?", "1 April 2025"),
        ("When did Vera open her bakery?", "spring"),
        ("When did my weight change?", "15 August 2025"),
        ("When did the fare change?", "1 June 2025"),
        # nothing of these was told, and a state has no day
        ("When did I change my name?", None),
        ("When did I switch banks?", None),
        ("When did Oskar die?", None),
        ("When did Oskar become a lock keeper?", None),
        ("When did Vera open her boat?", None),
        ("When did my height change?", None),
        ("When was I a waiter?", None),
    ],
)
def test_what_happened_has_the_day_for_which_it_was_told(
    diary: Library, question: str, answer: str | None
) -> None:
    found = diary.facts.value(question)
    assert (found and found.value) == answer


def test_what_was_told_without_a_day_has_none_unless_it_is_a_diary(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        told = library.facts.tell("Nadia was born in Oslo. Quit the choir.", at=None)
        assert told.new
        assert library.facts.value("When was Nadia born?") is None
        left = library.facts.value("When did I quit the choir?")
        today = date.fromtimestamp(library.facts.list()[0].told)
        assert left is not None
        assert left.value == f"{today.day} {today:%B %Y}"


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        ("I bought a Kia to replace the Saab.", "What did I buy?", "a Kia"),
        ("Ann sold the flat to pay the debts.", "What did Ann sell?", "the flat"),
        ("I hired a gardener to cut the hedge.", "Whom did I hire?", "a gardener"),
    ],
)
def test_what_something_was_done_for_is_not_what_it_was_done_to(
    told: str, question: str, answer: str
) -> None:
    assert value([told], question) == answer


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
