"""Colours, type and icons: readable in every theme, and right after every switch."""

import errno
import re
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.contrast import contrast
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import came_to_rest, words_of
from workbench import paths
from workbench.ui import theme
from workbench.ui.components.boxes import column
from workbench.ui.components.controls import Sign, button
from workbench.ui.theme import icons, switch
from workbench.ui.theme.tokens import PENS, THEMES, Theme

_TEXT, _MARK = 4.5, 3.0
#: (ink, paper, least ratio).
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("text", paper, _TEXT) for paper in ("surface", "canvas", "raised", "hover", "sunken")),
    ("text", "accent_soft", _TEXT),
    ("text", "marker", _TEXT),
    ("text", "select", _TEXT),
    *(("text2", paper, _TEXT) for paper in ("surface", "canvas", "raised", "hover", "sunken")),
    ("text2", "accent_soft", _TEXT),
    *(("text3", paper, _TEXT) for paper in ("surface", "canvas", "raised", "hover")),
    *(("accent", paper, _TEXT) for paper in ("surface", "canvas", "raised", "hover")),
    ("accent", "accent_soft", _TEXT),
    ("on_accent", "accent", _TEXT),
    *((tag, "surface", _TEXT) for tag in ("explicit", "confirmed", "emergent", "predicted")),
    *(("confirmed", paper, _MARK) for paper in ("canvas", "raised", "accent_soft")),
    *((ink, "accent_soft", _MARK) for ink in ("explicit", "emergent", "predicted")),
    *((ink, "canvas", _MARK) for ink in ("explicit", "predicted")),
    *(("emergent", paper, _TEXT) for paper in ("canvas", "raised")),
    *(("danger", paper, _TEXT) for paper in ("surface", "canvas", "raised", "hover")),
    *(("edge", paper, _MARK) for paper in ("surface", "canvas", "raised")),
    ("accent", "line", _MARK),
    ("marker_edge", "surface", _MARK),
    *(("text", pen, _TEXT) for pen in PENS),
    *(
        (f"{pen}_edge", paper, _MARK)
        for pen in PENS
        for paper in ("surface", "canvas", "raised", "hover", "accent_soft")
    ),
)


@pytest.mark.parametrize("name", THEMES)
def test_every_ink_is_readable_on_its_paper(name: str) -> None:
    chosen = THEMES[name]
    poor = [
        (ink, paper, round(contrast(getattr(chosen, ink), getattr(chosen, paper)), 2))
        for ink, paper, least in PAIRS
        if contrast(getattr(chosen, ink), getattr(chosen, paper)) < least
    ]
    assert not poor


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


def test_no_two_tags_look_the_same() -> None:
    for chosen in THEMES.values():
        inks = {chosen.explicit, chosen.confirmed, chosen.emergent, chosen.predicted}
        assert len(inks) == 4


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_filled_in(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    sheet = switch.sheet(THEMES[name])
    assert "@" not in sheet
    for address in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(address).is_file()


def test_the_palette_says_what_the_tokens_say(qapp: QApplication) -> None:
    for name, chosen in THEMES.items():
        theme.apply(qapp, name)
        palette = qapp.palette()
        assert palette.window().color() == QColor(chosen.canvas)
        assert palette.text().color() == QColor(chosen.text)
        assert palette.accent().color() == QColor(chosen.accent)
        assert theme.current() is chosen


def test_system_follows_the_desktop(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    # The offscreen desktop has no scheme of its own, which counts as light.
    assert theme.apply(qapp, "system").name == "light"


@pytest.mark.slow
def test_every_icon_draws_something_in_the_ink_of_the_theme(qapp: QApplication) -> None:
    assert len(icons.names()) > 20
    for chosen in THEMES.values():
        theme.apply(qapp, chosen.name)
        for name in icons.names():
            picture = theme.icon(name, "accent").pixmap(QSize(40, 40)).toImage()
            colours = [
                picture.pixelColor(x, y)
                for x in range(picture.width())
                for y in range(picture.height())
            ]
            full = [c for c in colours if c.alpha() == 255]
            assert full, name
            assert all(abs(c.red() - QColor(chosen.accent).red()) < 8 for c in full), name


def test_icons_are_strokes_on_one_grid() -> None:
    for path in (paths.resources() / "icons").glob("*.svg"):
        drawing = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 20 20"' in drawing
        assert 'fill="none"' in drawing
        assert 'stroke-width="1.5"' in drawing
        assert drawing.count("<path") == 1, path.name


def test_a_disabled_icon_is_pale_and_a_checked_one_acts(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    shown = theme.icon("close")
    inks = {
        (mode, state): _ink(shown, mode, state)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
        for state in (QIcon.State.Off, QIcon.State.On)
    }
    assert inks[QIcon.Mode.Disabled, QIcon.State.Off] == QColor(theme.current().text3)
    assert inks[QIcon.Mode.Normal, QIcon.State.On] == QColor(theme.current().accent)
    assert inks[QIcon.Mode.Normal, QIcon.State.Off] == QColor(theme.current().text2)


def _ink(icon: QIcon, mode: QIcon.Mode, state: QIcon.State) -> QColor:
    picture = icon.pixmap(QSize(60, 60), mode, state).toImage()
    return picture.pixelColor(QPoint(picture.width() // 2, picture.height() // 2))


def test_an_icon_without_room_paints_nothing(qapp: QApplication) -> None:
    # A warning of Qt fails a test.
    assert icons.icon("search").pixmap(QSize(0, 0)).isNull()
    assert icons.icon("search").pixmap(QSize(16, 0)).isNull()


def test_sizes_grow_with_zoom(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    before = (theme.font("body").pixelSize(), theme.px(34))
    theme.zoom(qapp, 2.0)
    after = (theme.font("body").pixelSize(), theme.px(34))
    theme.zoom(qapp, 1.0)
    assert before == (13, 34)
    assert after == (26, 68)


def test_sources_speak_in_serif_and_the_program_in_sans(qapp: QApplication) -> None:
    assert theme.font("reading").family() == theme.family(serif=True)
    assert theme.font("body").family() == theme.family(serif=False)
    assert theme.font("page").weight() > theme.font("body").weight()


def test_what_bakes_colours_in_is_told_once_a_switch(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    shown = QLabel("words")
    qtbot.addWidget(shown)
    told: list[Theme] = []
    theme.watch(shown, lambda: told.append(theme.current()))
    shown.show()
    qtbot.wait(20)
    told.clear()
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(20)
    assert told == [THEMES["dark"]]


def test_a_part_that_is_hidden_puts_the_sheet_on_when_it_is_shown(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, "light", sheet=False)
    window, pages, seen, other = QWidget(), QStackedWidget(), QLabel("a"), QLabel("b")
    qtbot.addWidget(window)
    window.setLayout(column(pages))
    for page in (seen, other):
        pages.addWidget(page)
    theme.dress(window, pages)
    light = seen.styleSheet()
    assert light
    assert not other.styleSheet()
    window.show()
    pages.setCurrentWidget(other)
    assert other.styleSheet() == light
    theme.apply(qapp, "dark", sheet=False)
    assert (seen.styleSheet(), other.styleSheet()) == (light, switch.sheet(THEMES["dark"]))
    pages.setCurrentWidget(seen)
    assert seen.styleSheet() == other.styleSheet()
    late = QLabel("c", window)
    late.show()
    assert late.styleSheet() == seen.styleSheet()


def _reads(window: QWidget, words: str) -> bool:
    return words in words_of(window)


@pytest.mark.slow
def test_a_switch_while_running_equals_a_fresh_start(
    make_window: MakeWindow, fake: FakeShelfLibrary, qapp: QApplication, qtbot: QtBot
) -> None:
    fake.put("Frankenstein", [("1", "It was a dreary night.")], author="Mary Shelley")
    window = make_window(fake)
    qtbot.waitUntil(lambda: len(window.library_tab.model.rows) == 1)
    window.library_tab.table.selectRow(0)
    window.library_tab.table.setFocus()
    # What was read of the source comes a moment after the rest of the Inspector.
    for late in ("5 words", "Nothing similar"):
        qtbot.waitUntil(partial(_reads, window, late))
    qtbot.waitUntil(
        lambda: any("slept" in each.text() for each in window.findChildren(QAbstractButton))
    )
    came_to_rest(qtbot, window)
    fresh = window.grab().toImage()
    window.look.set_theme("dark")
    qtbot.wait(50)
    dark = window.grab().toImage()
    window.look.set_theme("light")
    assert dark != fresh
    qtbot.waitUntil(lambda: window.grab().toImage() == fresh)
    assert window.settings.theme == "light"


def test_the_mark_on_a_sign_follows_zoom(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    sign = Sign("book", "accent", 20)
    qtbot.addWidget(sign)
    theme.zoom(qapp, 1.5)
    qtbot.waitUntil(lambda: sign.width() == 30)
    theme.zoom(qapp, 1.0)
    qtbot.waitUntil(lambda: sign.width() == 20)


def test_buttons_have_names_and_kinds(qapp: QApplication, qtbot: QtBot) -> None:
    made: QPushButton = button("Add files…", "add", "primary")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Add files…"
    assert made.property("kind") == "primary"


def test_a_full_disk_leaves_the_style_sheet_without_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert "url(" in switch.sheet(THEMES["light"])
