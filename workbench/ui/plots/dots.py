"""A plot of dots, with highlighted ones and an overlay."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyqtgraph import ScatterPlotItem
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsItem

from workbench.ui import theme
from workbench.ui.plots.base import Plot, brush

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dots:
    """`layers` of background dots float64[n, 2] with opacity, and `lit` dots; y points down.

    `bounds` (left, top, width, height) is the visible range.
    """

    layers: tuple[tuple[Floats, float], ...]
    lit: Floats
    bounds: tuple[float, float, float, float]


class DotsPlot(Plot):
    """Draws dots without axes; `overlay` creates the items above them, again at each change."""

    def __init__(self, overlay: Callable[["DotsPlot"], Iterable[QGraphicsItem]]) -> None:
        super().__init__(300, 400)
        self._overlay = overlay
        self._dots = Dots((), np.zeros((0, 2)), (0, 0, 1, 1))
        self._layers: list[ScatterPlotItem] = []
        self._lit: list[ScatterPlotItem] = []
        self._laid: list[QGraphicsItem] = []
        self.invertY(True)
        self.setAspectLocked(True)
        for side in ("left", "bottom"):
            self.hideAxis(side)

    def show_dots(self, dots: Dots) -> None:
        """Show dots; only differences are redrawn."""
        previous, self._dots = self._dots, dots
        if not self._layers or len(previous.layers) != len(dots.layers) or self._waits:
            self.refresh()
            return
        for item, (places, _), (shown_places, _) in zip(
            self._layers, dots.layers, previous.layers, strict=True
        ):
            if places is not shown_places:
                item.setData(*places.T)
        for item in self._lit:
            item.setData(*dots.lit.T)
        if dots.bounds != previous.bounds:
            self._show_bounds()
        self.show_overlay()

    def show_overlay(self) -> None:
        """Recreate the overlay."""
        for item in self._laid:
            self.removeItem(item)
        self._laid = list(self._overlay(self)) if self._layers else []
        for item in self._laid:
            self.addItem(item)

    def draw(self) -> None:
        self._laid = []
        self._show_bounds()
        self._layers = [
            ScatterPlotItem(*places.T, size=theme.px(20) / 10, pen=None, brush=brush("edge", alpha))
            for places, alpha in self._dots.layers
        ]
        # On a dark background the glow is light, on a light one it is ink.
        dark = theme.current().dark
        sizes = ((11, "accent", 0.12 if dark else 0.07), (2.6, "text" if dark else "accent", 0.95))
        self._lit = [
            ScatterPlotItem(
                *self._dots.lit.T, size=theme.px(10) / 10 * size, pen=None, brush=brush(ink, alpha)
            )
            for size, ink, alpha in sizes
        ]
        for item in (*self._layers, *self._lit):
            self.addItem(item)
        self.show_overlay()

    def _show_bounds(self) -> None:
        self.setRange(QRectF(*self._dots.bounds), padding=0)

    def to_widget(self, x: float, y: float) -> QPointF:
        """Convert a point of the plane to widget coordinates."""
        scene: QPointF = self.plotItem.vb.mapViewToScene(QPointF(x, y))
        point: QPointF = self.viewportTransform().map(scene)
        return point

    def to_plane(self, point: QPointF) -> QPointF:
        """Convert a point of the widget to the plane."""
        inverted, _ = self.viewportTransform().inverted()
        plane: QPointF = self.plotItem.vb.mapSceneToView(inverted.map(point))
        return plane
