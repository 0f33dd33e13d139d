"""A second source right of the one in Read: each scrolls, finds and highlights by itself."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from workbench.ui.components.words import short
from workbench.ui.language import tr
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.window.tabs import LIBRARY, READER

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

#: Sources in the menu, and letters of a title there.
_MOST, _LETTERS = 12, 60


class SecondSource(QObject):
    """Opens and closes the second view; it is made when it is first wanted."""

    #: One reads in the other of the two views now.
    turned = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.reader: ReaderTab | None = None
        self._open = self._seen = False
        #: Whether one reads in it: the focus came to it last, of the two.
        self.reads = False
        #: Of the width, how much the second has.
        self._share = 0.5
        self._button = window.reader_tab.header.beside_button
        self.menu = QMenu(tr("Open Beside"), self._button)
        self._button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)
        window.spread.splitterMoved.connect(self._dragged)
        window.shelf.opened.connect(self.close)
        window.shelf.switched.connect(self.close)

    def offer(self) -> None:
        """Show the menu of what can be opened beside."""
        self.menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def open(self, source: int) -> None:
        """Open a source beside what is read; where nothing was read yet, alone."""
        window = self._window
        first, library = window.reader_tab, window.shelf.library
        if library is None:
            return
        if first.empty and not window.places.here:
            window.open_source(source)
            return
        second = self.reader or self._make()
        if second.library is not library:
            second.set_library(library)
        self._open = True
        window.show_tab(READER)
        window.page_beside.arrange()
        start = first.place_in(source)
        if start is not None:
            second.take_places({source: start})
        second.open_source(source)

    @property
    def pair(self) -> tuple[int, int] | None:
        """The two sources that stand side by side, None where there is one."""
        first, second = self._window.reader_tab, self.reader
        if not self._open or second is None or first.source_id is None or second.source_id is None:
            return None
        return first.source_id, second.source_id

    def _focused(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Note in which of the two one reads; lists beside them take the focus from neither."""
        first, second = self._window.reader_tab, self.reader
        if now is None or second is None or not self._open:
            return
        for reader in (first, second):
            reads = reader is second
            if (reader is now or reader.isAncestorOf(now)) and reads != self.reads:
                self.reads = reads
                self.turned.emit()

    def close(self) -> None:
        """Leave the first source alone."""
        if self.reader is None or not self._open:
            return
        self._open = False
        if self.reads:
            self.reads = False
            self.turned.emit()
        self.reader.set_library(None)
        self._window.page_beside.arrange()
        if self._window.at == READER:
            self._window.reader_tab.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, *, alone: bool) -> None:
        """Show the second view where Read is seen, which says `alone`."""
        if self.reader is None:
            return
        seen = self._open and alone
        self.reader.setVisible(seen)
        if seen and not self._seen:
            wide = self._window.spread.width()
            second = round(wide * self._share)
            self._window.spread.setSizes([0, wide - second, second])
        self._seen = seen

    def _make(self) -> ReaderTab:
        window = self._window
        made = self.reader = ReaderTab(None, window.jobs)
        made.setProperty("paper", "surface")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setAccessibleName(tr("Reader, second source"))
        made.header.be_second()
        window.spread.addWidget(made)
        window.look.take_up(made)
        window.annotations.follow(made)
        made.header.close_button.clicked.connect(self.close)
        made.copied.connect(window.citing.restyle)
        made.opened.connect(window.places.note)
        window.chapters_and_threads.follow(made)
        window.inspecting.follow(made)
        window.look.follow(made)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focused)
        made.opened.connect(lambda _source, _title: window.refresh_actions())
        made.moved.connect(self._moved)
        return made

    def _fill(self) -> None:
        """List the sources read last, then others; the rest is in the Library."""
        window = self._window
        titles = {row.id: row.title for row in window.shelf.sources}
        lately = [each.source for each in window.places.here]
        ids = [id for id in dict.fromkeys((*lately, *titles)) if id != window.reader_tab.source_id]
        self.menu.clear()
        for id in ids[:_MOST]:
            title = short(titles[id], _LETTERS).replace("&", "&&")
            self.menu.addAction(title, partial(self.open, id))
        self.menu.addSeparator()
        here = window.reader_tab.source_id
        if here is not None:
            self.menu.addAction(tr("This Source Again"), partial(self.open, here))
        if len(ids) > _MOST:
            self.menu.addAction(tr("Choose in the Library"), partial(window.show_tab, LIBRARY))

    def _moved(self) -> None:
        """One place is kept for each source, wherever it was read."""
        second = self.reader
        if second is not None and second.source_id is not None and second.place is not None:
            self._window.reader_tab.take_places({second.source_id: second.place})

    def _dragged(self) -> None:
        if self._seen:
            _pages, first, second = self._window.spread.sizes()
            self._share = second / max(1, first + second)
