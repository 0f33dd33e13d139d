"""The Activity panel: stages, figures, verbs, by mouse and by key."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, job
from tests.ui.stage import came_to_rest
from workbench.intake.records import WORKED, QueueRow, QueueSummary
from workbench.ui import theme
from workbench.ui.activity.panel import summary_words
from workbench.ui.activity.rows import (
    QueueCell,
    QueueModel,
    copied,
    detail,
    sentence,
    share,
    stage_word,
    verbs,
)
from workbench.ui.shelf.queue_order import in_order
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
    made.navigate.show_panel("activity")
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
        (job(1, "a", "done", already=True), "Already here", "Location saved"),
        (job(1, "a", "skipped"), "Skipped", ""),
        (job(1, "a", "running", done=7, unit="pages"), "Reading", "7 pages"),
        (job(1, "a", "running", done=1, unit="passages"), "Reading", "1 passage"),
        (job(1, "a", "running", done=0, unit="characters"), "Reading", ""),
        (
            job(1, "a", "running", done=2_000_000, total=4_000_000, unit="bytes", rate=1_400_000),
            "Reading",
            "2 MB of 4 MB · 1.4 MB/s",
        ),
        (job(1, "a", "running", seconds_left=300.0), "Reading", "5 min left"),
    ],
)
def test_i4_what_is_not_known_is_not_told(row: QueueRow, word: str, told: str) -> None:
    assert stage_word(row) == word
    assert detail(row) == told


@pytest.mark.slow
def test_i4_what_runs_stands_first_then_what_waits_then_what_needs_you(window: MainWindow) -> None:
    names = [row.name for row in window.activity.model.rows]
    assert names == ["Moby-Dick.txt", "waiting.epub", "locked.pdf"]
    assert window.activity.note.text() == "0 of 2 files · 1 needs attention"
    assert window.docks.activity.isVisible()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_i4_the_line_about_the_whole_queue_is_not_cut(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, size: tuple[int, int]
) -> None:
    fake.jobs = [RUNNING, job(3, "waiting.epub"), FAILED]
    window = make_window(fake, size=size)
    qtbot.waitUntil(lambda: len(window.activity.model.rows) == 3)
    window.navigate.show_panel("activity")
    summary = QueueSummary(21, 12, 9, 10_000_000, 275_000.0, 4_000.0, False, over=1_200)
    window.shelf.summary = summary
    window.shelf.queue_changed.emit()
    came_to_rest(qtbot, window)
    note = window.activity.note
    assert note.text().startswith("1\u202f200 of 1\u202f221 files · 275 kB/s · about ")
    assert note.isVisible()
    assert note.width() >= note.sizeHint().width()
    assert note.visibleRegion().boundingRect().width() >= note.sizeHint().width()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("running", ["Skip", "Cancel"]),
        ("queued", ["Read this first", "Skip", "Cancel"]),
        ("paused", ["Read this first", "Skip", "Cancel"]),
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
        rect = view.visualRect(window.activity.model.index(at, 0))
        point = _place_of(rect, window.activity.model.rows[at], word)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        qtbot.waitUntil(lambda call=call: call in fake.handled)  # type: ignore[misc]


def _place_of(rect: QRect, row: QueueRow, word: str) -> QPoint:
    cell = QueueCell()
    for x in range(rect.right(), rect.left(), -3):
        point = QPoint(x, rect.top() + 15)
        found = cell.verb_at(rect, row, point)
        if found is not None and found.word == word:
            return point
    raise AssertionError(word)


def test_k1_enter_opens_the_verbs_and_delete_cancels(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    view = window.activity.list
    view.setFocus()
    view.setCurrentIndex(window.activity.model.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    told = [action.text() for action in menu.actions()]
    assert told == ["Skip\tS", "Cancel\tDel", "Copy details\tC"]
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: ("skip", 2) in fake.handled)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: ("cancel", 2) in fake.handled)


@pytest.mark.slow
def test_i4_the_whole_queue_rests_and_goes_on(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    press = window.activity.pause_button
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: press.text() == "Resume")
    assert fake.queue_paused
    assert window.status.queue.text().endswith("paused")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: press.text() == "Pause all")
    assert not fake.queue_paused


@pytest.mark.slow
def test_e1_a_failed_row_says_what_why_and_what_next(window: MainWindow) -> None:
    row = window.activity.model.rows[2]
    assert "It asks for a password." in sentence(row)
    assert "Unlock it first." in sentence(row)
    window.activity.do(verbs(row)[1], row)
    copied = QApplication.clipboard().text()
    assert "/books/locked.pdf" in copied
    assert "It asks for a password." in copied


LONG = job(
    4,
    "Pride and Prejudice.pdf",
    "failed",
    error="The PDF “Pride and Prejudice.pdf” is damaged or was not downloaded to its end, so that"
    " none of its pages could be read.",
    hint="Download it again, or open it with another program and save it again.",
)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 1024])
def test_e1_the_whole_sentence_of_a_failed_row_is_to_be_read(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, width: int
) -> None:
    fake.jobs = [RUNNING, FAILED, LONG]
    window = make_window(fake, size=(width, 700))
    view = window.activity.list
    qtbot.waitUntil(lambda: len(window.activity.model.rows) == 3)
    qtbot.waitUntil(lambda: view.visualRect(window.activity.model.index(2, 0)).height() > 40)
    heights = [view.visualRect(window.activity.model.index(at, 0)).height() for at in range(3)]
    assert heights[0] == theme.px(40)
    small = QFontMetrics(theme.font("small"))
    room = view.viewport().width() - theme.px(56)
    # One line for a short sentence, two for one that is longer than the row is wide.
    wide = [small.horizontalAdvance(f"{row.error} {row.hint}") > room for row in (FAILED, LONG)]
    assert (heights[1] < heights[2]) == (wide == [False, True])
    assert wide[1] or width == 1440
    for row, height in ((FAILED, heights[1]), (LONG, heights[2])):
        whole = QRect(0, 0, room, 1000)
        wrap = Qt.TextFlag.TextWordWrap.value
        needs = small.boundingRect(whole, wrap, f"{row.error} {row.hint}").height()
        assert height >= theme.px(30) + needs


def test_rows_of_a_mirrored_window_are_mirrored(qapp: QApplication) -> None:
    cell = QueueCell()
    rect = QRect(0, 0, 800, 40)
    right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    point = _place_of(rect, RUNNING, "Cancel")
    other = QPoint(rect.width() - 1 - point.x(), point.y())
    assert cell.verb_at(rect, RUNNING, other, right) == cell.verb_at(rect, RUNNING, point, left)
    pictures = []
    for direction in (left, right):
        picture = QImage(800, 40, QImage.Format.Format_RGB32)
        picture.fill(theme.colour("surface"))
        option = QStyleOptionViewItem()
        fields: Any = option
        fields.rect, fields.direction = rect, direction
        model = QueueModel()
        model.show_rows([replace(RUNNING, name="", stage_word=" ", rate=None, seconds_left=None)])
        painter = QPainter(picture)
        cell.paint(painter, option, model.index(0, 0))
        painter.end()
        pictures.append(picture)
    accent = theme.colour("accent").rgb()
    filled = [[x for x in range(800) if one.pixel(x, 20) == accent] for one in pictures]
    assert filled[0]
    assert [799 - x for x in filled[1]][::-1] == filled[0]


def test_pips_are_those_of_the_stages_there_are(qapp: QApplication) -> None:
    assert WORKED == ("read", "searchable", "verified")
    picture = QImage(800, 40, QImage.Format.Format_RGB32)
    picture.fill(theme.colour("surface"))
    option = QStyleOptionViewItem()
    fields: Any = option
    fields.rect = picture.rect()
    model = QueueModel()
    model.show_rows([job(1, "", "done", stage="verified")])
    painter = QPainter(picture)
    QueueCell().paint(painter, option, model.index(0, 0))
    painter.end()
    accent = theme.colour("accent").rgb()
    row = [picture.pixel(x, 20) == accent for x in range(800)]
    starts = sum(now and not before for before, now in pairwise(row))
    assert starts == len(WORKED)


@pytest.mark.slow
def test_a_stage_that_does_not_count_tells_how_much_there_is(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    source = fake.put("Moby-Dick", [("", "Call me Ishmael. " * 100)])
    fake.jobs = [job(1, "moby.txt", "running", stage="read", stage_word="Indexing",
                     sources=(source,))]  # fmt: skip
    window = make_window(fake)
    qtbot.waitUntil(lambda: bool(window.activity.model.rows))
    fake.tell("queue")
    qtbot.waitUntil(lambda: detail(window.activity.model.rows[0]) == "4 passages")


@pytest.mark.slow
def test_a_retry_is_told(window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> None:
    window.activity.do(verbs(FAILED)[0], FAILED)
    qtbot.waitUntil(lambda: window.toasts.text == "Reading “locked.pdf” again")


@pytest.mark.slow
def test_finished_rows_are_cleared_and_the_panel_goes_when_nothing_waits(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.finish(1)
    fake.finish(2)
    qtbot.waitUntil(window.activity.tidy_button.isVisible)
    QTest.mouseClick(window.activity.tidy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [row.id for row in window.activity.model.rows] == [3])
    fake.finish(3)
    QTest.keyClick(window.activity.list, Qt.Key.Key_Escape)
    assert not window.docks.activity.isVisible()
    window.actions_by_name["panel_activity"].trigger()
    assert window.docks.activity.isVisible()
    QTest.mouseClick(window.library_tab.find_field, Qt.MouseButton.LeftButton)
    assert not window.docks.activity.isVisible()


@pytest.mark.slow
def test_activity_never_opens_by_itself(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    dock = window.docks.activity
    QTest.mouseClick(window.activity.hide_button, Qt.MouseButton.LeftButton)
    assert not dock.isVisible()
    fake.tell("queue")
    qtbot.wait(150)
    assert not dock.isVisible()
    window.adding.add([window.shelf.path])
    qtbot.waitUntil(lambda: len(window.activity.model.rows) > 3)
    assert not dock.isVisible()


def test_rows_keep_their_place_while_figures_change(qapp: QApplication) -> None:
    model = QueueModel()
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show_rows([RUNNING, FAILED])
    model.rowsInserted.connect(lambda *_range: resets.append(1))
    model.rowsRemoved.connect(lambda *_range: resets.append(1))
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b: changed.append((a.row(), b.row())))
    model.show_rows([job(2, "Moby-Dick.txt", "running", done=200, total=402), FAILED])
    assert resets == []
    assert changed == [(0, 0)]


# -- pages, priorities, the whole queue ----------------------------------------------------------


def test_i4_the_page_at_hand_can_be_left_out() -> None:
    at_41 = replace(RUNNING, page=41)
    assert [verb.word for verb in verbs(at_41)] == ["Skip page 41", "Skip", "Cancel"]
    failed = replace(FAILED, page=7)
    assert verbs(failed)[0].word == "Skip page 7"
    assert "page: 7" in copied(failed)
    assert detail(replace(RUNNING, left_out=(41,))).endswith("· without page 41")
    assert detail(job(1, "a", "done", left_out=(3, 41))) == "without pages 3, 41"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "at", "call"),
    [
        (Qt.Key.Key_F, 1, ("prioritize", 3)),
        (Qt.Key.Key_P, 0, ("leave out 41", 2)),
        (Qt.Key.Key_S, 1, ("skip", 3)),
        (Qt.Key.Key_R, 2, ("retry", 1)),
        (Qt.Key.Key_Delete, 2, ("dismiss", 1)),
        (Qt.Key.Key_Delete, 1, ("cancel", 3)),
    ],
)
def test_i4_k1_every_verb_of_a_row_has_a_key(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    key: Qt.Key,
    at: int,
    call: tuple[str, int],
) -> None:
    fake.jobs = [replace(RUNNING, page=41), job(3, "waiting.epub"), FAILED]
    window = make_window(fake)
    view = window.activity.list
    qtbot.waitUntil(lambda: len(window.activity.model.rows) == 3)
    view.setFocus()
    view.setCurrentIndex(window.activity.model.index(at, 0))
    QTest.keyClick(view, key)
    qtbot.waitUntil(lambda: call in fake.handled)


@pytest.mark.slow
def test_i4_the_page_that_the_word_named_is_left_out_not_the_one_of_by_now(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.jobs = [replace(RUNNING, page=41)]
    window = make_window(fake)
    qtbot.waitUntil(lambda: len(window.activity.model.rows) == 1)
    menu = window.activity.menu(window.activity.model.rows[0])
    fake.jobs = [replace(RUNNING, page=42)]
    fake.tell("queue")
    qtbot.waitUntil(lambda: window.activity.model.rows[0].page == 42)
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: ("leave out 41", 2) in fake.handled)


@pytest.mark.slow
def test_i4_read_this_first_stands_first(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.jobs = [job(3, "a"), job(4, "b", priority=1), job(5, "c", priority=2)]
    window = make_window(fake)
    qtbot.waitUntil(lambda: [row.id for row in window.activity.model.rows] == [5, 4, 3])
    assert detail(window.activity.model.rows[0]) == "first of all"


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        (
            QueueSummary(28, 0, 5, 9, 3_200_000.0, 240.0, False, over=12),
            "12 of 40 files · 3.2 MB/s · about 4 min left",
        ),
        (
            QueueSummary(28, 2, 5, 9, None, None, True, over=12),
            "12 of 40 files · paused · 2 need attention",
        ),
        (QueueSummary(1, 0, 0, None, None, None, False), "0 of 1 file"),
        (QueueSummary(0, 1, 0, 0, None, None, False), "1 needs attention"),
        (QueueSummary(0, 0, 0, 0, None, None, False, over=3), ""),
    ],
)
def test_i4_the_whole_queue_is_told_in_a_line(summary: QueueSummary, told: str) -> None:
    assert summary_words(summary) == told


def test_i14_what_needs_you_is_reached_from_the_status_bar(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.navigate.toggle_panel("activity")
    assert not window.docks.activity.isVisible()
    window.status.queue.setFocus()
    QTest.keyClick(window.status.queue, Qt.Key.Key_Space)
    assert window.docks.activity.isVisible()
    assert window.activity.current() == FAILED
    assert window.activity.list.hasFocus()


# -- thousands of rows ---------------------------------------------------------------------------

_STATES = st.sampled_from(["queued", "running", "paused", "failed", "skipped", "cancelled", "done"])
_ROWS = st.lists(
    st.builds(
        lambda number, state, priority: job(number, "a", state, priority=priority),
        st.integers(1, 30),
        _STATES,
        st.integers(0, 2),
    ),
    unique_by=lambda row: row.id,
    max_size=20,
)


@pytest.mark.slow
@given(old=_ROWS, new=_ROWS)
def test_the_list_on_screen_is_the_queue_whatever_changed(
    old: list[QueueRow], new: list[QueueRow]
) -> None:
    model = QueueModel()
    begun = in_order(old)
    model.show_rows(begun)
    kept: list[QPersistentModelIndex] = [
        QPersistentModelIndex(model.index(at, 0)) for at in range(len(begun))
    ]
    fresh = in_order(new, begun)
    model.show_rows(fresh)
    assert model.rows == fresh
    for row, index in zip(begun, kept, strict=True):
        assert not index.isValid() or model.rows[index.row()].id == row.id


def test_i6_ten_thousand_rows_are_not_told_anew_when_one_changes(qapp: QApplication) -> None:
    rows = [job(number, f"{number}.txt") for number in range(10_000)]
    model = QueueModel()
    model.show_rows(in_order(rows))
    told: list[tuple[str, int, int]] = []
    model.modelReset.connect(lambda: told.append(("reset", 0, 0)))
    model.rowsInserted.connect(lambda _p, a, b: told.append(("came", a, b)))
    model.rowsRemoved.connect(lambda _p, a, b: told.append(("gone", a, b)))
    model.dataChanged.connect(lambda a, b: told.append(("changed", a.row(), b.row())))
    rows[5000] = replace(rows[5000], state="running")
    fresh = in_order(rows, model.rows)
    assert sum(a is b for a, b in zip(fresh[1:], model.rows, strict=False)) == 5000
    model.show_rows(fresh)
    assert told == [("gone", 5000, 5000), ("came", 0, 0)]


@pytest.mark.slow
def test_i6_only_rows_in_sight_are_drawn_of_ten_thousand(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    measured: list[int] = []
    paint, height = QueueCell.paint, QueueCell.height

    def painted(cell: QueueCell, painter: QPainter, option: Any, index: Any) -> None:
        drawn.append(index.row())
        paint(cell, painter, option, index)

    def measure(cell: QueueCell, row: QueueRow, width: int) -> int:
        measured.append(row.id)
        return height(cell, row, width)

    monkeypatch.setattr(QueueCell, "paint", painted)
    monkeypatch.setattr(QueueCell, "height", measure)
    fake.jobs = [FAILED, *(job(number, f"{number}.txt") for number in range(2, 10_000))]
    window = make_window(fake)
    window.navigate.show_panel("activity")
    qtbot.waitUntil(lambda: len(window.activity.model.rows) == 9999)
    qtbot.wait(50)
    assert max(drawn) < 40
    assert set(measured) == {1}
    window.activity.select_failed()
    qtbot.waitUntil(lambda: 9998 in drawn)
    rows = window.activity.list
    assert rows.rowHeight(9998) > theme.px(40)
    assert rows.rowHeight(9997) == theme.px(40)


def test_rows_keep_their_places_under_the_pointer(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    panel = window.activity
    viewport = panel.list.viewport()
    before = [row.id for row in panel.model.rows]
    over = QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(viewport.mapToGlobal(QPoint(5, 5))))
    for widget in (panel.list, viewport):
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        QApplication.sendEvent(widget, over)
    # The running one is done, and would move to the end.
    fake.jobs = [replace(RUNNING, state="done"), *fake.jobs[1:], job(4, "new.epub", "running")]
    window.shelf.refresh()
    qtbot.waitUntil(lambda: len(panel.model.rows) == 4)
    assert [row.id for row in panel.model.rows] == [*before, 4]
    panel.list.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(panel.list, QEvent(QEvent.Type.Leave))
    assert panel.model.rows[0].id == 4
    assert panel.model.rows[-1].id == RUNNING.id
