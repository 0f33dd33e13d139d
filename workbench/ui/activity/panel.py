"""The Activity panel: the queue with buttons to pause and tidy it, and actions on rows.

The list is a table of one column, since a table computes row positions by number: ten thousand rows
cost no more than the visible ones. Only failed rows have individual heights.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import takewhile

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QWidget,
)

from ingest.media.remarks import is_locked
from workbench.intake.records import QueueRow, QueueSummary
from workbench.ui import theme
from workbench.ui.activity.rows import (
    CHOOSE,
    ROW,
    SPEECH,
    UNLOCK,
    QueueCell,
    QueueModel,
    Verb,
    copied,
    offered,
    verbs,
)
from workbench.ui.activity.tasks import Tasks
from workbench.ui.components import (
    PasswordField,
    TableView,
    column,
    fill,
    holder,
    label,
    paragraph,
    quiet_button,
    row,
    tool,
    words,
)
from workbench.ui.language import tr, tr_n
from workbench.ui.shelf import calls as library_calls
from workbench.ui.shelf.queue_order import held, in_order
from workbench.ui.shelf.shelf import Shelf


class LockedFiles(PasswordField):
    """The password field for PDFs in the queue that fulfil `predicate`; hidden without any."""

    def __init__(
        self, shelf: Shelf, predicate: Callable[[QueueRow], bool] = lambda _row: True
    ) -> None:
        super().__init__(
            lambda password, **ends: shelf.ask(library_calls.unlock, password, self.rows, **ends),
            self._retry,
        )
        self._shelf, self._meant = shelf, predicate
        shelf.queue_changed.connect(self.update_rows)
        self.update_rows()

    @property
    def rows(self) -> list[QueueRow]:
        """The PDFs that need a password."""
        failed = (row for row in self._shelf.queue if row.state == "failed")
        return [row for row in failed if is_locked(row.error) and self._meant(row)]

    def update_rows(self) -> None:
        """Show the names of locked files."""
        names = [row.name for row in self.rows]
        self.say(tr("Locked with a password: {names}", names=words.names(names, 3)))
        self.setVisible(bool(names))

    def _retry(self, jobs: list[int]) -> None:
        for job in jobs:
            self._shelf.handle("retry", job)


_IDLE = tr("Nothing is under way.")
_WAITING = ("queued", "running", "paused")


class ActivityPanel(QWidget):
    """Shows the queue; `show_sources` emits the sources that a finished row added."""

    show_sources = Signal(object)
    #: (action, row) for a video: "speech" or "choose".
    video_asked = Signal(str, object)
    #: The content height changed.
    resized = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.model = QueueModel(self)
        self.list: TableView[QueueRow] = TableView(self.model, tr("Queue"), high=ROW)
        self._cell = QueueCell(self.list)
        self._make_list()
        self.tasks = Tasks(shelf)
        self.password = LockedFiles(shelf)
        self.password.setContentsMargins(16, 6, 16, 6)
        self.note = label("", "caption")
        self.pause_button = quiet_button(
            tr("Pause all"), call=lambda: shelf.pause(not shelf.paused)
        )
        self.tidy_button = quiet_button(tr("Clear finished"), call=self._tidy)
        self.hide_button = tool("close", tr("Hide Activity"))
        self._background = ""
        self.empty = paragraph(_IDLE)
        self.note.setContentsMargins(0, 0, 10, 2)
        buttons = self.pause_button, 8, self.tidy_button, 4, self.hide_button
        title = row(label(tr("Activity"), "head"), None, *buttons, gap=10)
        # Below the buttons, which would cut it.
        self.head = holder(column(title, self.note, margins=(16, 2, 6, 0), gap=0))
        self._empty_row = holder(row(self.empty, margins=(16, 6, 16, 0)))
        #: Takes the space below, so that messages keep their height.
        self._below = QWidget()
        body = column(self.tasks, self.password, self._empty_row, self.list, self._below, gap=0)
        for place in (self.list, self._below):
            body.setStretchFactor(place, 1)
        fill(self, body, name=tr("Activity"))
        theme.watch(self, self._measure_failed)
        shelf.queue_changed.connect(self._show)
        self.tasks.changed.connect(self._show_empty)
        self._show()

    def _make_list(self) -> None:
        view = self.list
        view.setItemDelegate(self._cell)
        view.horizontalHeader().hide()
        view.setMinimumHeight(theme.px(60))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu_at)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)
        self.model.rowsInserted.connect(lambda _parent, first, last: self._measure(first, last))
        self.model.modelReset.connect(self._measure_failed)
        self.model.dataChanged.connect(lambda a, b: self._measure(a.row(), b.row()))
        self._measure_failed()

    def current(self) -> QueueRow | None:
        """The current row."""
        return self.list.chosen()

    def select_failed(self) -> None:
        """Select the first failed row."""
        failed = next((row.id for row in self.model.rows if row.state == "failed"), None)
        if self.list.choose(failed):
            self.list.setFocus()

    def do(self, verb: Verb, job: QueueRow) -> None:
        """Perform an action on a row."""
        if verb.call == "copy":
            QApplication.clipboard().setText(copied(job))
        elif verb.call == "show":
            self.show_sources.emit(job.sources)
        elif verb.call == "leave_out_page":
            # The page in the action's label, as reading may have moved on.
            self._shelf.leave_out_page(job.id, job.page)
        elif verb is UNLOCK:
            self.password.field.setFocus()
        elif verb in (SPEECH, CHOOSE):
            self.video_asked.emit(verb.call, job)
        else:
            self._shelf.handle(verb.call, job.id)

    def menu(self, job: QueueRow) -> QMenu:
        """The context menu of a row."""
        menu = QMenu(self)
        for verb in offered(job):
            word = f"{verb.word}\t{verb.key}" if verb.key else verb.word
            menu.addAction(word, partial(self.do, verb, job))
        return menu

    # -- display -----------------------------------------------------------------------------------

    def _show(self) -> None:
        previous = self.current()
        rows = self._shelf.queue
        at_work = sum(1 for _row in takewhile(lambda r: r.state == "running", rows))
        # Running rows come first, so the others need not be examined.
        rows = [*map(self._with_passages, rows[:at_work]), *rows[at_work:]]
        if self._shelf.coming:
            rows = in_order([*rows, *self._shelf.coming], rows)
        if self.list.underMouse():
            rows = held(rows, self.model.rows)
        self.model.show_rows(rows)
        if previous is not None and self.current() != previous:
            self.list.reselect(previous.id)
        summary = self._shelf.summary
        self.note.setText(summary_words(summary) if summary is not None else "")
        self.note.setHidden(not self.note.text())
        self.pause_button.setText(tr("Resume") if self._shelf.paused else tr("Pause all"))
        self.pause_button.setAccessibleName(self.pause_button.text())
        left = summary.left if summary is not None else 0
        self.pause_button.setVisible(left > 0 or self._shelf.paused)
        is_finished = any(row.state not in (*_WAITING, "failed") for row in reversed(rows))
        self.tidy_button.setVisible(is_finished)
        self._show_empty()

    @property
    def high(self) -> int:
        """The height of rows and messages in pixels."""
        rows = sum(self.list.rowHeight(at) for at in range(min(12, len(self.model.rows))))
        shown = self.tasks, self.password, self.note
        parts = (part for part in shown if not part.isHidden())
        return theme.px(40) + rows + sum(part.sizeHint().height() for part in parts)

    def say_background(self, text: str) -> None:
        """Show background work on sources that are already searchable; "" for none."""
        if text == self._background:
            return
        self.empty.setText(
            tr("{text}. You can ask and read meanwhile.", text=text) if text else _IDLE
        )
        self._background = text
        self._show_empty()

    def _show_empty(self) -> None:
        rows = bool(self.model.rows)
        has_text = bool(self._background) or (not rows and self.tasks.is_empty)
        self._empty_row.setVisible(has_text)
        self.list.setVisible(rows or self.tasks.is_empty)
        self._below.setVisible(not rows and not self.tasks.is_empty)
        self.resized.emit()

    def _with_passages(self, job: QueueRow) -> QueueRow:
        """For a stage without a count, show the number of passages."""
        if job.total or job.done or not job.sources:
            return job
        existing = (source.passages for source in self._shelf.sources if source.id in job.sources)
        return replace(job, done=sum(existing), unit="passages")

    # -- sizes -------------------------------------------------------------------------------------

    def _measure(self, first: int, last: int) -> None:
        """Set the heights of a range of rows; most have the default."""
        width, default = self.list.viewport().width(), theme.px(ROW)
        for at in range(first, last + 1):
            job = self.model.rows[at]
            high = self._cell.height(job, width) if job.state == "failed" else default
            if self.list.rowHeight(at) != high:
                self.list.setRowHeight(at, high)

    def _measure_failed(self) -> None:
        for at, job in enumerate(self.model.rows):
            if job.state == "failed":
                self._measure(at, at)

    # -- actions -----------------------------------------------------------------------------------

    def _tidy(self) -> None:
        finished = [r.id for r in self.model.rows if r.state not in (*_WAITING, "failed")]
        self._shelf.dismiss(finished)

    def _menu_at(self, point: QPoint) -> None:
        index = self.list.indexAt(point)
        if index.isValid():
            self._open_menu(index)

    def _open_menu(self, index: QModelIndex) -> None:
        job = self.model.rows[index.row()]
        corner = self.list.visualRect(index).bottomLeft()
        if not verbs(job):
            return
        menu = self.menu(job)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(corner + QPoint(theme.px(42), 0)))

    def _verb_at(self, event: QMouseEvent) -> tuple[Verb, QueueRow] | None:
        point = event.position().toPoint()
        index = self.list.indexAt(point)
        if not index.isValid():
            return None
        job = self.model.rows[index.row()]
        rect, direction = self.list.visualRect(index), self.list.layoutDirection()
        verb = self._cell.verb_at(rect, job, point, direction)
        return (verb, job) if verb is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list.viewport() and event.type() == QEvent.Type.Resize:
            self._measure_failed()
        if watched is self.list and event.type() == QEvent.Type.Leave:
            self._show()
        if watched is self.list.viewport() and isinstance(event, QMouseEvent):
            result = self._verb_at(event)
            hand = Qt.CursorShape.PointingHandCursor if result else Qt.CursorShape.ArrowCursor
            self.list.viewport().setCursor(hand)
            left = event.button() == Qt.MouseButton.LeftButton
            if result and left and event.type() == QEvent.Type.MouseButtonRelease:
                self.do(*result)
                return True
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        job = self.current()
        if job is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._open_menu(self.list.currentIndex())
            return True
        pressed = "Del" if event.key() == Qt.Key.Key_Delete else event.text().upper()
        verb = next((item for item in offered(job) if item.key and item.key == pressed), None)
        if verb is not None:
            self.do(verb, job)
        return verb is not None


def summary_words(summary: QueueSummary) -> str:
    """Summarise the queue: "12 of 40 files · 3.2 MB/s · about 4 min left"."""
    parts = []
    if summary.left:
        total = summary.over + summary.left
        parts.append(
            tr(
                "{over} of {files}",
                over=words.number(summary.over),
                files=words.count(total, "file"),
            )
        )
        if summary.paused:
            parts.append(tr("paused"))
        if summary.rate:
            parts.append(f"{words.size(int(summary.rate))}/s")
        if summary.seconds_left is not None:
            parts.append(
                tr("about {seconds_left} left", seconds_left=words.duration(summary.seconds_left))
            )
    elif summary.paused:
        parts.append(tr("paused"))
    if summary.failed:
        parts.append(
            tr_n(
                summary.failed,
                "{failed} needs attention",
                "{failed} need attention",
                failed=words.number(summary.failed),
            )
        )
    return " · ".join(parts)
