"""What is told of a sibling of what is asked for is no answer to the question."""

import pytest

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
    ],
)
def test_one_in_the_place_of_another_of_its_kind_is_a_sibling(question: str, sentence: str) -> None:
    assert describes_sibling(question, sentence, "", lambda word: True)


@pytest.mark.parametrize(
    ("question", "sentence", "around"),
    [
        ("How deep is the east pond?", "The south pond is shallower than the east pond.", ""),
        ("How deep is the east pond?", "The pond is nine metres deep.", ""),
        ("How deep is the east pond?", "The south pond is not as deep.", "The east pond"),
        ("What does Mr. Varga want?", "Mr. Olsen gave him the key.", ""),
        ("Who is the captain of the ship?", "The captain of the boat was Ines Roth.", ""),
    ],
)
def test_what_names_it_or_may_mean_it_is_no_sibling(
    question: str, sentence: str, around: str
) -> None:
    assert not describes_sibling(question, sentence, around, lambda word: True)


def test_a_pronoun_tells_of_what_the_sentence_before_names() -> None:
    question, sentence = "How deep is the east pond?", "It is nine metres deep."
    before = "The south pond was dug by monks."
    assert describes_sibling(question, in_context(sentence, before), "", lambda word: True)


def test_an_owner_that_stands_nowhere_has_no_siblings_value() -> None:
    question = "What is the boiling point of krypton?"
    sentence = "The boiling point of neon is -246."
    assert describes_sibling(question, sentence, "", lambda word: word != "krypton")
    assert not describes_sibling(question, sentence, "", lambda word: True)


def test_an_absent_sibling_is_silent_and_one_that_is_there_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(":memory:") as library:
        for name, depth in (("south", "nine"), ("north", "fourteen")):
            text = f"The {name} pond is {depth} metres deep. It was dug by monks of the valley."
            library.add_text(text, title=f"The {name} pond")
        assert library.ask("How deep is the west pond?").abstained
        answer = library.ask("How deep is the north pond?")
        assert "fourteen" in answer.sentences[0].text
