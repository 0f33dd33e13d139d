"""“Where does it say ‘Call me Ishmael’?”: words in quotation marks are found as they stand."""

import pytest

from tests.recall.recall_shelf import book, filler_chapters, note, recall_of
from workbench.recall.verbatim import sought
from workbench.store.store import Store

BELL = (
    "The oldest of the keepers rang the bell of Skerry. “I never trust a quiet sea,” said Olaf. "
    "“Count them twice. Then count again.” Mina wrote that the sea was quiet, and never trusted it."
)


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Where does it say “a quiet sea”?", "a quiet sea"),
        ("Where does old Olaf say 'a quiet sea'?", ""),
        ('Who says: "I never trust a quiet sea"?', "I never trust a quiet sea"),
        ("In which chapter does “quiet” occur?", "quiet"),
        ("Where is the phrase “a quiet sea” used?", "a quiet sea"),
        ("Where do the words “a quiet sea” come from?", "a quiet sea"),
        ("Please find „a quiet sea“", "a quiet sea"),
        ("“a quiet sea”", "a quiet sea"),
        ("Wo steht „a quiet sea“?", "a quiet sea"),
        ("Which book mentions “a quiet sea”?", "a quiet sea"),
        ("“quiet”", ""),
        ("Who wrote “The Quiet Sea”?", ""),
        ("What does “a quiet sea” mean?", ""),
        ("Where does he say “a quiet sea”, and who says “count them”?", ""),
        ("Where did Olaf's friend go?", ""),
        ("“" + "x" * 700 + "”", ""),
        ("", ""),
    ],
)
def test_what_is_sought_in_quotation_marks(question: str, phrase: str) -> None:
    assert sought(question) == phrase


def test_words_are_found_as_they_stand(store: Store) -> None:
    book(store, {**filler_chapters(6), "North": BELL})
    note(store, "A quiet sea is what nobody trusts; never trust a sea that is quiet.")
    recall = recall_of(store)
    answer = recall.ask("Where does it say “i never trust a QUIET sea”?")
    assert not answer.abstained
    assert [each.locator.chapter for each in answer.evidence] == ["North"]
    assert "I never trust a quiet sea" in answer.sentences[0].text


def test_what_stretches_over_two_sentences_is_found(store: Store) -> None:
    book(store, {**filler_chapters(6), "North": BELL})
    answer = recall_of(store).ask("“them twice. Then count”")
    assert "Count them twice. Then count again." in answer.evidence[0].quote
    assert len(answer.evidence) == 1


def test_all_places_are_counted_in_the_order_of_the_text(store: Store) -> None:
    said = {f"Day {day}": f"On day {day} there was a quiet sea. {BELL}" for day in range(4)}
    book(store, {**said, **filler_chapters(6)})
    recall = recall_of(store)
    answer = recall.ask("“a quiet sea”", limit=3)
    assert answer.evidence[0].locator.chapter == "Day 0"
    assert answer.note == "It stands in 8 places."
    assert not recall.ask("“day 3 there was”", limit=3).note


def test_what_stands_nowhere_in_these_words_is_not_said_to(store: Store) -> None:
    book(store, {**filler_chapters(6), "North": BELL})
    recall = recall_of(store)
    answer = recall.ask("Who says “I always trust a quiet sea”?")
    assert answer.abstained
    assert answer.suggestion.startswith(
        "Your sources never say “I always trust a quiet sea” in these words: "
    )
    # It is about what Olaf says, not about where that stands.
    assert not recall.ask("Who never trusts “a quiet sea”?").abstained


def test_words_that_say_nothing_alone_are_found_together(store: Store) -> None:
    book(store, {**filler_chapters(6), "Choice": "To be, or not to be: that he asked them all."})
    answer = recall_of(store).ask("Find “to be or not to be”")
    assert answer.sentences[0].text.startswith("To be, or not to be")


def test_an_empty_library_says_nothing(store: Store) -> None:
    assert recall_of(store).ask("“a quiet sea”").abstained
