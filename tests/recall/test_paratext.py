"""Summaries of chapters and captions are told from sentences of the text."""

import pytest

from workbench.recall.quotes import is_paratext


@pytest.mark.parametrize(
    "line",
    [
        "Birth on the island--The lamp goes out--Hunger--A letter from Bergen--First wages.",
        "The pilot refuses—Fog over the sound—_Svanen_ runs aground—Three days of salt bread",
        "Ankunft in Bergen – Der Lotse weigert sich – Nebel im Sund – Die „Svanen“ läuft auf.",
        "[Illustration: The keeper's house in winter.]",
        "[Illustration]",
    ],
)
def test_summaries_and_captions_are_paratext(line: str) -> None:
    assert is_paratext(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "He came--late, tired and wet--to the house--but nobody was there--and left again.",
        "“No—No—Never—I—You!” she cried.",
        "The lamp—an old one—burned; Anna—his sister—slept.",
        "The illustration shows the keeper's house [Figure 2].",
        "Lamps: North--red; South--green; East--white; West--dark.",
    ],
)
def test_sentences_with_dashes_are_text(sentence: str) -> None:
    assert not is_paratext(sentence)
