"""A second source beside the one in Read, with its own position, search and highlights."""

import json
import time
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from workbench.ui.components import short
from workbench.ui.language import tr
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.window.context import Context, Part
from workbench.ui.window.navigation import take_up
from workbench.ui.window.tabs import LIBRARY, READER

_MAX_PLACES = 20  # maximum number of saved positions, over all libraries


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """The reading position in a source: library, offset, and time in seconds."""

    library: str
    source: int
    start: int
    at: int

    def serialise(self) -> str:
        """Serialise to JSON for the settings."""
        return json.dumps([self.library, self.source, self.start, self.at])

    @classmethod
    def read(cls, text: str) -> "ReadPlace | None":
        """Parse a saved position; None if malformed."""
        try:
            result = json.loads(text)
        except ValueError:
            return None
        if not isinstance(result, list) or len(result) != 4 or not isinstance(result[0], str):
            return None
        if not all(type(item) is int for item in result[1:]):
            return None
        return cls(*result)


class Places(Part):
    """Records the sources opened in the Reader, latest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        retained = (ReadPlace.read(item) for item in context.settings.now.places)
        self._kept = [item for item in retained if item is not None]
        context.views.reader.opened.connect(self.note)

    @property
    def here(self) -> list[ReadPlace]:
        """The positions in existing sources of this library."""
        existing = {row.id for row in self._shelf.sources}
        path = str(self._shelf.path)
        return [item for item in self.current() if item.library == path and item.source in existing]

    def current(self) -> list[ReadPlace]:
        """All positions, those of this library updated."""
        reader = self._views.reader
        path = str(self._shelf.path)
        return [
            ReadPlace(path, item.source, reader.place_in(item.source) or item.start, item.at)
            if item.library == path
            else item
            for item in self._kept
        ]

    def restore_places(self) -> None:
        """Restore the reading positions of the opened library."""
        path = str(self._shelf.path)
        starts = {item.source: item.start for item in self._kept if item.library == path}
        self._views.reader.take_places({id: start for id, start in starts.items() if start})

    def serialise(self) -> tuple[str, ...]:
        """Serialise for the settings."""
        return tuple(item.serialise() for item in self.current())

    def note(self, source: int, _title: str) -> None:
        """Record an opened source, unless an answer opened it."""
        if self._views.reader.glanced:
            return
        path = str(self._shelf.path)
        remaining = [
            item for item in self.current() if (item.library, item.source) != (path, source)
        ]
        start = self._views.reader.place_in(source) or 0
        fresh = ReadPlace(path, source, start, int(time.time()))
        self._kept = [fresh, *remaining][:_MAX_PLACES]


#: Sources in the menu, and characters of a title.
_MAX_ENTRIES, _LETTERS = 12, 60


class SecondSource(Part):
    """Opens and closes the second Reader, which is created on first use."""

    #: The focus moved to the other Reader.
    switched = Signal()
    #: The second Reader was created.
    reader_created = Signal(object)

    def __init__(self, context: Context, places: Places) -> None:
        super().__init__(context)
        self._places = places
        #: The library and the two sources side by side in the last session.
        self._pair = context.settings.now.side_by_side
        self._open = self._seen = False
        #: The second Reader's share of the width.
        self._share = 0.5
        self._button = context.views.reader.header.beside_button
        self.menu = QMenu(tr("Open Beside"), self._button)
        self._button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)
        context.views.spread.splitterMoved.connect(self._dragged)
        context.navigate.arranged.connect(self._arrange)
        context.navigate.arrived.connect(self._go_on)
        context.actions.bind(open_beside=self._open_selected)
        context.library.opened.connect(self.close)
        context.library.switched.connect(self.close)

    @property
    def reader(self) -> ReaderTab | None:
        """The second Reader, once created."""
        return self._navigate.second

    def _open_selected(self) -> None:
        """Open the selected source beside the current one, or a menu of sources."""
        selected = self._navigate.chosen
        if selected:
            self.open(selected[0].id)
        else:
            self.menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def open(self, source: int) -> None:
        """Open a source beside the current one, or alone if nothing was read yet."""
        first, library = self._views.reader, self._shelf.library
        if library is None:
            return
        if first.empty and not self._places.here:
            self._navigate.open_source(source)
            return
        second = self.reader or self._make()
        if second.library is not library:
            second.set_library(library)
        self._open = True
        self._navigate.show_tab(READER)
        self._navigate.settle()
        start = first.place_in(source)
        if start is not None:
            second.take_places({source: start})
        second.open_source(source)

    @property
    def pair(self) -> tuple[int, int] | None:
        """The two sources side by side, None for a single one."""
        first, second = self._views.reader, self.reader
        if not self._open or second is None or first.source_id is None or second.source_id is None:
            return None
        return first.source_id, second.source_id

    def _go_on(self, tab: int) -> None:
        """Open the last source on entering Read, if none is open or only an answer's."""
        reader, path = self._views.reader, str(self._shelf.path)
        recent = [item.source for item in self._places.here]
        if tab != READER or not (reader.empty or reader.glanced) or not recent:
            return
        library, *pair = self._pair or ("",)
        restores = library == path and {*pair} <= {str(item) for item in recent}
        first, *remaining = [int(item) for item in pair] if restores else recent[:1]
        reader.open_source(first)
        for second in remaining:
            self.open(second)

    def serialise_pair(self) -> tuple[str, ...]:
        """The two sources side by side, for the settings."""
        if self._views.reader.empty:
            return self._pair
        pair = self.pair
        return () if pair is None else (str(self._shelf.path), *map(str, pair))

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Track which Reader has the focus; other widgets do not change it."""
        navigate = self._navigate
        first, second = self._views.reader, self.reader
        if new is None or second is None or not self._open:
            return
        for reader in (first, second):
            reads = reader is second
            if (reader is new or reader.isAncestorOf(new)) and reads != navigate.reads_second:
                navigate.reads_second = reads
                self.switched.emit()

    def close(self) -> None:
        """Close the second source."""
        if self.reader is None or not self._open:
            return
        self._open = False
        if self._navigate.reads_second:
            self._navigate.reads_second = False
            self.switched.emit()
        self.reader.set_library(None)
        self._navigate.settle()
        if self._navigate.at == READER:
            self._views.reader.setFocus()

    def _arrange(self, full_width: bool) -> None:
        """Show the second Reader while Read takes the `full_width`."""
        if self.reader is None:
            return
        visited = self._open and full_width
        self.reader.setVisible(visited)
        if visited and not self._seen:
            wide = self._views.spread.width()
            second = round(wide * self._share)
            self._views.spread.setSizes([0, wide - second, second])
        self._seen = visited

    def _make(self) -> ReaderTab:
        created = self._navigate.second = ReaderTab(None, self._jobs)
        created.setProperty("paper", "surface")
        created.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        created.setAccessibleName(tr("Reader, second source"))
        created.header.be_second()
        self._views.spread.addWidget(created)
        take_up(created)
        created.header.close_button.clicked.connect(self.close)
        created.opened.connect(self._places.note)
        self.reader_created.emit(created)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
        created.opened.connect(lambda _source, _title: self._actions.refresh())
        created.moved.connect(self._store_place)
        return created

    def _fill(self) -> None:
        """Fill the menu with recent sources, then others."""
        titles = {row.id: row.title for row in self._shelf.sources}
        lately = [item.source for item in self._places.here]
        ids = [id for id in dict.fromkeys((*lately, *titles)) if id != self._views.reader.source_id]
        self.menu.clear()
        for id in ids[:_MAX_ENTRIES]:
            title = short(titles[id], _LETTERS).replace("&", "&&")
            self.menu.addAction(title, partial(self.open, id))
        self.menu.addSeparator()
        current = self._views.reader.source_id
        if current is not None:
            self.menu.addAction(tr("This Source Again"), partial(self.open, current))
        if len(ids) > _MAX_ENTRIES:
            self.menu.addAction(
                tr("Choose in the Library"), partial(self._navigate.show_tab, LIBRARY)
            )

    def _store_place(self) -> None:
        """Share the position of a source between both Readers."""
        second = self.reader
        if second is not None and second.source_id is not None and second.place is not None:
            self._views.reader.take_places({second.source_id: second.place})

    def _dragged(self) -> None:
        if self._seen:
            _pages, first, second = self._views.spread.sizes()
            self._share = second / max(1, first + second)
