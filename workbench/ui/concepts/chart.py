"""Mentions over time as a small line, with the same numbers as a table for those who want them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.concepts.looking import Part

_HIGH = 84


class MentionsOverTime(QWidget):
    """The line, and a button that shows its numbers instead."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self._line = _Line(parts)
        self._table = _table(parts)
        self._table.hide()
        self.switch = button("As a table", kind="quiet")
        self.switch.clicked.connect(self._turn)
        self.setLayout(column(self._line, self._table, row(self.switch, None), gap=2))
        self.setAccessibleName(said(parts))

    def _turn(self) -> None:
        table = self._line.isVisible()
        self._line.setVisible(not table)
        self._table.setVisible(table)
        self.switch.setText("As a line" if table else "As a table")
        self.switch.setAccessibleName(self.switch.text())


def said(parts: Sequence[Part]) -> str:
    """The chart in a sentence."""
    most = max(parts, key=lambda part: part.mentions)
    whole = words.count(sum(part.mentions for part in parts), "mention")
    return f"{whole} from {parts[0].name} to {parts[-1].name}, most in {most.name}: {most.mentions}"


def _table(parts: Sequence[Part]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    for at, part in enumerate(part for part in parts if part.mentions):
        number = label(words.number(part.mentions), "small")
        number.setAccessibleName(f"{part.name}: {part.mentions}")
        grid.addWidget(label(part.name, "small"), at, 0)
        grid.addWidget(number, at, 1, Qt.AlignmentFlag.AlignRight)
    return holder(grid)


class _Line(QWidget):
    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said(parts))
        self.setToolTip(said(parts))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        most = max(part.mentions for part in self._parts)
        room = metrics.horizontalAdvance(str(most)) + theme.px(8)
        foot = metrics.height() + theme.px(4)
        plot = QRectF(self.rect()).adjusted(room, metrics.height() / 2, -theme.px(6), -foot)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.drawLine(plot.topLeft(), plot.topRight())
        painter.setPen(theme.colour("text3"))
        left = QRectF(0, 0, room - theme.px(6), metrics.height())
        aligned = int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value)
        for number, high in ((most, plot.top()), (0, plot.bottom())):
            left.moveTop(high - left.height() / 2)
            painter.drawText(left, aligned, str(number))
        below = QRectF(plot.left(), plot.bottom() + theme.px(3), plot.width(), metrics.height())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft.value), self._parts[0].name)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight.value), self._parts[-1].name)
        step = plot.width() / max(1, len(self._parts) - 1)
        points = [
            QPointF(
                plot.left() + at * step,
                plot.bottom() - plot.height() * part.mentions / max(1, most),
            )
            for at, part in enumerate(self._parts)
        ]
        under = QPolygonF([plot.bottomLeft(), *points, plot.bottomRight()])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent", 0.1))
        painter.drawPolygon(under)
        painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
