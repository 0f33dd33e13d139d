"""The start page of Ask: before the first question, and in an empty library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from workbench.errors import WorkbenchError
from workbench.recall.records import Introduction
from workbench.ui.ask import saying
from workbench.ui.ask.contents import Contents
from workbench.ui.ask.result import Result
from workbench.ui.ask.saying import Introduced
from workbench.ui.components import (
    EmptyState,
    button,
    column,
    controls,
    count,
    day,
    label,
    lines,
    on_key,
    paragraph,
    pointed,
    row,
    short,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.shelf.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.answered.saved import Answered


_LIST, _FORGET = "ask.history", "ask.history.forget"
#: Maximum number of listed questions, and of characters per question.
_MAX_QUESTIONS, _LONGEST = 200, 140


class HistoryPage(QWidget):
    """A search field and the matching earlier questions, newest first."""

    #: The id of the answer to show.
    opened = Signal(int)
    #: Return to the previous page.
    closed = Signal()

    def __init__(self, library: "Library", jobs: Jobs) -> None:
        super().__init__()
        self._library, self._jobs = library, jobs
        self.field = controls.field(
            tr("Search questions and answers"), tr("Search questions"), "search"
        )
        self.field.textChanged.connect(self.search)
        self.field.returnPressed.connect(self.open_current)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Earlier questions"))
        self.list.setSpacing(3)
        self.list.itemActivated.connect(lambda _item: self.open_current())
        self.list.currentItemChanged.connect(lambda *_items: self._name())
        on_key(self.list, Qt.Key.Key_Delete, self.forget)
        self.told = paragraph("", "muted")
        back = button(tr("Back"), "left", call=self.closed)
        self.open_button = button(tr("Open"), kind="primary", call=self.open_current)
        self.forget_button = button(tr("Forget"), "trash", call=self.forget)
        self.setLayout(
            column(
                label(tr("Earlier questions"), "page"),
                self.field,
                self.told,
                self.list,
                row(self.open_button, self.forget_button, None, back),
                gap=10,
            )
        )
        self.setAccessibleName(tr("Earlier questions"))
        self.found: list[Answered] = []
        self._name()
        self.search()

    def search(self) -> None:
        """Search questions and answers for the text of the field."""
        self._jobs.run(
            self._library.answers.list,
            self.field.text(),
            limit=_MAX_QUESTIONS,
            done=self._show_questions,
            failed=self._show_error,
            key=_LIST,
        )

    def open_current(self) -> None:
        """Show the selected question, else the first."""
        at = max(0, self.list.currentRow())
        if at < len(self.found):
            self.opened.emit(self.found[at].id)

    def forget(self) -> None:
        """Delete the selected question with its answer and generated text."""
        at = self.list.currentRow()
        if 0 <= at < len(self.found):
            self._jobs.run(
                self._library.answers.forget,
                self.found[at].id,
                done=lambda _count: self.search(),
                failed=self._show_error,
                key=_FORGET,
            )

    def _show_questions(self, questions: "list[Answered]") -> None:
        at = self.list.currentRow()
        self.found = questions
        self.list.clear()
        for entry in questions:
            item = QListWidgetItem(f"{short(entry.answer.question, _LONGEST)}\n{_details(entry)}")
            item.setToolTip(entry.answer.question)
            self.list.addItem(item)
        if at >= 0 and questions:
            self.list.setCurrentRow(min(at, len(questions) - 1))
        words = self.field.text().strip()
        empty_text = (
            tr("No question or answer contains “{words}”.", words=words)
            if words
            else (tr("No questions yet."))
        )
        more = (
            tr("The newest {SHOWN}; words find the others.", SHOWN=_MAX_QUESTIONS)
            if len(questions) >= _MAX_QUESTIONS
            else ""
        )
        self._show_message(more if questions else empty_text)
        self._name()

    def _show_error(self, error: WorkbenchError) -> None:
        self._show_message(f"{error.message} {pointed(error.hint)}")

    def _show_message(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _name(self) -> None:
        self.open_button.setEnabled(bool(self.found))
        self.forget_button.setEnabled(self.list.currentRow() >= 0)


def _details(question: "Answered") -> str:
    """Time and collection of a question, and the kind of its answer."""
    visible = question.written or question.answer
    mode = tr("Not in your sources") if visible.abstained else tr("Quotes")
    if visible.mode == "written":
        mode = tr("Written by {model}", model=visible.model)
    parts = [day(question.asked), *([question.collection] if question.collection else []), mode]
    if question.redacted:
        parts.append(tr("a quote was removed with its source"))
    return " · ".join(parts)


_KEY = "ask.greeting"


class Greeting(QObject):
    """Introduces the newest source, with a cache of the last introduction."""

    #: (`Introduced`, whether it is new); the introduction may be empty.
    completed = Signal(object, bool)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._known: Introduced | None = None

    def forget(self) -> None:
        """Clear the cache after the library was switched."""
        self._known = None
        self._jobs.cancel(_KEY)

    def pending_title(self, newest: Sequence[tuple[int, str]]) -> str:
        """The title of the newest source while its introduction is pending, else ""."""
        existing = self._known.source if self._known is not None else None
        return next((title for source, title in newest[:1] if source != existing), "")

    def request(self, library: "Library", newest: Sequence[tuple[int, str]]) -> None:
        """Emit the introduction of the newest source, from the cache if possible."""
        if not newest:
            return
        source, _title = newest[0]
        if self._known is not None and self._known.source == source:
            self.completed.emit(self._known, False)
            return
        empty = Introduced(source, Introduction(None, ()), {})
        self._jobs.run(
            *(saying.introduced, library, source), done=self._store,
            failed=lambda _error: self._store(empty), key=_KEY,
        )  # fmt: skip

    def _store(self, introduced: Introduced) -> None:
        self._known = introduced
        self.completed.emit(introduced, True)


_NAME = 40  # characters of a title on a button


class IntroductionView(QWidget):
    """An overview of one source below buttons with its questions."""

    #: A question to ask; (id, title) of another source to introduce.
    question_selected = Signal(str)
    source_selected = Signal(int, str)

    def __init__(
        self,
        introduction: Introduction,
        authors: Mapping[int, str],
        requests: Wanted,
        title: str = "",
        sources: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__()
        self.result: Result | None = None
        parts: list[QWidget | int | None] = []
        if title:
            parts += [paragraph(title, "page"), 8]
        if introduction.questions:
            self.questions = [button(words, "ask") for words in introduction.questions]
            for created, words in zip(self.questions, introduction.questions, strict=True):
                created.clicked.connect(partial(self.question_selected.emit, words))
            parts += [label(tr("Questions it answers"), "head"), lines(self.questions), 12]
        if introduction.about is not None:
            self.result = Result(introduction.about, authors, requests)
            parts.append(self.result)
        if sources:
            presses = [button(short(name, _NAME), "book", "quiet") for _, name in sources]
            for press, (id, name) in zip(presses, sources, strict=True):
                press.setToolTip(tr("What “{name}” is about, and questions it answers", name=name))
                press.clicked.connect(partial(self.source_selected.emit, id, name))
            parts += [16, label(tr("Other sources"), "head"), lines(presses)]
        self.setLayout(column(*parts))


_TITLE = tr("Ask about what you added")
_NO_SOURCE = tr("Add a source first. You can ask while it is still being read.")
_QUOTES = tr(
    "Answers quote your sources and link to the page. Things you tell Workbench can "
    "answer questions too."
)
_GENERATED = tr(
    "Answers quote your sources and link to the page; a model may also write a short "
    "answer, with every sentence checked."
)


@dataclass(frozen=True, slots=True)
class Offers:
    """The actions of the page: show the library, add files, add the sample."""

    show_library: Callable[[], object]
    add: Callable[[], object]
    sample: Callable[[], object]


def failed_state(error: WorkbenchError | None, offers: Offers) -> EmptyState | None:
    """The page for a library that failed to open, else None."""
    if error is None:
        return None
    library_button = _button(tr("Go to Library"), "library", "primary", offers.show_library)
    return EmptyState("alert", tr("Nothing to search yet"), str(error), library_button)


def state(
    has_library: bool,
    contents: Contents | None,
    offers: Offers,
    *,
    opening: bool,
    may_write: bool,
    pending: str = "",
) -> EmptyState:
    """The start page for the known `contents` of the library.

    `may_write`: answers may be generated if a model is chosen. `pending` is the title of the source
    whose questions are being extracted.
    """
    if not has_library and opening:
        return EmptyState("ask", _TITLE, tr("Opening the library…"))
    if not has_library or (contents is not None and contents.is_empty):
        add = _button(tr("Add files…"), "add", "primary", offers.add)
        sample = _button(tr("Try with a sample"), "", "quiet", offers.sample)
        return EmptyState("ask", _TITLE, _NO_SOURCE, add, sample)
    if pending:
        words = tr("Finding questions that “{title}” answers…", title=short(pending, 60))
        return EmptyState("ask", _TITLE, words)
    if contents is None:
        return EmptyState("ask", _TITLE, _QUOTES)
    extent = f"{count(contents.sources, 'source')}, {count(contents.passages, 'passage')}"
    words = _GENERATED if contents.writer and may_write else _QUOTES
    return EmptyState("ask", _TITLE, f"{extent}. {words}")


def _button(text: str, glyph: str, kind: str, pressed: Callable[[], object]) -> QPushButton:
    return button(text, glyph, kind, call=lambda: pressed())
