"""What a notebook shows of answers, quotes and concepts: as HTML, with nothing of theirs run."""

from html.parser import HTMLParser
from pathlib import Path

from workbench.library import Library

_TEXT = "The lighthouse at Skagen was built by Maria <b>Lindqvist</b> in 1862. Ada knows Skagen."


def _tags(text: str) -> list[str]:
    found: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)

    Parser().feed(text)
    return found


def test_answers_quotes_and_concepts_are_drawn(tmp_path: Path) -> None:
    with Library.open(tmp_path / "n.brain") as library:
        library.add_text(_TEXT, title="<script>alert(1)</script>", wait="linked")
        answer = library.ask("Who built the lighthouse at Skagen?")
        shown = answer._repr_html_()
        assert answer.evidence[0]._repr_html_() in shown
        assert "Lindqvist" in shown
        assert "script" not in _tags(shown)
        assert "cite" in _tags(shown)
        card = library.graph.concept("Skagen")
        assert card.neighbours
        drawn = card._repr_html_()
        assert _tags(drawn).count("circle") == 1 + len(card.neighbours)
        near = library.graph.neighbourhood("Skagen")._repr_html_()
        assert "svg" in _tags(near)
        nothing = library.ask("What does the moon weigh?")._repr_html_()
        assert nothing.startswith("<p>What does the moon weigh?</p>")
