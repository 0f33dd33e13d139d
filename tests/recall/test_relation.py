"""Names stand in the relation asked about, on the right side of the verb, or are not said."""

import pytest

from tests.recall.recall_shelf import book, filler_chapters, note, recall_of
from workbench.memory import words
from workbench.recall.relation import asked, kindred
from workbench.store.store import Store


@pytest.mark.parametrize(
    ("question", "anchor", "direction"),
    [
        ("Who discovered polonium?", "discovered", "agent"),
        ("By whom was the abbey founded?", "founded", "agent"),
        ("Who was the abbey founded by?", "founded", "agent"),
        ("Whom did Agnes marry?", "marry", "object"),
        ("Who was hanged for the murder?", "hanged", "patient"),
        ("Who was the captain of the Aurora?", "captain", "noun"),
        ("Who was Darwin's teacher in Edinburgh?", "teacher", "noun"),
        ("Which physicist discovered the rays?", "discovered", "agent"),
        ("Who is in charge of the ferry?", "charge", "noun"),
        ("Who is responsible for the ferry?", "charge", "noun"),
    ],
)
def test_the_anchor_and_its_direction(question: str, anchor: str, direction: str) -> None:
    relation = asked(question)
    assert relation is not None
    assert (relation.anchor, relation.direction) == (anchor, direction)


@pytest.mark.parametrize(
    "question",
    [
        "Who was Marie Curie?",
        "Who found the letter, and when did he burn it?",
        "What did the captain say?",
        "Whose hat was it?",
        "Who?",
        "",
    ],
)
def test_no_relation_no_name(question: str) -> None:
    assert asked(question) is None


TEXT = (
    "The lighthouse at Norrhavn was designed by the engineer Tilda Brandt. "
    "Osvald Ek built the stone pier with twelve men. "
    "Old Mattis Rehn taught Signe Lund to tie knots. "
    "Signe Lund married the pilot Arvid Holm in the spring. "
    "The harbour master, Greta Falk, kept the books. "
    "In 1911 Maja Dahl will paint the fence. "
    "He burned the old boathouse one night, and nobody told Per Sund."
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Who designed the lighthouse at Norrhavn?", "Tilda Brandt"),
        ("Who built the stone pier?", "Osvald Ek"),
        ("Who taught Signe Lund to tie knots?", "Mattis Rehn"),
        ("Whom did Signe Lund marry?", "Arvid Holm"),
        ("Who was the harbour master?", "Greta Falk"),
        ("Who will paint the fence?", "Maja Dahl"),
        # A pronoun stands where the name would, and the name that stands near is another's.
        ("Who burned the old boathouse?", None),
        # The other way round: she was taught, she did not teach.
        ("Who taught Mattis Rehn to tie knots?", None),
    ],
)
def test_who_did_it_to_whom(store: Store, question: str, value: str | None) -> None:
    book(store, filler_chapters(6), title="Filler")
    note(store, TEXT, title="Harbour notes")
    said = recall_of(store).ask(question).value
    assert said == value or (value is not None and said is not None and said.endswith(value))


def test_another_name_in_the_sentence_is_not_the_one_asked_about(store: Store) -> None:
    book(store, filler_chapters(6), title="Filler")
    note(
        store,
        "The Borg mill burned. Later the Dahl mill, which stood upstream, closed in 1911.",
        title="Mills",
    )
    assert recall_of(store).ask("When did the Borg mill close?").value is None
    assert recall_of(store).ask("When did the Dahl mill close?").value == "1911"


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who runs the mill?", "head"),
        ("Who is the head of the mill?", "runs"),
        ("Who wrote the ballad?", "author"),
        ("Who is the author of the ballad?", "wrote"),
        ("Who owns the mill?", "belongs"),
        ("Who is in charge of the mill?", "manager"),
    ],
)
def test_a_relation_is_said_by_a_verb_and_by_the_noun_for_who_does_it(
    question: str, word: str
) -> None:
    relation = asked(question)
    assert relation is not None
    stems = {words.forms(each.anchor, "en")[0] for each in kindred(relation)}
    assert words.forms(word, "en")[0] in stems


def test_who_sold_is_not_who_bought_and_who_is_led_is_not_who_leads() -> None:
    for question in ("Who sold the mill?", "Whom did Agnes lead?"):
        relation = asked(question)
        assert relation is not None
        stems = {words.forms(each.anchor, "en")[0] for each in kindred(relation)}
        assert stems.isdisjoint({"buy", "buyer", "leader", "head"})
