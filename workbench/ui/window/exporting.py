"""Exports answers, highlights and libraries, and imports libraries."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from workbench import permissions, plugins
from workbench.recall.records import Answer, Place
from workbench.ui.components import Action, words
from workbench.ui.language import tr
from workbench.ui.shelf.originals import show_in_folder
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.schemas.records import Trained
    from workbench.memory.sharing.records import Imported


class Citing(Part):
    """Replaces a copied reference by the citation in the chosen style."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.library.wanted.copied.connect(self.restyle)
        context.views.reader.copied.connect(self.restyle)

    def restyle(self, source: int, place: Place, quote: str) -> None:
        """Format a quotation that was copied with a plain reference in the chosen style."""
        style = self._settings.now.citation_style
        if not style:
            return
        plain = QGuiApplication.clipboard().text()

        def set_clipboard(words: str) -> None:
            # Something else may have been copied since.
            if QGuiApplication.clipboard().text() == plain:
                QGuiApplication.clipboard().setText(words)

        self._shelf.ask(
            *(_cited, source, place, quote, style),
            done=set_clipboard,
            failed=self._shelf.failed.emit,
            key="cite",
        )


def _cited(library: "Library", source: int, place: Place, quote: str, style: str) -> str:
    (created,) = library.sources.cite([source], style=style, places=[place])
    return created.after(quote) if quote else created.text


#: File formats of answers and threads.
_FILES = {
    "docx": tr("Word document (*.docx)"),
    "markdown": tr("Markdown (*.md)"),
    "bibtex": tr("Sources cited, BibTeX (*.bib)"),
    "ris": tr("Sources cited, RIS (*.ris)"),
    "csl": tr("Sources cited, CSL JSON (*.json)"),
}
#: Formats of libraries and collections: bundles and decks are files, others folders.
FORMS = ("bundle", "markdown", "csv", "jsonl", "graphml", "anki")
_BUNDLES = tr("Bundles (*.engrams)")
#: Formats that are a single file.
_SINGLE = {"bundle": _BUNDLES, "anki": tr("Anki decks (*.apkg)")}
_INCOMING = tr(
    "Bundles, facts and graphs (*.engrams *.jsonl *.json *.db *.rdb *.log *.graphml);;All files (*)"
)
_DATABASES = tr("Databases (*.db *.sqlite *.sqlite3);;All files (*)")
_EXPORT, _IMPORT = "export", "import"


class Exporting(Part):
    """Exports answers of the Ask tab and libraries; imports libraries."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.views.ask.export_requested.connect(self.export)
        for form in FORMS:
            context.actions.bind(**{f"export_{form}": partial(self.export_library, form)})
        context.actions.bind(
            import_=self.import_, learn_database=self.choose_database,
            export_thread=self.export_thread,
        )  # fmt: skip

    def export_library(self, form: str) -> None:
        """Choose a place to export the current collection or the library to."""
        path = self._shelf.path
        collection = self._navigate.collection
        name = collection or path.stem
        title = tr("Export “{name}”", name=name)
        folder = path.with_name(file_name(name) or path.stem)
        if kind := _SINGLE.get(form):
            start = str(as_kind(folder, kind, [kind]))
            selected, _kind = QFileDialog.getSaveFileName(self._window, title, start, kind)
        else:
            selected = QFileDialog.getExistingDirectory(self._window, title, str(path.parent))
        if selected and kind:
            self.export_to(as_kind(Path(selected), kind, [kind]), form, collection)
        elif selected:
            # Notes are updated in their folder; tables get a folder of their own.
            suffix = "" if form == "markdown" else f" {form}"
            self.export_to(Path(selected) / f"{folder.name}{suffix}", form, collection)

    def export_to(self, target: Path, form: str, collection: str | None) -> None:
        """Export a collection, or with None the library, to a file or folder."""
        library = self._shelf.library
        if library is not None:
            work = partial(library.export, target, format=form, collection=collection)
            self._tasks.run(_EXPORT, tr("Exporting"), work, lambda made: self._exported(made.path))

    def import_(self) -> None:
        """Choose a bundle or a file of facts to import."""
        selected = self._choose_file(tr("Import"), _INCOMING)
        if selected:
            self._shelf.with_library(partial(self.import_from, Path(selected)))

    def import_from(self, file: Path) -> None:
        """Import the export of another library."""
        library = self._shelf.library
        if library is not None:
            self._tasks.run(
                _IMPORT, tr("Importing"), partial(library.import_, file), self._imported
            )

    def choose_database(self) -> None:
        """Choose an SQLite database whose tables to learn."""
        selected = self._choose_file(tr("Learn Database Tables"), _DATABASES)
        if selected:
            self._shelf.with_library(partial(self.learn_database, selected))

    def learn_database(self, place: str) -> None:
        """Learn tables, columns and foreign keys of a database; no rows are read."""
        library = self._shelf.library
        if library is not None:
            work = partial(library.train_db, place, collection=self._navigate.collection)
            self._tasks.run(_IMPORT, tr("Reading the tables"), work, self._announce_learned)

    def _announce_learned(self, trained: "Trained") -> None:
        name, facts = trained.database, words.count(len(trained.added), "fact")
        self._announce(tr("Learned {facts} about the tables of “{name}”", facts=facts, name=name))

    def _imported(self, imported: "Imported") -> None:
        shelf = self._shelf
        run = imported.run
        offers = []
        if run is not None:
            undo = partial(shelf.change, lambda library: library.undo("import", run))
            offers.append(Action(tr("Undo"), undo))
        sources = words.count(imported.sources, "source")
        added = words.count(imported.added, "memory", "memories")
        self._announce(tr("Imported {sources} and {facts}", sources=sources, facts=added), *offers)

    def export(self, answer: Answer) -> None:
        """Choose a file to export the answer to."""
        self._choose((answer,), tr("Export"))

    def export_thread(self) -> None:
        """Choose a file to export the thread to."""
        thread = self._views.ask.talk.answers
        if thread:
            self._choose(thread, tr("Export thread"))

    def _choose(self, answers: Sequence[Answer], title: str) -> None:
        name = file_name(answers[0].question) or tr("Answer")
        added = (f"{form} (*.{form})" for form in plugins.found(plugins.EXPORTERS))
        kinds = (*_FILES.values(), *added)
        self.choose(title, f"{name}.docx", kinds, partial(self.save, answers))

    def choose(
        self, title: str, name: str, kinds: Sequence[str], save: Callable[[Path], object]
    ) -> None:
        """Call `save` with a file of the user's choice, of one of `kinds`."""
        start = str(self._shelf.path.with_name(name))
        selected, kind = QFileDialog.getSaveFileName(self._window, title, start, ";;".join(kinds))
        if selected:
            save(as_kind(Path(selected), kind, kinds))

    def save(self, answers: Sequence[Answer], file: Path) -> None:
        """Export answers in the format of the file's suffix."""
        library, style = self._shelf.library, self._settings.now.citation_style
        if library is not None:
            self.run(lambda: Path(library.answers.export(answers, style=style, file=file)))

    def write(self, create: Callable[[], str | bytes], file: Path) -> None:
        """Write the result of `create`, called on a worker, to a file and show a toast."""

        def work() -> Path:
            permissions.write_private(file, create())
            return file

        self.run(work)

    def run(self, work: Callable[[], Path]) -> None:
        """Write a file on a worker, and show a toast with its place."""
        self._jobs.run(work, done=self._exported, failed=self._shelf.failed.emit)

    def _exported(self, file: Path) -> None:
        show = Action(tr("Show"), lambda: show_in_folder(file))
        self._announce(tr("Exported to “{name}”", name=file.name), show)


def as_kind(file: Path, kind: str, kinds: Sequence[str]) -> Path:
    """Add the suffix of the chosen one of `kinds`, such as "Text (*.txt)".

    A kind other than the first was chosen deliberately and overrides the file's suffix.
    """
    endings = [item.rpartition("*")[2].rstrip(")") for item in kinds]
    at = kinds.index(kind) if kind in kinds else 0
    existing = file.suffix.casefold() in endings
    if existing and at == 0:
        return file
    return file.with_suffix(endings[at]) if existing else file.with_name(file.name + endings[at])


def file_name(title: str) -> str:
    """A title as a file name of at most 60 characters."""
    return words.short("".join(c for c in title if c.isalnum() or c in " -_").strip(), 60)
