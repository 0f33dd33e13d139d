"""The base of all plots: theme colours and fonts, no mouse zoom, an accessible name."""

import sys
import threading
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy

from workbench.ui import theme

_hooks = sys.excepthook, threading.excepthook
from pyqtgraph import PlotWidget, setConfigOptions  # noqa: E402 - see the next lines

# pyqtgraph replaces the exception hooks that record crashes, and closes all windows at exit.
sys.excepthook, threading.excepthook = _hooks
setConfigOptions(exitCleanup=False)

#: Approximate width of axis labels in pixels.
_AXIS_WIDTH = 30
Tick = tuple[float, str]


class Plot(PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A plot of `high` pixels at the default text size; subclasses implement `draw`."""

    _outdated = Signal()

    def __init__(self, high: int, wide: int = 160) -> None:
        super().__init__(background=None, enableMenu=False)
        self._size = wide, high
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setStyleSheet("background: transparent; border: none")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        for part in (self, self.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._waits = False
        self._outdated.connect(self._draw_anew, Qt.ConnectionType.QueuedConnection)
        self.scene().sigPrepareForPaint.connect(self._draw_anew)
        theme.watch(self, self.refresh)

    def sizeHint(self) -> QSize:
        return QSize(*map(theme.px, self._size))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(20))

    def draw(self) -> None:
        """Draw the content into the empty plot."""

    def refresh(self) -> None:
        """Redraw before the next paint event, as after a change of theme.

        Changes are coalesced, since a layout resizes a plot several times. Hidden plots are not
        drawn.
        """
        if self.isVisible() and not self._waits:
            self._waits = True
            self._outdated.emit()

    def _draw_anew(self) -> None:
        if self._waits and self.isVisible():
            self.clear()
            self.draw()
            self._waits = False
            # View and labels were prepared before this call, for the old range.
            self.scene().prepareForPaint()
        self._waits = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def describe(self, words: str) -> None:
        """Set the accessible name and tool tip."""
        self.setAccessibleName(words)
        self.setToolTip(words)

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Set the visible range, mirrored in right-to-left windows."""
        self.invertX(self.isRightToLeft())
        self.setXRange(*x, padding=0)
        self.setYRange(*y, padding=0)

    def axes(self, x: Sequence[Tick], y: Sequence[Tick], line: bool = True) -> None:
        """Set tick labels of both axes.

        Labels that would extend beyond the plot are moved inside.
        """
        side_axis = "right" if self.isRightToLeft() else "left"
        for side in ("left", "right"):
            self.showAxis(side, side == side_axis)
        for side, ticks in (("bottom", x), (side_axis, y)):
            axis = self.getAxis(side)
            axis.setStyle(tickLength=0, tickFont=theme.font("caption"), hideOverlappingLabels=False)
            axis.setTickPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(theme.colour("text3"))
            axis.setPen(pen("line") if line and side == "bottom" else QPen(Qt.PenStyle.NoPen))
            axis.setTicks([list(ticks) if side != "bottom" else [self._inside(*t) for t in ticks]])

    def _inside(self, place: float, words: str) -> Tick:
        (first, end), _ = self.viewRange()
        room = self.width() - theme.px(_AXIS_WIDTH)
        half = QFontMetricsF(theme.font("caption")).horizontalAdvance(words) / 2 + 2
        half *= (end - first) / max(1.0, room)
        return max(first + half, min(place, end - half)), words


def pen(role: str, wide: float = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A cosmetic pen in a theme colour."""
    created = QPen(theme.colour(role), theme.px(1) * wide, style)
    created.setCosmetic(True)
    created.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return created


def brush(role: str, alpha: float = 1.0) -> QBrush:
    """A brush in a theme colour, `alpha` from 0 to 1."""
    return QBrush(theme.colour(role, alpha))
