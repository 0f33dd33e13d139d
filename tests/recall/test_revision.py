"""A later statement in other words ends or replaces what an earlier one says."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.language.assertions import assertion
from workbench.errors import InputError
from workbench.library import Library
from workbench.recall.revision import RevisionModel, shipped

pytestmark = pytest.mark.usefixtures("reading")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "told.brain") as opened:
        yield opened


@pytest.fixture(scope="module")
def model() -> RevisionModel:
    folder = shipped()
    assert folder is not None
    return RevisionModel.load(folder)


@pytest.mark.parametrize(
    ("state", "event", "question", "value"),
    [
        ("We get a fruit box from Elm Farm.", "Elm Farm has stopped doing fruit boxes.",
         "What do we get from Elm Farm?", None),
        ("The alarm code of the depot is 4410.", "New alarm code for the depot: 7723.",
         "What is the alarm code of the depot?", "7723"),
        ("Runa is on antibiotics.", "The doctor has taken Runa off the antibiotics.",
         "Is Runa on antibiotics?", "no"),
        # the name of what went stands only in the statement, not in the question
        ("I own a yacht called Kittiwake.", "Kittiwake has been auctioned off.",
         "Do I own a yacht?", "no"),
        ("My phone number is 0455 201 66.", "I had the number changed to 0455 977 12.",
         "What is my phone number?", "0455 977 12"),
        ("I help at the food bank.", "I called it quits at the food bank.",
         "Do I help at the food bank?", "no"),
    ],
)  # fmt: skip
def test_what_a_later_statement_changed_is_not_told_as_holding(
    library: Library, state: str, event: str, question: str, value: str | None
) -> None:
    library.facts.tell(state)
    library.facts.tell(event)
    answer = library.facts.value(question)
    assert answer is not None
    assert answer.value == value
    assert answer.fact.text == event
    assert library.ask(question).value == value


@pytest.mark.parametrize(
    ("state", "event", "question", "value"),
    [
        ("I am allergic to penicillin.", "I am allergic to nuts.", "Am I allergic to penicillin?",
         "yes"),
        ("My son Otto is allergic to eggs.", "Otto has outgrown his egg allergy.",
         "Who is my son?", "Otto"),
        ("Mira lives in Bergen.", "Mira repaired her bike in Bergen.", "Where does Mira live?",
         "Bergen"),
        ("Frieda lives in Kassel.", "Frieda switched to oat milk.", "Where does Frieda live?",
         "Kassel"),
        ("Frieda is a member of the choir.", "Frieda no longer eats meat.",
         "Is Frieda a member of the choir?", "yes"),
        # what is done with a thing in passing ends nothing
        ("I own a trailer.", "I lent the trailer to Ove until Sunday.", "Do I own a trailer?",
         "yes"),
        ("I have a scarf.", "I dropped my scarf on the stairs but picked it up.",
         "Do I have a scarf?", "yes"),
        ("I drink cider.", "I poured the flat cider down the sink.", "Do I drink cider?", "yes"),
        ("I wear a bracelet.", "I took off the bracelet for the sauna.",
         "Do I wear a bracelet?", "yes"),
    ],
)  # fmt: skip
def test_what_a_later_statement_leaves_alone_holds(
    library: Library, state: str, event: str, question: str, value: str
) -> None:
    library.facts.tell(state)
    library.facts.tell(event)
    answer = library.facts.value(question)
    assert answer is not None
    assert answer.value == value
    assert answer.also is None


def test_of_several_values_none_is_lost_by_what_changes_one(library: Library) -> None:
    library.facts.tell("Ines takes 5 mg of bisoprolol.")
    library.facts.tell("Ines takes 20 mg of atorvastatin.")
    library.facts.tell("Ines' dose of bisoprolol was raised to 7.5 mg.")
    answer = library.facts.value("What does Ines take?")
    assert answer is not None
    assert answer.value is not None
    assert "atorvastatin" in answer.value
    assert "bisoprolol" in answer.value


def test_effects_do_not_depend_on_what_is_judged_beside_them(model: RevisionModel) -> None:
    older = "Runa is on antibiotics."
    newer = ["The doctor has taken Runa off the antibiotics.", "Runa has a cat. " * 90]
    together = model.effects(older, newer)
    assert together[0].changes == pytest.approx(model.effects(older, newer[:1])[0].changes, abs=0.1)
    assert together[0].changes > together[1].changes
    assert model.effects("word " * 900, ["\ud800"])


def test_damaged_weights_are_refused_in_a_sentence(tmp_path: Path) -> None:
    folder = shipped()
    assert folder is not None
    copy = tmp_path / "revision"
    shutil.copytree(folder, copy)
    (copy / "heads.safetensors").write_bytes(b"none")
    with pytest.raises(InputError, match="damaged"):
        RevisionModel.load(copy)


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Where do the Olsens live?", "Oslo", "the Olsens live Oslo"),
        ("Does Ida still work for Nord?", "yes", "Ida work for Nord"),
        ("What is the alarm code of the depot?", "4410", "the alarm code of the depot is 4410"),
        ("What is Otto allergic to?", "eggs", "Otto is allergic to eggs"),
        ("Who runs the corner shop?", "Ole", "Ole runs the corner shop"),
        ("Are our bins emptied on Tuesdays?", "yes", "our bins are emptied on Tuesdays"),
        ("Are there still tickets for the concert?", "yes", "there are tickets for the concert"),
        ("Hm?", "yes", ""),
    ],
)
def test_an_answer_and_its_question_assert_a_statement(
    question: str, answer: str, statement: str
) -> None:
    assert assertion(question, answer) == statement


def test_what_one_schema_says_at_once_changes_nothing_of_the_rest(
    library: Library, tmp_path: Path
) -> None:
    shop = tmp_path / "shop.db"
    with closing(sqlite3.connect(shop)) as connection:
        connection.executescript(
            "CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT, city TEXT);"
            "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES"
            "  customers(id), total REAL, placed TEXT);"
            "CREATE VIEW big_orders AS SELECT id, customer_id, total, placed FROM orders;"
        )
    library.train_db(str(shop), domain="shop")
    for question in (
        "Which column of orders refers to customers?",
        "Which table does the orders table refer to?",
    ):
        value = library.facts.value(question)
        assert value is not None
        assert value.also is None
