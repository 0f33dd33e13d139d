"""A question that compares two things is answered with passages on each of them."""

import json
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.parts import parts


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Which mill is older, Orrin Mill or The Lower Fulling House?",
            ("Which mill is older Orrin Mill?", "Which mill is older The Lower Fulling House?"),
        ),
    ],
)
def test_a_question_is_taken_apart_into_what_it_asks(
    question: str, expected: tuple[str, ...]
) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "who",
        "When did the firm of Voss, Lane and Vail form?",
        "Who drained the marsh that lies between the mill and the road?",
        "Who was the singer who left the choir and who later kept bees?",
        "What did the Office of Weights and Measures name in 1960?",
        "Besides the river, where did Mrs. Gale fish?",
        "Are Tilda Voss and Henk van der Meer both surveyors?",
        "How did Anne and Captain Wentworth treat each other?",
        "or " * 30_000,
        "🐝 and 🐝 or 🐝",
    ],
)
def test_a_question_that_asks_for_one_thing_stays_whole(question: str) -> None:
    assert parts(question) == ()


def test_both_things_that_are_compared_have_their_passages_first(tmp_path: Path) -> None:
    articles = {
        "Red Comet": "Red Comet is a film of 1931. It was directed by Ines Varga.",
        "Ines Varga": "Ines Varga made films. She died in 1950.",
        "Red Comet Returns": "Red Comet Returns is a film that its director disowned.",
        "Red Comet Rising": "Red Comet Rising is a film by a director from Riga.",
        "The Last Red Comet": "The Last Red Comet is a film. Its director was young.",
        "Glass Harbour": "Glass Harbour is a film of 1940. It was directed by Oskar Lind.",
        "Oskar Lind": "Oskar Lind came from Visby, which he left in 1911.",
    }
    file = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": k, "title": k, "text": v}) for k, v in articles.items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    question = "Which film has the director who died later, Red Comet or Glass Harbour?"
    with Library.open(tmp_path / "films.brain") as library:
        library.add([file])
        found = [each.source.key for each in library.ask(question).evidence]
    assert set(found[:4]) == {"Red Comet", "Ines Varga", "Glass Harbour", "Oskar Lind"}
