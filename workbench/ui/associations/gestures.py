"""How many frames a second a large picture reaches while it is moved: for the benchmarks.

A made graph of 2,000 concepts is shown whole and close by; each frame is painted as the window
system would have it painted, after a step of a hand that pans, zooms, points and drags.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.graph import TAGS, GraphEdge, GraphNode
from workbench.ui.language import tr

CONCEPTS, ACROSS = 2000, 1000
_FRAMES = 60
_SIZE = (1100, 700)


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames a second of each gesture, and milliseconds of one picture painted from nothing."""

    rates: dict[str, float]
    anew: float


def graph() -> tuple[list[GraphNode], list[GraphEdge]]:
    """A tree in which early concepts have most links, with links across it."""
    rng = np.random.default_rng(7)
    nodes = [
        GraphNode(one, tr("Concept {one}", one=one), "concept", one % 20) for one in range(CONCEPTS)
    ]
    pairs = [(one, int(one * rng.random() ** 2)) for one in range(1, CONCEPTS)]
    pairs += [(int(a), int(b)) for a, b in rng.integers(0, CONCEPTS, (ACROSS, 2))]
    edges = [
        GraphEdge(f"e{turn}", head, tail, tr("goes with"), TAGS[turn % 4], float(rng.random()))
        for turn, (head, tail) in enumerate(pairs)
    ]
    return nodes, edges


def measure() -> Frames:
    """Make every gesture with all concepts on screen, and pan close by; needs a QApplication."""
    canvas = GraphCanvas()
    canvas.resize(*_SIZE)
    canvas.set_graph(*graph(), 0)
    canvas.show()
    QApplication.processEvents()
    canvas.select_node(1)  # what is chosen is part of the picture, so all is painted again
    begun = time.perf_counter()
    canvas.repaint()
    anew = time.perf_counter() - begun
    middle = QPointF(_SIZE[0] / 2, _SIZE[1] / 2)
    steps: dict[str, Callable[[int], None]] = {
        "pan": lambda turn: canvas.pan(QPointF(3, 2) * (1 if turn < _FRAMES / 2 else -1)),
        "zoom": lambda turn: canvas.zoom(1.03 if turn % 20 < 10 else 1 / 1.03, middle),
        "point": lambda turn: canvas.point_at(QPointF(60 + 15 * turn, 80 + 9 * turn)),
        "drag": lambda _turn: canvas.drag(0, QPointF(30, 20)),
    }
    rates = {}
    for name, step in steps.items():
        canvas.fit()
        canvas.repaint()
        rates[name] = _rate(canvas, step)
    canvas.fit()
    canvas.zoom(0.8 / canvas.scale, canvas.place_of(0))
    rates["pan close by"] = _rate(canvas, steps["pan"])
    canvas.close()
    canvas.deleteLater()
    return Frames(rates, 1000 * anew)


def _rate(canvas: GraphCanvas, step: Callable[[int], None]) -> float:
    begun = time.perf_counter()
    for turn in range(_FRAMES):
        step(turn)
        canvas.repaint()
        # What waits until the hand rests has its turn, too, if its time has come.
        QApplication.processEvents()
    return _FRAMES / (time.perf_counter() - begun)
