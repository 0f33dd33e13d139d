"""The whole window, as a user meets it: start, place, sample, room, errors, undo."""

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_library import as_library
from tests.ui.fake_shelf import FakeShelfLibrary, job
from tests.ui.stage import fill, library_of, pick_row, settled, words_of
from workbench import paths
from workbench import settings as remembered
from workbench.cli import main as command_line
from workbench.errors import LibraryError, NotALibraryError
from workbench.intake.records import QueueSummary
from workbench.library import Library
from workbench.settings import Settings
from workbench.ui import app as starting
from workbench.ui.library.scope import Scope
from workbench.ui.window.main import MainWindow
from workbench.ui.window.single_instance import First, raise_first
from workbench.ui.window.single_instance import _address as _socket_name
from workbench.ui.window.status import queue_words
from workbench.ui.window.tabs import ASK, LIBRARY, READER

_SCREENSHOT = Path(__file__).parents[2] / "packaging" / "screenshot.py"
_GONE = QLocalSocket.LocalSocketState.UnconnectedState


# -- start ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_s1_the_window_is_there_before_the_library(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    gate, threads = threading.Event(), []

    def opens(_path: Path) -> Library:
        threads.append(threading.get_ident())
        gate.wait(seconds(10))
        return as_library(fake)

    window = make_window(opens=opens)
    qtbot.waitUntil(lambda: bool(threads))
    assert window.isVisible()
    assert window.shelf.library is None
    window.navigate.show_tab(ASK)
    assert window.pages.currentWidget() is window.ask_tab
    worked: list[bool] = []
    window.shelf.sources_changed.connect(lambda: worked.append(fake.worked))
    gate.set()
    settled(qtbot, window, 3)
    assert threads != [threading.get_ident()]
    # What is not seen first waits until the sources are.
    qtbot.waitUntil(lambda: fake.worked)
    assert worked == [False]


@pytest.mark.slow
def test_s1_the_library_is_never_called_on_the_gui_thread(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    pick_row(window, 0)
    window.library_tab.show_indexed()
    window.navigate.open_source(1)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == 1)
    window.ask_tab.ask("Who saw it?")
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    assert threading.get_ident() not in fake.threads


@pytest.mark.slow
def test_s1_the_window_imports_no_library_of_models_or_numbers() -> None:
    code = (
        "import sys, workbench.ui.app\n"
        "heavy = {'numpy', 'torch', 'numba', 'scipy', 'pypdfium2', 'workbench.library',"
        " 'PySide6.QtPdf', 'PySide6.QtWebEngineCore', 'PySide6.QtQuick'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_s3_one_click_adds_the_sample_and_one_removes_it(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(exists=False)
    qtbot.waitUntil(lambda: window.library_tab.sample_button.isVisible())
    QTest.mouseClick(window.library_tab.sample_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.toasts.isVisible, timeout=30_000)
    assert window.toasts.text == "7 added"
    settled(qtbot, window, 7)
    qtbot.waitUntil(lambda: all("Ready" in _state(window, row) for row in range(7)))
    library = library_of(window)
    qtbot.waitUntil(lambda: library.tables.list() == ["Three papers"])
    assert len(library.facts.list(collection="Sample")) == 20
    (found,) = library.differences.list()
    assert {found.first.quote[-5:], found.second.quote[-5:]} == {"1987.", "1978."}
    assert library.ask("When is the seminar on sleep and memory?").evidence
    undo = next(b for b in window.toasts.findChildren(QPushButton) if b.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.shelf.trashed) == 7)
    assert not window.shelf.sources
    qtbot.waitUntil(lambda: not library.tables.list() and not library.facts.list())
    window.shelf.step_forward()
    settled(qtbot, window, 7)
    qtbot.waitUntil(lambda: library.tables.list() == ["Three papers"])
    assert len(library.facts.list(collection="Sample")) == 20


def _state(window: MainWindow, row: int) -> str:
    model = window.library_tab.model
    return str(model.index(row, model.columnCount() - 1).data())


@pytest.mark.slow
def test_s5_the_place_is_shown_and_chosen_before_anything_is_written(
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window(exists=False)
    first, chosen = tmp_path / "Thesis.brain", tmp_path / "Reading" / "Mine.brain"
    place = window.library_tab.place_button
    qtbot.waitUntil(place.isVisible)
    assert f"Library file: {first}" in words_of(window.library_tab)
    assert not first.exists()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(chosen), ""))
    QTest.mouseClick(place, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: f"Library file: {chosen}" in words_of(window.library_tab))
    qtbot.wait(50)
    assert not first.exists()
    assert not chosen.exists()
    book = tmp_path / "book.txt"
    book.write_text("Call me Ishmael. Some years ago I went to sea.\n", encoding="utf-8")
    window.adding.add([book])
    settled(qtbot, window, 1)
    assert chosen.exists()
    assert not first.exists()
    assert window.windowTitle().startswith("Mine")


@pytest.mark.slow
def test_s6_a_second_start_raises_the_first_window(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(fake)
    path = window.shelf.path
    assert not raise_first(path)
    first = First(path, window)
    first.requested.connect(lambda: starting.come_forward(window))
    window.showMinimized()
    code = (
        "import sys; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([])\n"
        "from workbench.ui.window.single_instance import raise_first\n"
        "print(raise_first(Path(sys.argv[1])))"
    )
    with qtbot.waitSignal(first.requested):
        second = subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
        )
    out, _err = second.communicate(timeout=seconds(100))
    assert out.strip() == "True"
    assert not window.isMinimized()
    assert not raise_first(tmp_path / "Another.brain")
    first.close()


@pytest.mark.slow
def test_s6_a_second_start_hands_its_files_to_the_first_window(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = tmp_path / "Über uns.txt"
    book.write_text("Call me Ishmael. Some years ago I went to sea.\n", encoding="utf-8")
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.loaded)
    first = First(window.shelf.path, window)
    first.requested.connect(lambda files: starting.greet(window, files))
    window.showMinimized()
    second = subprocess.Popen(
        [sys.executable, "-m", "workbench", "--library", "Thesis.brain", book.name],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    settled(qtbot, window, 1)
    out, _err = second.communicate(timeout=seconds(100))
    assert (second.returncode, out) == (0, "")
    assert not window.isMinimized()
    assert window.shelf.sources[0].path == str(book)
    first.close()


@pytest.mark.slow
def test_s6_what_is_no_window_of_ours_is_not_obeyed(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    first = First(window.shelf.path, window)
    heard: list[object] = []
    first.requested.connect(heard.append)
    for line in (b"raise\n", b"{}\n", b'{"raise": true, "add": "x"}\n', b"[1]\n", b"\xff\n"):
        socket = QLocalSocket()
        socket.connectToServer(_socket_name(window.shelf.path))
        assert socket.waitForConnected(1000)
        socket.write(line)
        socket.flush()
        qtbot.waitUntil(lambda socket=socket: socket.state() == _GONE)  # type: ignore[misc]
        socket.abort()
    assert heard == []
    first.close()


@pytest.mark.parametrize(
    ("words", "options", "opened"),
    [
        (["book.txt"], [], ["book.txt"]),
        (["--library", "a.brain", "book.txt"], ["--library", "a.brain"], ["book.txt"]),
        (["https://example.org/a", "book.txt"], [], ["https://example.org/a", "book.txt"]),
        (["add", "book.txt"], ["add", "book.txt"], []),
        (["book.txt", "none.txt"], ["book.txt", "none.txt"], []),
        ([], [], []),
        (["--json"], ["--json"], []),
    ],
)
def test_s6_files_where_a_command_would_stand_are_opened_in_the_window(
    words: list[str],
    options: list[str],
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.txt").touch()
    (tmp_path / "add").mkdir()
    assert command_line._window_targets(words) == (options, opened)


@pytest.mark.slow
def test_the_program_starts_ends_and_remembers(tmp_path: Path) -> None:
    library = tmp_path / "Thesis.brain"
    code = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from workbench.ui import app\n"
        "from workbench.ui.window import main\n"
        "class Short(main.MainWindow):\n"
        "    def showEvent(self, event):\n"
        "        super().showEvent(event)\n"
        "        self.shelf.add_sample()\n"
        "        self.shelf.batch_finished.connect(lambda _b: QTimer.singleShot(0, self.close))\n"
        "main.MainWindow = Short\n"
        "sys.exit(app.run(sys.argv[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(library)],
        capture_output=True,
        text=True,
        timeout=seconds(100),
    )
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr
    kept = remembered.load()
    assert kept.library == str(library)
    assert kept.recent == (str(library),)
    with Library.open(library) as again:
        assert {row.state for row in again.sources.list()} == {"verified"}


@pytest.mark.slow
def test_the_program_makes_its_own_pictures(tmp_path: Path) -> None:
    file = tmp_path / "drop.png"
    words = [str(file), "--screen", "drop", "--size", "1024x700", "--scale", "2"]
    done = subprocess.run(
        [sys.executable, str(_SCREENSHOT), *words],
        capture_output=True,
        timeout=seconds(100),
    )
    assert done.returncode == 0, done.stderr
    assert QImage(str(file)).size() == QSize(2048, 1400)


def test_the_library_that_was_open_last_opens_again(tmp_path: Path) -> None:
    last = tmp_path / "last.brain"
    assert starting.choose_library(None, str(last)) == paths.default_library()
    last.touch()
    assert starting.choose_library(None, str(last)) == last
    assert starting.choose_library("named.brain", str(last)) == Path("named.brain").absolute()


@pytest.mark.slow
def test_the_first_focus_is_on_what_one_came_for(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    first = make_window(exists=False)
    qtbot.waitUntil(first.library_tab.add_button.hasFocus)
    first.close()
    fill(fake)
    window = make_window(fake)
    qtbot.waitUntil(window.library_tab.table.hasFocus)


@pytest.mark.slow
def test_libraries_that_were_open_before_are_under_file(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "Other.brain"
    window = make_window(fake, settings=Settings(recent=(str(other),)))
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.libraries.menu.aboutToShow.emit()
    names = [action.text() for action in window.libraries.menu.actions()]
    assert names == [str(other)]
    window.libraries.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.shelf.path == other and window.shelf.loaded)
    assert fake.closed
    assert window.windowTitle().startswith("Other")
    assert not other.exists()


# -- room -----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("page", [LIBRARY, READER, ASK])
def test_k3_everything_fits_a_small_window(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, page: int
) -> None:
    fill(fake)
    fake.jobs = [job(1, "a.pdf", "failed", error="It is empty.", hint="Choose another.")]
    window = make_window(fake, size=(1024, 700))
    settled(qtbot, window, 3)
    window.navigate.open_source(1)
    window.navigate.show_tab(page)
    qtbot.wait(30)
    assert window.size() == QSize(1024, 700)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 700
    assert not window.docks.docks["inspector"].isVisible()


@pytest.mark.slow
def test_a_narrow_window_gives_the_room_to_the_centre(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake, size=(1400, 800), inspector=False)
    settled(qtbot, window, 3)
    pick_row(window, 0)
    inspector, table = window.docks.docks["inspector"], window.library_tab.table
    assert not table.isColumnHidden(5)
    window.resize(1100, 700)
    window.actions_by_name["panel_inspector"].trigger()
    assert inspector.isVisible()
    qtbot.waitUntil(lambda: table.isColumnHidden(5))


@pytest.mark.slow
def test_the_window_is_as_one_left_it(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake, size=(1300, 760))
    settled(qtbot, window, 3)
    window.actions_by_name["panel_collections"].trigger()
    window.look.set_theme("dark")
    window.library_tab.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert remembered.save(window.collect_settings())
    again = make_window(FakeShelfLibrary(), settings=remembered.load(), size=(1300, 760))
    assert not again.docks.docks["collections"].isVisible()
    assert again.settings.theme == "dark"
    assert again.library_tab.columns().sorted_by == "title"
    assert again.actions_by_name["theme_dark"].isChecked()


# -- errors ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_e1_a_library_that_cannot_open_says_so_in_place(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    broken = [True]

    def opens(path: Path) -> Library:
        if broken[0]:
            raise NotALibraryError(f"“{path.name}” is not a library.", "Choose another file.")
        return as_library(fake)

    window = make_window(opens=opens)
    qtbot.waitUntil(lambda: "is not a library" in words_of(window.library_tab))
    assert "Choose another file." in words_of(window.library_tab)
    assert QApplication.activeModalWidget() is None
    presses = {b.text(): b for b in window.library_tab.findChildren(QPushButton) if b.isVisible()}
    assert {"Try again", "Choose another library…", "Copy details"} <= set(presses)
    QTest.mouseClick(presses["Copy details"], Qt.MouseButton.LeftButton)
    assert "not_a_library" in QApplication.clipboard().text()
    broken[0] = False
    QTest.mouseClick(presses["Try again"], Qt.MouseButton.LeftButton)
    settled(qtbot, window, 3)


@pytest.mark.slow
def test_e1_a_change_that_fails_is_told_once_without_a_dialog(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    fake.refuses = LibraryError("The library is in use.", "Close the other program.")
    window.shelf.trash([1])
    qtbot.waitUntil(lambda: "in use" in window.toasts.text)
    assert window.toasts.text.endswith("Close the other program.")
    assert QApplication.activeModalWidget() is None
    assert len(window.library_tab.model.rows) == 3


@pytest.mark.slow
def test_a_notice_of_the_library_stands_above_the_page(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.notice = "This folder is shared over a network, so writing is slower."
    window = make_window(fake)
    qtbot.waitUntil(lambda: fake.notice in words_of(window))
    central = window.centralWidget()
    assert central is not None
    dismiss = next(b for b in central.findChildren(QPushButton) if b.text() == "Dismiss")
    QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: fake.notice not in words_of(window))


@pytest.mark.slow
def test_void_calls_of_qt_do_not_lose_none(make_window: MakeWindow, fake: FakeShelfLibrary) -> None:
    window = make_window(fake)
    timer = QTimer(window)
    before = sys.getrefcount(None)
    for _call in range(1000):
        timer.stop()
        window.update()
        window.status.setToolTip("")
    assert sys.getrefcount(None) > before - 500


# -- undo and trash -------------------------------------------------------------------------------


@pytest.mark.slow
def test_l5_trash_undo_and_redo(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    table = window.library_tab.table
    pick_row(window, 0)
    table.setFocus()
    gone = window.library_tab.selected()[0].id
    QTest.keyClick(table, Qt.Key.Key_Delete)
    settled(qtbot, window, 2)
    assert window.toasts.text == "1 source moved to the Trash"
    assert [action.word for action in window.toasts.offers] == ["Undo"]
    assert window.library_tab.model.row_of(gone) == -1
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window, 3)
    window.actions_by_name["redo"].trigger()
    settled(qtbot, window, 2)
    window.collections.choose(Scope(trash=True))
    settled(qtbot, window, 1)
    pick_row(window, 0)
    assert window.actions_by_name["restore"].isEnabled()
    assert not window.actions_by_name["trash"].isVisible()
    window.actions_by_name["restore"].trigger()
    window.collections.choose(Scope())
    settled(qtbot, window, 3)


@pytest.mark.slow
def test_delete_in_a_text_field_deletes_a_letter_not_a_book(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    pick_row(window, 0)
    field = window.library_tab.find_field
    field.setFocus()
    QTest.keyClicks(field, "moby")
    field.setCursorPosition(0)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.text() == "oby"
    qtbot.wait(50)
    assert not any(book.row.trashed for book in fake.books.values())


@pytest.mark.slow
def test_l3_collections_take_sources_and_undo_gives_them_back(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.shelf.assign([1, 2, 3], "Thesis")
    window.shelf.step_back()
    qtbot.waitUntil(lambda: bool(window.shelf.acts.undone))
    qtbot.waitUntil(lambda: "Thesis" not in fake.books[1].row.collections)
    assert "Thesis" in fake.books[2].row.collections
    window.shelf.remove_collection("Thesis")
    qtbot.waitUntil(lambda: "Thesis" not in fake.names)
    assert len(fake.sources.list()) == 3
    window.shelf.step_back()
    qtbot.waitUntil(lambda: len(fake.sources.list(collection="Thesis")) == 2)


@pytest.mark.slow
def test_a_new_collection_is_named_in_place(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.actions_by_name["new_collection"].trigger()
    editor = window.collections.tree.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Night reading")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Night reading" in fake.names)
    qtbot.waitUntil(lambda: _scopes(window).count("Night reading") == 1)
    window.collections.begin_new()
    again = window.collections.tree.findChild(QLineEdit)
    assert again is not None
    QTest.keyClick(again, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "" not in _scopes(window))
    assert fake.names.count("Night reading") == 1


def _scopes(window: MainWindow) -> list[str]:
    tree = window.collections.tree
    found = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [item.text(0) for item in found if item is not None]


@pytest.mark.slow
def test_choosing_a_collection_limits_table_and_question(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.collections.choose(Scope("Sea"))
    settled(qtbot, window, 1)
    assert window.status.scope.text() == "Scope: Sea"
    assert window.ask_tab.composer.scope == "Sea"
    window.collections.choose(Scope())
    settled(qtbot, window, 3)
    assert window.ask_tab.composer.scope is None


# -- toasts ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_toasts_stand_in_the_centre_and_take_no_focus(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    table = window.library_tab.table
    table.setFocus()
    window.toasts.say("5 added")
    assert table.hasFocus()
    host = window.pages
    corner = host.mapTo(window, QPoint(0, 0))
    middle = corner.x() + host.width() / 2
    assert abs(window.toasts.geometry().center().x() - middle) <= 2
    assert window.toasts.geometry().bottom() < corner.y() + host.height()
    assert window.toasts.accessibleName() == "5 added"
    window.toasts.say("6 added")
    assert window.toasts.text == "6 added"
    close = window.toasts.findChildren(QToolButton)[-1]
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.toasts.isVisible()


def test_i4_the_queue_is_told_in_the_status_bar() -> None:
    half = QueueSummary(2, 0, 3_000_000, 4_000_000, 1e6, 26.0, False, over=1)
    assert queue_words(None) == ""
    assert queue_words(half) == "Reading 75\u202f%, about 26 s left"
    assert queue_words(replace(half, total=None)) == "Reading 33\u202f%, about 26 s left"
    assert queue_words(replace(half, paused=True)) == "Reading 75\u202f%, paused"
    assert queue_words(replace(half, done=4_000_000)) == "Reading 99\u202f%, about 26 s left"
    assert queue_words(replace(half, left=0, failed=1)) == "1 needs attention"
    assert queue_words(replace(half, left=0)) == ""


@pytest.mark.slow
def test_l3_undo_of_a_removed_collection_asks_the_library_not_the_list_on_screen(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    before = {row.id for row in fake.sources.list(collection="Thesis")}
    assert before
    # What another program changed a moment ago is not on screen yet.
    window.shelf.sources = []
    window.shelf.remove_collection("Thesis")
    window.shelf.step_back()
    qtbot.waitUntil(lambda: bool(window.shelf.acts.undone))
    qtbot.waitUntil(lambda: {r.id for r in fake.sources.list(collection="Thesis")} == before)
