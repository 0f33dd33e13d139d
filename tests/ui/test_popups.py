"""Lists that drop down: readable in every theme, wide enough, and nothing cut."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.looks import legibility
from tests.ui.stage import fill, pick_row, settled
from workbench.memory.graph.records import Concept
from workbench.ui import theme
from workbench.ui.inspector.chips import TagEditor
from workbench.ui.settings.appearance import AppearancePage
from workbench.ui.window.tabs import ASSOCIATIONS

_THEMES = ("light", "dark", "contrast")


@pytest.fixture(params=_THEMES)
def paint(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    yield request.param
    theme.apply(qapp, "light")


def _check(popup: QAbstractItemView, wide: int = 320) -> None:
    popup.clearSelection()
    picture = popup.grab().toImage()
    paper, ratio = legibility(picture, picture.rect().adjusted(6, 6, -16, -6))
    assert paper == theme.current().raised.lower()
    assert ratio >= 4.5
    assert popup.window().width() >= wide
    assert not popup.horizontalScrollBar().isVisible()


def _type(qtbot: QtBot, line: QLineEdit, words: str) -> QAbstractItemView:
    """Type as one does, and give the list that drops down."""
    line.window().activateWindow()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClicks(line, words)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QAbstractItemView)
    return popup


@pytest.mark.slow
def test_concepts_offered_can_be_read(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    paint: str,
) -> None:
    names = ("Moby-Dick", "murmured Ahab, with a long name that no field of 176 px can show whole")
    found = [Concept(at, name, "entity", 9, None, None, False) for at, name in enumerate(names)]
    monkeypatch.setattr(fake, "graph_concepts", lambda *words, **_options: found if words else [])
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    theme.apply(qapp, paint)
    window.navigate.show_tab(ASSOCIATIONS)
    _check(_type(qtbot, window.associations_tab.bar.field.line, "m"))


@pytest.mark.slow
def test_tags_offered_can_be_read(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, qapp: QApplication, paint: str
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    fake.sources.tag([window.shelf.sources[0].id], "an unusually long name of a tag")
    qtbot.waitUntil(lambda: bool(window.shelf.tags))
    theme.apply(qapp, paint)
    window.navigate.show_panel("inspector")
    pick_row(window, 1)
    editor = window.inspector.findChildren(TagEditor)[0]
    _check(_type(qtbot, editor.field, "long"))


@pytest.mark.slow
def test_choices_of_a_box_can_be_read(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, qapp: QApplication, paint: str
) -> None:
    window = make_window(fake)
    theme.apply(qapp, paint)
    window.preferences.show(window.preferences.pages.of(AppearancePage))
    box = window.preferences.pages.of(AppearancePage).themes
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(box.view().isVisible)
    _check(box.view(), wide=1)
    box.hidePopup()
