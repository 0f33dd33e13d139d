"""The library through its public door: add, ask, look, trash, restore, verify."""

import contextlib
import threading
from pathlib import Path

import pytest

from workbench import Library, paths
from workbench.errors import (
    DamagedLibraryError,
    LibraryError,
    NewerLibraryError,
    NotALibraryError,
    NotFoundError,
    UsageError,
)

_RADIUM = """A Short Life in Science

CHAPTER 1. Warsaw

Marie was born in Warsaw in 1867, the youngest of five children. Her father taught physics, and the
instruments that the school could no longer use stood in a glass case at home.

CHAPTER 2. Paris

In 1898 Marie and Pierre Curie discovered polonium, which they named after Poland. A few months
later they announced a second element, radium. The shed in which they worked leaked when it rained.

She defended her thesis in June 1903. The examiners said that no doctoral work had ever brought a
greater contribution to science.
"""

_BREAD = """Notes on Bread

A sourdough starter is a mixture of flour and water in which wild yeast and bacteria live. Feed it
once a day at room temperature. The crust turns brown because sugars and amino acids react above 140
degrees.
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    radium, bread = tmp_path / "curie.txt", tmp_path / "bread.txt"
    radium.write_text(_RADIUM, encoding="utf-8")
    bread.write_text(_BREAD, encoding="utf-8")
    return radium, bread


@pytest.mark.slow
def test_s2_offline_without_a_model_a_text_is_added_and_answers(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add(files)
        assert [a.state for a in added] == ["verified", "verified"]
        assert all(a.error is None and a.passages and a.engrams for a in added)
        answer = library.ask("Who discovered polonium?")
        assert answer.mode == "quotes"
        assert not answer.abstained
        first = answer.evidence[0]
        assert "discovered polonium" in first.quote
        assert first.source.title == "Curie"
        words = library.sources.text(first.source.id, first.locator.start, first.locator.end)
        assert " ".join(words.split()) == first.quote
        assert answer.sentences[0].citations == (1,)
        assert answer.coverage.of == sum(a.passages for a in added)


@pytest.mark.slow
def test_what_was_added_is_there_after_reopening(tmp_path: Path, files: tuple[Path, Path]) -> None:
    file = tmp_path / "x.brain"
    with Library.open(file) as library:
        library.add(files)
        before = library.ask("When was the thesis defended?")
    with Library.open(file) as library:
        after = library.ask("When was the thesis defended?")
    assert [e.quote for e in before.evidence] == [e.quote for e in after.evidence]
    assert before.confidence == pytest.approx(after.confidence)


@pytest.mark.slow
def test_another_open_library_sees_what_was_added(tmp_path: Path, files: tuple[Path, Path]) -> None:
    file = tmp_path / "x.brain"
    with Library.open(file) as one, Library.open(file) as other:
        assert other.sources.list() == []
        one.add(files[0])
        assert "polonium" in other.ask("Who discovered polonium?").evidence[0].quote


@pytest.mark.slow
def test_l5_trash_hides_and_restore_brings_back(tmp_path: Path, files: tuple[Path, Path]) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add(files)
        question = "Who discovered polonium?"
        before = library.ask(question)
        source = before.evidence[0].source.id
        library.sources.trash([source])
        hidden = library.ask(question)
        assert source not in {e.source.id for e in hidden.evidence}
        assert hidden.abstained
        assert [s.id for s in library.sources.list(trashed=True)] == [source]
        library.sources.trash([source], restore=True)
        again = library.ask(question)
        assert [e.quote for e in again.evidence] == [e.quote for e in before.evidence]
        with pytest.raises(NotFoundError):
            library.sources.trash([999])


def test_a8_a_collection_limits_what_counts(tmp_path: Path, files: tuple[Path, Path]) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add(files[0], collection="Science")
        library.add(files[1], collection="Kitchen")
        answer = library.ask("Who discovered polonium?", collection="Kitchen")
        assert answer.abstained
        assert answer.scope == {"collection": "Kitchen"}
        assert {e.source.title for e in answer.evidence} <= {"Bread"}
        assert not library.ask("Who discovered polonium?", collection="Science").abstained
        with pytest.raises(NotFoundError):
            library.ask("Who?", collection="Attic")


@pytest.mark.slow
def test_deleting_for_good_leaves_nothing_and_keeps_the_rest(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        first, second = library.add(files)
        assert first.source is not None
        assert second.source is not None
        library.sources.trash([first.source])
        library.sources.delete([first.source])
        assert [s.id for s in library.sources.list()] == [second.source]
        assert library.verify().sound
        assert library.ask("How hot must it be for the crust to turn brown?").evidence
        again = library.add(files[0])[0]
        assert again.state == "verified"
        assert again.source != first.source
        assert "polonium" in library.ask("Who discovered polonium?").evidence[0].quote


def test_a_library_in_memory_keeps_nothing(files: tuple[Path, Path]) -> None:
    with Library.open(":memory:") as library:
        library.add(files[0])
        assert library.path is None
        assert not library.ask("Who discovered polonium?").abstained


def test_pasted_text_lives_in_the_library_alone(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add_text("The spare key lies under the blue flowerpot.")[0]
        assert added.state == "verified"
        assert added.source is not None
        assert library.sources.get(added.source).locations == ()
        assert "flowerpot" in library.ask("Where is the spare key?").evidence[0].quote


@pytest.mark.slow
def test_verify_finds_a_changed_word(tmp_path: Path, files: tuple[Path, Path]) -> None:
    import sqlite3

    file = tmp_path / "x.brain"
    with Library.open(file) as library:
        library.add(files)
        assert library.verify().sound
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE section SET text = replace(text, 'polonium', 'plutonium')")
    connection.close()
    with Library.open(file) as library:
        report = library.verify()
        assert not report.sound
        assert any("curie" in p.lower() or "science" in p.lower() for p in report.problems)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"this is a shopping list, not a library", NotALibraryError),
        (b"SQLite format 3\x00" + b"\x00" * 50, DamagedLibraryError),
    ],
)
def test_e1_a_file_that_is_no_library_is_refused_untouched(
    tmp_path: Path, content: bytes, expected: type[LibraryError]
) -> None:
    file = tmp_path / "x.brain"
    file.write_bytes(content)
    with pytest.raises(LibraryError) as told:
        Library.open(file)
    assert isinstance(told.value, NotALibraryError | expected)
    assert told.value.hint
    assert file.read_bytes() == content


@pytest.mark.slow
def test_e1_a_cut_off_library_is_refused_untouched(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    file = tmp_path / "x.brain"
    with Library.open(file) as library:
        library.add(files)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedLibraryError) as told:
        Library.open(file)
    assert told.value.exit_code == 4
    assert file.read_bytes() == content[: len(content) // 2]


def test_x2_a_newer_library_is_refused_untouched(tmp_path: Path) -> None:
    import sqlite3

    file = tmp_path / "x.brain"
    Library.open(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 9000")
    connection.close()
    content = file.read_bytes()
    with pytest.raises(NewerLibraryError):
        Library.open(file)
    assert file.read_bytes() == content


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_an_empty_question_is_wrong_usage(tmp_path: Path, question: str) -> None:
    with Library.open(tmp_path / "x.brain") as library, pytest.raises(UsageError):
        library.ask(question)


def test_a_question_to_an_empty_library_says_that_it_is_empty(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        answer = library.ask("Who discovered polonium?")
        assert answer.mode == "none"
        assert answer.abstained
        assert answer.evidence == ()
        assert answer.coverage.of == 0


@pytest.mark.slow
def test_a5_a_quote_names_the_page_it_stands_on_not_that_of_its_passage(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "two-pages.pdf"
    canvas = Canvas(str(file), pagesize=A5)
    canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    lines = ["Copper melts at one thousand degrees.", "Tin melts long before that, and the"]
    rest = ["two together melt at less than either.", "The smith Aldona knew this in Vilnius."]
    for page in (lines, rest):
        for at, line in enumerate(page):
            canvas.drawString(60, 500 - 14 * at, line)
        canvas.showPage()
    canvas.save()
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add(file)[0]
        assert added.passages == 1
        first = library.ask("Who knew this in Vilnius?").evidence[0]
        start = library.sources.text(first.source.id, first.locator.start, first.locator.end)
        expected = {"Copper": ("i", 1), "Tin": ("i", 1), "The": ("ii", 2)}[start.split()[0]]
        assert (first.locator.page_label, first.locator.page) == expected
        alone = library.ask("What did the smith Aldona know?", limit=5).evidence
        numbers = {e.locator.page for e in alone if e.quote.startswith("The smith")}
        assert numbers <= {2}


@pytest.mark.slow
def test_a_quote_names_its_chapter_and_the_part_of_it(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add(paths.sample_book())[0]
        chapters = {p.chapter for p in library.sources.passages(1)}
        found = library.ask("When did Ebbinghaus publish his results?").evidence[0]
        assert found.locator.chapter is not None
        above, _, own = found.locator.chapter.partition(" · ")
        assert above.endswith("Learning Nonsense")
        assert own in chapters


@pytest.mark.slow
def test_i11_an_epub_keeps_chapters_footnotes_title_author_and_language(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add(paths.sample_book())[0]
        assert added.source is not None
        source = library.sources.get(added.source)
        assert (source.title, source.author, source.language) == (
            "The Trace: A Short History of Memory Research",
            "Engram Workbench",
            "en",
        )
        chapters = [s.title for s in library.sources.sections(source.id) if s.level == 1]
        assert chapters.index("1. Learning Nonsense") < chapters.index("2. A Word for the Trace")
        whole = "".join(
            library.sources.text(s.source, s.start, s.end)
            for s in library.sources.sections(source.id)
        )
        assert "McClelland, McNaughton and O’Reilly (1995)." in whole
        indexed = " ".join(p.text for p in library.sources.passages(source.id))
        assert "Wilson and McNaughton (1994)." in indexed


def test_a_closed_library_begins_to_watch_nothing(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    library = Library.open(tmp_path / "l.brain")
    library.close()
    with contextlib.suppress(LibraryError):
        library.subscribe(lambda topic: None)
    assert {each for each in threading.enumerate() if each.name == "watcher"} <= before
