"""The strength of a memory over time: what was, what will be, and the same dates as a table.

The past is solid over a pale fill, uses are rings, now is a dot, what comes is dashed. A dotted
line marks half of today's strength: where the curve meets it, half is gone.
"""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from workbench.memory.fading.records import Curve
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.strength.wording import span

_HIGH = 112
#: Dates in the table: the last uses of a memory that has very many.
_MOST_USES = 12


class StrengthCurve(QWidget):
    """The picture, and a button that shows its dates instead."""

    def __init__(self, curve: Curve) -> None:
        super().__init__()
        self.curve = curve
        self.picture = _Picture(curve)
        self.table = _table(curve)
        self.table.hide()
        self.switch = button("As a table", kind="quiet")
        self.switch.setObjectName("as_table")
        self.switch.clicked.connect(self._turn)
        self.setLayout(column(self.picture, self.table, row(self.switch, None), gap=2))
        self.setAccessibleName(said(curve))

    @property
    def shows_dates(self) -> bool:
        """Whether its dates are shown instead of the picture."""
        return not self.table.isHidden()

    def _turn(self) -> None:
        dates = self.table.isHidden()
        self.table.setVisible(dates)
        self.picture.setVisible(not dates)
        self.switch.setText("As a curve" if dates else "As a table")
        self.switch.setAccessibleName(self.switch.text())


def said(curve: Curve) -> str:
    """The curve in a sentence or two."""
    parts = [f"Strength {now_of(curve):.1f} of {curve.cap:.0f} now"]
    if curve.uses:
        parts.append(f"last used on {words.day(curve.uses[-1])}")
    text = ", ".join(parts)
    if curve.pinned:
        return f"{text}. Pinned: it does not fade."
    if curve.half_at is None:
        return f"{text}. It halves in {span(curve.half_life)} unused."
    return f"{text}. Unused, half of it is left on {words.day(curve.half_at)}."


def now_of(curve: Curve) -> float:
    """The strength at present."""
    return at(curve, curve.now)


def at(curve: Curve, moment: float) -> float:
    """The strength at a moment, by the samples on both sides; at a use, as it was after it."""
    times, strengths = curve.times, curve.strengths
    if not times:
        return 0.0
    after = bisect_left(times, moment)
    if after >= len(times):
        return strengths[-1]
    if after == 0 or times[after] == moment:
        return strengths[after]
    before = after - 1
    share = (moment - times[before]) / (times[after] - times[before])
    return strengths[before] + share * (strengths[after] - strengths[before])


def ends_below_half(curve: Curve) -> bool:
    """Whether less than half of today's strength is left where the curve ends."""
    return bool(curve.strengths) and curve.strengths[-1] < now_of(curve) / 2


def dates(curve: Curve) -> list[tuple[float, str, float]]:
    """What the curve shows as (seconds, words, strength), the earliest first."""
    listed = [(used, "Used", _peak(curve, used)) for used in curve.uses[-_MOST_USES:]]
    listed.append((curve.now, "Now", now_of(curve)))
    if not curve.pinned:
        if curve.half_at is not None:
            listed.append((curve.half_at, "Half of it, unused", now_of(curve) / 2))
        if curve.times and curve.times[-1] > curve.now:
            listed.append((curve.times[-1], "Unused until then", curve.strengths[-1]))
    return sorted(listed)


def _peak(curve: Curve, used: float) -> float:
    """How strong it was right after a use: the samples stand beside it, not on it."""
    first = bisect_left(curve.times, used)
    beside = curve.strengths[first : first + 2]
    return max(beside, default=at(curve, used))


def _table(curve: Curve) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    grid.setHorizontalSpacing(12)
    for line, (moment, what, strong) in enumerate(dates(curve)):
        day = words.day(moment, year=True)
        number = label(f"{strong:.1f}", "small")
        number.setAccessibleName(f"{day}: {what}, strength {strong:.1f}")
        grid.addWidget(label(day, "small"), line, 0)
        grid.addWidget(label(what, "small", wrap=True), line, 1)
        grid.addWidget(number, line, 2, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(1, 1)
    return holder(grid)


class _Picture(QWidget):
    def __init__(self, curve: Curve) -> None:
        super().__init__()
        self._curve = curve
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said(curve))
        self.setToolTip(said(curve))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        curve = self._curve
        if len(curve.times) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        high = painter.fontMetrics().height()
        peak = max(*curve.strengths, 0.01)
        room = painter.fontMetrics().horizontalAdvance(f"{peak:.1f}") + theme.px(8)
        plot = QRectF(self.rect()).adjusted(
            theme.px(6), theme.px(8), -theme.px(6), -(high + theme.px(6))
        )
        mirrored = self.isRightToLeft()
        if mirrored:
            plot.setRight(plot.right() - room)
        else:
            plot.setLeft(plot.left() + room)
        _Drawing(painter, curve, plot, peak, mirrored).draw(room)


class _Drawing:
    """One drawing of a curve into its plot, from right to left where reading goes so."""

    def __init__(
        self, painter: QPainter, curve: Curve, plot: QRectF, peak: float, mirrored: bool
    ) -> None:
        self.painter, self.curve, self.plot = painter, curve, plot
        self.peak, self.mirrored = peak, mirrored

    def draw(self, room: float) -> None:
        """Draw everything; `room` is kept beside the plot for the numbers."""
        self._axes(room)
        curve = self.curve
        here = QPointF(self._x(curve.now), self._y(now_of(curve)))
        # A use in the past has a sample on either side: the rings stand on the peaks.
        past = [self._point(n) for n, moment in enumerate(curve.times) if moment < curve.now]
        past.append(here)
        future = [self._point(n) for n, moment in enumerate(curve.times) if moment > curve.now]
        self._fill(past)
        self._line(past, Qt.PenStyle.SolidLine, 2)
        if future:
            self._line([here, *future], Qt.PenStyle.DashLine, 1.6)
        self._marks(here)

    def _x(self, moment: float) -> float:
        first, last = self.curve.times[0], self.curve.times[-1]
        share = (moment - first) / max(1.0, last - first)
        share = 1 - share if self.mirrored else share
        return self.plot.left() + self.plot.width() * share

    def _y(self, strength: float) -> float:
        return self.plot.bottom() - self.plot.height() * strength / self.peak

    def _point(self, n: int) -> QPointF:
        return QPointF(self._x(self.curve.times[n]), self._y(self.curve.strengths[n]))

    def _axes(self, room: float) -> None:
        painter, plot, curve = self.painter, self.plot, self.curve
        painter.setPen(QPen(theme.colour("line"), theme.px(1)))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(theme.colour("text3"))
        high = painter.fontMetrics().height()
        for number in (self.peak, 0.0):
            left = plot.right() + theme.px(6) if self.mirrored else plot.left() - room
            box = QRectF(left, self._y(number) - high / 2, room - theme.px(6), high)
            side = Qt.AlignmentFlag.AlignLeft if self.mirrored else Qt.AlignmentFlag.AlignRight
            self._write(box, f"{number:.1f}" if number else "0", side)
        below = QRectF(plot.left(), plot.bottom() + theme.px(3), plot.width(), high)
        first, last = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self.mirrored:
            first, last = last, first
        wide = painter.fontMetrics().horizontalAdvance("Today") + theme.px(8)
        self._write(
            QRectF(self._x(curve.now) - wide / 2, below.top(), wide, high),
            "Today",
            Qt.AlignmentFlag.AlignHCenter,
        )
        for moment, side in ((curve.times[0], first), (curve.times[-1], last)):
            text = words.day(moment)
            # A date that stands in the way of "Today" is left out: the table has it.
            far = painter.fontMetrics().horizontalAdvance(text) + wide / 2
            if abs(self._x(moment) - self._x(curve.now)) > far:
                self._write(below, text, side)
        half = self._y(now_of(curve) / 2)
        painter.setPen(QPen(theme.colour("edge"), theme.px(1), Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(plot.left(), half), QPointF(plot.right(), half))
        painter.setPen(theme.colour("text3"))
        # Where the curve has not come down to the line, it is below it that there is room.
        above = -high - theme.px(1) if ends_below_half(curve) else theme.px(1)
        beside = QRectF(plot.left(), half + above, plot.width(), high)
        self._write(beside, words.percent(0.5), last)

    def _write(self, box: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
        aligned = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        self.painter.drawText(box, int(aligned.value), text)

    def _fill(self, points: Sequence[QPointF]) -> None:
        bottom = self.plot.bottom()
        under = [QPointF(points[0].x(), bottom), *points, QPointF(points[-1].x(), bottom)]
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.colour("accent", 0.10))
        self.painter.drawPolygon(QPolygonF(under))

    def _line(self, points: Sequence[QPointF], style: Qt.PenStyle, wide: float) -> None:
        pen = QPen(theme.colour("accent"), theme.px(1) * wide, style)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(QPolygonF(points))

    def _marks(self, here: QPointF) -> None:
        curve, painter = self.curve, self.painter
        painter.setPen(QPen(theme.colour("accent"), theme.px(1) * 1.5))
        painter.setBrush(theme.colour("surface"))
        ring = theme.px(3)
        for used in curve.uses:
            if curve.times[0] <= used <= curve.now:
                painter.drawEllipse(QPointF(self._x(used), self._y(_peak(curve, used))), ring, ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(here, theme.px(4), theme.px(4))
