"""Nothing is cut off, at 200 % in the smallest window either; what is disabled looks so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionTab,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, job
from tests.ui.fits import clipped
from tests.ui.stage import came_to_rest, settled, words_of
from workbench import version
from workbench.intake.records import Watched
from workbench.jobs import Progress
from workbench.memory.graph.records import LinkingProgress
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.components.controls import button, chip, field, tool
from workbench.ui.components.notices import Action
from workbench.ui.components.words import Elided
from workbench.ui.library.model import KEYS
from workbench.ui.window.library_problems import CHANGED, ChangedBar
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, LIBRARY, READER

NAMES_OF_TOOLS = ["Search or ask", "Add", "Inspector"]


def _in_tools(press: QToolButton) -> bool:
    parent = press.parentWidget()
    return isinstance(parent, QToolBar) and press.accessibleName() in NAMES_OF_TOOLS


QUESTION = "When did the first of all the forgetting curves appear in print?"


def _stock(fake: FakeShelfLibrary) -> None:
    chapters = [(f"Chapter {n}", f"Chapter {n}\n\nIn 188{n} he published.\n\n") for n in range(4)]
    book = fake.put("The Trace: a short history of the study of memory", chapters, author="Nobody")
    for n in range(6):
        fake.put(f"Book {n}", [("", "Words.")], author="Someone With a Long Name", kind="pdf")
    fake.answer(QUESTION, [fake.quote(book, "In 1882 he published.")], value="1882")
    fake.jobs = [
        job(1, "reading.epub", "running", stage="read", stage_word="Indexing", done=3, total=9),
        job(2, "locked.pdf", "failed", error="It asks for a password.", hint="Unlock it first."),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("live", [True, False])
def test_k3_nothing_is_cut_off_at_200_percent_in_a_small_window(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, live: bool
) -> None:
    _stock(fake)
    if not live:
        theme.zoom_first(2.0)
        theme.apply(_app(), "light")
    window = make_window(fake, settings=Settings(zoom=1.0 if live else 2.0), size=(1024, 700))
    settled(qtbot, window, 7)
    window.toasts.say("2 sources moved to the Trash", Action("Undo", list))
    if live:
        for _ in range(10):
            window.actions_by_name["zoom_in"].trigger()
    assert theme.px(100) == 200
    for prepare in (_library, _reader, _ask):
        prepare(window, qtbot)
        came_to_rest(qtbot, window)
        assert (window.width(), window.height()) == (1024, 700)
        assert clipped(window) == [], prepare.__name__


def _at_200_percent(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    _stock(fake)
    theme.zoom_first(2.0)
    theme.apply(_app(), "light")
    window = make_window(fake, settings=Settings(zoom=2.0), size=(1024, 700))
    settled(qtbot, window, 7)
    return window


@pytest.mark.slow
def test_k3_much_under_way_makes_no_small_window_wider(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = _at_200_percent(make_window, fake, qtbot)
    status = window.status
    status.show_rest("Sleeps at 3:00", learning=True)
    status.show_embedding(Progress("embedding", 4, 9))
    came_to_rest(qtbot, window)

    def fits() -> None:
        # Told again, for the window itself looks at the links of its library.
        status.show_linking(LinkingProgress(4, 4, "Moby-Dick; or, The Whale", 0.4))
        _app().processEvents()
        assert (window.width(), window.height()) == (1024, 700)
        assert clipped(window.status) == []
        assert "Finding links: 4 of 4 sources left" in status.queue.toolTip()

    qtbot.waitUntil(fits)


def test_k3_the_status_cuts_no_words_at_200_percent(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = _at_200_percent(make_window, fake, qtbot)
    window.resize(1280, 800)
    window.status.show_rest("Has not slept yet", learning=True)
    came_to_rest(qtbot, window)

    def whole() -> None:
        # Told again, for the window itself looks at the links of its library.
        window.status.show_linking(LinkingProgress(1, 1, "The Trace: a history of memory", 0.4))
        _app().processEvents()
        shown = [each for each in window.status.findChildren(Elided) if each.isVisible()]
        assert "Scope: Everything" in [each.text() for each in shown]
        for each in shown:
            assert each.fontMetrics().horizontalAdvance(each.text()) <= each.width(), each.text()

    qtbot.waitUntil(whole)


@pytest.mark.slow
def test_k3_the_inspector_fits_at_200_percent_in_the_place_of_the_collections(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = _at_200_percent(make_window, fake, qtbot)
    window.library_tab.table.selectRow(0)
    docks, act = window.docks.docks, window.actions_by_name
    for key, shown, hidden in (
        ("panel_inspector", "inspector", "collections"),
        ("panel_collections", "collections", "inspector"),
        ("panel_inspector", "inspector", "collections"),
    ):
        act[key].trigger()
        came_to_rest(qtbot, window)
        assert (window.width(), window.height()) == (1024, 700)
        assert docks[shown].isVisible()
        assert not docks[hidden].isVisible()
        assert not act[f"panel_{hidden}"].isChecked()
        assert clipped(window) == []
    # Whoever leaves makes room for the other again.
    act["panel_inspector"].trigger()
    assert docks["collections"].isVisible()
    act["panel_inspector"].trigger()
    window.resize(1700, 900)
    qtbot.waitUntil(lambda: docks["collections"].isVisible() and docks["inspector"].isVisible())

    def pulled() -> bool:
        # The first pull goes as far as both let it.
        window.resize(1024, 700)
        return window.width() == 1024

    qtbot.waitUntil(pulled)
    assert not docks["collections"].isVisible()
    assert docks["inspector"].isVisible()


@pytest.mark.slow
def test_k3_the_first_start_fits_at_200_percent(make_window: MakeWindow, qtbot: QtBot) -> None:
    theme.zoom_first(2.0)
    theme.apply(_app(), "light")
    window = make_window(exists=False, settings=Settings(zoom=2.0), size=(1024, 700))
    qtbot.waitUntil(lambda: window.library_tab.add_button.isVisible())
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == (1024, 700)
    assert clipped(window) == []
    told = words_of(window.library_tab)
    assert all(hint in told for hint in ("Books and papers", "A YouTube link", "The sample"))
    # A tool bar hides what finds no room in it.
    tools = [each for each in window.findChildren(QToolButton) if _in_tools(each)]
    assert [each.accessibleName() for each in tools if each.isVisible()] == NAMES_OF_TOOLS


@pytest.mark.slow
def test_e1_a_message_above_the_first_page_is_seen_whole(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.library_tab.add_button.isVisible())
    window.navigate.show_panel("activity")
    shown = window.bars.say("held", "The disk is full.", "Make room; what waits is made then.")
    came_to_rest(qtbot, window)
    assert window.bars.height() >= shown.sizeHint().height()
    assert _on(window, window.bars).contains(_on(window, shown))
    assert clipped(window) == []


@pytest.mark.slow
def test_zoom_and_back_leaves_everything_as_it_was(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _stock(fake)
    window = make_window(fake)
    settled(qtbot, window, 7)
    qtbot.wait(50)
    table = window.library_tab.table

    def widths() -> list[int]:
        return [table.columnWidth(at) for at in range(1, len(KEYS))]

    before = widths(), window.tabs.tabRect(ASK).size()
    for _ in range(5):
        window.actions_by_name["zoom_in"].trigger()
        qtbot.wait(20)
    assert widths() != before[0]
    window.actions_by_name["zoom_reset"].trigger()
    qtbot.waitUntil(lambda: widths() == before[0])
    assert window.library_tab.columns().widths == {}
    assert window.tabs.tabRect(ASK).size() == before[1]


def test_a_tab_keeps_its_place_when_it_is_chosen(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    places = []
    for chosen in (LIBRARY, READER, ASK):
        window.navigate.show_tab(chosen)
        seen = [at for at in range(window.tabs.count()) if window.tabs.isTabVisible(at)]
        places.append([window.tabs.tabRect(at) for at in seen])
        came_to_rest(qtbot, window)
        assert clipped(window) == []
    assert places[0] == places[1] == places[2]


@pytest.mark.slow
def test_a_toast_does_not_cover_the_question(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _stock(fake)
    window = make_window(fake)
    settled(qtbot, window, 7)
    window.toasts.say("1 added", Action("Show", list), Action("Undo", list))
    _reader(window, qtbot)
    for at in (READER, ASK, LIBRARY, ASK, READER):
        window.tabs.setCurrentIndex(at)
        qtbot.wait(20)
        toast = _on(window, window.toasts)
        assert _on(window, window.spread).contains(toast)
        if at == ASK:
            assert not toast.intersects(_on(window, window.ask_tab.composer))


def _drawn(made: QWidget) -> QImage:
    """Its picture on white: where a widget that calls itself opaque draws nothing, `grab` shows
    whatever the memory held before."""
    picture = QImage(made.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    made.render(picture)
    return picture


def _checked(press: QToolButton) -> QToolButton:
    press.setChecked(True)
    return press


MAKE: dict[str, Callable[[], QWidget]] = {
    "plain": lambda: button("Add files", "add"),
    "primary": lambda: button("Add files", "add", "primary"),
    "quiet": lambda: button("Show", "", "quiet"),
    "danger": lambda: button("Remove", "trash", "danger"),
    "tool": lambda: tool("add", "Add", text=True),
    "sign": lambda: tool("add", "Add"),
    "chip": lambda: _checked(chip("Books", "book")),
    "segment": lambda: tool("", "Pages", text=True, kind="segment"),
    "field": lambda: _said(QLineEdit()),
    "search": lambda: field("Filter", "Filter", "search"),
    "box": lambda: _chosen(QComboBox()),
    "check": lambda: QCheckBox("Everything"),
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("kind", sorted(MAKE))
def test_what_cannot_be_used_looks_so(
    qapp: QApplication, qtbot: QtBot, kind: str, name: str
) -> None:
    theme.apply(qapp, name)
    made = MAKE[kind]()
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    usual = _drawn(made)
    made.setEnabled(False)
    pale = _drawn(made)
    theme.apply(qapp, "light")
    assert usual != pale
    ink = {theme.THEMES[name].accent.lower(), theme.THEMES[name].danger.lower()}
    shown = {
        pale.pixelColor(x, y).name() for x in range(pale.width()) for y in range(pale.height())
    }
    assert not shown & ink, "what acts has its colour only while it can be used"


def _library(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate.show_tab(LIBRARY)
    window.library_tab.select((1,))


def _reader(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate.open_source(1)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == 1)


def _ask(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate.focus_question()
    window.ask_tab.composer.field.setText(QUESTION)
    window.ask_tab.composer.ask()
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)


def _on(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _said(made: QLineEdit) -> QLineEdit:
    made.setText("Words")
    return made


def _chosen(made: QComboBox) -> QComboBox:
    made.addItem("Chapter 1")
    return made


@pytest.mark.slow
def test_k3_messages_above_the_page_scroll_where_there_is_little_room(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = _at_200_percent(make_window, fake, qtbot)
    fake.altered = {"/b/one.txt": 1, "/b/two.txt": 1}
    window.problems.report_missing(Path("/stick/Mine.brain"), window.shelf.path)
    window.adding.add([Path("/b/one.txt"), Path("/b/two.txt")])
    qtbot.waitUntil(lambda: window.bars.has(CHANGED))
    assert window.bars.findChildren(ChangedBar)
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == (1024, 700)
    assert clipped(window) == []
    area = window.bars.findChildren(QScrollArea)[0]
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["add_link", "watch", "works", "updates", "guide"])
def test_k3_sheets_are_whole_at_200_percent(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(version, "releases", lambda: "http://127.0.0.1:9/engram-workbench/json")
    theme.zoom_first(2.0)
    theme.apply(_app(), "contrast")
    fake.folders = [Watched("/stick/Papers", None, 1.7e9, "The folder is no longer there.")]
    window = make_window(fake, settings=Settings(zoom=2.0), size=(1024, 700))
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QDialog)))
    sheet = window.findChildren(QDialog)[0]
    came_to_rest(qtbot, window)
    qtbot.wait(60)
    assert clipped(sheet) == []
    sheet.close()


@pytest.mark.slow
@pytest.mark.parametrize("wide", [1440, 1024, 880])
def test_k3_the_words_of_the_places_have_room_in_every_width(
    make_window: MakeWindow, fake: FakeShelfLibrary, wide: int
) -> None:
    window = make_window(fake, size=(wide, 700), inspector=False)
    tabs, part = window.tabs, QStyle.SubElement.SE_TabBarTabText
    for at in (each for each in range(tabs.count()) if tabs.isTabVisible(each)):
        option = QStyleOptionTab()
        tabs.initStyleOption(option, at)
        room = tabs.style().subElementRect(part, option, tabs).width()
        assert tabs.tabText(at).strip()
        assert tabs.fontMetrics().horizontalAdvance(tabs.tabText(at)) <= room


@pytest.mark.parametrize("name", ["new_library", "open_library"])
def test_a_file_dialog_fits_a_small_screen_with_its_buttons_in_sight(
    make_window: MakeWindow, fake: FakeShelfLibrary, tmp_path: Path, name: str
) -> None:
    # Once it was closed Qt opens it as large as it was then; a first time has nothing to go by.
    kept = QSettings(QSettings.Scope.UserScope, "QtProject").fileName()
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(native, user, str(tmp_path))
    window = make_window(fake, size=(1024, 700))
    seen: list[QRect] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        buttons = dialog.findChild(QDialogButtonBox)
        assert buttons is not None
        seen.extend((dialog.rect(), buttons.geometry()))
        dialog.reject()

    QTimer.singleShot(50, window, look)
    window.actions_by_name[name].trigger()
    QSettings.setPath(native, user, str(Path(kept).parent))
    dialog, buttons = seen
    assert dialog.height() <= 700
    assert dialog.contains(buttons)
