"""What was highlighted, and what was noted beside it, is found by asking."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import UsageError
from workbench.library import Library

BOOK = (
    "The dam at Orlo was built in a single summer. Nobody asked the fishermen.\n\n"
    "A river is a sentence that the land cannot finish. Old Marta said so every spring.\n\n"
    "The eels came back in the ninth year, by night and without a sound.\n"
)
OTHER = "The weir of Brun has eleven gates. A ferry crosses below it.\n"
NOTES = (
    (1, "A river is a sentence that the land cannot finish.", "the line everybody quotes"),
    (1, "Nobody asked the fishermen.", ""),
    (1, "The eels came back in the ninth year", "compare the biologist's own count"),
    (2, "The weir of Brun has eleven gates.", "is this still true?"),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name, words in (("Orlo", BOOK), ("Brun", OTHER)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    with Library.open(tmp_path / "lib.brain") as made:
        made.add([tmp_path / "Orlo.txt"])
        made.add([tmp_path / "Brun.txt"])
        for source, words, note in NOTES:
            start = made.sources.text(source, 0, 1000).index(words)
            made.notes.highlight(source, start, start + len(words), note=note)
        yield made


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("What did I highlight?", [NOTES[3][1], *(words for _, words, _ in NOTES[:3])]),
        ("What did I highlight about fishermen?", [NOTES[1][1]]),
        ("Which passages did I mark about the gates of the weir?", [NOTES[3][1]]),
        ("List my highlights in Brun", [NOTES[3][1]]),
        ("Which line does everybody quote?", [NOTES[0][1]]),
        ("What is to be compared with the biologist's count?", [NOTES[2][1]]),
    ],
)
def test_highlights_answer_with_their_place(
    library: Library, question: str, quotes: list[str]
) -> None:
    answer = library.ask(question)
    assert not answer.abstained
    assert sorted(sentence.text for sentence in answer.sentences) == sorted(quotes)
    first = answer.evidence[0]
    assert first.tags == ("highlight",)
    whole = library.sources.text(first.source.id, first.locator.start, first.locator.end)
    assert whole == first.quote


def test_what_was_noted_is_said(library: Library) -> None:
    answer = library.ask("What did I note about eels?")
    assert answer.value == "compare the biologist's own count"
    assert answer.evidence[0].reasons == ("You noted: “compare the biologist's own count”",)


def test_what_nobody_marked_is_not_made_up(library: Library) -> None:
    answer = library.ask("What did I highlight about volcanoes?")
    assert answer.abstained
    assert answer.suggestion == "You have highlighted nothing about “volcanoes”."
    scoped = library.ask("What did I highlight about fishermen?", sources=[2])
    assert scoped.abstained


def test_a_note_that_asks_is_no_answer(library: Library) -> None:
    answer = library.ask("How many gates does the weir of Brun have?")
    assert all("highlight" not in row.tags for row in answer.evidence)


@pytest.mark.parametrize(("start", "end"), [(-5, 10), (10, 10), (10, 4), (0, 100_000)])
def test_an_impossible_range_is_refused(library: Library, start: int, end: int) -> None:
    with pytest.raises(UsageError, match=f"The characters {start} to {end} are no part") as raised:
        library.notes.highlight(1, start, end)
    assert "Choose a start from 0 on" in raised.value.hint
    assert all(not row.lost for row in library.notes.list("highlight"))
