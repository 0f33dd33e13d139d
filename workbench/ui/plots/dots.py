"""Plots of dots: on a plane with an overlay, and a raster of spikes over time."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph import InfiniteLine, ScatterPlotItem
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsItem

from workbench.ui import theme
from workbench.ui.plots.base import Plot, Tick, brush, pen

#: Heights of a band of a raster and of its step labels in pixels.
_BAND, _FOOT = 12, 18

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


class RasterPlot(Plot):
    """A band per region over time steps, with a line at a step; later spikes are pale.

    Spikes are [steps, regions, parts], nonzero for a spike.
    """

    def __init__(self, regions: int) -> None:
        super().__init__(regions * _BAND + _FOOT, 400)
        self._names: Sequence[str] = ()
        self._raster: NDArray[Any] = np.zeros((30, regions, 1), np.bool_)
        self._step = -1
        self._line: InfiniteLine | None = None
        self.invertY(True)

    def show_names(self, names: Sequence[str]) -> None:
        """Label the bands from top to bottom."""
        self._names = tuple(names)
        self.refresh()

    def show_spikes(self, raster: "NDArray[Any] | None", step: int) -> None:
        """Show spikes (None for none) with the line at a step; -1 is before the first."""
        if raster is None:
            raster = np.zeros((30, *self._raster.shape[1:]), np.bool_)
        painted = self._line is not None and self.isVisible() and not self._waits
        if raster is self._raster and painted:
            self._step = step
            self._show_step()
            return
        self._raster, self._step = raster, step
        self.refresh()

    def draw(self) -> None:
        steps, regions, parts = self._raster.shape
        self.show_range((0, steps), (0, regions))
        # If bands are lower than a line of text, several share one label.
        band = max(1.0, self.height() / (regions + 1))
        stride = max(1, math.ceil((self.fontMetrics().height() - 3) / band))
        names: list[Tick] = [
            (at + stride / 2, name)
            for at, name in enumerate(self._names)
            if at % stride == 0 and at + stride <= regions
        ]
        room = self.height() > 2 * self.fontMetrics().height()
        ticks = [(at - 0.5, str(at)) for at in range(5, steps + 1, 5)] if room else []
        self.axes(ticks, names, line=False)
        for at in range(regions):
            self.addItem(InfiniteLine(at, angle=0, pen=pen("line")))
        step, region, part = self._raster.nonzero()
        # Spread the dots of a step horizontally, so that they do not merge into a bar.
        x = step + 0.2 + 0.6 * (part * 7 % 16) / 16
        y = region + 0.12 + 0.76 * part / parts
        # Sorted by step, so that a step only sets the number of dark dots.
        order = np.argsort(step, kind="stable")
        self._x, self._y = x[order], y[order]
        self._until = np.searchsorted(step[order], np.arange(steps + 1))
        dot = max(1.4, theme.px(2))
        self._coming, self._past = (
            ScatterPlotItem(size=dot, pen=None, brush=brush(role, alpha))
            for role, alpha in (("edge", 0.6), ("accent", 0.9))
        )
        self._line = InfiniteLine(pen=pen("marker_edge", 2))
        for item in (self._coming, self._past, self._line):
            self.addItem(item)
        self._show_step()

    def _show_step(self) -> None:
        assert self._line is not None
        dark = int(self._until[self._step + 1])
        self._past.setData(self._x[:dark], self._y[:dark])
        self._coming.setData(self._x[dark:], self._y[dark:])
        self._line.setVisible(self._step >= 0)
        self._line.setValue(self._step + 0.5)

    def step_at(self, place: QPointF) -> int | None:
        """The step at a point of the widget; None outside the plot."""
        inside = self.plotItem.vb.mapSceneToView(self.mapToScene(place.toPoint()))
        steps, regions = self._raster.shape[:2]
        if not (0 <= inside.x() <= steps and 0 <= inside.y() <= regions):
            return None
        step: int = min(int(inside.x()), steps - 1)
        return step
