"""Icons drawn in a theme colour at paint time, so that they scale and follow theme changes.

They are SVG files on a 20 × 20 grid, with strokes of 1.5 and no fills, in `resources/icons`.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPaintDevice, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workbench import paths
from workbench.ui.theme import switch

#: Paints into a rectangle, for a mode and state.
Draw = Callable[[QPainter, QRectF, QIcon.Mode, QIcon.State], object]


def icon(name: str, role: str = "text2") -> QIcon:
    """The icon `name` (a file in `resources/icons`) in the colour of `role`."""

    def draw(painter: QPainter, rect: QRectF, mode: QIcon.Mode, state: QIcon.State) -> None:
        ink = "accent" if state == QIcon.State.On else role
        paint_icon(painter, name, rect, "text3" if mode == QIcon.Mode.Disabled else ink)

    return drawn(draw)


def drawn(draw: Draw) -> QIcon:
    """An icon painted by a callable at any size and in any theme."""
    return QIcon(_Engine(draw))


def paint_icon(painter: QPainter, name: str, rect: QRectF, role: str = "text2") -> None:
    """Paint the icon into `rect` in the current theme's colour of `role`."""
    _renderer(name, getattr(switch.current(), role)).render(painter, rect)


def svg(name: str, ink: str) -> str:
    """The icon as SVG text in the colour `ink`. Raises `FileNotFoundError`."""
    return _drawing(name).replace("currentColor", ink)


def names() -> list[str]:
    """The names of all icons."""
    return sorted(path.stem for path in _folder().glob("*.svg"))


@lru_cache(maxsize=1)
def _folder() -> Path:
    return paths.resources() / "icons"


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, ink: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg(name, ink).encode()))


def smooth(device: QPaintDevice) -> QPainter:
    """An antialiasing painter."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


class _Engine(QIconEngine):
    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        if picture.isNull():
            # A widget that has no room yet asks for nothing, and a painter warns of it.
            return picture
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return picture

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(rect), mode, state)

    def clone(self) -> QIconEngine:
        return _Engine(self._draw)
