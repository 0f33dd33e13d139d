"""“Tell me more” and “What happened next?” read on behind what answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.conversation import completed
from workbench.recall.records import Answer, Coverage

_TEXT = """# The lighthouse

The lighthouse of Skerry Point was built by Tomas Arvel in 1851. Its bell was cast in Lund. The
bell is rung in fog. Mina Brandt kept the light for thirty years.

# The end

The tower fell in the winter of 1902. Nobody was hurt.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("on")
    (folder / "skerry.md").write_text(_TEXT, encoding="utf-8")
    with Library.open(folder / "a.brain") as opened:
        opened.add([str(folder / "skerry.md")])
        yield opened


def _thread(library: Library, *questions: str) -> list[Answer]:
    turns: list[Answer] = []
    for question in questions:
        turns.append(library.ask(question, turns=turns))
    return turns


@pytest.mark.parametrize("question", ["Tell me more.", "What happened next?", "And then?", "Go on"])
def test_what_stands_behind_the_last_answer_is_read(library: Library, question: str) -> None:
    answer = _thread(library, "Who built the lighthouse of Skerry Point?", question)[-1]
    assert not answer.abstained
    assert answer.sentences[0].text == "Its bell was cast in Lund."
    assert [each.citations for each in answer.sentences] == [(1,)] * 3
    (quote,) = answer.evidence
    assert all(each.text in quote.quote for each in answer.sentences)


def test_it_goes_on_where_it_stopped_until_the_source_ends(library: Library) -> None:
    more = ["Tell me more."] * 3
    *_, second, third = _thread(library, "Who built the lighthouse of Skerry Point?", *more)
    assert [each.text for each in second.sentences] == [
        "The tower fell in the winter of 1902.",
        "Nobody was hurt.",
    ]
    assert not any("Nobody" in each.text for each in third.sentences)


def test_what_is_asked_then_is_asked_of_the_same_subject(library: Library) -> None:
    turns = _thread(library, "When did the tower fall?", "Tell me more.", "Why?")
    assert turns[-1].asked_as == "Why did the tower fall?"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("When was that?", "When did Mina Brandt drown?"),
        ("And where did that happen?", "Where did Mina Brandt drown?"),
        ("Why was this?", "Why did Mina Brandt drown?"),
    ],
)
def test_that_means_what_happened(question: str, whole: str) -> None:
    before = Answer(
        "How did Mina Brandt drown?", "quotes", False, 0.9, None, (), (), Coverage(1, 1, 1), 1.0
    )
    assert completed(question, [before]).question == whole
