"""What a few notes do not tell is not answered by them, however near they are to the question."""

import pytest

from tests.recall.claims import claims
from tests.recall.recall_shelf import note, reading_recall_of
from workbench.recall.recall import Recall
from workbench.recall.search import Request
from workbench.store.store import Store

FERRY = "The ferry Hedwig was built by the shipwright Alma Teske in 1908. It crosses the Oste."
KILN = "Bruno Wahl repaired the kiln in March. The kiln stands behind the barn."


@pytest.fixture
def notes(store: Store) -> Recall:
    note(store, FERRY, title="Ferry")
    note(store, KILN, title="Kiln")
    return reading_recall_of(store)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Who built the ferry?", "Alma Teske"),
        ("When was the ferry built?", "1908"),
        ("Who repaired the kiln?", "Bruno Wahl"),
    ],
)
def test_A7_what_a_note_tells_is_answered(notes: Recall, question: str, value: str) -> None:
    answer = notes.ask(Request(question))
    assert not answer.abstained
    assert value in (answer.value or "")


@pytest.mark.parametrize(
    "question",
    [
        "Who painted the ferry?",
        "How much did the ferry cost?",
        "Who discovered oxygen?",
    ],
)
def test_A7_the_right_thing_with_another_verb_is_not_answered(notes: Recall, question: str) -> None:
    answer = notes.ask(Request(question))
    assert not claims(answer)


TEAM = "Selma's manager is Idris. Oona wrote the club song. The head of the archive is Ruta Amsel."
YARD = "The tandem belongs to Tuva. Odo bought the green van in 2019. Pia leads the Lynx project."


@pytest.fixture
def team(store: Store) -> Recall:
    note(store, TEAM, title="Team")
    note(store, YARD, title="Yard")
    return reading_recall_of(store)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Who manages Selma?", "Idris"),
        ("Who is the author of the club song?", "Oona"),
        ("Who runs the archive?", "Ruta Amsel"),
        ("Who is in charge of the Lynx project?", "Pia"),
        ("Who owns the tandem?", "Tuva"),
    ],
)
def test_A7_a_relation_is_answered_in_another_everyday_word(
    team: Recall, question: str, value: str
) -> None:
    answer = team.ask(Request(question))
    assert not answer.abstained
    assert value in (answer.value or "")


@pytest.mark.parametrize(
    "question",
    [
        "Who founded the archive?",
        "What colour is the archive?",
    ],
)
def test_A7_what_no_word_for_the_relation_says_is_not_answered(team: Recall, question: str) -> None:
    assert not claims(team.ask(Request(question)))
