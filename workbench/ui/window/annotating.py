"""What the window does with work in the Reader: undo, ask about words, say what happened."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from workbench.ui.components.toast import Action
from workbench.ui.components.words import short
from workbench.ui.memories.rows import HIGHLIGHT, Memory
from workbench.ui.window.exporting import file_name
from workbench.ui.window.tabs import ASK, READER
from workbench.ui.window.undo import Command

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.notes.records import Highlight
    from workbench.ui.window.library_actions import Shelf
    from workbench.ui.window.main import MainWindow

#: Characters of a quotation that is put above a question.
_QUOTED = 300


class HighlightCommand(Command):
    """A highlight was made (no `before`), changed, or deleted (no `after`)."""

    def __init__(
        self, shelf: "Shelf", before: "Highlight | None", after: "Highlight | None"
    ) -> None:
        word = "Highlight" if before is None else "Delete Highlight" if after is None else "Change"
        super().__init__(shelf, word)
        self._before, self._after = before, after

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is None:
            return
        now, then = (self._after, self._before) if back else (self._before, self._after)
        self._shelf.retrace(_put, library, now, then, done=self._made)

    def _made(self, made: "Highlight | None") -> None:
        """Deleted and made again, a highlight has another id."""
        if made is None:
            return
        if self._before is not None:
            self._before = replace(self._before, id=made.id)
        if self._after is not None:
            self._after = replace(self._after, id=made.id)

    def without(self, gone: frozenset[int]) -> "Command | None":
        each = self._after or self._before
        if each is None or each.source in gone:
            return None
        return HighlightCommand(self._shelf, self._before, self._after)


def _put(
    library: "Library", now: "Highlight | None", then: "Highlight | None"
) -> "Highlight | None":
    """Have a highlight as it was `then` (on a worker)."""
    if then is None:
        if now is not None:
            library.notes.remove([now.id])
        return None
    if now is not None:
        return library.notes.change_highlight(now.id, colour=then.colour, note=then.note)
    return library.notes.highlight(
        then.source, then.start, then.end, colour=then.colour, note=then.note
    )


class Annotations(QObject):
    """Joins the highlights of the Reader to the rest of the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        annotating = window.reader_tab.annotating
        annotating.changed.connect(self._changed)
        annotating.asked.connect(self._ask)
        annotating.said.connect(window.toasts.say)
        window.library_tab.memories.opened.connect(self._open)
        window.shelf.facts_changed.connect(annotating.read)
        window.shelf.sources_changed.connect(annotating.read)

    def _changed(self, before: "Highlight | None", after: "Highlight | None") -> None:
        shelf = self._window.shelf
        shelf.undo.push(HighlightCommand(shelf, before, after))
        if after is None:
            self._window.toasts.say("Highlight deleted", Action("Undo", shelf.step_back))

    def _open(self, memory: Memory) -> None:
        """Go to the words of a highlight that was opened in the list of notes."""
        library = self._window.shelf.library
        if memory.kind != HIGHLIGHT or library is None:
            return

        def found(highlights: "list[Highlight]") -> None:
            for each in highlights:
                if each.id == memory.id and each.title and not each.lost:
                    self._window.read_at(each.source, each.start, each.end)

        self._window.jobs.run(library.notes.highlights, done=found)

    def export(self) -> None:
        """Choose a file for the highlights: of the source on show in the Reader, else of all."""
        window = self._window
        source = window.reader_tab.source_id if window.at == READER else None
        title = next((row.title for row in window.shelf.sources if row.id == source), "")
        start = window.shelf.path.with_name(f"{file_name(title) or 'Highlights'}.md")
        kinds = "Markdown (*.md);;Web Annotations (*.json)"
        chosen, _ = QFileDialog.getSaveFileName(window, "Export Highlights", str(start), kinds)
        if chosen:
            self.export_to(source, Path(chosen))

    def export_to(self, source: int | None, file: Path) -> None:
        """Write the highlights of a source, or all: Web Annotations to .json, else Markdown."""
        library = self._window.shelf.library
        if library is None:
            return
        form = "annotations" if file.suffix.casefold() == ".json" else "markdown"
        made = partial(library.notes.export_highlights, source, format=form)
        self._window.exporting.write(made, file if file.suffix else file.with_suffix(".md"))

    def _ask(self, source: int, words: str) -> None:
        """Begin a question about these words, asked of their source."""
        composer = self._window.ask_tab.composer
        title = next((row.title for row in self._window.shelf.sources if row.id == source), "")
        if title:
            composer.ask_sources((source,), title)
        self._window.show_tab(ASK)
        composer.field.setText(f"“{short(words, _QUOTED)}” ")
        composer.field.setFocus(Qt.FocusReason.OtherFocusReason)
