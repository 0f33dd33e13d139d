"""A picture painted once and shown while it is moved: panning costs no more than a copy."""

import time
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPainter, QPixmap

from workbench.ui import theme
from workbench.ui.associations import painting
from workbench.ui.associations.painting import Look
from workbench.ui.associations.picture import Picture
from workbench.ui.associations.viewport import Lens

#: So much of the window's width and height is painted beyond each of its sides.
_BEYOND = 0.15


@dataclass(frozen=True, slots=True)
class Layer:
    """A painted part of a picture. `key` is all that it depends on but for the place of `lens`.

    `seconds` is how long it took to paint.
    """

    key: object
    lens: Lens
    size: QSizeF
    pixmap: QPixmap
    seconds: float

    def serves(self, key: object, lens: Lens, size: QSizeF) -> bool:
        """Whether a window of `size` that looks through `lens` finds all it shows in here."""
        if key != self.key or size != self.size or lens.scale != self.lens.scale:
            return False
        way = (lens.middle - self.lens.middle) * lens.scale
        return abs(way.x()) <= _BEYOND * size.width() and abs(way.y()) <= _BEYOND * size.height()

    def show(self, painter: QPainter, lens: Lens, size: QSizeF) -> None:
        """Draw it where a window of `size` finds it through `lens`, enlarged where that is."""
        painter.save()
        painter.translate(lens.to_screen(self.lens.middle, size))
        painter.scale(lens.scale / self.lens.scale, lens.scale / self.lens.scale)
        wide, high = round(_BEYOND * self.size.width()), round(_BEYOND * self.size.height())
        corner = QPointF(self.size.width() / 2 + wide, self.size.height() / 2 + high)
        painter.drawPixmap(-corner, self.pixmap)
        painter.restore()


def render(
    key: object, picture: Picture, look: Look, lens: Lens, size: QSizeF, ratio: float
) -> Layer:
    """Paint the part of the picture that a window of `size` shows through `lens`, and some more.

    `ratio` is how many points of the screen a pixel has.
    """
    begun = time.perf_counter()
    wide, high = round(_BEYOND * size.width()), round(_BEYOND * size.height())
    whole = QSizeF(size.width() + 2 * wide, size.height() + 2 * high)
    sheet = QPixmap((whole * ratio).toSize())
    sheet.setDevicePixelRatio(ratio)
    sheet.fill(theme.colour("surface"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(size.width() / 2 + wide, size.height() / 2 + high))
    painter.scale(lens.scale, lens.scale)
    painter.translate(-lens.middle)
    painting.paint(painter, picture, replace(look, seen=lens.seen(whole)))
    painter.end()
    return Layer(key, lens, QSizeF(size), sheet, time.perf_counter() - begun)
