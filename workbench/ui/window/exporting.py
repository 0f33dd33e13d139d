"""Writes answers with their references, and highlights, to files of the user's."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from workbench import permissions
from workbench.recall.records import Answer
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.language import tr
from workbench.ui.window.originals import show_in_folder

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

#: The kinds of files that an answer or a thread can become, by form.
_FILES = {
    "docx": tr("Word document (*.docx)"),
    "markdown": tr("Markdown (*.md)"),
    "bibtex": tr("Sources cited, BibTeX (*.bib)"),
    "csl": tr("Sources cited, CSL JSON (*.json)"),
}


class Exporting(QObject):
    """Exports answers of the Ask tab."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.ask_tab.export_requested.connect(self.export)

    def export(self, answer: Answer) -> None:
        """Choose a file and write the answer to it."""
        self._choose((answer,), tr("Export"))

    def export_thread(self) -> None:
        """Choose a file and write the whole thread to it."""
        thread = self._window.ask_tab.thread_answers
        if thread:
            self._choose(thread, tr("Export thread"))

    def _choose(self, answers: Sequence[Answer], title: str) -> None:
        name = file_name(answers[0].question) or tr("Answer")
        start = self._window.shelf.path.with_name(f"{name}.docx")
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, title, str(start), ";;".join(_FILES.values())
        )
        if chosen:
            self.save(answers, as_kind(Path(chosen), kind, list(_FILES.values())))

    def save(self, answers: Sequence[Answer], file: Path) -> None:
        """Write answers to a file, in the form of its ending."""
        library, style = self._window.shelf.library, self._window.settings.citation_style
        if library is not None:
            self.run(partial(library.answers.save, answers, file, style=style))

    def write(self, made: Callable[[], str | bytes], file: Path) -> None:
        """Write what a call on a worker makes to a file, and say so."""

        def work() -> Path:
            permissions.written(file, made())
            return file

        self.run(work)

    def run(self, work: Callable[[], Path]) -> None:
        """Have a worker write a file, and say where it is."""
        self._window.jobs.run(work, done=self._exported, failed=self._window.shelf.failed.emit)

    def _exported(self, file: Path) -> None:
        show = Action(tr("Show"), lambda: show_in_folder(file))
        self._window.toasts.say(tr("Exported to “{name}”", name=file.name), show)


def as_kind(file: Path, kind: str, kinds: Sequence[str]) -> Path:
    """A file under the ending that is meant, where a dialog offers `kinds`, such as "Text (*.txt)".

    A kind other than the first one was chosen by hand, and counts more than the name's ending.
    """
    endings = [each.rpartition("*")[2].rstrip(")") for each in kinds]
    at = kinds.index(kind) if kind in kinds else 0
    known = file.suffix.casefold() in endings
    if known and at == 0:
        return file
    return file.with_suffix(endings[at]) if known else file.with_name(file.name + endings[at])


def file_name(title: str) -> str:
    """A title as the name of a file, at most 60 characters."""
    return words.short("".join(c for c in title if c.isalnum() or c in " -_").strip(), 60)
