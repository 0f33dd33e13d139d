"""Everyday words that say nearly the same, in any of their forms."""

from collections.abc import Iterator

import pytest

from workbench.library import Library
from workbench.recall.synonyms import STEMMED, SYNONYMS, alike

_NOTES = {
    "Garage": "Uncle Per mended the bicycle on Monday. It has a new chain.",
    "Clinic": "Dr. Moberg pulled the tooth. It took twenty minutes.",
    "Song": "The march for the regatta was written by Ilona Berg.",
    "Birds": "The heron stands still for hours. Swifts sleep on the wing.",
}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        for title, said in _NOTES.items():
            opened.add_text(said, title=title)
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who repaired the bicycle?", "Uncle Per mended"),
        ("Which doctor pulled the tooth?", "Dr. Moberg"),
        ("Who composed the march?", "Ilona Berg"),
    ],
)
def test_a_paraphrase_is_found_in_any_form(library: Library, question: str, said: str) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert said in answer.sentences[0].text


def test_a_stem_that_is_no_word_says_what_its_words_say() -> None:
    assert "write" in alike(["composed", "compos"])
    assert alike(["die"]) == set(SYNONYMS["die"])
    assert SYNONYMS.keys().isdisjoint(STEMMED)
    assert alike(["heron"]) == set()


def test_who_commands_is_not_what_is_commanded() -> None:
    assert "captain" in alike(["commander"])
    assert "captain" not in alike(["commanded", "command"])
