"""Highlights through the library's doors: they stay on their words, or say that they lost them."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, RecallOptions
from workbench.paths import resources

BOOK = (
    "The lamp was lit at nine. The keeper counted eleven ships before midnight.\n\n"
    "Fog came in from the west, and nobody counted ships after that.\n\n"
    "In the morning the keeper slept until the bell.\n"
)
SHIPS = "counted eleven ships"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small book, as a file."""
    path = tmp_path / "The Lamp.txt"
    path.write_text(BOOK, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, book: Path) -> Iterator[Library]:
    """A library that has read it."""
    with Library.open(tmp_path / "lib.brain") as made:
        made.add([book])
        yield made


def _at(library: Library, words: str) -> tuple[int, int]:
    start = library.sources.text(1, 0, 10_000).index(words)
    return start, start + len(words)


def test_r1_a_highlight_is_found_by_its_words_and_by_what_was_noted(library: Library) -> None:
    start, end = _at(library, f" {SHIPS} ")
    made = library.notes.highlight(1, start, end, colour="blue", note="The fleet of 1911?")
    assert (made.quote, made.title, made.lost) == (SHIPS, "The Lamp", False)
    assert (made.start, made.end) == (start + 1, end - 1)
    assert library.notes.list("highlight", source=1) == library.notes.list("highlight") == [made]
    for cue in ("eleven ships", "fleet"):
        (found,) = library.facts.recall(cue, options=RecallOptions(kind="highlight"))
        assert (found.id, found.text) == (made.id, f"“{SHIPS}” The fleet of 1911?")
    assert [note.id for note in library.notes.list("highlight")] == [made.id]
    assert len(library.facts.list()) == 0
    assert library.verify().sound


def test_r2_a_highlight_is_reviewed_like_any_memory(tmp_path: Path, book: Path) -> None:
    now = time.time()
    file = tmp_path / "reviewed.brain"
    with Library.open(file, clock=lambda: now - 9 * 86_400) as library:
        library.add([book])
        made = library.notes.highlight(1, *_at(library, SHIPS), note="The fleet?")
        assert library.memory.mark([made.id], Marks(review=True)) == 1
    with Library.open(file) as library:
        (due,) = library.memory.reviews()
        assert (due.id, SHIPS in due.text) == (made.id, True)
        again = library.memory.review(made.id, remembered=True)
        assert again.due is not None
        assert again.due > now
        assert library.memory.reviews() == []


def test_the_same_words_are_highlighted_once_and_keep_their_note(library: Library) -> None:
    start, end = _at(library, SHIPS)
    first = library.notes.highlight(1, start, end, note="Eleven.")
    again = library.notes.highlight(1, start, end, colour="pink")
    assert (again.id, again.colour, again.note) == (first.id, "pink", "Eleven.")
    assert len(library.notes.list("highlight")) == 1


def test_colour_and_note_change_and_the_note_can_be_taken_back(library: Library) -> None:
    made = library.notes.highlight(1, *_at(library, SHIPS), note="First.")
    changed = library.notes.highlight(made.id, colour="violet", note="Second.")
    assert (changed.colour, changed.note, changed.quote) == ("violet", "Second.", SHIPS)
    library.facts.edit(made.id, None)
    assert library.notes.list("highlight")[0].note == "First."
    library.facts.edit(made.id, "Third.")
    assert (library.notes.list("highlight")[0].note, library.notes.list("highlight")[0].quote) == (
        "Third.",
        SHIPS,
    )
    assert library.notes.highlight(made.id, note="").note == ""
    assert library.facts.forget([made.id]).forgotten == 1
    assert library.notes.list("highlight") == []
    with pytest.raises(NotFoundError):
        library.notes.highlight(made.id, colour="blue")


def test_r2_an_exported_highlight_says_its_chapter_or_its_page(tmp_path: Path) -> None:
    note = tmp_path / "lamp.md"
    note.write_text(f"# One\n\nWords.\n\n## Two\n\n{BOOK}\n## Three\n\nMore.\n", encoding="utf-8")
    pdf = resources() / "sample" / "the-trace.pdf"
    with Library.open(tmp_path / "x.brain") as library:
        library.add([note, pdf])
        library.notes.highlight(1, *_at(library, SHIPS))
        page = library.sources.pages(2)[6]
        library.notes.highlight(2, page.start, page.start + 20, colour="pink")
        assert "\n\n*Yellow*, Two\n" in library.notes.export(1).decode()
        assert "\n\n*Pink*, p. 1\n" in library.notes.export(2).decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("start", "end", "colour"), [(0, 5, "mauve"), (90_000, 90_010, "blue"), (5, 5, "blue")]
)
def test_what_cannot_be_highlighted_is_refused(
    library: Library, start: int, end: int, colour: str
) -> None:
    with pytest.raises(UsageError):
        library.notes.highlight(1, start, end, colour=colour)
    with pytest.raises(UsageError):
        library.notes.add("highlight", "words without a place")
    with pytest.raises(NotFoundError):
        library.notes.highlight(7, 0, 5)
    assert library.notes.list("highlight") == []


def test_r7_a_source_read_again_keeps_highlights_on_their_words_or_says_which_lost_them(
    library: Library, book: Path
) -> None:
    kept = library.notes.highlight(1, *_at(library, SHIPS), colour="green")
    gone = library.notes.highlight(1, *_at(library, "Fog came in"), note="Weather.")
    new = "A preface that was not there.\n\n" + BOOK.replace("Fog came in", "Mist rolled in")
    book.write_text(new.replace("eleven ships", "eleven\nships"), encoding="utf-8")
    library.add([book], replace=True)
    found = {each.id: each for each in library.notes.list("highlight", source=1)}
    moved = found[kept.id]
    assert (moved.lost, moved.quote, moved.colour) == (False, SHIPS, "green")
    assert moved.start > kept.start
    assert library.sources.text(1, moved.start, moved.end).split() == SHIPS.split()
    assert (found[gone.id].lost, found[gone.id].note) == (True, "Weather.")
    assert library.verify().sound
    # The words come back, and with them the highlight.
    book.write_text(BOOK, encoding="utf-8")
    library.add([book], replace=True)
    assert [each.lost for each in library.notes.list("highlight", source=1)] == [False, False]


def test_highlights_go_for_good_with_their_source(library: Library) -> None:
    library.notes.highlight(1, *_at(library, SHIPS))
    library.sources.trash([1])
    assert len(library.notes.list("highlight")) == 1
    library.sources.delete([1])
    assert not library.notes.list("highlight")
    assert not library.notes.list()
    assert library.verify().sound


def test_r2_highlights_are_exported_as_markdown_and_as_web_annotations(library: Library) -> None:
    start, end = _at(library, SHIPS)
    library.notes.highlight(1, *_at(library, "Fog came in"))
    library.notes.highlight(1, start, end, colour="blue", note="The fleet?")
    text = library.notes.export(1).decode()
    assert text.startswith(f"# The Lamp\n\n> {SHIPS}\n\n*Blue*\n\nThe fleet?\n\n> Fog came in\n")
    page = json.loads(library.notes.export(format="annotations").decode())
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    first, second = page["items"]
    quote, position = first["target"]["selector"]
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", SHIPS)
    assert quote["prefix"].endswith("The keeper ")
    assert (position["start"], position["end"]) == (start, end)
    assert [body["value"] for body in first["body"]] == ["blue", "The fleet?"]
    assert (first["motivation"], second["motivation"]) == ("commenting", "highlighting")
    with pytest.raises(UsageError):
        library.notes.export(format="docx").decode()


@pytest.mark.slow
def test_the_command_lists_and_prints_them(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = library.notes.highlight(1, *_at(library, SHIPS), note="The fleet?")
    library.close()
    command = ["--library", str(tmp_path / "lib.brain"), "highlights"]
    assert main([*command, "1"]) == 0
    told = capsys.readouterr().out
    assert all(words in told for words in ("The Lamp", SHIPS, "The fleet?"))
    assert main([*command, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# The Lamp\n\n> counted")
    assert main(["--json", *command]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == made.id
