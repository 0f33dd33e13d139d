"""The panels around the centre, and their visibility.

Panels stay where the user put them and never open by themselves, since that would move what is
about to be clicked. Activity floats above the status bar. If both sides do not fit, as in a small
window at 200 %, the last requested one is shown.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QFrame, QMainWindow, QWidget

from workbench.ui import theme
from workbench.ui.activity.panel import ActivityPanel
from workbench.ui.components import column, holder, label, on_key, row, tool
from workbench.ui.language import tr

NARROW = 1180
#: Minimum width for Collections, centre and Inspector side by side.
_BOTH_WIDTH = 780
#: Minimum widths of the sides, and of one alone in a small window.
SIDES = ("collections", "inspector")
_MIN_WIDTHS, _SINGLE_WIDTH = {"collections": 180, "inspector": 260}, 174
_AREAS = {
    "collections": Qt.DockWidgetArea.LeftDockWidgetArea,
    "inspector": Qt.DockWidgetArea.RightDockWidgetArea,
}


class Popover(QFrame):
    """A frame that floats above the status bar until closed."""

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
        on_key(self, Qt.Key.Key_Escape, self.closed, include_children=True)
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._close_on_focus_loss)
        self.hide()

    def place(self) -> None:
        """Move above the status bar, within the window."""
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

    def _close_on_focus_loss(self, old: QWidget | None, new: QWidget | None) -> None:
        """Close when the focus moves elsewhere, except to the status bar, which has a toggle."""
        if new is None or old is None or not self.isVisible() or not self._contains(old):
            return
        inside = self._contains(new) or self._window.statusBar().isAncestorOf(new)
        if not inside and new.window() is self._window:
            self.closed.emit()

    def _contains(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)


class Docks:
    """Creates the docks of a window and decides which are visible.

    `wishes` maps a panel to the user's choice, True or False; it may be missing.
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
        #: Whether the centre takes the whole width, as in Settings.
        self.aside = False
        #: Whether the page needs the width of panels that were not requested, as Ask in a narrow
        #: window: its views and the page beside an answer then come without moving anything.
        self.spacious = False

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
        """Whether the window is too narrow for all panels."""
        return self.window.width() < theme.px(NARROW)

    @property
    def crowded(self) -> bool:
        """Whether both sides do not fit."""
        return self.window.width() < theme.px(_BOTH_WIDTH)

    def wish(self, name: str, visible: bool) -> None:
        """Set the user's choice for a panel."""
        self.wishes[name] = visible
        if visible and name in _MIN_WIDTHS:
            self._last = name
        if name == "activity":
            self.activity.setVisible(visible)
            self.activity.place()

    def is_visible(self, name: str) -> bool:
        """Whether a panel should be visible."""
        if name in _MIN_WIDTHS and self.crowded and name != self._last:
            return self._is_requested(name) and not self._is_requested(self._last)
        return self._is_requested(name)

    def _is_requested(self, name: str) -> bool:
        if self.aside and name in SIDES:
            return False
        return self.wishes.get(name, name == "collections" and not self.spacious)

    def settle(self) -> None:
        """Show and hide the panels."""
        self._set_min_widths()
        # Hide first, or the window would grow in between.
        for name, dock in sorted(self.docks.items(), key=lambda each: self.is_visible(each[0])):
            if dock.isVisibleTo(self.window) != self.is_visible(name):
                dock.setVisible(self.is_visible(name))

    def fit(self) -> None:
        """Scale the panels with the text size."""
        self._set_min_widths()
        previous, self._scale = self._scale, theme.px(1000)
        if previous != self._scale:
            self._grow(self._scale / previous)

    def _set_min_widths(self) -> None:
        """At 200 % the centre keeps most of a small window."""
        for name, minimum in _MIN_WIDTHS.items():
            wide = min(minimum, _SINGLE_WIDTH) if self.crowded else minimum
            self.docks[name].widget().setMinimumWidth(theme.px(wide))

    def _grow(self, factor: float) -> None:
        maximum = self.window.width() * 0.34
        docks = [dock for dock in self.docks.values() if dock.isVisible()]
        sizes = [min(round(dock.width() * factor), round(maximum)) for dock in docks]
        self.window.resizeDocks(docks, sizes, Qt.Orientation.Horizontal)
        self.activity.place()

    def first_sizes(self) -> None:
        """Set the default sizes."""
        narrow = self.narrow
        sides = [self.docks["collections"], self.docks["inspector"]]
        widths = [theme.px(196 if narrow else 232), theme.px(260 if narrow else 316)]
        self.window.resizeDocks(sides, widths, Qt.Orientation.Horizontal)
