"""The three panels around the centre, and when each is to be seen.

A panel is where the user put it. The Inspector never opens by a click, which would move what is
about to be clicked next: it is there from the beginning, or it is not. Under 1180 px it waits until
it is asked for. Activity shows while there is something in it. Where there is no room for both
sides, as in a small window at 200 %, the one that was asked for last is shown.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from workbench.ui import theme
from workbench.ui.components.boxes import holder, row
from workbench.ui.components.controls import tool
from workbench.ui.components.words import label

NARROW = 1180
#: The room that Collections, the centre and the Inspector need side by side, and a little more.
_BOTH_SIDES = 780
#: The least width of the sides, and of the one that is shown where there is no room for both.
SIDES = ("collections", "inspector")
_LEAST, _ALONE = {"collections": 180, "inspector": 260}, 174
_AREAS = {
    "collections": Qt.DockWidgetArea.LeftDockWidgetArea,
    "inspector": Qt.DockWidgetArea.RightDockWidgetArea,
    "activity": Qt.DockWidgetArea.BottomDockWidgetArea,
}


class Docks:
    """Makes the docks of a window and decides which are shown.

    `wishes` holds what the user said about a panel: True, False, or nothing said.
    """

    def __init__(
        self,
        window: QMainWindow,
        collections: QWidget,
        inspector: QWidget,
        activity: QWidget,
        activity_head: QWidget,
    ) -> None:
        self._window = window
        window.setDockNestingEnabled(True)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        close = tool("close", "Hide Inspector")
        self.hide_inspector = close
        title = row(label("Inspector", "head"), None, close, margins=(16, 4, 6, 0), gap=10)
        self.docks = {
            "collections": self._dock("Collections", collections, QWidget()),
            "inspector": self._dock("Inspector", inspector, holder(title, "canvas")),
            "activity": self._dock("Activity", activity, activity_head),
        }
        self._last = "inspector"
        self._scale = theme.px(1000)
        self.fit()
        self.wishes: dict[str, bool] = {}
        #: Whether the centre has the whole width, as in Settings.
        self.aside = False
        #: Whether there is anything that the Inspector could show on this tab.
        self.inspects = False
        self.has_activity = False

    def _dock(self, name: str, body: QWidget, title: QWidget) -> QDockWidget:
        dock = QDockWidget(name, self._window)
        dock.setObjectName(name.lower())
        dock.setAccessibleName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        dock.setTitleBarWidget(title)
        dock.setWidget(body)
        self._window.addDockWidget(_AREAS[name.lower()], dock)
        return dock

    @property
    def narrow(self) -> bool:
        """Whether the window is too narrow for everything at once."""
        return self._window.width() < theme.px(NARROW)

    @property
    def crowded(self) -> bool:
        """Whether there is no room for both sides."""
        return self._window.width() < theme.px(_BOTH_SIDES)

    def wish(self, name: str, shown: bool) -> None:
        """The user says whether a panel is to be seen."""
        self.wishes[name] = shown
        if shown and name in _LEAST:
            self._last = name

    def forget(self, name: str) -> None:
        """Let a panel show and hide by itself again."""
        self.wishes.pop(name, None)

    def shown(self, name: str) -> bool:
        """Whether a panel is to be seen now."""
        if name in _LEAST and self.crowded and name != self._last:
            return self._wanted(name) and not self._wanted(self._last)
        return self._wanted(name)

    def _wanted(self, name: str) -> bool:
        if self.aside and name in SIDES:
            return False
        if name == "inspector":
            return self.wishes.get(name, self.inspects and not self.narrow)
        if name == "activity":
            return self.wishes.get(name, self.has_activity)
        return self.wishes.get(name, True)

    def settle(self) -> None:
        """Show what is to be seen."""
        self._set_least()
        # What goes makes room before anything comes: the window must not grow between the two.
        for name, dock in sorted(self.docks.items(), key=lambda each: self.shown(each[0])):
            if dock.isVisibleTo(self._window) != self.shown(name):
                dock.setVisible(self.shown(name))

    def fit(self) -> None:
        """Follow the size of the text: panels grow and shrink with what is in them."""
        self._set_least()
        before, self._scale = self._scale, theme.px(1000)
        if before != self._scale:
            self._grow(self._scale / before)

    def _set_least(self) -> None:
        """At 200 % the centre keeps most of a small window."""
        for name, least in _LEAST.items():
            wide = min(least, _ALONE) if self.crowded else least
            self.docks[name].widget().setMinimumWidth(theme.px(wide))

    def _grow(self, factor: float) -> None:
        most = self._window.width() * 0.34
        for names, across in ((("collections", "inspector"), True), (("activity",), False)):
            docks = [self.docks[name] for name in names if self.docks[name].isVisible()]
            if across:
                sizes = [min(round(dock.width() * factor), round(most)) for dock in docks]
            else:
                most_high = self._window.height() * 0.34
                sizes = [min(round(dock.height() * factor), round(most_high)) for dock in docks]
            way = Qt.Orientation.Horizontal if across else Qt.Orientation.Vertical
            self._window.resizeDocks(docks, sizes, way)

    def first_sizes(self) -> None:
        """The sizes of a first start."""
        narrow = self.narrow
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        sides = [self.docks["collections"], self.docks["inspector"]]
        widths = [theme.px(196 if narrow else 232), theme.px(260 if narrow else 316)]
        self._window.resizeDocks(sides, widths, across)
        self._window.resizeDocks([self.docks["activity"]], [theme.px(172)], down)
