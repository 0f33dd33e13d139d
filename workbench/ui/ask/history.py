"""Questions of before: looked through by words, opened again, forgotten."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from workbench.errors import WorkbenchError
from workbench.ui.components import (
    button,
    column,
    controls,
    day,
    label,
    on_key,
    pointed,
    row,
    short,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.answered.saved import Answered

_LIST, _FORGET = "ask.history", "ask.history.forget"
#: Questions that are listed at most; more words find the others.
_MAX_QUESTIONS, _LONGEST = 200, 140


class HistoryPage(QWidget):
    """A field to look through questions of before, and those that it finds, newest first."""

    #: The id of an answer that is to be shown.
    opened = Signal(int)
    #: Back to what was on the page before.
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
        self.told = label("", "muted", wrap=True)
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
        """Find what holds the words in the field."""
        self._jobs.run(
            self._library.answers.list,
            self.field.text(),
            limit=_MAX_QUESTIONS,
            done=self._show_questions,
            failed=self._show_error,
            key=_LIST,
        )

    def open_current(self) -> None:
        """Show the chosen one, the first where none is."""
        at = max(0, self.list.currentRow())
        if at < len(self.found):
            self.opened.emit(self.found[at].id)

    def forget(self) -> None:
        """Forget the chosen one: question, answer and what was written."""
        at = self.list.currentRow()
        if 0 <= at < len(self.found):
            self._jobs.run(
                self._library.answers.forget,
                self.found[at].id,
                done=self._forgot,
                failed=self._show_error,
                key=_FORGET,
            )

    def _forgot(self, _count: int) -> None:
        self.search()

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
    """When and where it was asked, and how it was answered."""
    visible = question.written or question.answer
    mode = tr("No answer found") if visible.abstained else tr("Quotes")
    if visible.mode == "written":
        mode = tr("Written by {model}", model=visible.model)
    parts = [day(question.asked), *([question.collection] if question.collection else []), mode]
    if question.redacted:
        parts.append(tr("a quote was removed with its source"))
    return " · ".join(parts)
