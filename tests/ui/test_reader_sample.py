"""From a question to the quoted words, with the real library, the sample book and real pages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench import paths
from workbench.library import Library
from workbench.recall.records import Answer
from workbench.ui import theme
from workbench.ui.ask.tab import AskTab
from workbench.ui.jobs import Jobs
from workbench.ui.reader.opening import paths as paths_of
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.shelf.wanted import Wanted

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Desk:
    """The two tabs over one library, wired as the window wires them."""

    def __init__(self, qtbot: QtBot, library: Library, jobs: Jobs) -> None:
        self._qtbot = qtbot
        self.ask = AskTab(library, jobs, Wanted())
        self.reader = ReaderTab(library, jobs)
        for tab in (self.ask, self.reader):
            qtbot.addWidget(tab)
            tab.resize(840, 700)
            tab.show()
        self.ask.open_evidence.connect(self.reader.open_evidence)

    def answer(self, question: str, collection: str | None = None) -> Answer:
        """Ask and wait."""
        with self._qtbot.waitSignal(self.ask.answer_received, timeout=60_000):
            self.ask.ask(question, collection)
        assert self.ask.answer is not None
        return self.ask.answer

    def cite(self, number: int) -> None:
        """Press Open on the card of evidence `number` and wait until it is open."""
        assert self.ask.result is not None
        card = self.ask.result.evidence.card(number)
        assert card is not None
        with self._qtbot.waitSignal(self.reader.opened):
            card.open_button.click()


def _questions(answerable: bool, most: int) -> list[str]:
    lines = (paths.resources() / "sample" / "questions.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row["question"] for row in rows if row["answerable"] is answerable][:most]


def _cited(answer: Answer, n: int) -> str:
    """The sentence of the answer that cites evidence `n`, word for word; empty where none does."""
    said = [" ".join(s.text.split()) for s in answer.sentences if n in s.citations]
    assert len(said) <= 1
    return "".join(said)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "Sample.brain") as opened:
        opened.add(paths.sample_book())[0]
        opened.add(paths.resources() / "sample" / "the-trace.pdf", collection="Pages")
        yield opened


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, library: Library) -> Iterator[Desk]:
    theme.apply(qapp, "light")
    jobs = Jobs(workers=2)
    yield Desk(qtbot, library, jobs)
    jobs.close()


@pytest.mark.slow
def test_a3_every_citation_of_the_sample_shows_exactly_its_words(desk: Desk) -> None:
    opened = set()
    for number, question in enumerate(_questions(answerable=True, most=12)):
        # The book is there in two forms: every other question is asked to its pages alone.
        answer = desk.answer(question, "Pages" if number % 2 else None)
        # Below an answer that is not there two passages are shown.
        for evidence in answer.evidence[: 2 if answer.abstained else None]:
            desk.cite(evidence.n)
            assert desk.reader.source_id == evidence.source.id
            assert desk.reader.highlighted_words() == _cited(answer, evidence.n)
            assert desk.reader.evidence_words() == evidence.quote
            assert desk.reader.notice() == ""
            opened.add(evidence.source.kind)
    assert opened == {"epub", "pdf"}


@pytest.mark.slow
def test_a5_the_marker_lies_on_the_cited_page_of_the_original(
    qtbot: QtBot, desk: Desk, library: Library
) -> None:
    desk.ask.composer.set_scope("Pages")
    with qtbot.waitSignal(desk.ask.answer_received):
        desk.ask.ask("When did Hermann Ebbinghaus publish his book?", "Pages")
    answer = desk.ask.answer
    assert answer is not None
    view = desk.reader.page_view
    assert answer.sentences
    for evidence in answer.evidence:
        desk.cite(evidence.n)
        cited = bool(_cited(answer, evidence.n))
        assert bool(view.marked()) is cited
        number, box = (view.marked() or view.underlined())[0]
        pages = library.sources.pages(evidence.source.id)
        first = desk.reader.cited[0][0] if cited else evidence.locator.start
        page = next(p for p in pages if p.start <= first < p.end)
        assert number == page.number
        assert desk.reader.header.page.text() == page.label
        assert desk.reader.header.index.text() == f"PDF {number} of {len(pages)}"
        qtbot.waitUntil(lambda: view.pictures > 0 and not view.waiting)
        place = view.visible_box(number, box).toRect()
        assert view.viewport().rect().contains(place.center())
        image = view.viewport().grab(place).toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(0, image.height(), 2)
        }
        assert (QColor(theme.THEMES["light"].marker).name() in colours) is cited
        assert min(QColor(name).lightness() for name in colours) < 80  # ink under the marker


@pytest.mark.slow
def test_a7_questions_that_the_sample_does_not_answer_say_so(desk: Desk) -> None:
    silent = [desk.answer(q).abstained for q in _questions(answerable=False, most=10)]
    assert sum(silent) >= 7


@pytest.mark.slow
def test_the_text_view_shows_the_same_words_as_the_page(desk: Desk) -> None:
    answer = desk.answer("Who coined the word engram?", "Pages")
    assert answer.evidence
    for evidence in answer.evidence:
        assert evidence.source.kind == "pdf"
        desk.cite(evidence.n)
        desk.reader.show_as_pages(False)
        assert desk.reader.highlighted_words() == _cited(answer, evidence.n)
        assert desk.reader.evidence_words() == evidence.quote
        assert desk.reader.sheet.marked_words() == _cited(answer, evidence.n)
        desk.reader.show_as_pages(True)


@pytest.mark.slow
def test_the_chapter_in_view_is_named_with_its_number(
    qtbot: QtBot, desk: Desk, library: Library
) -> None:
    answer = desk.answer("What does sleep do to the synapses?")
    box = desk.reader.header.chapters
    desk.reader.resize(1100, 700)
    # A quote of the list of references stands in no section.
    sectioned = [row for row in answer.evidence if " · " in (row.locator.chapter or "")]
    assert len(sectioned) >= 3
    for evidence in sectioned:
        desk.cite(evidence.n)
        path = evidence.locator.chapter or ""
        chapter, _, section = path.partition(" · ")
        assert box.name == f"{chapter.split('.')[0]} · {section}"
        assert box.currentText() == f"\u2003{section}"
        assert box.toolTip() == path
        qtbot.waitUntil(lambda: box.width() >= box.sizeHint().width())
        named = box.fontMetrics().horizontalAdvance(box.name)
        assert box.width() > named
        shown = [box.itemText(index) for index in range(box.count())]
        assert any(text.startswith(f"{chapter.split('.')[0]}. ") for text in shown)


@pytest.mark.slow
def test_paths_of_chapters_are_those_that_quotes_have(desk: Desk, library: Library) -> None:
    for source in library.sources.list():
        sections = library.sources.sections(source.id)
        told = dict(zip((row.start for row in sections), paths_of(sections), strict=True))
        for question in _questions(answerable=True, most=8):
            answer = library.ask(question, sources=[source.id])
            for evidence in answer.evidence:
                start = max(at for at in told if at <= evidence.locator.start)
                assert told[start] == (evidence.locator.chapter or "")


@pytest.mark.slow
def test_evidence_whose_source_went_to_the_trash_is_still_shown(
    desk: Desk, library: Library
) -> None:
    answer = desk.answer("Who coined the word engram?")
    source = answer.evidence[0].source.id
    library.sources.trash([source])
    desk.cite(1)
    assert desk.reader.notice().startswith("This source is in the Trash")
    assert desk.reader.highlighted_words() == _cited(answer, 1)
    library.sources.trash([source], restore=True)
    desk.cite(1)
    assert desk.reader.notice() == ""


@pytest.mark.slow
@pytest.mark.corpus
def test_a3_citations_into_whole_books_show_exactly_their_words(
    qtbot: QtBot, qapp: QApplication, corpus: Path, tmp_path: Path
) -> None:
    theme.apply(qapp, "light")
    books = [corpus / "books" / name for name in ("frankenstein.txt", "sherlock-holmes.txt")]
    lines = (corpus / "books" / "questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[::12]]
    jobs = Jobs(workers=2)
    with Library.open(tmp_path / "Books.brain") as library:
        library.add(books)
        desk = Desk(qtbot, library, jobs)
        for question in questions:
            answer = desk.answer(question)
            # Below an answer that is not there two passages are shown.
            for evidence in answer.evidence[: 2 if answer.abstained else None]:
                desk.cite(evidence.n)
                assert desk.reader.highlighted_words() == _cited(answer, evidence.n)
                assert desk.reader.evidence_words() == evidence.quote
        jobs.close()
