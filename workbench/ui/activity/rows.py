"""One row of the queue: six pips for six stages, the one at work named; errors in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.intake.records import STAGES, QueueRow
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.controls import bar
from workbench.ui.library.kinds import guess

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_PIPS = STAGES[1:]
_ORDER = {"failed": 0, "running": 1, "paused": 2, "queued": 3, "skipped": 4, "cancelled": 5}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter.value
_RIGHT = Qt.AlignmentFlag.AlignRight.value


@dataclass(frozen=True, slots=True)
class Verb:
    """A thing one can do to a job: its word, and the library's name for it."""

    word: str
    call: str


RETRY, SKIP, CANCEL = Verb("Retry", "retry"), Verb("Skip", "skip"), Verb("Cancel", "cancel")
DISMISS, SHOW = Verb("Dismiss", "dismiss"), Verb("Show", "show")
COPY = Verb("Copy details", "copy")


def verbs(row: QueueRow) -> tuple[Verb, ...]:
    """What can be done to a job in its state, the likeliest first."""
    if row.id < 0:
        return ()
    if row.state == "failed":
        return (RETRY, COPY, DISMISS)
    if row.state in ("skipped", "cancelled"):
        return (RETRY, DISMISS)
    if row.state == "done":
        return (SHOW, DISMISS) if row.sources else (DISMISS,)
    return (SKIP, CANCEL)


def stage_word(row: QueueRow) -> str:
    """Where a job stands, in one word or two."""
    if row.state == "done":
        return "Already here" if row.already else "Verified"
    if row.state == "running":
        return row.stage_word or "Reading"
    if row.id < 0:
        # Not on the queue yet: another program holds the library.
        return row.stage_word
    return {"queued": "Waiting", "paused": "Paused", "failed": "Could not be read"}.get(
        row.state, row.state.capitalize()
    )


def share(row: QueueRow) -> float:
    """How far the stage at work is, 0 to 1."""
    return min(1.0, row.done / row.total) if row.total else 0.0


def detail(row: QueueRow) -> str:
    """Done of total, rate and time left, as far as they are known."""
    if row.state == "done":
        return "Its place was noted" if row.already else ""
    if row.state != "running":
        return f"into {row.collection}" if row.collection else ""
    unit = row.unit.rstrip("s") if row.total == 1 else row.unit
    parts = []
    if row.unit in ("bytes", "characters"):
        done, total = words.size(row.done), words.size(row.total or 0)
        done = done if row.unit == "bytes" else words.number(row.done)
        total = total if row.unit == "bytes" else f"{words.number(row.total or 0)} characters"
        parts.append(f"{done} of {total}" if row.total else done)
    elif row.total:
        parts.append(f"{words.number(row.done)} of {words.number(row.total)} {unit}")
    elif row.done:
        parts.append(f"{words.number(row.done)} {unit}")
    if row.rate:
        rate = words.size(int(row.rate)) if row.unit == "bytes" else words.number(round(row.rate))
        parts.append(f"{rate}/s")
    if row.seconds_left is not None:
        parts.append(f"{words.duration(row.seconds_left)} left")
    return " · ".join(parts)


def sentence(row: QueueRow) -> str:
    """A row in one sentence, for those who hear the list."""
    parts = [row.name, stage_word(row), detail(row), row.error, row.hint]
    return ", ".join(part for part in parts if part)


def copied(row: QueueRow) -> str:
    """What "Copy details" puts on the clipboard."""
    return f"{row.path}\n{row.error}\n{row.hint}\nstage: {row.stage}, state: {row.state}"


class QueueModel(QAbstractListModel):
    """The jobs, those that need you first, then those at work, then those that wait."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QueueRow] = []

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Replace the rows; the same jobs in the same order are only repainted."""
        fresh = sorted(rows, key=lambda row: (_ORDER.get(row.state, 6), row.id))
        if [row.id for row in fresh] == [row.id for row in self.rows]:
            changed = [at for at, row in enumerate(fresh) if row != self.rows[at]]
            self.rows = fresh
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self.rows = fresh
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (row.path, row.error, row.hint) if part)
        return None


class QueueCell(QStyledItemDelegate):
    """Draws a row, and says which of its words lies under a point."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QueueRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        view: Any = option
        rect = QRect(view.rect)
        selected = bool(view.state & QStyle.StateFlag.State_Selected)
        hovered = bool(view.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.fillRect(rect, theme.colour("accent_soft" if selected else "hover"))
        self._sign(painter, rect, row)
        left, name, right = _columns(rect)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        middle = Qt.TextElideMode.ElideMiddle
        _line(painter, QRect(left, rect.y(), name, rect.height()), row.name, middle)
        begin = left + name + theme.px(20)
        shows_verbs = selected or hovered or row.state in ("failed", "skipped", "cancelled")
        places = _places(rect, row) if shows_verbs else []
        end = min((place.left() for _verb, place in places), default=right + 1) - theme.px(12)
        room = QRect(begin, rect.y(), max(0, end - begin), rect.height())
        if row.state == "failed":
            self._error(painter, room, row)
        else:
            self._stages(painter, room, row, quiet=bool(places))
        painter.setFont(theme.font("small", QFont.Weight.Medium))
        painter.setPen(theme.colour("accent"))
        for verb, place in places:
            painter.drawText(place, _MIDDLE | _RIGHT, verb.word)
        if view.state & QStyle.StateFlag.State_HasFocus:
            focus = QRect(rect.x(), rect.y(), theme.px(3), rect.height())
            painter.fillRect(focus, theme.colour("accent"))
        painter.restore()

    def _sign(self, painter: QPainter, rect: QRect, row: QueueRow) -> None:
        size = theme.px(18)
        place = QRectF(rect.x() + theme.px(14), rect.center().y() + 0.5 - size / 2, size, size)
        if row.state == "failed":
            theme.paint_icon(painter, "alert", place, "danger")
        elif row.state == "done":
            theme.paint_icon(painter, "check", place, "confirmed")
        else:
            theme.paint_icon(painter, "book" if guess(row.name) == "book" else "paper", place)

    def _error(self, painter: QPainter, room: QRect, row: QueueRow) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("danger"))
        written = _line(painter, room, row.error)
        painter.setPen(theme.colour("text2"))
        _line(painter, room.adjusted(written + theme.px(8), 0, 0, 0), row.hint)

    def _stages(self, painter: QPainter, room: QRect, row: QueueRow, *, quiet: bool) -> None:
        reached = STAGES.index(row.stage) if row.stage in STAGES else 0
        pip, step = theme.px(22), theme.px(26)
        for at in range(len(_PIPS)):
            place = QRectF(room.x() + at * step, room.center().y() - theme.px(1), pip, theme.px(4))
            working = at == reached and row.state == "running"
            bar(painter, place, 1.0 if at < reached else share(row) if working else 0.0)
        word = room.adjusted(theme.px(168), 0, 0, 0)
        painter.setFont(theme.font("small", QFont.Weight.Medium))
        painter.setPen(theme.colour("text"))
        written = _line(painter, word, stage_word(row))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        rest = word.adjusted(max(written, theme.px(80)) + theme.px(12), 0, 0, 0)
        _line(painter, rest, detail(row), align=_MIDDLE if quiet else _MIDDLE | _RIGHT)

    def verb_at(self, rect: QRect, row: QueueRow, point: QPoint) -> Verb | None:
        """The word of the row in `rect` that lies under `point`."""
        for verb, place in _places(rect, row):
            if place.adjusted(-theme.px(6), 0, theme.px(6), 0).contains(point):
                return verb
        return None


def _columns(rect: QRect) -> tuple[int, int, int]:
    """Where the name begins, how wide it is, and where the row ends, in pixels."""
    left, right = rect.x() + theme.px(42), rect.right() - theme.px(14)
    return left, int((right - left) * 0.34), right


def _places(rect: QRect, row: QueueRow) -> list[tuple[Verb, QRect]]:
    metrics = QFontMetrics(theme.font("small", QFont.Weight.Medium))
    right = _columns(rect)[2]
    places = []
    for verb in reversed(verbs(row)):
        width = metrics.horizontalAdvance(verb.word) + 2
        places.append((verb, QRect(right - width + 1, rect.y(), width, rect.height())))
        right -= width + theme.px(16)
    return places[::-1]


def _line(
    painter: QPainter,
    room: QRect,
    text: str,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    align: int = _MIDDLE,
) -> int:
    """Write one elided line; returns its width in pixels."""
    if room.width() < 12 or not text:
        return 0
    shown = painter.fontMetrics().elidedText(text, mode, room.width())
    painter.drawText(room, align | Qt.TextFlag.TextSingleLine.value, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
