"""Highlights and notes of the Reader: Undo, Ask, import, export."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.media.remarks import is_locked
from workbench.errors import UsageError, WorkbenchError
from workbench.ui.components import Action, PasswordField, button, short, words
from workbench.ui.language import known, tr
from workbench.ui.memories import links
from workbench.ui.memories.rows import Memory
from workbench.ui.settings.sheets import Sheet
from workbench.ui.window.context import Context, Part
from workbench.ui.window.exporting import Exporting, file_name
from workbench.ui.window.tabs import ASK, READER

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.notes.records import Highlight, TakenOver
    from workbench.ui.reader.tab import ReaderTab

#: Maximum length of a quotation above a question.
_QUOTED = 300
_FOREIGN = tr("Highlights of other programs (*.txt *.csv *.json *.pdf);;All files (*)")
_KEY = "foreign"


def _exported(library: "Library", source: int | None, form: str, ids: Sequence[int] | None) -> str:
    present = {highlight.id for highlight in library.notes.list("highlight", source=source)}
    if not (present if ids is None else present & {*ids}):
        raise UsageError(
            tr("There is no highlight to export."),
            tr("Select some words in what you read and choose a pen first."),
        )
    return library.notes.export(source, format=form, ids=ids).decode()


def _pdf_copy(library: "Library", source: int, file: Path) -> bytes:
    """Export a PDF with its highlights, to be saved as `file`. Runs on a worker."""
    for place in map(Path, library.sources.get(source).locations):
        if file.exists() and place.exists() and file.samefile(place):
            raise UsageError(
                tr("That is the original, which stays as it is."), tr("Choose another name.")
            )
    return library.notes.export(source, format="pdf")


def _preview(library: "Library", *, file: str, source: int | None) -> "TakenOver":
    return library.notes.take_over(file, source, preview=True)


def _unlock(library: "Library", password: str, file: str) -> None:
    library.queue.unlock(password, file)


def _describe_import(result: "TakenOver") -> str:
    text = tr(
        "{new} new, {known} there already",
        new=words.number(result.new),
        known=words.number(result.known),
    )
    missing = words.number(result.missing)
    return text + (tr(", {missing} not found here", missing=missing) if result.missing else "")


class Annotations(Part):
    """Connects highlights in the Reader with the rest of the window."""

    def __init__(self, context: Context, exporting: Exporting) -> None:
        super().__init__(context)
        self._exporting = exporting
        #: (source, number of highlights) already offered for import.
        self._offered: set[tuple[int, int]] = set()
        notes = context.views.library.memories
        notes.opened.connect(self.open)
        notes.filters.export_requested.connect(self.export)
        context.views.inspector.detail.opened.connect(self.open)
        context.actions.bind(highlights=self.export, take_over=self.choose)

    def follow(self, reader: "ReaderTab") -> None:
        """Connect the highlights of another Reader."""
        annotating, shelf = reader.annotating, self._shelf
        annotating.changed.connect(self._changed)
        annotating.asked.connect(self._quote)
        annotating.said.connect(self._announce)
        annotating.margin.followed.connect(partial(links.follow, shelf.wanted))
        reader.opened.connect(self._find_highlights)
        shelf.facts_changed.connect(annotating.read)
        shelf.sources_changed.connect(annotating.read)

    def _changed(self, previous: "Highlight | None", after: "Highlight | None") -> None:
        shelf, highlight = self._shelf, after or previous
        if highlight is None:
            return
        word = tr("Change")
        if previous is None or after is None:
            word = tr("Highlight") if previous is None else tr("Delete Highlight")

        shelf.note(word, [highlight.id])
        if after is None:
            undo = partial(shelf.undo_subject, (highlight.id,))
            self._announce(tr("Highlight deleted"), Action(tr("Undo"), undo))

    def open(self, memory: Memory) -> None:
        """Open the passage of a highlight."""
        at = memory.at
        if at.lost:
            self._announce(tr("These words are no longer in the text."), kind="warn")
        elif at.source is not None:
            self._navigate.read_at(at.source, at.start, at.end)

    # -- import ------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose a file from which to import highlights."""
        selected = self._choose_file(tr("Import Highlights"), _FOREIGN)
        if selected:
            self._shelf.with_library(partial(self.import_highlights, selected))

    def import_highlights(self, file: str, source: int | None = None) -> None:
        """Import the highlights of a file; Undo removes new ones."""

        def failed(error: WorkbenchError) -> None:
            if not is_locked(error.message):
                self._shelf.failed.emit(error)
                return

            def retry(_none: object) -> None:
                sheet.close()
                self.import_highlights(file, source)

            field = PasswordField(
                lambda password, **ends: self._shelf.ask(_unlock, password, file, **ends), retry
            )
            field.say(known(error.message))
            sheet = Sheet(self._window, Path(file).name, field)
            sheet.show()

        self._views.bars.take(_KEY)
        preview = partial(_preview, file=file, source=source)
        self._shelf.ask(preview, done=partial(self._take, file, source), failed=failed)

    def _take(self, file: str, source: int | None, result: "TakenOver") -> None:
        if not result.new:
            self._announce(_describe_import(result))
            return
        self._shelf.act(
            tr("Import Highlights"),
            lambda library: library.notes.take_over(file, source),
            said=_describe_import,
        )

    def _find_highlights(self, source: int, _title: str) -> None:
        """Offer to import highlights of other programs from an opened PDF."""
        row = next((row for row in self._shelf.sources if row.id == source), None)
        self._views.bars.take(_KEY)
        if row is not None and row.kind == "pdf" and row.path and not self._shelf.remote:
            preview = partial(_preview, file=row.path, source=source)
            offer, ignore = partial(self._offer, row.path, source), lambda _error: None
            self._shelf.ask(preview, done=offer, failed=ignore, key=_KEY)

    def _offer(self, file: str, source: int, result: "TakenOver") -> None:
        if result.new and (source, result.new) not in self._offered:
            # Do not repeat a dismissed offer.
            self._offered.add((source, result.new))
            take = button(tr("Take Over"), call=lambda: self.import_highlights(file, source))
            count = words.count(result.new, "highlight")
            title = tr("{many} of another program", many=count)
            self._views.bars.say(_KEY, title, "", take, kind="info")

    def export(self) -> None:
        """Choose a file to export highlights to: of the source in the Reader, else of all."""
        notes = self._views.library.memories
        source = notes.filters.only_source if notes.isVisible() else None
        ids = notes.narrowed if notes.isVisible() else None
        if self._navigate.at == READER:
            source = self._navigate.reading.source_id
        visible = next((row for row in self._shelf.sources if row.id == source), None)
        name = file_name(visible.title) if visible is not None else ""
        kinds = [tr("Markdown (*.md)"), tr("Web Annotations (*.json)")]
        if visible is not None and visible.kind == "pdf":
            kinds.append(tr("PDF copy with notes (*.pdf)"))
        self._exporting.choose(
            *(tr("Export Highlights"), f"{name or 'Highlights'}.md", kinds),
            lambda file: self.export_to(source, file, ids),
        )

    def export_to(self, source: int | None, file: Path, ids: Sequence[int] | None = None) -> None:
        """Export the highlights of a source, or all, optionally only those in `ids`.

        The suffix selects Web Annotations (.json), a PDF with highlights (.pdf), or Markdown.
        """
        library = self._shelf.library
        if library is None:
            return
        if file.suffix.casefold() == ".pdf" and source is not None:
            self._exporting.write(partial(_pdf_copy, library, source, file), file)
            return
        form = "annotations" if file.suffix.casefold() == ".json" else "markdown"
        export = partial(_exported, library, source, form, ids)
        self._exporting.write(export, file if file.suffix else file.with_suffix(".md"))

    def _quote(self, _source: int, words: str) -> None:
        """Quote these words in the composer, keeping scope and thread."""
        self._views.ask.composer.quote(short(words, _QUOTED))
        self._navigate.show_tab(ASK)
        self._views.ask.composer.field.setFocus()
