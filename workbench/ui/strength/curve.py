"""The strength of a memory over time: what was, what will be, and the same dates as a table."""

from bisect import bisect_left

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.memory.fading.records import Curve
from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.strength.wording import span

#: Dates in the table: the last uses of a memory that has very many.
_MOST_USES = 12


class StrengthCurve(QWidget):
    """The picture, and a button that shows its dates instead."""

    def __init__(self, curve: Curve) -> None:
        from workbench.ui.plots.strength import StrengthPlot

        super().__init__()
        self.curve = curve
        uses = [(used, _peak(curve, used)) for used in curve.uses]
        self.picture = StrengthPlot(curve, now_of(curve), uses)
        self.picture.say(said(curve))
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


def dates(curve: Curve) -> list[tuple[float, str, float]]:
    """What the curve shows as (seconds, words, strength), the earliest first."""
    listed = [(used, "Used", _peak(curve, used)) for used in curve.uses[-_MOST_USES:]]
    listed.append((curve.now, "Now", now_of(curve)))
    if not curve.pinned:
        if curve.half_at is not None:
            listed.append((curve.half_at, "Half, if unused", now_of(curve) / 2))
        if curve.times and curve.times[-1] > curve.now:
            listed.append((curve.times[-1], "If unused until then", curve.strengths[-1]))
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
