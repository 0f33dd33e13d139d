"""Adds sources to the library from every entry point of the window, and reports the result.

Toasts report results of the library, not requests.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from ingest.media import wishes
from ingest.web.address import links_in
from workbench import plugins
from workbench.intake.records import Added, QueueRow
from workbench.ui.components import Action, words
from workbench.ui.language import tr
from workbench.ui.library.source_types import (
    BOOK_SUFFIXES,
    PAPER_SUFFIXES,
    PICTURE_SUFFIXES,
    RECORDING_SUFFIXES,
    TEXT_SUFFIXES,
)
from workbench.ui.shelf import labels
from workbench.ui.shelf.calls import Batch
from workbench.ui.window.context import Context, Part
from workbench.ui.window.drop import Offer
from workbench.ui.window.forms import WatchSheet
from workbench.ui.window.links import LinkSheet, PlaylistSheet, read_line, split_private
from workbench.ui.window.preferring import Preferences

_READABLE = " ".join(
    f"*{suffix}"
    for suffix in (
        *(*BOOK_SUFFIXES, *PAPER_SUFFIXES, *PICTURE_SUFFIXES, *RECORDING_SUFFIXES, *TEXT_SUFFIXES),
        *(f".{suffix}" for suffix in plugins.found(plugins.READERS)),
    )
    if suffix
)
_FILTER = tr("What can be read ({READABLE});;All files (*)", READABLE=_READABLE)


class Adding(Part):
    """Adds selected, dropped or pasted items to the library."""

    def __init__(self, context: Context, preferences: Preferences) -> None:
        super().__init__(context)
        self._shelf, self._say = context.library, context.announce
        #: The open Add Link sheet, if any.
        self.sheet: LinkSheet | None = None
        context.library.batch_finished.connect(self._finished)
        context.library.text_added.connect(self._text_added)
        context.library.retried.connect(
            lambda row: self._say(tr("Reading “{name}” again", name=row.name))
        )
        context.library.switched.connect(self._close_sheet)
        shelf, navigate, actions = context.library, context.navigate, context.actions
        context.views.activity.video_asked.connect(self._help_video)
        context.views.inspector.models_requested.connect(lambda: preferences.show_models("speech"))

        def selected_ids() -> list[int]:
            return [row.id for row in navigate.chosen]

        shelf.wanted.files.connect(self.choose_files)
        shelf.wanted.sample.connect(shelf.add_sample)
        actions.bind(
            add=self.choose_files, add_folder=self.choose_folder, add_link=self.choose_links,
            paste=self.paste, watch=lambda: WatchSheet(context).show(),
            sample=shelf.add_sample, remove_sample=shelf.remove_sample,
            trash=lambda: shelf.trash(selected_ids()),
            restore=lambda: shelf.restore(selected_ids()),
        )  # fmt: skip
        actions.rules.update(sample=lambda: bool(shelf.sample), no_sample=lambda: not shelf.sample)

    def choose_files(self) -> None:
        """Choose files to add (Ctrl+O)."""
        names, _kind = QFileDialog.getOpenFileNames(self._window, tr("Add files"), "", _FILTER)
        self.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Choose a folder whose files to add."""
        folder = QFileDialog.getExistingDirectory(self._window, tr("Add a folder"))
        if folder:
            self.add([Path(folder)])

    def add(self, files: Sequence[Path], collection: str | None = None) -> None:
        """Enqueue files and folders, by default into the current collection."""
        if files:
            self._shelf.add(files, collection or self._navigate.collection)

    def choose_links(self, addresses: Sequence[str] = (), reason: str = "") -> LinkSheet:
        """Open the Add Link sheet (Ctrl+U)."""
        self._close_sheet()
        self.sheet = LinkSheet(
            self._context,
            partial(self._shelf.add, typed=True),
            self._navigate.collection,
            addresses,
            reason,
        )
        self.sheet.show()
        self.sheet.activateWindow()
        return self.sheet

    def _close_sheet(self) -> None:
        if self.sheet is not None and isValid(self.sheet):
            self.sheet.close()

    def add_links(self, addresses: Sequence[str], collection: str | None = None) -> None:
        """Add dropped links; private addresses are shown in the sheet first."""
        public, private = split_private(addresses)
        if public:
            self._shelf.add(public, collection)
        if private:
            self.choose_links(
                private, tr("You dropped this link. Check the address before adding it.")
            )

    def _help_video(self, request: str, job: QueueRow) -> None:
        """Transcribe a video's audio, or choose videos of a playlist."""
        existing, typed = wishes.of(job.path), bool(split_private([job.path])[1])

        def add(addresses: list[str]) -> None:
            self._shelf.handle("dismiss", job.id)
            self._shelf.add(addresses, job.collection, typed=typed)

        if request == "speech":
            add([wishes.with_wishes(job.path, existing.languages, speech=True)])
            return

        def add_videos(addresses: list[str]) -> None:
            add(
                [
                    wishes.with_wishes(address, existing.languages, speech=existing.speech)
                    for address in addresses
                ]
            )

        host = read_line(job.path).host
        PlaylistSheet(self._context, wishes.plain(job.path), host, add_videos).show()

    def add_arguments(self, names: Sequence[str]) -> None:
        """Add paths and links passed by a second start of the program."""
        self._shelf.add([name if "://" in name else Path(name) for name in names])

    def paste(self) -> None:
        """Paste files, a picture or text; links open the Add Link sheet."""
        data = QApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        links = links_in(data.text()) if data.hasText() else []
        # A copied table comes with a picture of itself; its text is meant.
        worded = data.hasText() and bool(data.text().strip()) and not links
        if files:
            self.add(files)
        elif data.hasImage() and not worded:
            picture = QImage(data.imageData())
            self._shelf.paste_picture(picture, self._navigate.collection)
        elif links:
            self.choose_links(links)
        elif data.hasText() and data.text().strip():
            self._shelf.paste(data.text(), self._navigate.collection)
        else:
            self._say(
                (tr("There is nothing to paste: copy some text, a picture or files first.")),
                kind="warn",
            )

    def drop(self, released: Offer) -> None:
        """Add dropped items, or tag or assign dropped sources."""
        if released.sources and released.tag is not None:
            tagged = words.count(len(released.sources), "source")
            labels.tag(
                *(self._shelf, released.sources, released.tag),
                said=tr("{tagged} tagged “{tag}”", tagged=tagged, tag=released.tag),
                unchanged=tr("Already tagged “{tag}”", tag=released.tag),
            )
        elif released.sources and released.collection is not None:
            number = words.count(len(released.sources), "source")
            target = words.quoted(released.collection)
            self._shelf.assign(
                *(released.sources, released.collection),
                tr("{put} put into {where}", put=number, where=target),
                tr("Already in {where}", where=target),
            )
        elif released.picture is not None:
            self._shelf.paste_picture(released.picture, released.collection)
        elif released.text:
            self._shelf.paste(released.text, released.collection)
        else:
            if released.files:
                self._shelf.add(released.files, released.collection)
            if released.links:
                self.add_links(released.links, released.collection)

    def _finished(self, batch: Batch) -> None:
        if not batch.rows:
            self._say(tr("No files to add."), kind="warn")
            return
        parts = [tr("{added} added", added=words.number(len(batch.added)))] if batch.added else []
        if batch.restored:
            parts.append(
                tr("{restored} restored from the Trash", restored=words.number(len(batch.restored)))
            )
        if batch.duplicates:
            parts.append(
                tr("{known} already in the library", known=words.number(len(batch.duplicates)))
            )
        failed = [row.name for row in batch.failed]
        if failed:
            parts.append(
                tr(
                    "{failed} could not be read: {failed2}",
                    failed=len(failed),
                    failed2=words.names(failed, 2),
                )
            )
        if not parts:
            return
        offers = []
        sources = batch.fresh or tuple(s for row in batch.duplicates for s in row.sources)
        if failed:
            offers.append(Action(tr("Show"), self._navigate.show_queue))
        elif sources:
            offers.append(Action(tr("Show"), lambda: self._navigate.show_sources(sources)))
        if batch.fresh:
            offers.append(Action(tr("Undo"), partial(self._shelf.undo_subject, batch.fresh)))
        self._say(", ".join(parts), *offers, kind="warn" if failed else "done")

    def _text_added(self, added: Added) -> None:
        if added.error is not None:
            self._say(added.error, kind="warn")
            return
        source = (added.source,) if added.source is not None else ()
        word = tr("Already in the library") if added.already else tr("Added")
        if added.restored:
            word = tr("Restored from the Trash")
        show = Action(tr("Show"), lambda: self._navigate.show_sources(source))
        undo = Action(tr("Undo"), partial(self._shelf.undo_subject, source))
        fresh = added.restored or not added.already
        offers = (show, undo) if fresh and not self._shelf.remote else (show,)
        self._say(f"{word}: {added.title}", *offers)
