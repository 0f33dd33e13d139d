"""“Where does it say ‘Call me Ishmael’?”: words in quotation marks are found as they stand."""

from pathlib import Path

import pytest

from tests.recall.recall_shelf import book, filler_chapters, note, recall_of
from workbench.library import Library
from workbench.recall.question_forms import quoted_phrase
from workbench.recall.search import Request
from workbench.store.store import Store

BELL = (
    "The oldest of the keepers rang the bell of Skerry. “I never trust a quiet sea,” said Olaf. "
    "“Count them twice. Then count again.” Mina wrote that the sea was quiet, and never trusted it."
)


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Where does it say “a quiet sea”?", "a quiet sea"),
        ("Where in the text does it say 'a quiet sea'?", ""),
        ('Who says: "I never trust a quiet sea"?', "I never trust a quiet sea"),
        ("In which chapter does “quiet” occur?", "quiet"),
        ("Where is the phrase “a quiet sea” from?", "a quiet sea"),
        ("Where is “a quiet sea” used?", "a quiet sea"),
        ("Where do the words “a quiet sea” come from?", "a quiet sea"),
        ("Does it say “a quiet sea” anywhere?", "a quiet sea"),
        ("What page is “a quiet sea” on?", "a quiet sea"),
        ("Please find „a quiet sea“", "a quiet sea"),
        ("Find ‘the boys’ house’ please", "the boys’ house"),
        ("Suche »a quiet sea«", "a quiet sea"),
        ("“a quiet sea”", "a quiet sea"),
        ("“of the”", "of the"),
        ("Find “Olaf”", "Olaf"),
        ("Wo steht „a quiet sea“?", "a quiet sea"),
        ("Which book mentions “a quiet sea”?", "a quiet sea"),
        ("「知识就是力量」", "知识就是力量"),
        ("“quiet”", ""),
        ("Who wrote “The Quiet Sea”?", ""),
        ("Where was “Moby Dick” written?", ""),
        ("Where is “Emma” set?", ""),
        ("Where does the word “salary” come from?", ""),
        ("Wo wird „Brot“ gebacken?", ""),
        ("What does “a quiet sea” mean?", ""),
        ("Where does he say “a quiet sea”, and who says “count them”?", ""),
        ("Where did Olaf's friend go?", ""),
        ("“" + "x" * 700 + "”", ""),
        ('"' + " " * 598, ""),
        ("", ""),
    ],
)
def test_what_is_sought_in_quotation_marks(question: str, phrase: str) -> None:
    assert quoted_phrase(question) == phrase


def test_words_are_found_as_they_stand(store: Store) -> None:
    book(store, {**filler_chapters(6), "North": BELL})
    note(store, "A quiet sea is what nobody trusts; never trust a sea that is quiet.")
    recall = recall_of(store)
    answer = recall.ask(Request("Where does it say “i never trust a QUIET sea”?"))
    assert not answer.abstained
    assert [each.locator.chapter for each in answer.evidence] == ["North"]
    assert "I never trust a quiet sea" in answer.sentences[0].text


def test_what_stretches_over_two_sentences_is_found(store: Store) -> None:
    book(store, {**filler_chapters(6), "North": BELL})
    answer = recall_of(store).ask(Request("“them twice. Then count”"))
    assert "Count them twice. Then count again." in answer.evidence[0].quote
    assert len(answer.evidence) == 1


def test_all_places_are_counted_in_the_order_of_the_text(store: Store) -> None:
    said = {f"Day {day}": f"On day {day} there was a quiet sea. {BELL}" for day in range(4)}
    book(store, {**said, **filler_chapters(6)})
    recall = recall_of(store)
    answer = recall.ask(Request("“a quiet sea”", limit=3))
    assert answer.evidence[0].locator.chapter == "Day 0"
    assert answer.note == "It occurs in 8 places."
    assert not recall.ask(Request("“day 3 there was”", limit=3)).note


def test_what_copies_of_a_book_say_is_one_quote(store: Store) -> None:
    for _ in range(3):
        book(store, {**filler_chapters(3), "North": BELL})
    answer = recall_of(store).ask(Request("“never trust a quiet sea”"))
    assert [each.places for each in answer.evidence] == [2]


def test_what_stands_nowhere_in_these_words_is_not_said_to(store: Store) -> None:
    book(store, {**filler_chapters(6), "North": BELL})
    recall = recall_of(store)
    answer = recall.ask(Request("Who says “I always trust a quiet sea”?"))
    assert answer.abstained
    assert answer.suggestion.startswith(
        "Your sources never say “I always trust a quiet sea” in these words: "
    )
    # It is about what Olaf says, not about where that stands.
    assert not recall.ask(Request("Who never trusts “a quiet sea”?")).abstained


def test_words_that_say_nothing_alone_are_found_together(store: Store) -> None:
    book(store, {**filler_chapters(6), "Choice": "To be, or not to be: that he asked them all."})
    answer = recall_of(store).ask(Request("Find “to be or not to be”"))
    assert answer.sentences[0].text.startswith("To be, or not to be")


def test_an_empty_library_says_nothing(store: Store) -> None:
    assert recall_of(store).ask(Request("“a quiet sea”")).abstained


def test_only_what_stands_in_this_order_is_found_among_very_many(store: Store) -> None:
    other = "\n\n".join(f"The dog of house {n} was in the barn with a ball." for n in range(1500))
    book(store, {"Dogs": other, "End": "A ball in the barn was with the dog."})
    answer = recall_of(store).ask(Request("Where does it say “was with the dog”?"))
    assert [each.locator.chapter for each in answer.evidence] == ["End"]
    assert "over" in recall_of(store).ask(Request("“was in the barn”")).note


def test_the_sentence_that_is_shown_holds_the_words(store: Store) -> None:
    rows = "\n\n".join(f"On day {day} Olaf sold item {day} to Mina." for day in range(9))
    book(store, {**filler_chapters(6), "Sales": rows, "North": BELL})
    recall = recall_of(store)
    assert "item 7" in recall.ask(Request("“item 7”")).sentences[0].text
    both = recall.ask(Request("“them twice. Then count”")).sentences[0].text
    assert both == "“Count them twice. Then count again.”"


def test_scripts_without_spaces_are_compared_by_their_characters(store: Store) -> None:
    book(
        store,
        {"一": "知人者智，自知者明。知识就是力量。知之为知之，不知为不知，是知也。"},
        language="zh",
    )
    recall = recall_of(store)
    assert "知识就是力量" in recall.ask(Request("“识就是力”")).sentences[0].text
    assert recall.ask(Request("“知足常乐”")).abstained


def test_signs_count_that_are_no_words(store: Store) -> None:
    book(store, {**filler_chapters(3), "Code": "Use C code here. The C++ compiler is slow."})
    recall = recall_of(store)
    assert recall.ask(Request("“C++ compiler”")).sentences
    assert recall.ask(Request("“C++ code”")).abstained


def test_what_only_a_heading_says_is_not_said_to_stand_nowhere(store: Store) -> None:
    book(store, {**filler_chapters(3), "One Storm Night": BELL})
    assert "in these words" not in recall_of(store).ask(Request("“One Storm Night”")).suggestion


def test_what_stands_nowhere_has_no_confidence(store: Store) -> None:
    book(store, {**filler_chapters(3), "North": BELL})
    assert recall_of(store).ask(Request("“quiet sea quiet”")).confidence == 0


def test_in_a_conversation_the_words_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "skerry.txt"
    file.write_text(f"{BELL} He rows at night, and Mina pays by letter.", encoding="utf-8")
    with Library.open(tmp_path / "skerry.brain") as library:
        library.add(str(file))
        before = library.ask("Who rang the bell?")
        for question in ("Find “he rows at night”", "“He rows at night”"):
            answer = library.ask(question, turns=[before])
            assert "He rows at night" in answer.sentences[0].text
            assert not answer.asked_as
        # A slip of the pen in them is no slip: they are to be found as they are.
        assert library.ask("Find “he rowss at night”").abstained
