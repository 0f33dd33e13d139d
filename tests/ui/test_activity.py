"""The Activity panel: stages, figures, verbs, by mouse and by key."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, job
from workbench.intake.records import QueueRow
from workbench.ui.activity.rows import (
    QueueCell,
    QueueModel,
    detail,
    sentence,
    share,
    stage_word,
    verbs,
)
from workbench.ui.window.main import MainWindow

RUNNING = job(
    2, "Moby-Dick.txt", "running", stage="read", stage_word="Indexing", done=165, total=402,
    unit="passages", rate=9.2, seconds_left=26.0,
)  # fmt: skip
FAILED = job(1, "locked.pdf", "failed", error="It asks for a password.", hint="Unlock it first.")


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fake.jobs = [RUNNING, job(3, "waiting.epub"), FAILED]
    made = make_window(fake)
    qtbot.waitUntil(lambda: len(made.activity.model.rows) == 3)
    return made


def test_i4_a_row_tells_stage_done_of_total_rate_and_time_left() -> None:
    assert stage_word(RUNNING) == "Indexing"
    assert detail(RUNNING) == "165 of 402 passages · 9/s · 26 s left"
    assert share(RUNNING) == pytest.approx(165 / 402)
    spoken = sentence(RUNNING)
    assert spoken == "Moby-Dick.txt, Indexing, 165 of 402 passages · 9/s · 26 s left"


@pytest.mark.parametrize(
    ("row", "word", "told"),
    [
        (job(1, "a"), "Waiting", ""),
        (job(1, "a", collection="Thesis"), "Waiting", "into Thesis"),
        (job(1, "a", "done", stage="verified"), "Verified", ""),
        (job(1, "a", "done", already=True), "Already here", "Its place was noted"),
        (job(1, "a", "skipped"), "Skipped", ""),
        (job(1, "a", "running", done=7, unit="pages"), "Reading", "7 pages"),
        (
            job(1, "a", "running", done=2_000_000, total=4_000_000, unit="bytes", rate=1_400_000),
            "Reading",
            "2.0 MB of 4.0 MB · 1.4 MB/s",
        ),
        (job(1, "a", "running", seconds_left=300.0), "Reading", "5 min left"),
    ],
)
def test_i4_what_is_not_known_is_not_told(row: QueueRow, word: str, told: str) -> None:
    assert stage_word(row) == word
    assert detail(row) == told


def test_i4_what_needs_you_stands_first_then_what_runs(window: MainWindow) -> None:
    names = [row.name for row in window.activity.model.rows]
    assert names == ["locked.pdf", "Moby-Dick.txt", "waiting.epub"]
    assert window.activity.note.text() == "2 under way, 1 needs you"
    assert window.docks.docks["activity"].isVisible()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("running", ["Skip", "Cancel"]),
        ("queued", ["Skip", "Cancel"]),
        ("failed", ["Retry", "Copy details", "Dismiss"]),
        ("skipped", ["Retry", "Dismiss"]),
        ("cancelled", ["Retry", "Dismiss"]),
        ("done", ["Dismiss"]),
    ],
)
def test_i4_each_state_has_its_verbs(state: str, words: list[str]) -> None:
    assert [verb.word for verb in verbs(job(1, "a", state))] == words


def test_i4_a_word_of_a_row_is_clicked(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    view = window.activity.list
    for name, word, call in (
        ("locked.pdf", "Retry", ("retry", 1)),
        ("Moby-Dick.txt", "Skip", ("skip", 2)),
        ("waiting.epub", "Cancel", ("cancel", 3)),
    ):
        at = next(i for i, row in enumerate(window.activity.model.rows) if row.name == name)
        rect = view.visualRect(window.activity.model.index(at))
        point = _place_of(rect, window.activity.model.rows[at], word)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        qtbot.waitUntil(lambda call=call: call in fake.handled)  # type: ignore[misc]


def _place_of(rect: QRect, row: QueueRow, word: str) -> QPoint:
    cell = QueueCell()
    for x in range(rect.right(), rect.left(), -3):
        found = cell.verb_at(rect, row, QPoint(x, rect.center().y()))
        if found is not None and found.word == word:
            return QPoint(x, rect.center().y())
    raise AssertionError(word)


def test_k1_enter_opens_the_verbs_and_delete_cancels(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    view = window.activity.list
    view.setFocus()
    view.setCurrentIndex(window.activity.model.index(1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Skip", "Cancel"]
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: ("skip", 2) in fake.handled)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: ("cancel", 2) in fake.handled)


def test_i4_the_whole_queue_rests_and_goes_on(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    press = window.activity.pause_button
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: press.text() == "Go on")
    assert fake.paused
    assert window.status.queue.text().endswith("paused")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: press.text() == "Pause all")
    assert not fake.paused


def test_e1_a_failed_row_says_what_why_and_what_next(window: MainWindow) -> None:
    row = window.activity.model.rows[0]
    assert "It asks for a password." in sentence(row)
    assert "Unlock it first." in sentence(row)
    window.activity.do(verbs(row)[1], row)
    copied = QApplication.clipboard().text()
    assert "/books/locked.pdf" in copied
    assert "It asks for a password." in copied


def test_finished_rows_are_cleared_and_the_panel_goes_when_nothing_waits(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.finish(1)
    fake.finish(2)
    qtbot.waitUntil(window.activity.tidy_button.isVisible)
    QTest.mouseClick(window.activity.tidy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [row.id for row in window.activity.model.rows] == [3])
    fake.finish(3)
    qtbot.waitUntil(lambda: not window.docks.docks["activity"].isVisible())
    window.actions_by_name["panel_activity"].trigger()
    assert window.docks.docks["activity"].isVisible()


def test_a_panel_that_was_closed_stays_closed_until_something_is_added(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    dock = window.docks.docks["activity"]
    QTest.mouseClick(window.activity.hide_button, Qt.MouseButton.LeftButton)
    assert not dock.isVisible()
    fake.tell("queue")
    qtbot.wait(150)
    assert not dock.isVisible()
    window.add([window.shelf.path])
    qtbot.waitUntil(dock.isVisible)


def test_rows_keep_their_place_while_figures_change(qapp: QApplication) -> None:
    model = QueueModel()
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show_rows([RUNNING, FAILED])
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b: changed.append((a.row(), b.row())))
    model.show_rows([job(2, "Moby-Dick.txt", "running", done=200, total=402), FAILED])
    assert resets == [1]
    assert changed == [(1, 1)]
