"""The curve of a strength: its sentence, its table, and that it is drawn in both directions."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looks import unnamed
from tests.ui.stage import words_of
from workbench.memory.fading.records import Curve
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.strength import place as drawing
from workbench.ui.strength.place import StrengthCurve

DAY = 86_400.0
NOW = 1_795_000_000.0


def _sampled() -> Curve:
    """Told 40 days ago, used ten days ago, halving in 35 days."""
    told, used = NOW - 40 * DAY, NOW - 10 * DAY

    def strong(moment: float) -> float:
        if moment < told:
            return 0.0
        if moment < used:
            return float(0.5 ** ((moment - told) / (35 * DAY)))
        return float((1 + 0.5 ** (30 / 35)) * 0.5 ** ((moment - used) / (35 * DAY)))

    times = sorted({*(NOW + days * DAY for days in range(-60, 61)), used - 1, used})
    return Curve(
        tuple(times), tuple(map(strong, times)), (used,), NOW, NOW + 35 * DAY, False, 35 * DAY, 8.0
    )


def test_t1_the_curve_says_itself_in_a_sentence() -> None:
    curve = _sampled()
    said = drawing.description(curve)
    assert said == (
        f"Strength 1.3 of 8 now, last used on {words.day(NOW - 10 * DAY)}."
        f" Unused, half of it is left on {words.day(NOW + 35 * DAY)}."
    )
    pinned = drawing.description(replace(curve, pinned=True, half_at=None))
    assert pinned.endswith("Pinned: it does not fade.")
    assert "It halves in 35 days unused." in drawing.description(replace(curve, half_at=None))


@pytest.mark.slow
def test_t1_the_table_has_the_dates_of_the_curve(qtbot: QtBot) -> None:
    curve = _sampled()
    shown = StrengthCurve(curve)
    qtbot.addWidget(shown)
    shown.show()
    assert shown.table.isHidden()
    shown.switch.click()
    assert not shown.picture.isVisible()
    told = words_of(shown.table)
    for moment, word in ((-10, "Used"), (0, "Now"), (35, "Half, if unused")):
        assert f"{words.day(NOW + moment * DAY, year=True)}\n{word}" in told
    assert shown.switch.accessibleName() == "As a curve"
    spoken = QAccessible.queryAccessibleInterface(shown).text(QAccessible.Text.Name)
    assert spoken == drawing.description(curve)
    assert not unnamed(shown)
    shown.switch.click()
    assert shown.picture.isVisible()


def test_t1_what_is_pinned_has_no_half(qtbot: QtBot) -> None:
    dates = drawing.dates(replace(_sampled(), pinned=True, half_at=None))
    assert [what for _, what, _ in dates] == ["Used", "Now"]


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_t1_the_curve_is_drawn_in_every_theme_and_both_directions(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    theme.apply(qapp, name)
    try:
        pictures = []
        for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            shown = StrengthCurve(_sampled())
            qtbot.addWidget(shown)
            shown.setLayoutDirection(direction)
            shown.resize(320, 180)
            shown.show()
            pictures.append(_picture(shown.picture))
        ink = theme.colour("accent").rgb()
        for picture in pictures:
            inked = [
                x
                for x in range(picture.width())
                for y in range(picture.height())
                if picture.pixel(x, y) == ink
            ]
            assert inked
            # The past reaches from one edge to the middle, the future from there to the other.
            assert min(inked) < picture.width() / 3
            assert max(inked) > picture.width() * 2 / 3
        assert pictures[0] != pictures[1]
    finally:
        theme.apply(qapp, "light")


def test_a_picture_is_drawn_once_for_all_that_changes_in_a_turn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.ui.plots.curves import StrengthPlot

    drawn: list[int] = []
    draw = StrengthPlot.draw

    def counted(plot: StrengthPlot) -> None:
        drawn.append(plot.width())
        draw(plot)

    monkeypatch.setattr(StrengthPlot, "draw", counted)
    shown = StrengthCurve(_sampled())
    qtbot.addWidget(shown)
    shown.resize(300, 180)
    shown.show()
    for wide in (320, 340, 360):
        shown.resize(wide, 180)
    _picture(shown.picture)
    assert drawn == [360]


def test_spans_are_said_in_the_unit_that_suits_them() -> None:
    said = [words.span(s) for s in (20.0, 600.0, 3600.0, 30 * 3600.0, 35 * DAY, 800 * DAY)]
    assert said == ["1 minute", "10 minutes", "1 hour", "30 hours", "35 days", "2 years"]


def test_t1_the_first_picture_of_a_curve_is_whole(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    shown = StrengthCurve(_sampled())
    qtbot.addWidget(shown)
    shown.resize(320, 240)
    shown.show()
    first = shown.picture.grab().toImage()
    assert shown.picture.grab().toImage() == first
