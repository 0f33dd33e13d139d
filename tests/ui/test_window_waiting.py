"""What takes long: opening, changing and closing while another program holds the library."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_library import as_library
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, settled, words_of
from workbench import paths
from workbench.errors import LibraryError
from workbench.library import Library
from workbench.ui.library.scope import Scope
from workbench.ui.shelf import calls as library_calls
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.window.single_instance import First, raise_first

_HELD = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
import sqlite3
from workbench.ui import app
from workbench.ui.window import main
path = Path(sys.argv[1])
class Held(main.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        self.shelf.sources_changed.connect(self._hold)
    def _hold(self):
        if self.shelf.sources and not hasattr(self, "other"):
            self.other = sqlite3.connect(path, isolation_level=None)
            self.other.execute("BEGIN IMMEDIATE")
            self.shelf.trash([self.shelf.sources[0].id])
            self.shelf.create_collection("Never")
            QTimer.singleShot(300, self._end)
    def _end(self):
        self.began = time.monotonic()
        self.close()
        print("hidden after", time.monotonic() - self.began, flush=True)
main.MainWindow = Held
sys.exit(app.run(path))
"""


@pytest.mark.slow
def test_quitting_does_not_wait_for_another_program_that_holds_the_library(tmp_path: Path) -> None:
    path = tmp_path / "Thesis.brain"
    with Library.open(path) as library:
        library.add(paths.sample_book())[0]
    # Without giving up, the process ends when the wait for the lock does, after 30 seconds.
    done = subprocess.run(
        [sys.executable, "-c", _HELD, str(path)],
        capture_output=True,
        text=True,
        timeout=seconds(100),
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split()[-1]) < 10  # the lock is held for 30
    with Library.open(path) as again:
        assert [row.state for row in again.sources.list()] == ["verified"]
        assert again.collections.list() == []


@pytest.mark.slow
def test_a_window_that_hangs_or_ends_is_not_taken_for_one_that_can_be_raised(
    make_window: MakeWindow, fake: FakeShelfLibrary, tmp_path: Path
) -> None:
    window = make_window(fake)
    first = First(window.shelf.path, window)
    # No event is handled meanwhile, as in a window that hangs.
    assert not raise_first(window.shelf.path)
    window.shelf.closing.connect(first.close)
    heard: list[bool] = []
    window.shelf.closing.connect(lambda: heard.append(raise_first(window.shelf.path)))
    window.close()
    assert heard == [False]


@pytest.mark.slow
def test_what_was_asked_for_before_closing_is_done(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    source = fake.put("Moby Dick", [("", "Call me Ishmael.")])
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    window.shelf.trash([source])
    window.shelf.create_collection("Thesis")
    window.shelf.assign([source], "Thesis")
    window.close()
    assert fake.books[source].row.trashed is not None
    assert fake.books[source].row.collections == ("Thesis",)
    assert fake.closed


def _loaded(qtbot: QtBot, shelf: Shelf) -> None:
    qtbot.waitUntil(lambda: shelf.loaded)


@pytest.mark.slow
def test_closing_while_the_library_is_being_made_leaves_nothing_behind(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = tmp_path / "moby.txt"
    book.write_text("Call me Ishmael. Some years ago I went to sea.\n", encoding="utf-8")
    for wait in (0, 20, 60, 100):
        window = make_window(exists=False)
        _loaded(qtbot, window.shelf)
        window.adding.add([book])
        qtbot.wait(wait)
        window.close()
        assert window.ended
        window.shelf.path.unlink(missing_ok=True)


@pytest.mark.slow
def test_nothing_is_said_to_have_happened_before_it_has(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    fake.held.clear()
    window.library_tab.select((1,))
    window.actions_by_name["trash"].trigger()
    qtbot.wait(150)
    assert not window.toasts.isVisible()
    assert not window.shelf.acts.applied
    fake.held.set()
    qtbot.waitUntil(lambda: window.toasts.text == "1 source moved to the Trash")
    assert window.shelf.acts.undo_text == "Move to Trash"
    # Undo that fails leaves the Undo where it was.
    settled(qtbot, window, 2)
    fake.refuses = LibraryError("The library is in use.", "Close the other program.")
    window.shelf.step_back()
    qtbot.waitUntil(lambda: "in use" in window.toasts.text)
    qtbot.waitUntil(lambda: window.shelf.acts.undo_text == "Move to Trash")
    fake.refuses = None
    window.shelf.step_back()
    settled(qtbot, window, 3)
    fake.held.clear()
    window.shelf.trash([2])
    fake.held.set()
    settled(qtbot, window, 2)
    window.collections.choose(Scope(trash=True))
    window.library_tab.select((2,))
    window.actions_by_name["restore"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text == "1 source restored")
    next(b for b in window.toasts.findChildren(QPushButton) if b.text() == "Undo").click()
    qtbot.waitUntil(lambda: fake.books[2].row.trashed is not None)


@pytest.mark.slow
def test_a_library_that_opens_slowly_says_what_one_waits_for(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "Thesis.brain"
    Library.open(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    window = make_window(opens=Library.open)
    page = window.library_tab.waiting
    assert not page.state.isVisible()
    qtbot.waitUntil(lambda: "Opening Thesis…" in words_of(window))
    why = "Thesis is in use by another program; waiting"
    qtbot.waitUntil(lambda: why in words_of(window), timeout=10_000)
    asked: list[bool] = []
    window.library_tab.other_requested.disconnect()
    window.library_tab.other_requested.connect(lambda: asked.append(True))
    QTest.mouseClick(page.other_button, Qt.MouseButton.LeftButton)
    assert asked == [True]
    other.execute("ROLLBACK")
    other.close()
    qtbot.waitUntil(lambda: window.shelf.loaded, timeout=10_000)
    assert why not in words_of(window)


@pytest.mark.slow
def test_another_library_can_be_chosen_while_one_is_waited_for(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, asked, opened = threading.Event(), [], []

    def slowly(path: Path) -> Library:
        asked.append(path.name)
        if path.name == "Thesis.brain":
            gate.wait(seconds(20))
        opened.append(path.name)
        return Library.open(path)

    window = make_window(opens=slowly)
    window.shelf.path.touch()
    qtbot.waitUntil(lambda: asked == ["Thesis.brain"])
    shown: list[str] = []

    def choose(_parent: object, title: str, *_more: object) -> tuple[str, str]:
        shown.append(title)
        return str(tmp_path / "Other.brain"), ""

    Library.open(tmp_path / "Other.brain").close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    window.libraries.open_other()
    assert shown == ["Choose another library"]
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    gate.set()
    qtbot.waitUntil(lambda: opened == ["Other.brain", "Thesis.brain"])
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    assert window.shelf.library is not None
    assert window.shelf.library.path == tmp_path / "Other.brain"


@pytest.mark.slow
def test_a_library_that_another_program_has_made_is_noticed(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(exists=False)
    qtbot.waitUntil(lambda: window.library_tab.add_button.isVisible())
    with Library.open(window.shelf.path) as other:
        other.add(paths.sample_book())[0]
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    settled(qtbot, window, 1)


@pytest.mark.slow
def test_s3_the_sample_is_removed_from_the_inspector_and_the_menu(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(exists=False)
    acts = window.actions_by_name
    qtbot.waitUntil(lambda: window.library_tab.add_button.isVisible())
    assert acts["sample"].isVisible()
    assert not acts["remove_sample"].isVisible()
    window.shelf.add_sample()
    qtbot.waitUntil(lambda: window.toasts.text == "7 added", timeout=60_000)
    qtbot.waitUntil(acts["remove_sample"].isVisible)
    assert not acts["sample"].isVisible()
    window.library_tab.select((window.shelf.sources[0].id,))
    press = next(
        b for b in window.inspector.findChildren(QPushButton) if b.text() == "Remove the sample"
    )
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.toasts.text == "The sample moved to the Trash")
    qtbot.waitUntil(lambda: not window.shelf.sources)
    assert acts["sample"].isVisible()
    acts["undo"].trigger()
    settled(qtbot, window, 7)
    acts["remove_sample"].trigger()
    qtbot.waitUntil(lambda: not window.shelf.sources)


@pytest.mark.slow
def test_e2_a_change_that_takes_long_is_told_in_the_status_bar(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    fake.held.clear()
    window.shelf.trash([1])
    window.shelf.trash([2])
    qtbot.waitUntil(window.status.slow.isVisible)
    assert window.status.slow.text() == "Waiting for the library…"
    fake.held.set()
    qtbot.waitUntil(lambda: not window.status.slow.isVisible())
    settled(qtbot, window, 1)
    # What is quick is not spoken of, and another library does not wait.
    window.shelf.step_back()
    settled(qtbot, window, 2)
    assert not window.status.slow.isVisible()
    fake.held.clear()
    window.shelf.trash([2])
    qtbot.waitUntil(window.status.slow.isVisible)
    window.shelf.switch(window.shelf.path.with_name("Other.brain"))
    assert not window.status.slow.isVisible()


@pytest.mark.slow
def test_e2_what_waits_for_its_turn_is_made_before_another_library_is_opened(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    fake.held.clear()
    window.shelf.trash([1])
    window.adding.add([tmp_path / "a.txt"])
    window.shelf.trash([2])
    window.shelf.switch(window.shelf.path.with_name("Other.brain"))
    assert not fake.closed
    fake.held.set()
    qtbot.waitUntil(lambda: fake.closed)
    assert [fake.books[n].row.trashed is not None for n in (1, 2, 3)] == [True, True, False]
    assert len(fake.wanted) == 1


def test_e2_one_change_that_cannot_be_made_on_leaving_does_not_take_the_others_along(
    fake: FakeShelfLibrary,
) -> None:
    made: list[str] = []

    def refused() -> None:
        raise LibraryError("No.", "Later.")

    def tag() -> None:
        made.append("tagged")

    changes = (
        library_calls.Change(refused, None, None, refused),
        library_calls.Change(tag, None, None, tag),
    )
    library_calls.end(library_calls.Left(as_library(fake), changes))
    assert made == ["tagged"]
    assert fake.closed
