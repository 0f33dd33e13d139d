"""The Activity panel: the queue, pause and tidy, and what can be done to a row by mouse or key."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QMenu, QWidget

from workbench.intake.records import QueueRow
from workbench.ui import theme
from workbench.ui.activity.rows import CANCEL, DISMISS, QueueCell, QueueModel, Verb, copied, verbs
from workbench.ui.components import words
from workbench.ui.components.boxes import column, holder, row
from workbench.ui.components.controls import button, tool
from workbench.ui.components.words import label
from workbench.ui.window.shelf import Shelf

_WAITING = ("queued", "running", "paused")


class ActivityPanel(QWidget):
    """What is under way. `show_sources` asks to select what a finished row has brought in."""

    show_sources = Signal(object)
    hide_requested = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.model = QueueModel(self)
        self.list = QListView()
        self._cell = QueueCell(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._cell)
        self.list.setUniformItemSizes(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName("Queue")
        self.list.setMinimumHeight(theme.px(60))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu_at)
        self.list.viewport().installEventFilter(self)
        self.list.installEventFilter(self)
        self.note = label("", "caption")
        self.pause_button = button("Pause all", kind="quiet")
        self.pause_button.clicked.connect(lambda: shelf.pause(not shelf.paused))
        self.tidy_button = button("Clear finished", kind="quiet")
        self.tidy_button.clicked.connect(self._tidy)
        self.hide_button = tool("close", "Hide Activity")
        self.hide_button.clicked.connect(self.hide_requested)
        self.empty = label("Nothing is being read.", "small")
        self.head = holder(
            row(
                label("Activity", "head"),
                self.note,
                None,
                self.pause_button,
                8,
                self.tidy_button,
                4,
                self.hide_button,
                margins=(16, 2, 6, 0),
                gap=10,
            ),
            "canvas",
        )
        body = column(row(self.empty, margins=(16, 6, 16, 0)), self.list, gap=0)
        self.setLayout(body)
        self.setProperty("paper", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Activity")
        shelf.queue_changed.connect(self._show)
        self._show()

    def current(self) -> QueueRow | None:
        """The row that has the focus."""
        at = self.list.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def select_failed(self) -> None:
        """Go to the first row that needs you."""
        failed = next((i for i, r in enumerate(self.model.rows) if r.state == "failed"), -1)
        if failed >= 0:
            self.list.setCurrentIndex(self.model.index(failed))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self, verb: Verb, job: QueueRow) -> None:
        """Do one thing to one row."""
        if verb.call == "copy":
            QApplication.clipboard().setText(copied(job))
        elif verb.call == "show":
            self.show_sources.emit(job.sources)
        else:
            self._shelf.handle(verb.call, job.id)

    def menu(self, job: QueueRow) -> QMenu:
        """The context menu of a row."""
        menu = QMenu(self)
        for verb in verbs(job):
            action: QAction = menu.addAction(verb.word)
            action.triggered.connect(lambda _on=False, chosen=verb: self.do(chosen, job))
        return menu

    def _show(self) -> None:
        before = self.current()
        rows = [*map(self._told, self._shelf.queue), *self._shelf.coming]
        # Only a row that failed has another height, and then every row must be asked for its own.
        self.list.setUniformItemSizes(all(row.state != "failed" for row in rows))
        self.model.show_rows(rows)
        if before is not None:
            again = [i for i, r in enumerate(self.model.rows) if r.id == before.id]
            if again and self.list.currentIndex().row() != again[0]:
                self.list.setCurrentIndex(self.model.index(again[0]))
        running = sum(r.state in _WAITING for r in rows)
        failed = sum(r.state == "failed" for r in rows)
        parts = [f"{words.number(running)} under way"] if running else []
        if failed:
            parts.append(f"{words.number(failed)} {'needs' if failed == 1 else 'need'} you")
        if self._shelf.paused:
            parts.append("paused")
        self.note.setText(", ".join(parts))
        self.pause_button.setText("Resume" if self._shelf.paused else "Pause all")
        self.pause_button.setAccessibleName(self.pause_button.text())
        self.pause_button.setVisible(running > 0 or self._shelf.paused)
        finished = any(r.state not in (*_WAITING, "failed") for r in rows)
        self.tidy_button.setVisible(finished)
        self.empty.setVisible(not rows)
        self.list.setVisible(bool(rows))

    def _told(self, row: QueueRow) -> QueueRow:
        """A stage that does not count tells how much there is to do."""
        if row.state != "running" or row.total or row.done or not row.sources:
            return row
        known = (each.passages for each in self._shelf.sources if each.id in row.sources)
        return replace(row, done=sum(known), unit="passages")

    def _tidy(self) -> None:
        for job in self.model.rows:
            if job.state not in (*_WAITING, "failed"):
                self._shelf.handle("dismiss", job.id)

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

    def _verb_under(self, event: QMouseEvent) -> tuple[Verb, QueueRow] | None:
        point = event.position().toPoint()
        index = self.list.indexAt(point)
        if not index.isValid():
            return None
        job = self.model.rows[index.row()]
        rect, direction = self.list.visualRect(index), self.list.layoutDirection()
        verb = self._cell.verb_at(rect, job, point, direction)
        return (verb, job) if verb is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list.viewport() and isinstance(event, QMouseEvent):
            found = self._verb_under(event)
            hand = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
            self.list.viewport().setCursor(hand)
            left = event.button() == Qt.MouseButton.LeftButton
            if found and left and event.type() == QEvent.Type.MouseButtonRelease:
                self.do(*found)
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
        if job is None:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._open_menu(self.list.currentIndex())
            return True
        if event.key() == Qt.Key.Key_Delete and verbs(job):
            self.do(CANCEL if job.state in _WAITING else DISMISS, job)
            return True
        return False
