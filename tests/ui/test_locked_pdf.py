"""A locked PDF asks for its password where it waits, and where its pages are to be seen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.intake.test_locked_files import _PASSWORD, leaks, locked
from tests.ui.conftest import MakeWindow
from tests.ui.stage import pick_row, settled
from workbench import paths
from workbench.library import Library
from workbench.ui.activity.panel import LockedFiles
from workbench.ui.activity.rows import UNLOCK, verbs
from workbench.ui.components.controls import PasswordField
from workbench.ui.window.main import MainWindow


def type_into(field: PasswordField, password: str) -> None:
    field.field.setText(password)
    QTest.keyClick(field.field, Qt.Key.Key_Return)


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = make_window()
    settled(qtbot, made, 0)
    made.adding.add([locked(tmp_path / "a.pdf"), locked(tmp_path / "b.pdf", "another")])
    made.navigate.show_panel("activity")
    qtbot.waitUntil(lambda: len(made.activity.password.rows) == 2)
    return made


@pytest.mark.slow
def test_the_queue_asks_for_the_password_and_a_wrong_one_can_be_mended(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    asks = window.activity.password
    assert asks.isVisible()
    assert asks.title.text() == "Locked with a password: a.pdf, b.pdf"
    window.activity.do(UNLOCK, next(row for row in asks.rows if UNLOCK in verbs(row)))
    qtbot.waitUntil(asks.field.hasFocus)
    type_into(asks, "wrong")
    qtbot.waitUntil(asks.problem.isVisible)
    assert asks.problem.text() == "This password opens none of them. Check it and try again."
    assert asks.field.text() == "wrong"
    type_into(asks, _PASSWORD)
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: asks.title.text() == "Locked with a password: b.pdf")
    type_into(asks, "wrong")
    qtbot.waitUntil(lambda: "not the password of “b.pdf”" in asks.problem.text())
    type_into(asks, "another")
    settled(qtbot, window, 2)
    qtbot.waitUntil(lambda: not asks.isVisible())
    for folder in (tmp_path, paths.log_dir(), paths.cache_dir(), paths.config_dir()):
        assert leaks(folder) == []


@pytest.mark.slow
def test_a_locked_source_asks_on_its_card_and_where_its_pages_are(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.queue.unlock(_PASSWORD)
        (added,) = library.add(locked(tmp_path / "a.pdf"))
    window = make_window()
    settled(qtbot, window, 1)
    assert added.source is not None
    pick_row(window, 0)

    def card() -> LockedFiles:
        return window.inspector.findChildren(LockedFiles)[-1]

    assert card().isHidden()
    window.actions_by_name["reindex"].trigger()
    qtbot.waitUntil(lambda: card().isVisible())
    window.navigate.open_source(added.source)
    qtbot.waitUntil(lambda: "locked" in window.reader_tab.notice())
    (asks,) = window.reader_tab.findChildren(PasswordField)
    type_into(asks, "wrong")
    qtbot.waitUntil(lambda: "not the password of “a.pdf”" in asks.problem.text())
    type_into(asks, _PASSWORD)
    qtbot.waitUntil(lambda: window.reader_tab.page_view.pictures > 0)
    assert window.reader_tab.shows_pages
    window.navigate.show_library()
    type_into(card(), _PASSWORD)
    qtbot.waitUntil(lambda: card().isHidden())
