"""A text splits into the same sentences whether its marks are judged or plainly end nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.segment import EVERY_LINE, detect_language, segment
from tests.memory.facts.made_sentences import SENTENCES
from workbench.library import Library
from workbench.memory.facts.splitting import split

_PIECES = st.sampled_from(
    ["Mr. Lee", " is", " in", "Dr", ". ", ".", "! ", "?", "\n", " \n ", "3.5", "e.g.", " U.S.",
     "a.example", "\t", "…", "“So.”", " (yes.)", " then", "4", " Kim", ";", "\x0c", " "]
)  # fmt: skip


def segmented(text: str) -> list[str]:
    found = segment(text, detect_language(text) or "en", EVERY_LINE)
    return [text[start:end].strip() for start, end in found]


@pytest.mark.slow
@given(st.one_of(st.lists(_PIECES, max_size=20).map("".join), SENTENCES))
def test_splitting_is_segmenting(text: str) -> None:
    sentences = segmented(text.replace("\x85", "\n"))
    # Fragments are joined to a sentence beside them.
    assert " ".join(split(text)) == " ".join(sentences)
    assert len(split(text)) <= len(sentences)


def test_lines_and_sentences_are_apart_and_controls_are_spaces() -> None:
    assert split("\ufeffMy plan is pro.\r\nAda left. Kim came!\rthe\x00code is 5") == [
        "My plan is pro.", "Ada left.", "Kim came!", "the code is 5",
    ]  # fmt: skip
    assert split(" \n\t ") == []
    assert split("  see a.example for v1.2  ") == ["see a.example for v1.2"]


def test_a_german_ordinal_ends_no_sentence() -> None:
    told = "Das Konzert ist am 3. Dezember um 20 Uhr. Der Eintritt ist frei."
    assert split(told) == ["Das Konzert ist am 3. Dezember um 20 Uhr.", "Der Eintritt ist frei."]
    assert split("The code is 3. December is cold.") == ["The code is 3.", "December is cold."]


@pytest.mark.parametrize(
    ("told", "statements"),
    [
        ("Mara moves out in May. To Skagen. I do not.",
         ["Mara moves out in May. To Skagen.", "I do not."]),
        ("In Skagen. Mara gave me her watch.", ["In Skagen. Mara gave me her watch."]),
        ("My tea is green. Black, actually.", ["My tea is green.", "Black, actually."]),
        ("The cellar is dry. Not really.", ["The cellar is dry.", "Not really."]),
        ("Bo snores. Ida sings.", ["Bo snores.", "Ida sings."]),
        ("My plan is pro. Ok thanks.", ["My plan is pro.", "Ok thanks."]),
        ("Mara moves out in May.\nTo Skagen.", ["Mara moves out in May.", "To Skagen."]),
    ],
)  # fmt: skip
def test_a_fragment_belongs_to_the_sentence_beside_it(told: str, statements: list[str]) -> None:
    assert split(told) == statements


def test_a_fragment_is_kept_with_its_sentence() -> None:
    with Library.open(":memory:") as library:
        told = library.facts.tell("Mara moves out at the end of the month. To Skagen.")
        assert (len(told.new), told.left) == (1, ())
        assert library.facts.recall("Skagen")[0].text.endswith("month. To Skagen.")


@pytest.mark.parametrize("between", [" ", "\n"])
def test_what_is_noted_under_a_label_keeps_its_reason(between: str) -> None:
    noted = split(f"DECISION: Paint the hall white.{between}REASON: More light. It is dark.")
    assert noted == ["DECISION: Paint the hall white. REASON: More light.", "It is dark."]
    assert split("Decision: paint it\nWhy: it is dark") == ["Decision: paint it. Why: it is dark"]
    # Of no label nothing is the reason, and another label notes something else.
    assert len(split("Paint the hall. REASON: more light.")) == 2
    assert len(split("TODO: call Ines. NOTE: she is away.")) == 2
