"""Icons drawn in the theme's ink at paint time: sharp at any scale, right after every switch.

The drawings are SVG files on a 20 × 20 grid, strokes of 1.5 and no fills, in `resources/icons`.
"""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPaintDevice, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workbench import paths
from workbench.ui.theme import switch


def icon(name: str, role: str = "text2") -> QIcon:
    """The icon `name` (a file in `resources/icons`) in the ink of `role`; it fits anywhere."""
    return QIcon(_InkEngine(name, role))


def paint_icon(painter: QPainter, name: str, rect: QRectF, role: str = "text2") -> None:
    """Draw the icon into `rect` in the current theme's ink of `role`."""
    _renderer(name, getattr(switch.current(), role)).render(painter, rect)


def svg(name: str, ink: str) -> str:
    """The drawing as SVG text in the colour `ink`. Raises `FileNotFoundError` for no such icon."""
    return _drawing(name).replace("currentColor", ink)


def names() -> list[str]:
    """All icons there are."""
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
    """A painter of lines without steps."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


class Engine(QIconEngine):
    """An icon that is painted anew at every size."""

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return picture


class _InkEngine(Engine):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._role
        if mode == QIcon.Mode.Disabled:
            role = "text3"
        elif state == QIcon.State.On:
            role = "accent"
        paint_icon(painter, self._name, QRectF(rect), role)

    def clone(self) -> QIconEngine:
        return _InkEngine(self._name, self._role)
