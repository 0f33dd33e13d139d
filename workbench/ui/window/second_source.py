"""A second source right of the one in Read: each scrolls, finds and highlights by itself."""

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

_MAX_PLACES = 20  # places kept, of all libraries


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """A source of a library, the character at which it was left, and when (seconds)."""

    library: str
    source: int
    start: int
    at: int

    def serialise(self) -> str:
        """As the settings keep it."""
        return json.dumps([self.library, self.source, self.start, self.at])

    @classmethod
    def read(cls, text: str) -> "ReadPlace | None":
        """What the settings keep; None where that is nothing of the sort."""
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
    """Notes what is opened in the Reader, the latest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        retained = (ReadPlace.read(item) for item in context.settings.now.places)
        self._kept = [item for item in retained if item is not None]
        context.views.reader.opened.connect(self.note)

    @property
    def here(self) -> list[ReadPlace]:
        """The places of this library whose source is there still."""
        existing = {row.id for row in self._shelf.sources}
        path = str(self._shelf.path)
        return [item for item in self.current() if item.library == path and item.source in existing]

    def current(self) -> list[ReadPlace]:
        """All places, those of this library as far as they have been read by now."""
        reader = self._views.reader
        path = str(self._shelf.path)
        return [
            ReadPlace(path, item.source, reader.place_in(item.source) or item.start, item.at)
            if item.library == path
            else item
            for item in self._kept
        ]

    def restore_places(self) -> None:
        """Let the sources of the library that was opened begin where they were left."""
        path = str(self._shelf.path)
        starts = {item.source: item.start for item in self._kept if item.library == path}
        self._views.reader.take_places({id: start for id, start in starts.items() if start})

    def serialise(self) -> tuple[str, ...]:
        """As the settings keep them."""
        return tuple(item.serialise() for item in self.current())

    def note(self, source: int, _title: str) -> None:
        """A source was opened: it is the one read last, unless an answer brought it along."""
        if self._views.reader.glanced:
            return
        path = str(self._shelf.path)
        remaining = [
            item for item in self.current() if (item.library, item.source) != (path, source)
        ]
        start = self._views.reader.place_in(source) or 0
        fresh = ReadPlace(path, source, start, int(time.time()))
        self._kept = [fresh, *remaining][:_MAX_PLACES]


#: Sources in the menu, and letters of a title there.
_MAX_ENTRIES, _LETTERS = 12, 60


class SecondSource(Part):
    """Opens and closes the second view; it is made when it is first wanted."""

    #: One reads in the other of the two views now.
    switched = Signal()
    #: The second view was made.
    reader_created = Signal(object)

    def __init__(self, context: Context, places: Places) -> None:
        super().__init__(context)
        self._places = places
        #: The library and the two sources that stood side by side when it was left.
        self._pair = context.settings.now.side_by_side
        self._open = self._seen = False
        #: Of the width, how much the second has.
        self._share = 0.5
        self._button = context.views.reader.header.beside_button
        self.menu = QMenu(tr("Open Beside"), self._button)
        self._button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)
        context.views.spread.splitterMoved.connect(self._dragged)
        context.navigate.arranged.connect(self._arrange)
        context.navigate.arrived.connect(self._go_on)
        context.actions.bind(
            lambda: bool(context.navigate.chosen) or context.navigate.at == READER,
            open_beside=self._open_selected,
        )
        context.library.opened.connect(self.close)
        context.library.switched.connect(self.close)

    @property
    def reader(self) -> ReaderTab | None:
        """The second view, once it is made."""
        return self._navigate.second

    def _open_selected(self) -> None:
        """Beside what is read: the source that is chosen, else one of a menu."""
        selected = self._navigate.chosen
        if selected:
            self.open(selected[0].id)
        else:
            self.menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def open(self, source: int) -> None:
        """Open a source beside what is read; where nothing was read yet, alone."""
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
        """The two sources that stand side by side, None where there is one."""
        first, second = self._views.reader, self.reader
        if not self._open or second is None or first.source_id is None or second.source_id is None:
            return None
        return first.source_id, second.source_id

    def _go_on(self, tab: int) -> None:
        """Open what was read last, where nothing was opened yet or only by an answer."""
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
        """The two sources that stand side by side, as the settings keep them."""
        if self._views.reader.empty:
            return self._pair
        pair = self.pair
        return () if pair is None else (str(self._shelf.path), *map(str, pair))

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Note in which of the two one reads; lists beside them take the focus from neither."""
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
        """Leave the first source alone."""
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
        """Show the second view where Read is seen, which says `full_width`."""
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
        """List the sources read last, then others; the rest is in the Library."""
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
        """One place is kept for each source, wherever it was read."""
        second = self.reader
        if second is not None and second.source_id is not None and second.place is not None:
            self._views.reader.take_places({second.source_id: second.place})

    def _dragged(self) -> None:
        if self._seen:
            _pages, first, second = self._views.spread.sizes()
            self._share = second / max(1, first + second)
