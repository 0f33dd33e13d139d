"""Settings as a place of the window: the ways in and out, every page, nothing cut, all named."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, library_of, words_of
from workbench.library import Library
from workbench.models import choices
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.settings.appearance import AppearancePage, SleepSettingsPage
from workbench.ui.settings.library import LibraryPage, PrivacyPage
from workbench.ui.settings.models import ModelsPage
from workbench.ui.settings.page import Page
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, LIBRARY, TODAY


@pytest.fixture(autouse=True)
def _nobody_answers() -> None:
    """An address of this machine at which no Ollama is."""
    choices.change({"address": "127.0.0.1:9"})


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.loaded and made.shelf.library is not None)
    return made


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


@pytest.mark.slow
def test_k1_settings_open_by_key_and_esc_leads_back_to_where_one_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.navigate.show_tab(ASK)
    window.ask_tab.focus_question()
    before = QApplication.focusWidget()
    window.actions_by_name["settings"].trigger()
    place = window.preferences.pages
    assert place.isVisible()
    assert window.navigate.at == -1
    qtbot.waitUntil(place.list.hasFocus)
    assert not window.ask_tab.isVisible()
    assert not window.collections.isVisible()
    QTest.keyClick(place.list, Qt.Key.Key_Down)
    assert type(place.page) is ModelsPage
    assert place.page.isVisible()
    QTest.keyClick(place.list, Qt.Key.Key_Escape)
    assert not place.isVisible()
    assert window.navigate.at == ASK
    assert window.collections.isVisible()
    assert QApplication.focusWidget() is before
    assert window.actions_by_name["settings"].shortcut().toString() == "Ctrl+,"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["tab_library", "tab_today", "panel_collections"])
def test_every_other_way_leaves_settings(window: MainWindow, way: str) -> None:
    window.navigate.show_tab(LIBRARY)
    window.preferences.show()
    window.actions_by_name[way].trigger()
    assert not window.preferences.pages.isVisible()
    assert window.navigate.at == (TODAY if way == "tab_today" else LIBRARY)
    assert window.collections.isVisible()


@pytest.mark.slow
def test_nothing_is_done_to_sources_that_settings_hide(window: MainWindow, qtbot: QtBot) -> None:
    library = library_of(window)
    library.add_text("Salt is old.", title="Salt")
    qtbot.waitUntil(lambda: window.library_tab.model.rowCount() == 1)
    window.navigate.show_tab(LIBRARY)
    window.library_tab.table.selectRow(0)
    act = window.actions_by_name
    assert act["trash"].isEnabled()
    window.preferences.show()
    assert not act["trash"].isEnabled()
    window.navigate.leave_settings()
    assert act["trash"].isEnabled()


@pytest.mark.slow
def test_f6_finds_the_settings(window: MainWindow, qtbot: QtBot) -> None:
    preferences = window.preferences
    preferences.show(preferences.pages.of(AppearancePage))
    assert preferences.pages.of(AppearancePage).themes.hasFocus()
    window.navigate.show_panel("activity")
    window.cycle.step(1)
    window.cycle.step(1)
    assert preferences.pages.of(AppearancePage).themes.hasFocus()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_k3_every_page_is_named_and_whole_at_200_percent(
    make_window: MakeWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    factor = 2.0 if size[0] == 1024 else 1.0
    theme.zoom_first(factor)
    theme.apply(_app(), "light")
    window = make_window(settings=Settings(zoom=factor), size=size)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    for page in window.preferences.pages.pages:
        window.preferences.show(page)
        _assert_fits(window, page, qtbot, size)
    models = window.preferences.pages.of(ModelsPage)
    for kind in ("embedding", "speech", "pictures", "language"):
        window.preferences.show_models(kind)
        _assert_fits(window, models, qtbot, size)


def _assert_fits(window: MainWindow, page: Page, qtbot: QtBot, size: tuple[int, int]) -> None:
    qtbot.waitUntil(lambda: "Looking…" not in words_of(page))
    qtbot.waitUntil(lambda: "Asking" not in words_of(page))
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == size
    assert clipped(window) == [], page.title.name
    assert unnamed(window) == [], page.title.name


@pytest.mark.slow
def test_appearance_changes_at_once_and_follows_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    page = window.preferences.pages.of(AppearancePage)
    window.preferences.show(page)
    page.themes.setCurrentIndex(page.themes.findData("dark"))
    page.themes.activated.emit(page.themes.currentIndex())
    assert theme.current().name == "dark"
    assert window.settings.theme == "dark"
    page.sizes.setCurrentIndex(page.sizes.findData(150))
    page.sizes.activated.emit(page.sizes.currentIndex())
    assert window.settings.zoom == 1.5
    assert theme.px(100) == 150
    window.actions_by_name["theme_contrast"].trigger()
    qtbot.waitUntil(lambda: page.themes.currentData() == "contrast")
    window.actions_by_name["zoom_reset"].trigger()
    qtbot.waitUntil(lambda: page.sizes.currentData() == 100)


@pytest.mark.slow
def test_the_library_page_says_where_it_lies_and_backs_it_up(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = window.preferences.pages.of(LibraryPage)
    window.preferences.show(page)
    qtbot.waitUntil(lambda: "0 sources" in words_of(page))
    assert window.shelf.path.name in words_of(page)
    backup = tmp_path / "copy.brain"
    monkeypatch.setattr(
        "workbench.ui.window.backup_actions.QFileDialog.getSaveFileName",
        lambda *_args: (str(backup), ""),
    )
    press = next(each for each in page.findChildren(QPushButton) if each.text() == "Back up…")
    press.click()
    qtbot.waitUntil(backup.exists)
    qtbot.waitUntil(lambda: not window.activity.tasks.running)
    with Library.open(backup, read_only=True) as copy:
        assert copy.sources.list() == []


@pytest.mark.slow
def test_the_privacy_page_names_every_way_out(window: MainWindow, qtbot: QtBot) -> None:
    page = window.preferences.pages.of(PrivacyPage)
    window.preferences.show(page)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    qtbot.waitUntil(lambda: "No page has been fetched for this library." in words_of(page))
    told = words_of(page)
    assert "When you add a link" in told
    assert "run on this computer" in told


@pytest.mark.slow
def test_a13_sleep_and_learning_stand_in_settings_and_lead_to_a_preview(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_by_name["sleep_settings"].trigger()
    page = window.preferences.pages.of(SleepSettingsPage)
    assert page.isVisible()
    qtbot.waitUntil(page.rest.isEnabled)
    assert page.rest.learning.isChecked()
    press = next(each for each in page.findChildren(QPushButton) if "Preview" in each.text())
    press.click()
    qtbot.waitUntil(window.today_tab.sleep_page.isVisible)
    assert window.navigate.at == TODAY
    press = next(
        each
        for each in window.today_tab.sleep_page.findChildren(QPushButton)
        if "Schedule" in each.text()
    )
    press.click()
    qtbot.waitUntil(page.isVisible)


@pytest.mark.slow
def test_nothing_flashes_up_beside_the_window_when_settings_are_made(
    window: MainWindow, qtbot: QtBot
) -> None:
    """What is told to be seen before it has a place is a window of its own, for a moment."""

    class Windows(QObject):
        shown: ClassVar[list[QWidget]] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            shows = event.type() == QEvent.Type.Show
            if shows and isinstance(watched, QWidget) and watched.isWindow():
                self.shown.append(watched)
            return False

    watching = Windows()
    _app().installEventFilter(watching)
    for page in window.preferences.pages.pages:
        window.preferences.show(page)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    _app().removeEventFilter(watching)
    assert [each.accessibleName() or repr(each) for each in watching.shown] == []
    assert QApplication.activeWindow() is window


@pytest.mark.slow
def test_m5_defaults_come_back_in_one_step_and_what_was_chosen_by_undo(
    window: MainWindow,
) -> None:
    pages = window.preferences.pages
    window.preferences.show(pages.of(AppearancePage))
    window.look.set_theme("dark")
    window.look.set_zoom(1.2)
    window.context.settings.now = replace(
        window.settings, citation_style="apa", face="sans", shortcuts=("tags=Ctrl+J",)
    )
    chosen = window.collect_settings()
    pages.of(AppearancePage).defaults.click()
    plain, now = Settings(), window.collect_settings()

    def of(kept: Settings) -> tuple[object, ...]:
        return kept.theme, kept.zoom, kept.citation_style, kept.face, kept.shortcuts

    assert of(now) == of(plain)
    assert window.actions_by_name["tags"].shortcut() == QKeySequence("Ctrl+T")
    assert pages.of(AppearancePage).themes.currentData() == "system"
    # What is no setting stays: the library, and where one reads.
    assert (now.library, now.places) == (chosen.library, chosen.places)
    presses = window.toasts.findChildren(QPushButton)
    next(each for each in presses if each.text() == "Undo" and each.isVisible()).click()
    assert of(window.collect_settings()) == of(chosen)
    assert window.actions_by_name["tags"].shortcut() == QKeySequence("Ctrl+J")


def test_m5_how_a_library_sleeps_is_its_own(tmp_path: Path) -> None:
    with Library.open(tmp_path / "One.brain") as one, Library.open(tmp_path / "Two.brain") as two:
        one.sleep.configure(every_hours=8.0)
        assert one.sleep.configure().every_hours == 8.0
        assert two.sleep.configure().every_hours == 24.0
