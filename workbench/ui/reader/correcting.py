"""Corrections of transcripts: select misheard words, type the right ones; citations follow.

The bar is shown below the timeline. It confirms a correction and offers to undo it if the exact
text can be restored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.components import (
    Elided,
    as_bar,
    button,
    field,
    on_key,
    row,
    tool,
    words,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.intake.correcting import Corrected
    from workbench.library import Library
    from workbench.ui.reader.tab import ReaderTab

_METHODS = tr("Select the words that were heard wrong, then press F2.")


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A span of a source's text, with its current words."""

    source: int
    start: int
    end: int
    text: str


class CorrectBar(QWidget):
    """Asks for the right words, or shows a message with an optional Undo."""

    given = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said = Elided("", "small")
        self.said.setMinimumWidth(theme.px(80))
        self.field = field(tr("What was said"), tr("The right words"))
        self.field.setMinimumWidth(theme.px(160))
        self.correct = button(
            tr("Correct"), kind="primary", call=lambda: self.given.emit(self.field.text())
        )
        self.field.returnPressed.connect(self.correct.click)
        on_key(self.field, Qt.Key.Key_Escape, self.closed)
        self.undo = button(tr("Undo"), "undo", "quiet")
        shut = tool("close", tr("Close (Esc)"), call=self.closed)
        line = row(self.said, self.field, self.correct, self.undo, shut, margins=(16, 4, 12, 4))
        line.setStretchFactor(self.field, 2)
        as_bar(self, line)
        self.setAccessibleName(tr("Correct the transcript"))
        self.hide()

    def show_question(self, wrong: str) -> None:
        """Ask for the replacement of these words."""
        self._show_text(tr("Instead of “{wrong}”:", wrong=wrong), asks=True, undo=False)
        self.field.setText(wrong)
        self.field.selectAll()
        self.field.setFocus()

    def show_message(self, sentence: str, *, undo: bool = False) -> None:
        """Show a message; `undo` adds the Undo button."""
        self._show_text(sentence, asks=False, undo=undo)

    def _show_text(self, sentence: str, *, asks: bool, undo: bool) -> None:
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)
        for part in (self.field, self.correct):
            part.setVisible(asks)
        self.undo.setVisible(undo)
        self.show()


class Correcting(QObject):
    """Corrects the transcript in a Reader, by F2 or the button in its timeline."""

    def __init__(self, reader: ReaderTab, jobs: Jobs) -> None:
        super().__init__(reader)
        self._reader, self._jobs = reader, jobs
        self._key = f"reader.correct.{id(self)}"
        self._wrong: _Wrong | None = None
        #: The correction that restores the previous text.
        self._back: _Wrong | None = None
        self.bar = CorrectBar()
        self.bar.given.connect(self._entered)
        self.bar.undo.clicked.connect(self._take_back)
        self.bar.closed.connect(self.close)
        reader.timeline.corrector.clicked.connect(self.show_question)
        reader.opened.connect(self._loaded)
        on_key(reader, Qt.Key.Key_F2, self.show_question, include_children=True)

    def show_question(self) -> None:
        """Ask for the replacement of the selected words, else of the next doubtful ones."""
        library, source = self._reader.listening.library, self._reader.source_id
        if library is None or source is None or library.read_only:
            return
        sheet = self._reader.sheet
        selected = sheet.selected_span()
        span = sheet.flow.trimmed(*selected) if selected is not None else (0, 0)
        if selected is None:
            offset = sheet.position()
            span = next((item for item in sheet.doubtful if item[0] >= offset), span)
            if span[1]:
                self._reader.go_to(span[0], share=0.3)
        if span[1] <= span[0]:
            self._wrong = None
            self.bar.show_message(_METHODS)
            return
        self._jobs.run(
            _current,
            library,
            source,
            *span,
            done=self._show_correction,
            failed=self._failed,
            key=self._key,
        )

    def close(self) -> None:
        """Close the bar without correcting."""
        self._jobs.cancel(self._key)
        self._wrong = self._back = None
        self.bar.hide()
        self._reader.sheet.setFocus()

    def _loaded(self, source: int, _title: str) -> None:
        existing = self._wrong or self._back
        if existing is None or existing.source != source:
            self._wrong = self._back = None
            self.bar.hide()

    def _show_correction(self, wrong: _Wrong) -> None:
        self._wrong, self._back = wrong, None
        self.bar.show_question(" ".join(wrong.text.split()))

    def _entered(self, words: str) -> None:
        if self._wrong is not None:
            self._apply(self._wrong, " ".join(words.split()), undone=False)

    def _take_back(self) -> None:
        if self._back is not None:
            previous, self._wrong = self._back, None
            self._apply(previous, previous.text, undone=True)

    def _apply(self, wrong: _Wrong, words: str, *, undone: bool) -> None:
        library = self._reader.listening.library
        confirmed = any(a < wrong.end and b > wrong.start for a, b in self._reader.sheet.doubtful)
        if library is None or (not undone and words == wrong.text and not confirmed):
            self.close()
            return
        self._jobs.run(
            library.sources.correct, wrong.source, wrong.start, wrong.end, words,
            done=partial(self._applied, wrong, words, undone), failed=self._failed, key=self._key,
        )  # fmt: skip

    def _applied(self, wrong: _Wrong, said: str, undone: bool, change: Corrected) -> None:
        end = wrong.start + len(said)
        # Undo replaces one line of words, so line breaks could not be restored.
        changed = said != wrong.text
        exact = not undone and changed and bool(said) and "\n" not in wrong.text
        self._wrong = None
        self._back = _Wrong(wrong.source, wrong.start, end, wrong.text)
        followed = (
            tr("; {quotes} followed", quotes=words.count(change.followed, "quote"))
            if change.followed
            else ""
        )
        missing = tr(", {lost} lost its words", lost=change.lost) if change.lost else ""
        completed = tr("Corrected") if changed else tr("Confirmed")
        label_text = tr("Put back") if undone else completed if said else tr("Left out")
        self.bar.show_message(
            f"{label_text}: {words.quoted(said or wrong.text)}{followed}{missing}.", undo=exact
        )
        if said:
            self._reader.open_source(wrong.source, wrong.start, end)
        else:
            self._reader.open_source(wrong.source, wrong.start)

    def _failed(self, error: WorkbenchError) -> None:
        self.bar.show_message(str(error))


def _current(library: Library, source: int, start: int, end: int) -> _Wrong:
    return _Wrong(source, start, end, library.sources.text(source, start, end))
