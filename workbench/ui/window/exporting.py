"""Writes answers with their references, and highlights, to files of the user's."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from workbench import permissions
from workbench.errors import InputError
from workbench.recall.records import Answer
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.window.originals import show_in_folder

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

_FILES = {
    "markdown": ("md", "Markdown (*.md)"),
    "bibtex": ("bib", "BibTeX (*.bib)"),
    "csl": ("json", "CSL JSON (*.json)"),
}


class Exporting(QObject):
    """Exports answers of the Ask tab."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.ask_tab.export_requested.connect(self.export)

    def export(self, answer: Answer, form: str) -> None:
        """Choose a file and write the answer to it."""
        ending, kinds = _FILES[form]
        name = file_name(answer.question) or "Answer"
        start = self._window.shelf.path.with_name(f"{name}.{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export", str(start), kinds)
        if chosen:
            self.export_to(answer, form, Path(chosen))

    def export_to(self, answer: Answer, form: str, file: Path) -> None:
        """Write the answer to a file."""
        library = self._window.shelf.library
        if library is None:
            return
        file = file if file.suffix else file.with_suffix(f".{_FILES[form][0]}")
        style = self._window.settings.citation_style
        self.write(partial(library.answers.export, answer, form, style=style), file)

    def write(self, made: Callable[[], str], file: Path) -> None:
        """Write what a call on a worker makes to a file, and say so."""
        self._window.jobs.run(
            *(_write, made, file), done=lambda _none: self._exported(file),
            failed=self._window.shelf.failed.emit,
        )  # fmt: skip

    def _exported(self, file: Path) -> None:
        show = Action("Show", lambda: show_in_folder(file))
        self._window.toasts.say(f"Exported to “{file.name}”", show)


def file_name(title: str) -> str:
    """A title as the name of a file, at most 60 characters."""
    return words.short("".join(c for c in title if c.isalnum() or c in " -_").strip(), 60)


def _write(made: Callable[[], str], file: Path) -> None:
    text = made()
    try:
        permissions.private(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"“{file.name}” could not be written: {error.strerror}.", "Choose another folder."
        ) from error
