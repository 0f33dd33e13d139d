"""The sheet Watch Folder: folders whose new files are added automatically."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from workbench.errors import WorkbenchError
from workbench.intake.records import Watched
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import card, clear, column, holder, row, scroll
from workbench.ui.components.choices import choice
from workbench.ui.components.controls import Sign, button
from workbench.ui.components.notices import error_message
from workbench.ui.components.words import Elided, label
from workbench.ui.language import tr
from workbench.ui.window.dialog import MARGINS, Dialog

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

_NOWHERE = tr("No collection")


class WatchSheet(Dialog):
    """Lists what is watched, adds a folder, and stops watching one."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window, tr("Watch Folder – Engram Workbench"))
        self._window, self._shelf = window, window.shelf
        self.folders: list[Watched] = []
        self.collection = choice(tr("Collection that new files go into"))
        self.add_button = button(tr("Choose a folder…"), "add", "primary", call=self.choose)
        self.stops: dict[str, QWidget] = {}
        self._trouble = column()
        self._list: QVBoxLayout = column(gap=8)
        close = button(tr("Close"), call=self.close)
        body = column(
            label(tr("Watch Folder"), "page"),
            label(
                tr(
                    "New files in a watched folder, and in the folders inside it, are added while"
                    " this window is open. A file that you edit replaces its older version."
                    " Unfinished downloads, hidden files and the program's own files are ignored."
                ),
                "muted",
                wrap=True,
            ),
            8,
            self._trouble,
            self._list,
            8,
            row(self.add_button, label("into", "muted"), self.collection, None, gap=10),
            None,
            margins=MARGINS,
        )
        area = scroll(holder(body, "surface"), tr("Watched folders"))
        self.arrange(area, None, close)
        self.resize(theme.px(600), theme.px(420))
        window.shelf.collections_changed.connect(self._name_collections)
        window.shelf.collections_changed.connect(self.look)
        window.shelf.queue_changed.connect(self.look)
        window.shelf.switched.connect(self.close)
        self._name_collections()
        self._show([])
        self.look()

    def choose(self) -> None:
        """Choose a folder and watch it."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Watch a folder"))
        if chosen:
            self.watch(Path(chosen))

    def watch(self, folder: Path) -> None:
        """Watch a folder from now on, what lies in it included."""
        at = self.collection.currentIndex()
        collection = self.collection.currentText() if at > 0 else None
        clear(self._trouble)

        def begin() -> None:
            library = self._shelf.library
            if library is not None:
                self._window.jobs.run(
                    library.queue.watch, folder, collection, done=self._changed, failed=self._failed
                )

        # The library's file is made for the first thing that is put into it.
        self._shelf.with_library(begin)

    def stop(self, folder: str) -> None:
        """Watch a folder no longer; what it brought stays."""
        self._shelf.ask(
            lambda library: library.queue.watch(folder, stop=True),
            done=self._changed,
            failed=self._failed,
        )

    def look(self) -> None:
        """Ask the library what is watched now."""
        library = self._shelf.library
        if library is not None:
            self._window.jobs.run(library.queue.watched, done=self._show, key="watching:look")

    def _changed(self, _done: object) -> None:
        self.look()

    def _failed(self, error: WorkbenchError) -> None:
        clear(self._trouble)
        self._trouble.addWidget(error_message(error))

    def _name_collections(self) -> None:
        chosen = self.collection.currentText()
        names = [_NOWHERE, *(row.name for row in self._shelf.collections)]
        self.collection.clear()
        self.collection.addItems(names)
        wanted = chosen or self._window.library_tab.scope.collection or _NOWHERE
        self.collection.setCurrentIndex(max(0, self.collection.findText(wanted)))

    def _show(self, found: list[Watched]) -> None:
        if found == self.folders and self._list.count():
            return
        self.folders = found
        clear(self._list)
        self.stops.clear()
        if not found:
            self._list.addWidget(label(tr("No watched folders."), "small"))
        for each in found:
            self._list.addWidget(self._line(each))

    def _line(self, each: Watched) -> QWidget:
        name = Elided(words.home_short(each.folder), mode=Qt.TextElideMode.ElideMiddle)
        name.setToolTip(each.folder)
        stop = button(tr("Stop watching"), kind="quiet", call=lambda: self.stop(each.folder))
        stop.setAccessibleName(tr("Stop watching {folder}", folder=each.folder))
        self.stops[each.folder] = stop
        into = (
            tr("into “{collection}”", collection=each.collection)
            if each.collection
            else tr("into no collection")
        )
        told = label(
            each.problem or tr("Since {added}, {into}", added=words.day(each.added), into=into),
            wrap=True,
        )
        told.setProperty("role", "warn" if each.problem else "small")
        sign = Sign("alert" if each.problem else "folder", "emergent" if each.problem else "text2")
        body = column(name, told, gap=2)
        line = row(sign, margins=(12, 8, 12, 8), gap=12)
        line.addLayout(body, 1)
        line.addWidget(stop)
        return card(line, name=f"{each.folder}. {each.problem or into}")
