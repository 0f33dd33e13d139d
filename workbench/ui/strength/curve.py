"""The strength of a memory over time: what was, what will be, and the same dates as a table."""

from bisect import bisect_left

from PySide6.QtWidgets import QWidget

from workbench.memory.fading.records import Curve
from workbench.ui.components import words
from workbench.ui.components.picture_or_table import PictureOrTable, table_of
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.strength.wording import span

#: Dates in the table: the last uses of a memory that has very many.
_MOST_USES = 12


class StrengthCurve(PictureOrTable):
    """The picture, and a button that shows its dates instead."""

    def __init__(self, curve: Curve) -> None:
        from workbench.ui.plots.strength import StrengthPlot

        uses = [(used, _peak(curve, used)) for used in curve.uses]
        picture = StrengthPlot(curve, now_of(curve), uses)
        picture.say(said(curve))
        table = table_of(map(_line, dates(curve)), wide=1)
        super().__init__(picture, table, said(curve), tr("As a curve"))
        self.curve = curve
        self.switch.setObjectName("as_table")


def said(curve: Curve) -> str:
    """The curve in a sentence or two."""
    parts = [tr("Strength {now_of:.1f} of {cap:.0f} now", now_of=now_of(curve), cap=curve.cap)]
    if curve.uses:
        parts.append(tr("last used on {uses}", uses=words.day(curve.uses[-1])))
    text = ", ".join(parts)
    if curve.pinned:
        return tr("{text}. Pinned: it does not fade.", text=text)
    if curve.half_at is None:
        return tr("{text}. It halves in {span} unused.", text=text, span=span(curve.half_life))
    return tr(
        "{text}. Unused, half of it is left on {half_at}.",
        text=text,
        half_at=words.day(curve.half_at),
    )


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
    listed = [(used, tr("Used"), _peak(curve, used)) for used in curve.uses[-_MOST_USES:]]
    listed.append((curve.now, tr("Now"), now_of(curve)))
    if not curve.pinned:
        if curve.half_at is not None:
            listed.append((curve.half_at, tr("Half, if unused"), now_of(curve) / 2))
        if curve.times and curve.times[-1] > curve.now:
            listed.append((curve.times[-1], tr("If unused until then"), curve.strengths[-1]))
    return sorted(listed)


def _peak(curve: Curve, used: float) -> float:
    """How strong it was right after a use: the samples stand beside it, not on it."""
    first = bisect_left(curve.times, used)
    beside = curve.strengths[first : first + 2]
    return max(beside, default=at(curve, used))


def _line(date: tuple[float, str, float]) -> tuple[QWidget, ...]:
    moment, what, strong = date
    day = words.day(moment, year=True)
    number = label(f"{strong:.1f}", "small")
    number.setAccessibleName(
        tr("{day}: {what}, strength {strong:.1f}", day=day, what=what, strong=strong)
    )
    return label(day, "small"), label(what, "small", wrap=True), number
