"""The sentence that says most of a question comes first, also from a quote behind the first."""

from pathlib import Path

from workbench.library import Library


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
