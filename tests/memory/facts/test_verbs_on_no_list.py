"""Facts whose verb no list has, and other forms that the grammar leaves alone, are answered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.claims import claims_of
from workbench.library import Library

_WORDS = [
    "Ann",
    "the",
    "mill",
    "welds",
    "dictated",
    "first",
    "was",
    "in",
    "of",
    "40",
    "cost",
    ",",
    "his",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fact", "question", "right"),
    [
        ("Tomas Wirt corrects the drafts.", "Who corrects the drafts?", "Tomas Wirt"),
        ("Tomas Wirt corrects the drafts.", "Who wrote the drafts?", None),
        ("Berta welds 40 frames an hour.", "How many frames does Berta weld per hour?", "40"),
        ("Berta welds 40 frames an hour.", "How many frames does Berta weld per day?", None),
        ("The coin was first minted in Ulm in 1252.", "Where was the coin first minted?", "Ulm"),
        ("The coin was first minted in Ulm in 1252.", "When was the coin first minted?", "1252"),
        ("The coin was first minted in Ulm in 1252.", "Where was the coin found?", None),
        ("Nils Brand denied knowing of the leak.", "What did Nils Brand deny?",
         "knowing of the leak"),
        ("Marco Lenz dictated his book to Ruth.", "To whom did Marco Lenz dictate his book?",
         "Ruth"),
        ("Marco Lenz's book was dictated in prison.",
         "To whom did Marco Lenz dictate his book?", None),
        ("The old mill cost 4.2 million euros.", "What did the old mill cost?",
         "4.2 million euros"),
        ("Fjord Homes bought the old mill.", "Who bought the old mill?", "Fjord Homes"),
        ("Fjord Homes bought the mill.", "Who bought the old barn?", None),
        ("Berta was bought for 185,000 euros.", "What did Berta cost?", "185,000 euros"),
        ("Berta was bought for 3 years.", "What did Berta cost?", None),
        ("The protest was announced on 14 May 2026.", "When was the protest held?", None),
        ("The fair in Cologne is from 2 to 5 March.", "Where is the fair?", "Cologne"),
        ("My bike is a green Gazelle.", "What colour is my bike?", "green"),
        ("Mia Okoro works from Monday to Thursday.", "On which days does Mia Okoro work?",
         "Monday to Thursday"),
        ("The alarm must be switched on at 7 pm.", "When must the alarm be switched on?", "7 pm"),
        ("Finn has been ill since Wednesday.", "Since when has Finn been ill?", "since Wednesday"),
        ("Tom Wirt prefers citations in Ulm style.", "Which citation style does Tom Wirt like?",
         None),
    ],
)  # fmt: skip
def test_an_unknown_verb_is_told_by_its_form(
    tmp_path: Path, fact: str, question: str, right: str | None
) -> None:
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell(fact)
        found = library.facts.value(question)
    assert (None if found is None else found.value) == right


def test_what_is_told_by_form_goes_with_what_the_grammar_tells(tmp_path: Path) -> None:
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell("The plate was minted in Ulm.")
        library.facts.tell("The plate was minted in Bonn.")
        found = library.facts.value("Where was the plate minted?")
    assert found is not None
    assert found.value == "Bonn, Ulm"


@given(st.lists(st.sampled_from(_WORDS)))
def test_roles_of_any_sentence_lie_in_it(words: list[str]) -> None:
    text = " ".join(words)
    for claim in claims_of(text).claims:
        clause = claim.clause
        roles = (clause.subject, clause.object, clause.complement)
        assert all(0 <= role.start <= role.end <= len(text) for role in roles if role is not None)
