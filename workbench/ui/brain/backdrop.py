"""One region, drawn large, as the ground of a picture: its dots, and those that fire in a step.

It is composed on a worker from the same dots as the whole brain, only nearer.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.jobs import Jobs

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall

#: The association cortex among the ten.
ASSOCIATION = 2
#: How strongly the paper covers the ground, so that what stands on it is read with ease.
_VEIL = 0.55


class Backdrop(QWidget):
    """A widget on the ground of a region; what stands on it is painted by its children classes."""

    def __init__(self, jobs: Jobs, key: str, region: int = ASSOCIATION) -> None:
        super().__init__()
        self._jobs, self._key, self._region = jobs, key, region
        self._image: QImage | None = None
        self._wanted: object = None
        self._bounds: tuple[float, float, float, float] | None = None
        self._recall: BrainRecall | None = None
        self._step = -1
        #: Spikes that are shown in the place of those of a step.
        self._instead: object = None
        self.setMinimumSize(80, 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.watch(self, self.compose)

    def ground(self, recall: "BrainRecall | None", step: int) -> None:
        """The step whose spikes the ground shows; none where nothing is recalled."""
        self._recall, self._step = recall, step
        self.compose()

    @property
    def composed(self) -> bool:
        """Whether the ground is there."""
        return self._image is not None

    def frame_of(self) -> QRectF:
        """The square of the whole brain, of which the widget shows one region."""
        if self._bounds is None:
            return QRectF(self.rect())
        left, top, right, bottom = self._bounds
        margin = 0.06
        wide, high = (right - left) * (1 + 2 * margin), (bottom - top) * (1 + 2 * margin)
        side = min(self.width() / wide, self.height() / high)
        middle = QPointF((left + right) / 2, (top + bottom) / 2) * side
        corner = QRectF(self.rect()).center() - middle
        return QRectF(corner.x(), corner.y(), side, side)

    def compose(self) -> None:
        """Have the ground made, where it is seen and another than what is there."""
        if not self.isVisible() or self.width() < 60:
            return
        ratio = self.devicePixelRatioF()
        wide, high = int(self.width() * ratio), int(self.height() * ratio)
        recall, step = self._recall, self._step
        visible = (id(self._instead), id(recall), step)
        key = (*visible, wide, high, ratio, theme.current().name)
        if key == self._wanted and self._image is not None:
            return
        self._wanted = key
        raster = self._instead
        if raster is None and recall is not None and step >= 0:
            raster = recall.recalled.raster[step]
        self._jobs.run(
            self._work(raster, wide, high, ratio),
            done=partial(self._came, key, wide, high, ratio), key=self._key,
        )  # fmt: skip

    def _work(
        self, raster: object, wide: int, high: int, _ratio: float
    ) -> Callable[[], tuple[bytes, Any]]:
        """What composes the ground on a worker, and tells `_take` of it."""
        return partial(_composed, raster, wide, high, palette(), self._region)

    def _take(self, told: Any) -> None:
        self._bounds = told

    def _came(
        self, key: object, wide: int, high: int, ratio: float, made: tuple[bytes, Any]
    ) -> None:
        if key != self._wanted:
            return
        image = QImage(made[0], wide, high, 3 * wide, QImage.Format.Format_RGB888).copy()
        image.setDevicePixelRatio(ratio)
        self._image = image
        self._take(made[1])
        self.update()

    def paint_ground(self, painter: QPainter, veil: float = _VEIL) -> None:
        """Draw the ground under a veil of paper."""
        painter.fillRect(self.rect(), theme.colour("surface"))
        if self._image is not None:
            painter.drawImage(0, 0, self._image)
            painter.fillRect(self.rect(), theme.colour("surface", veil))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.compose()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.compose()


def palette() -> "tuple[tuple[int, int, int], ...]":
    """Paper, resting dots, glow and core of the theme that is worn."""
    roles = ("surface", "edge", "accent", "accent" if not theme.current().dark else "text")
    return tuple((c.red(), c.green(), c.blue()) for c in map(theme.colour, roles))


def _composed(
    raster: object,
    wide: int,
    high: int,
    colours: "tuple[tuple[int, int, int], ...]",
    region: int,
) -> tuple[bytes, tuple[float, float, float, float]]:
    """On a worker: the ground, and the bounds of the region in the square of the brain."""
    from workbench.ui.brain.cloud import cloud
    from workbench.ui.brain.drawing import Palette, Sheet, compose

    own = cloud().places[cloud().regions == region]
    (left, top), (right, bottom) = own.min(axis=0).tolist(), own.max(axis=0).tolist()
    margin = 1.12
    side = min(wide / ((right - left) * margin), high / ((bottom - top) * margin))
    sheet = Sheet(
        wide, high,
        wide / 2 - (left + right) / 2 * side, high / 2 - (top + bottom) / 2 * side, side,
    )  # fmt: skip
    paper, quiet, glow, core = colours
    created = compose(
        raster, sheet, Palette(paper, quiet, glow, core, sum(paper) < 384), region  # type: ignore[arg-type]
    )  # fmt: skip
    return created, (left, top, right, bottom)
