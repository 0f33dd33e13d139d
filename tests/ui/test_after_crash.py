"""A window that is killed, and the one that is started after it; a window that is told to end."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, settled, words_of
from workbench import paths, running
from workbench import settings as remembered
from workbench.library import Library
from workbench.running import Run
from workbench.ui.settings.sheets import Sheet
from workbench.ui.window.library_problems import CRASHED, FAULT, ReportText
from workbench.ui.window.main import MainWindow
from workbench.ui.window.session import At, Session
from workbench.ui.window.tabs import ASK, LIBRARY, READER

# Opens the window on a library, goes to a place, and tells when the place was written down.
_WINDOW = """
import json, os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from workbench import paths
from workbench.ui import app
from workbench.ui.window import main
from workbench.ui.window.tabs import ASK
library, book, deed = sys.argv[1:4]
class Driven(main.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        self.added = False
        self.clock = QTimer(self, interval=50)
        self.clock.timeout.connect(self.drive)
        self.clock.start()
    def drive(self):
        if not self.shelf.loaded:
            return
        if not self.added:
            self.added = True
            self.adding.add([Path(book)])
        if self.shelf.sources and self.shelf.sources[0].verified and not self.reader_tab.source_id:
            self.reader_tab.open_source(self.shelf.sources[0].id, 5)
        if self.reader_tab.source_id and self.tabs.currentIndex() != ASK:
            self.resize(1111, 777)
            self.navigate.show_tab(ASK)
            self.ask_tab.composer.field.setText("Who wrote the")
        for record in (paths.config_dir() / "running").glob("*.json"):
            at = json.loads(record.read_text())["at"]
            kept = paths.config_dir() / "settings.json"
            if at.get("draft") and at.get("tab") == ASK and kept.exists():
                self.clock.stop()
                print("there", flush=True)
                if deed == "abort":
                    os.abort()
                if deed == "close":
                    self.close()
main.MainWindow = Driven
sys.exit(app.run(library))
"""


def _drive(library: Path, book: Path, deed: str) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(library), str(book), deed],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "there"
    return child


def _end(child: "subprocess.Popen[str]", how: "signal.Signals | None" = None) -> int:
    if how is not None:
        os.kill(child.pid, how)
    code = child.wait(seconds(20))
    if child.stdout is not None:
        child.stdout.close()
    return code


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "Secret title.txt"
    file.write_text("Ebbinghaus learned lists of syllables by heart.\n" * 40, encoding="utf-8")
    return file


@pytest.mark.slow
@pytest.mark.parametrize("deed", ["kill", "abort"])
def test_e3_after_a_crash_one_is_where_one_was_and_may_read_a_report(
    deed: str, book: Path, tmp_path: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    library = tmp_path / "Thesis.brain"
    child = _drive(library, book, deed)
    code = _end(child, signal.SIGKILL if deed == "kill" else None)
    assert code == -(signal.SIGKILL if deed == "kill" else signal.SIGABRT)
    kept = remembered.load()
    assert kept.geometry
    assert kept.library == str(library)
    found = running.crashed(str(library))
    assert len(found) == 1
    window = make_window(settings=kept)
    run = Run()
    session = Session(window.context, run, window.collect_settings)
    session.restore(At.from_record(found[0].at))
    window.reports.report_crash(found[0])
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: window.reader_tab.source_id is not None)
    assert window.tabs.currentIndex() == ASK
    assert window.ask_tab.composer.field.text() == "Who wrote the"
    assert window.bars.has(CRASHED)
    assert "closed unexpectedly" in words_of(window.bars)
    show = next(b for b in window.bars.findChildren(QPushButton) if b.text() == "Show report")
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.findChildren(ReportText)))
    sheet = window.findChildren(Sheet)[0]
    assert not sheet.isModal()
    text = sheet.findChildren(QPlainTextEdit)[0].toPlainText()
    if deed == "abort":
        assert "Fatal Python error: Aborted" in text
        assert "in drive" in text
    else:
        assert "ended from outside" in text
    for secret in ("Ebbinghaus", "Secret", "Who wrote", str(tmp_path), "Thesis"):
        assert secret not in text
    sheet.close()
    window.close()
    run.end()


@pytest.mark.slow
def test_e3_a_logout_is_no_crash(book: Path, tmp_path: Path) -> None:
    library = tmp_path / "Thesis.brain"
    child = _drive(library, book, "wait")
    assert _end(child, signal.SIGTERM) == 0
    assert running.crashed(str(library)) == []
    with Library.open(library) as again:
        assert [row.state for row in again.sources.list()] == ["verified"]


@pytest.mark.slow
def test_e3_closing_the_window_is_no_crash(book: Path, tmp_path: Path) -> None:
    library = tmp_path / "Thesis.brain"
    assert _end(_drive(library, book, "close")) == 0
    assert running.crashed(str(library)) == []
    assert not list((paths.config_dir() / "running").glob("*"))


@pytest.mark.slow
def test_e3_the_queue_goes_on_after_a_crash(
    tmp_path: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"The tide of number {number} was high.\n" * 30, encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.queue.pause()
        library.queue.enqueue(files)
        library._store.write(lambda c: c.execute("UPDATE job SET state='running' WHERE id = 1"))
        library._store.write(lambda c: c.execute("DELETE FROM meta WHERE key LIKE '%pause%'"))
    window = make_window()
    settled(qtbot, window, 3)
    qtbot.waitUntil(lambda: all(row.verified for row in window.shelf.sources), timeout=30_000)


@pytest.mark.slow
def test_e3_what_the_user_is_at_is_written_a_moment_after_it_changed(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    folder = tmp_path / "running"
    run = Run(folder)
    session = Session(window.context, run, window.collect_settings)
    window.ask_tab.composer.field.setText("What is")
    window.navigate.open_source(2)

    def written() -> At:
        record = json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8"))
        return At.from_record(record["at"])

    qtbot.waitUntil(lambda: written().source == 2, timeout=10_000)
    assert written().draft == "What is"
    assert written().tab == READER
    assert written() == session.at()
    run.end()
    window.ask_tab.composer.field.setText("What was")
    qtbot.wait(50)
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_e3_a_source_that_is_gone_is_not_opened(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(fake)
    window = make_window(fake)
    run = Run(tmp_path / "running")
    session = Session(window.context, run, window.collect_settings)
    session.restore(At(tab=READER, source=99, place=4, draft="Who", collection="Gone"))
    settled(qtbot, window, 3)
    qtbot.wait(30)
    assert window.reader_tab.source_id is None
    assert window.tabs.currentIndex() == LIBRARY
    assert window.ask_tab.composer.field.text() == "Who"
    run.end()


@pytest.mark.parametrize("record", [{}, {"tab": "x", "draft": 3}, {"tab": True, "place": None}])
def test_e3_a_record_of_another_version_does_no_harm(record: dict[str, object]) -> None:
    assert At.from_record(record) == At()


@pytest.mark.slow
def test_e3_a_report_that_is_closed_while_it_is_saved_is_saved(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window(fake)
    text = ReportText(window.context, "It ended.")
    target = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    text.save.click()
    shiboken6.delete(text)
    qtbot.waitUntil(lambda: target.exists() and not window.jobs.busy)
    assert target.read_text(encoding="utf-8") == "It ended.\n"


@pytest.mark.slow
def test_e3_a_report_is_saved_where_the_user_says(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window(fake)
    text = ReportText(window.context, "It ended.")
    qtbot.addWidget(text)
    text.copy.click()
    assert QApplication.clipboard().text() == "It ended."
    target = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    text.save.click()
    qtbot.waitUntil(lambda: text.told.text() == "Saved.")
    assert target.read_text(encoding="utf-8") == "It ended.\n"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "no" / "x"), "")
    )
    text.save.click()
    qtbot.waitUntil(lambda: "could not be written" in text.told.text())


@pytest.mark.slow
def test_e3_an_error_that_nobody_caught_is_told_and_the_window_goes_on(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window: MainWindow = make_window(fake)
    window.reports.fault(ValueError("Ebbinghaus"))
    qtbot.waitUntil(lambda: window.bars.has(FAULT))
    assert "Nothing you saved is lost." in words_of(window.bars)
    dismiss = next(b for b in window.bars.findChildren(QPushButton) if b.text() == "Dismiss")
    QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert not window.bars.has(FAULT)
    assert not window.bars.isVisible()
