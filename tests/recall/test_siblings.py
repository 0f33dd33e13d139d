"""What is told of a sibling of what is asked for is no answer to the question."""

from pathlib import Path

import pytest

from tests.recall.claims import claims
from workbench.library import Library
from workbench.recall.siblings import describes_sibling, in_context


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How deep is the east pond?", "The south pond is nine metres deep."),
        ("What colour is model K?", "Model D is grey."),
        ("Who paints room 31?", "Ida Weil paints room 33."),
        ("When was the third hearing?", "The first hearing was in May."),
        ("How much is a twin room?", "A single room at the Heron costs 70 euros."),
        ("Who was the smith of the Orla pit?", "The smith of the Karst pit was Jon Vik."),
        ("When did Orla's boathouse burn down?", "Karst's boathouse burned down in 1902."),
        (
            "Who paid for the roof of the mill of Vik?",
            "The roof of the mill of Ask was paid by Bo.",
        ),
        ("How many sailors did the Petrel have?", "The Gannet had twelve sailors."),
        ("When was Anna Krog born?", "Peter Krog was born in Lund in 1822."),
        ("Who was the treasurer of the choir in 2015?", "In 2012 the treasurer was Ole Berg."),
        ("How much memory does release 4.2 need?", "Release 4.0 needs two gigabytes."),
        ("How much does article A weigh?", "Article B weighs 40 grams, a cover included."),
        ("At how many degrees does nickel melt?", "Cobalt melts at 1495 degrees."),
        ("Who opposes the plan?", "Mayor Roth supports the plan."),
        ("Who sold the mill?", "Ida bought the mill in May."),
        ("When does the shop close?", "The shop opens at nine."),
        ("When is the museum open on Mondays?", "The museum is open on Sundays from 10 to 16."),
        ("Is the cafe closed on Fridays?", "The cafe is closed on Tuesdays."),
        ("Is the cafe closed on Fridays?", "The cafe is open on Tuesdays."),
        ("Is the cafe open on Friday?", "The cafe is closed on Tuesdays."),
    ],
)
def test_one_in_the_place_of_another_of_its_kind_is_a_sibling(question: str, sentence: str) -> None:
    assert describes_sibling(question, sentence, "", lambda word: True)


@pytest.mark.parametrize(
    ("question", "sentence", "around"),
    [
        ("How deep is the east pond?", "The south pond is shallower than the east pond.", ""),
        ("How deep is the east pond?", "The pond is nine metres deep.", ""),
        ("Is the cafe closed on Fridays?", "The cafe is closed on Tuesdays and Fridays.", ""),
        ("Is the cafe closed on Friday?", "The cafe is open on Tuesdays and Fridays.", ""),
        ("How deep is the east pond?", "The south pond is not as deep.", "The east pond"),
        ("What does Mr. Varga want?", "Mr. Olsen gave him the key.", ""),
        ("Who is the sister of Anna Krog?", "Lena Krog was her sister.", ""),
        ("Who took the Petrel to Hull?", "Captain Berg took her to Hull.", ""),
        ("Where did Ines live?", "Mrs. Roth lived in the mill.", ""),
        ("Who mined at Orla before 1900?", "Forty men mined at Orla in 1890.", ""),
        ("Who is the captain of the ship?", "The captain of the boat was Ines Roth.", ""),
        ("Who opposes the plan?", "Mayor Roth does not support the plan.", ""),
        ("Who opposes the plan?", "Roth supports the plan, and Weil opposes it.", ""),
        ("Who sold the mill?", "Ida bought the boat.", ""),
    ],
)
def test_what_names_it_or_may_mean_it_is_no_sibling(
    question: str, sentence: str, around: str
) -> None:
    assert not describes_sibling(question, sentence, around, lambda word: True)


@pytest.mark.parametrize(
    "question", ["When does the library open on Monday?", "Is the cafe closed on Fridays?"]
)
def test_what_is_said_of_another_day_is_no_sure_answer(question: str) -> None:
    """Nor is what has still fewer words of the question."""
    with Library.open(":memory:") as library:
        library.add_text(
            "The library opens on Saturday at nine. The cafe is closed on Tuesdays.", title="Town"
        )
        answer = library.ask(question)
        assert answer.possible or answer.abstained
        sure = question.replace("Monday", "Saturday").replace("Fridays", "Tuesdays")
        assert not library.ask(sure).possible


@pytest.mark.parametrize(
    ("question", "is_sure"),
    [
        ("Is the museum open on Mondays?", False),
        ("Is it open on Mondays?", False),
        ("Is it open on Monday?", False),
        ("Is it closed on Mondays?", False),
        ("Is the museum closed on Mondays?", False),
        ("Is it open on Sundays?", True),
        ("Is it open on Sunday?", True),
    ],
)
def test_a_pronoun_and_the_opposite_state_part_days_too(question: str, is_sure: bool) -> None:
    with Library.open(":memory:") as library:
        library.add_text("The museum is open on Sundays from ten to four.", title="Town")
        answer = library.ask(question)
        assert is_sure is not (answer.possible or answer.abstained)


def test_a_pronoun_tells_of_what_the_sentence_before_names() -> None:
    question, sentence = "How deep is the east pond?", "It is nine metres deep."
    before = ["The south pond was dug by monks.", "Its water is cold."]
    assert describes_sibling(question, in_context(sentence, before), "", lambda word: True)


def test_a_heading_tells_what_its_sentences_are_of() -> None:
    question, sentence = "How deep is the east pond?", "The water is nine metres deep."
    for heading, is_sibling in (("South pond", True), ("East pond", False), ("The monks", False)):
        found = describes_sibling(question, sentence, heading, lambda word: True, heading)
        assert found is is_sibling


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How deep are the east pond and the south pond?", "The south pond is nine metres deep."),
        ("Is model K heavier than model D?", "Model D weighs 40 grams."),
    ],
)
def test_of_two_that_are_asked_for_neither_is_a_sibling(question: str, sentence: str) -> None:
    assert not describes_sibling(question, sentence, "", lambda word: True)


def test_an_owner_that_stands_nowhere_has_no_siblings_value() -> None:
    question = "What is the price of rye?"
    sentence = "The price of barley is nine crowns."
    assert describes_sibling(question, sentence, "", lambda word: word != "rye")
    assert not describes_sibling(question, sentence, "", lambda word: True)


def test_an_absent_sibling_is_silent_and_one_that_is_there_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(":memory:") as library:
        for name, depth in (("south", "nine"), ("north", "fourteen")):
            text = f"The {name} pond is {depth} metres deep. It was dug by monks of the valley."
            library.add_text(text, title=f"The {name} pond")
        assert not claims(library.ask("How deep is the west pond?"))
        answer = library.ask("How deep is the north pond?")
        assert "fourteen" in answer.sentences[0].text


def test_the_attribute_of_a_sibling_gives_no_other_sentence_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    scales = {"K": ("18", "grey", 2), "L": ("31", "blue", 12), "M": ("44", "white", 20)}
    text = "# Scales\n" + "".join(
        f"\n## Model {name}\n\nModel {name} weighs {weight} kilograms. It costs {tank}00 euros. "
        f"Its colour is {colour}. The tank holds {tank} litres.\n"
        for name, (weight, colour, tank) in scales.items()
    )
    (tmp_path / "scales.md").write_text(text, encoding="utf-8")
    with Library.open(":memory:") as library:
        library.add([tmp_path / "scales.md"])
        assert not claims(library.ask("What colour is model Z?"))
        assert not claims(library.ask("How heavy is model Z?"))
        answer = library.ask("What colour is model L?")
        assert [sentence.text for sentence in answer.sentences][:1] == ["Its colour is blue."]
        assert not {"grey", "white"} & set(" ".join(s.text for s in answer.sentences).split())
        both = library.ask("How heavy are model K and model M?")
        assert {"18", "44"} <= set(" ".join(s.text for s in both.sentences).split())
        assert both.sentences[0].citations == (1,)


def test_who_supports_it_does_not_oppose_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(":memory:") as library:
        library.add_text(
            "The council votes on 3 July 2025. Mayor Lucia Moreno supports the plan."
            " Councillor Peter Adeyemi opposes it because of the cost.",
            title="Report on the ferry",
        )
        answer = library.ask("Who opposes the plan?")
        assert [sentence.text[:24] for sentence in answer.sentences] == ["Councillor Peter Adeyemi"]
        assert answer.value == "Peter Adeyemi"
        supporters = library.ask("Who supports the plan?")
        assert supporters.value == "Lucia Moreno"


@pytest.mark.usefixtures("reading")
def test_a_thing_that_occurs_nowhere_is_said_to_be_missing_beside_its_siblings(
    tmp_path: Path,
) -> None:
    file = tmp_path / "metals.md"
    file.write_text(
        "# Metals\n\nThe density of copper is 8.96. The hardness of copper is 3.\n\n"
        "The density of zinc is 7.1. The hardness of zinc is 2.5.\n\nThe density of tin is 7.3.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "x.brain") as library:
        library.add(file)
        absent = library.ask("What is the density of platinum?")
        present = library.ask("What is the density of zinc?")
    assert absent.abstained
    assert "“platinum”" in absent.suggestion
    assert present.sentences[0].text == "The density of zinc is 7.1."
