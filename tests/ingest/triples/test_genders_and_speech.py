"""Genders of a book's names, its narrator, and the speakers of its quotations."""

from ingest.triples.context import genders
from ingest.triples.speech import Speech, speeches, told_by_narrator


def test_a_name_has_the_gender_of_the_pronouns_that_follow_it() -> None:
    text = "Sibyl took her hat. " * 3 + "Basil lost his way. " * 3 + "Basil and her dog slept."
    assert genders(text) == {"Sibyl": "f", "Basil": "m"}


def test_two_votes_or_divided_ones_settle_nothing() -> None:
    assert genders("Sibyl took her hat. Sibyl lost her way.") == {}
    assert genders("Robin took her hat. Robin took his hat. " * 3) == {}


def test_a_book_told_by_an_i_has_a_narrator() -> None:
    assert told_by_narrator("I opened my hatch and the sea came in upon the deck. " * 300)
    assert not told_by_narrator("Holt opened the hatch and the sea came in. " * 300)


def test_i_that_only_stands_in_quotations_is_no_narrator() -> None:
    assert not told_by_narrator('"I open my hatch," said Holt, and the sea came in. ' * 300)


def test_the_speaker_stands_behind_or_before_the_quotation() -> None:
    behind = '"It is late," said Holt.'
    before = 'Holt answered, "It is late."'
    assert [speech.speaker for speech in speeches(behind)] == ["Holt"]
    assert [speech.speaker for speech in speeches(before)] == ["Holt"]


def test_a_passage_that_begins_inside_a_quotation_is_one_from_its_start() -> None:
    (speech,) = speeches('it is late," said Holt.')
    assert speech == Speech(0, 12, "Holt", None)


def test_who_is_called_by_name_is_the_listener() -> None:
    (speech,) = speeches('"My dear Holt, it is late," said Krog.')
    assert (speech.speaker, speech.listener) == ("Krog", "Holt")


def test_a_common_word_before_a_comma_is_nobody() -> None:
    (speech,) = speeches('"Yes, it is late," said Krog.')
    assert speech.listener is None
