"""Places, numbers and references in words."""

from dataclasses import replace

import pytest

from tests.ui.fake_library import FakeLibrary
from workbench.recall.records import AnswerSentence, Coverage, Elsewhere, Place, SourceRef
from workbench.recall.wording import chapter_name, elsewhere_words, markdown, reference, time_words
from workbench.ui.ask.quote import joined
from workbench.ui.ask.wording import (
    chapter_words,
    coverage_words,
    holds_words,
    open_words,
    place_words,
    quoted,
    reads_right_to_left,
)


def _place(**fields: object) -> Place:
    return replace(Place(None, None, None, 0, 1), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "kind", "words"),
    [
        (
            _place(page=153, page_label="141", chapter="9 The price"),
            "pdf",
            "ch. 9, p. 141 (PDF 153)",
        ),
        (_place(page=1, page_label="i"), "pdf", "p. i (PDF 1)"),
        (_place(page=4), "pdf", "p. 4"),
        (_place(page=4, page_label="4", chapter="Preface"), "epub", "Preface, p. 4"),
        (_place(chapter="Chapter IX. The Whale"), "epub", "ch. IX"),
        (_place(seconds=761.0), "video", "12:41"),
        (_place(), "text", ""),
    ],
)
def test_a5_places_name_printed_label_and_index(place: Place, kind: str, words: str) -> None:
    assert place_words(place, SourceRef(1, None, "Moby-Dick", None, kind)) == words


@pytest.mark.parametrize(
    ("chapter", "words"),
    [
        ("The Mill of Oster", ""),
        ("the mill of Oster.", ""),
        ("The Mill of Oster · Costs", "Costs"),
        ("Costs · The Mill of Oster", "Costs · The Mill of Oster"),
        ("The Mill", "The Mill"),
    ],
)
def test_a_first_heading_that_is_the_title_is_said_once(chapter: str, words: str) -> None:
    source = SourceRef(1, None, "The Mill of Oster", None, "html")
    assert place_words(_place(chapter=chapter), source) == words
    cited = ", ".join(filter(None, (source.title, words)))
    assert reference(source, _place(chapter=chapter)) == cited
    assert elsewhere_words(Elsewhere(1, 1, source.title, chapter, 0, 1)) == cited


def test_the_share_of_a_text_is_said_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    source, place = SourceRef(1, None, "Rye", None, "epub"), _place(share=0.03)
    assert place_words(place, source) == "3 % of the book"
    assert place_words(place, replace(source, kind="markdown")) == "3 % of the text"
    monkeypatch.setattr("workbench.ui.ask.wording.known", {"of the book": "des Buchs"}.get)
    assert place_words(place, source) == "3 % des Buchs"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("CHAPTER 36. The Quarter-Deck.", "ch. 36"),
        ("Kapitel 3", "ch. 3"),
        ("12. Sleep", "ch. 12"),
        ("1885: a beginning", "1885: a beginning"),
        ("In which nothing is numbered", "In which nothing is numbered"),
        ("Mixed", "Mixed"),
        ("8. While We Sleep · The Price of Waking", "ch. 8 · The Price of Waking"),
        ("Part Two · Chapter IV. The Whale · Ink", "Part Two · ch. IV · Ink"),
        ("Methods · Participants", "Methods · Participants"),
        ("2. Methods · 3. Participants", "ch. 2 · 3. Participants"),
        ("x" * 60, "x" * 39 + "…"),
    ],
)
def test_chapters_are_short(title: str, words: str) -> None:
    assert chapter_words(title) == words


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CHAPTER 36. The Quarter-Deck.", ("36", "The Quarter-Deck")),
        ("Chapter IV: The Whale", ("IV", "The Whale")),
        ("Kapitel 3 – Die Nacht", ("3", "Die Nacht")),
        ("Chapter 12", None),
        ("Chapter house", None),
        ("8. While We Sleep", None),
        ("Epilogue", None),
    ],
)
def test_a_title_that_says_chapter_has_a_number_and_a_name(
    title: str, name: tuple[str, str] | None
) -> None:
    assert chapter_name(title) == name


def test_the_verb_names_the_place() -> None:
    assert open_words(_place(page=153, page_label="141")) == "Open page 141"
    assert open_words(_place(chapter="9 The price")) == "Open chapter 9"
    assert open_words(_place(chapter="Part Two · 9. Night · Replay")) == "Open chapter 9"
    assert open_words(_place(chapter="Preface")) == "Open chapter"
    assert open_words(_place()) == "Open source"


def test_a9_coverage_is_counted_in_words() -> None:
    many = coverage_words(Coverage(12, 3480, 4), 15)
    assert many == ("15 quotes from 12 of 3\u202f480 passages", "4 sources")
    assert coverage_words(Coverage(1, 1, 1), 1) == ("1 quote from 1 of 1 passage", "1 source")
    assert coverage_words(Coverage(0, 2, 0), 0) == ("0 quotes from 0 of 2 passages", "0 sources")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("?", False), ("🧠 …", False), ("", False), ("H.M.?", True), ("1885", True), ("記憶", True)],
)
def test_a_question_holds_words_or_does_not(text: str, expected: bool) -> None:
    assert holds_words(text) is expected


def test_times_have_hours_only_where_needed() -> None:
    assert time_words(59.9) == "0:59"
    assert time_words(3727) == "1:02:07"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("الذاكرة", True), ("1885: الذاكرة", True), ("Memory الذاكرة", False), ("1885", False)],
)
def test_direction_is_that_of_the_first_letter(text: str, expected: bool) -> None:
    assert reads_right_to_left(text) is expected


def test_a12_answer_is_copied_with_references_as_markdown() -> None:
    library = FakeLibrary()
    source = library.put("The *Trace*", [("9 Sleep", "Sleep settles [it].\n\nThe rest sinks.")])
    first = library.quote(source, "Sleep settles [it].", 1)
    second = library.quote(source, "The rest sinks.", 2)
    answer = library.answer("What settles it?", [first, second], value="sleep")
    answer = replace(
        answer, sentences=(*answer.sentences[:1], AnswerSentence("Guess.", (), supported=False))
    )
    assert markdown(answer) == (
        "## What settles it?\n\n**sleep**\n\n> Sleep settles \\[it\\]. [1]\n\n"
        "> Guess. (unsupported)\n\n"
        "1. *The \\*Trace\\**, ch. 9: “Sleep settles \\[it\\].”\n"
        "2. *The \\*Trace\\**, ch. 9: “The rest sinks.”\n"
    )
    named = markdown(answer, {source: "A. _Writer_"})
    assert "1. A. \\_Writer\\_, *The \\*Trace\\**, ch. 9: “Sleep" in named
    assert quoted(second) == "“The rest sinks.” (The *Trace*, ch. 9)"


def test_marks_that_touch_become_one() -> None:
    text = "Slow-wave sleep settles it"
    assert joined(text, [(10, 15), (0, 9), (24, 99), (3, 3)]) == ((0, 15), (24, 26))
