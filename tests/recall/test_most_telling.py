"""The sentence that says most of a question comes first, also from a quote behind the first."""

from pathlib import Path

import pytest

from workbench.library import Library


@pytest.mark.slow
@pytest.mark.usefixtures("reading")
def test_who_made_a_thing_comes_before_what_it_is(tmp_path: Path) -> None:
    with Library.open(tmp_path / "pages.brain") as library:
        library.add_text(
            "The Tarn Viaduct is a stone bridge over the river Lune. It was opened in May 1874.",
            title="Tarn Viaduct",
        )
        library.add_text(
            "Ada Fenwick was an engineer from Dunmoor. She designed the Tarn Viaduct.",
            title="Ada Fenwick",
        )
        library.add_text("The heron stands still for hours.", title="Birds")
        designed = library.ask("Who designed the Tarn Viaduct?")
        assert designed.sentences[0].text == "She designed the Tarn Viaduct."
        (cited,) = designed.sentences[0].citations
        assert designed.evidence[cited - 1].source.title == "Ada Fenwick"
        opened = library.ask("When was the Tarn Viaduct opened?")
        assert opened.sentences[0].text == "It was opened in May 1874."


def test_a_sentence_that_holds_a_name_alone_is_behind_one_that_says_more(tmp_path: Path) -> None:
    with Library.open(tmp_path / "papers.brain") as library:
        library.add_text(
            "The kiln in our yard has been cold since Monday. Please send somebody soon. "
            "Kind regards Nadia Orlov",
            title="Letter",
        )
        library.add_text("The heron stands still for hours.", title="Birds")
        cold = library.ask("Why was the kiln of Nadia Orlov cold?")
        assert cold.sentences[0].text.startswith("The kiln in our yard")


@pytest.mark.slow
@pytest.mark.usefixtures("reading")
def test_who_made_a_thing_that_is_called_by_less_than_its_name(tmp_path: Path) -> None:
    with Library.open(tmp_path / "articles.brain") as library:
        library.add_text(
            "The Tarn Viaduct crosses the Lune.\n\nThe viaduct was designed by the engineer Ada "
            "Fenwick and stood for ninety years. Six masons died.",
            title="The Tarn Viaduct",
        )
        library.add_text(
            "Ada Fenwick was born in Dunmoor. Besides the Tarn Viaduct she designed the tower of "
            "Lunden.",
            title="Ada Fenwick",
        )
        library.add_text("The heron stands still for hours.", title="Birds")
        answer = library.ask("Who designed the Tarn Viaduct?")
        assert "Ada Fenwick" in (answer.value or "")
        assert answer.sentences[0].text.startswith("The viaduct was designed by")
