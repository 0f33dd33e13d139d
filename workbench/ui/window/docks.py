"""The panels around the centre, and when each is visible.

A panel is where the user put it, and none opens by itself: that would move what is about to be
clicked next. Activity floats above the status bar. Where there is no room for both sides, as in a
small window at 200 %, the one that was asked for last is shown.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QFrame, QMainWindow, QWidget

from workbench.ui import theme
from workbench.ui.activity.panel import ActivityPanel
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import on_key, tool
from workbench.ui.components.words import label
from workbench.ui.language import tr

NARROW = 1180
#: The room that Collections, the centre and the Inspector need side by side, and a little more.
_BOTH_SIDES = 780
#: The least width of the sides, and of the one that is shown where there is no room for both.
SIDES = ("collections", "inspector")
_LEAST, _ALONE = {"collections": 180, "inspector": 260}, 174
_AREAS = {
    "collections": Qt.DockWidgetArea.LeftDockWidgetArea,
    "inspector": Qt.DockWidgetArea.RightDockWidgetArea,
}


class Popover(QFrame):
    """Floats above the status bar of a window, at its left, until it is closed."""

    closed = Signal()

    def __init__(
        self, window: QMainWindow, head: QWidget, body: QWidget, needs: Callable[[], int]
    ) -> None:
        super().__init__(window)
        self._needs = needs
        self._window = window
        self.setProperty("card", "toast")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Activity"))
        self.setLayout(column(head, body, margins=(1, 6, 1, 6), gap=0, wide=-1))
        on_key(self, Qt.Key.Key_Escape, self.closed, within=True)
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    def place(self) -> None:
        """Stand above the status bar, no larger than the window."""
        window = self._window
        floor = window.statusBar().geometry().top() - theme.px(8)
        wide = min(theme.px(480), window.width() - theme.px(24))
        high = min(theme.px(60) + self._needs(), theme.px(420), floor - theme.px(60))
        left = window.width() - wide - theme.px(12) if self.isRightToLeft() else theme.px(12)
        self.setGeometry(left, floor - high, wide, high)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Close where the focus goes elsewhere; the status bar has a button for it."""
        if now is None or before is None or not self.isVisible() or not self._within(before):
            return
        here = self._within(now) or self._window.statusBar().isAncestorOf(now)
        if not here and now.window() is self._window:
            self.closed.emit()

    def _within(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)


class Docks:
    """Makes the docks of a window and decides which are shown.

    `wishes` holds what the user said about a panel: True, False, or nothing said.
    """

    def __init__(
        self,
        window: QMainWindow,
        collections: QWidget,
        inspector: QWidget,
        activity: ActivityPanel,
    ) -> None:
        self.window = window
        window.setDockNestingEnabled(True)
        close = tool("close", tr("Hide Inspector"))
        self.hide_inspector = close
        title = row(label(tr("Inspector"), "head"), None, close, margins=(16, 4, 6, 0), gap=10)
        self.docks = {
            "collections": self._dock("collections", tr("Collections"), collections, QWidget()),
            "inspector": self._dock(
                "inspector", tr("Inspector"), inspector, holder(title, "canvas")
            ),
        }
        self.activity = Popover(window, activity.head, activity, lambda: activity.high)
        activity.resized.connect(self.activity.place)
        self._last = "inspector"
        self._scale = theme.px(1000)
        self.fit()
        self.wishes: dict[str, bool] = {}
        #: Whether the centre has the whole width, as in Settings.
        self.aside = False
        #: Whether a page stands beside an answer: in a narrow window collections make room for it.
        self.beside = False

    def _dock(self, key: str, name: str, body: QWidget, title: QWidget) -> QDockWidget:
        dock = QDockWidget(name, self.window)
        dock.setObjectName(key)
        dock.setAccessibleName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        dock.setTitleBarWidget(title)
        dock.setWidget(body)
        self.window.addDockWidget(_AREAS[key], dock)
        return dock

    @property
    def narrow(self) -> bool:
        """Whether the window is too narrow for everything at once."""
        return self.window.width() < theme.px(NARROW)

    @property
    def crowded(self) -> bool:
        """Whether there is no room for both sides."""
        return self.window.width() < theme.px(_BOTH_SIDES)

    def wish(self, name: str, shown: bool) -> None:
        """The user says whether a panel is to be seen."""
        self.wishes[name] = shown
        if shown and name in _LEAST:
            self._last = name
        if name == "activity":
            self.activity.setVisible(shown)
            self.activity.place()

    def shown(self, name: str) -> bool:
        """Whether a panel is to be seen now."""
        if name in _LEAST and self.crowded and name != self._last:
            return self._wanted(name) and not self._wanted(self._last)
        return self._wanted(name)

    def _wanted(self, name: str) -> bool:
        if self.aside and name in SIDES:
            return False
        folded = self.beside and self.narrow
        return self.wishes.get(name, name == "collections" and not folded)

    def settle(self) -> None:
        """Show what is to be seen."""
        self._set_least()
        # What goes makes room before anything comes: the window must not grow between the two.
        for name, dock in sorted(self.docks.items(), key=lambda each: self.shown(each[0])):
            if dock.isVisibleTo(self.window) != self.shown(name):
                dock.setVisible(self.shown(name))

    def fit(self) -> None:
        """Follow the size of the text: panels grow and shrink with what is in them."""
        self._set_least()
        previous, self._scale = self._scale, theme.px(1000)
        if previous != self._scale:
            self._grow(self._scale / previous)

    def _set_least(self) -> None:
        """At 200 % the centre keeps most of a small window."""
        for name, minimum in _LEAST.items():
            wide = min(minimum, _ALONE) if self.crowded else minimum
            self.docks[name].widget().setMinimumWidth(theme.px(wide))

    def _grow(self, factor: float) -> None:
        maximum = self.window.width() * 0.34
        docks = [dock for dock in self.docks.values() if dock.isVisible()]
        sizes = [min(round(dock.width() * factor), round(maximum)) for dock in docks]
        self.window.resizeDocks(docks, sizes, Qt.Orientation.Horizontal)
        self.activity.place()

    def first_sizes(self) -> None:
        """The sizes of a first start."""
        narrow = self.narrow
        sides = [self.docks["collections"], self.docks["inspector"]]
        widths = [theme.px(196 if narrow else 232), theme.px(260 if narrow else 316)]
        self.window.resizeDocks(sides, widths, Qt.Orientation.Horizontal)
