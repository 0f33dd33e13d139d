"""Which part of a picture a window shows: moving, zooming around a point, fitting all in."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

LEAST, MOST = 0.02, 3.0
#: What is fitted in is not blown up further than this.
_FITTED = 1.15


@dataclass(frozen=True, slots=True)
class Lens:
    """`middle` is the point of the picture in the middle of the window, `scale` its enlargement."""

    middle: QPointF
    scale: float = 1.0

    def to_screen(self, point: QPointF, size: QSizeF) -> QPointF:
        """Where in a window of `size` a point of the picture is seen."""
        return (point - self.middle) * self.scale + QPointF(size.width() / 2, size.height() / 2)

    def to_picture(self, point: QPointF, size: QSizeF) -> QPointF:
        """Which point of the picture is seen at a point of the window."""
        return self.middle + (point - QPointF(size.width() / 2, size.height() / 2)) / self.scale

    def seen(self, size: QSizeF) -> QRectF:
        """The part of the picture that a window of `size` shows."""
        half = QPointF(size.width(), size.height()) / (2 * self.scale)
        return QRectF(self.middle - half, self.middle + half)

    def moved(self, by: QPointF) -> "Lens":
        """The picture moved by so many pixels of the screen."""
        return replace(self, middle=self.middle - by / self.scale)

    def zoomed(self, factor: float, around: QPointF, size: QSizeF) -> "Lens":
        """Enlarged by `factor`; what is at the point `around` of the window stays there."""
        scale = min(MOST, max(LEAST, self.scale * factor))
        kept = self.to_picture(around, size)
        return Lens(
            kept - (self.to_picture(around, size) - self.middle) * self.scale / scale, scale
        )


def fitted(bounds: QRectF, size: QSizeF, margin: float) -> Lens:
    """The lens that shows all of `bounds` with a margin in pixels around it."""
    if bounds.isEmpty() or size.isEmpty():
        return Lens(bounds.center())
    wide = max(1.0, size.width() - 2 * margin) / bounds.width()
    high = max(1.0, size.height() - 2 * margin) / bounds.height()
    return Lens(bounds.center(), min(_FITTED, max(LEAST, min(wide, high))))
