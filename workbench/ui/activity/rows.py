"""The delegate of queue rows: a bar per stage with the current one named; errors in full."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from ingest.media.remarks import is_list, is_locked, lacks_captions
from workbench.intake.places import is_link
from workbench.intake.records import STAGES, WORKED, QueueRow
from workbench.ui import theme
from workbench.ui.components import ROW_ROLE, Column, Index, TableModel, bar, cells, pointed, words
from workbench.ui.language import known, tr, tr_n
from workbench.ui.library.source_types import guess

_MIDDLE = Qt.AlignmentFlag.AlignVCenter.value
#: Height of a row in pixels.
ROW = 40
#: Heights in a failed row in pixels: name, line of the message, margin below.
_HEAD, _LINE, _FOOT = 30, 18, 8


@dataclass(frozen=True, slots=True)
class Verb:
    """An action on a job: label, library call, and key."""

    word: str
    call: str
    key: str = ""


RETRY, SKIP = Verb(tr("Retry"), "retry", "R"), Verb(tr("Skip"), "skip", "S")
CANCEL, DISMISS = Verb(tr("Cancel"), "cancel", "Del"), Verb(tr("Dismiss"), "dismiss", "Del")
FIRST, SHOW = Verb(tr("Read this first"), "prioritize", "F"), Verb(tr("Show"), "show")
COPY = Verb(tr("Copy details"), "copy", "C")
SPEECH = Verb(tr("Transcribe its sound"), "speech", "W")
CHOOSE = Verb(tr("Choose videos…"), "choose", "V")
UNLOCK = Verb(tr("Password…"), "unlock", "U")


def verbs(row: QueueRow) -> tuple[Verb, ...]:
    """The actions for a job's state, most likely first, as shown in its row."""
    if row.id < 0:
        return ()
    if row.state == "failed":
        password = (UNLOCK,) * is_locked(row.error)
        return (*_skip_page(row), *_of_video(row), *password, RETRY, COPY, DISMISS)
    if row.state in ("skipped", "cancelled"):
        return (RETRY, DISMISS)
    if row.state == "done":
        return (SHOW, DISMISS) if row.sources else (DISMISS,)
    if row.state == "running":
        return (*_skip_page(row), SKIP, CANCEL)
    return (FIRST, SKIP, CANCEL)


def offered(row: QueueRow) -> tuple[Verb, ...]:
    """The actions in a row's menu: those of the row, and Copy details."""
    words = verbs(row)
    return words if COPY in words or not words else (*words, COPY)


def _skip_page(row: QueueRow) -> tuple[Verb, ...]:
    """Skipping the current page, if known."""
    return (
        ()
        if row.page is None
        else (Verb(tr("Skip page {page}", page=row.page), "leave_out_page", "P"),)
    )


def _of_video(row: QueueRow) -> tuple[Verb, ...]:
    """Actions for a video without captions, or for a playlist."""
    if not is_link(row.path):
        return ()
    return (SPEECH,) * lacks_captions(row.error) + (CHOOSE,) * is_list(row.error)


def stage_word(row: QueueRow) -> str:
    """The stage or state of a job in one or two words."""
    if row.state == "done":
        return tr("Already here") if row.already else tr("Verified")
    if row.state == "running":
        return known(row.stage_word) or tr("Reading")
    if row.id < 0:
        # Not in the queue yet: another program locks the library.
        return row.stage_word
    return {"queued": tr("Waiting"), "paused": tr("Paused"), "failed": tr("Could not be read")}.get(
        row.state, known(row.state.capitalize())
    )


def share(row: QueueRow) -> float:
    """The progress of the current stage, 0 to 1."""
    return min(1.0, row.done / row.total) if row.total else 0.0


def detail(row: QueueRow) -> str:
    """Progress, rate and remaining time, as far as known."""
    if row.state == "done":
        return tr("Location saved") if row.already else _left_out(row)
    if row.state != "running":
        first = tr("first of all") if row.priority > 0 and row.state in ("queued", "paused") else ""
        target = tr("into {collection}", collection=row.collection) if row.collection else ""
        return " · ".join(part for part in (first, target) if part)
    unit = words.unit(row.total or row.done, row.unit)
    parts = []
    if row.unit in ("bytes", "characters"):
        completed, total = words.size(row.done), words.size(row.total or 0)
        completed = completed if row.unit == "bytes" else words.number(row.done)
        total = (
            total
            if row.unit == "bytes"
            else tr("{total} characters", total=words.number(row.total or 0))
        )
        if row.total or row.done:
            parts.append(
                tr("{done} of {total}", done=completed, total=total) if row.total else completed
            )
    elif row.total:
        parts.append(
            tr(
                "{done} of {total} {unit}",
                done=words.number(row.done),
                total=words.number(row.total),
                unit=unit,
            )
        )
    elif row.done:
        parts.append(f"{words.number(row.done)} {unit}")
    if row.rate:
        rate = words.size(int(row.rate)) if row.unit == "bytes" else words.number(round(row.rate))
        parts.append(f"{rate}/s")
    if row.seconds_left is not None:
        parts.append(tr("{seconds_left} left", seconds_left=words.duration(row.seconds_left)))
    parts.append(_left_out(row))
    return " · ".join(part for part in parts if part)


def _left_out(row: QueueRow) -> str:
    if not row.left_out:
        return ""
    return tr_n(
        len(row.left_out),
        "without page {pages}",
        "without pages {pages}",
        pages=words.names([str(page) for page in row.left_out]),
    )


def sentence(row: QueueRow) -> str:
    """Describe a row in a sentence, for screen readers."""
    parts = [row.name, stage_word(row), detail(row), *_problem(row)]
    return ", ".join(part for part in parts if part)


def copied(row: QueueRow) -> str:
    """The text that "Copy details" copies."""
    page = tr(", page: {page}", page=row.page) if row.page is not None else ""
    lines = [
        row.path,
        *_problem(row),
        tr("stage: {stage}, state: {state}{page}", stage=row.stage, state=row.state, page=page),
    ]
    return "\n".join(part for part in lines if part)


class QueueModel(TableModel[QueueRow]):
    """The jobs in the order of `in_order`."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns = [Column("job", "", sentence, tip=_tip)]
        super().__init__(columns, sentence, parent, key=attrgetter("id"), steady=True)


def _tip(row: QueueRow) -> str:
    return "\n".join(part for part in (row.path, *_problem(row)) if part)


class QueueCell(cells.Painted):
    """Paints a row and finds its action at a point.

    A failed row is as high as its message needs, others 40 px. Everything is laid out left-to-right
    and finally mirrored if the window is.
    """

    def height(self, row: QueueRow, width: int) -> int:
        """The height of a row in a list `width` pixels wide."""
        if row.state != "failed":
            return theme.px(ROW)
        left, _name, right = _columns(QRect(0, 0, width, 0))
        return theme.px(_HEAD + _FOOT) + _lines(row, right - left) * theme.px(_LINE)

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        row: QueueRow = index.data(ROW_ROLE)
        rect = QRect(option.rect)
        pen = _Pen(painter, rect, option.direction)
        states = QStyle.StateFlag
        active = option.state & (states.State_Selected | states.State_MouseOver)
        places = _places(rect, row) if active else []
        end = min((place.left() for _verb, place in places), default=_columns(rect)[2] + 1)
        end -= theme.px(12)
        if row.state == "failed":
            self._failed(pen, rect, row, end)
        else:
            self._at_work(pen, rect, row, end, quiet=bool(places))
        painter.setFont(theme.font("small", QFont.Weight.Medium))
        for verb, place in places:
            pen.line(place, verb.word, "accent", right=True)

    def _at_work(self, pen: "_Pen", rect: QRect, row: QueueRow, end: int, *, quiet: bool) -> None:
        pen.sign(rect, *_sign(row))
        left, name, _right = _columns(rect)
        pen.painter.setFont(theme.font("body"))
        middle = Qt.TextElideMode.ElideMiddle
        pen.line(QRect(left, rect.y(), name, rect.height()), row.name, "text", mode=middle)
        begin = left + name + theme.px(20)
        room = QRect(begin, rect.y(), max(0, end - begin), rect.height())
        reached = STAGES.index(row.stage) if row.stage in STAGES else 0
        pip, step = theme.px(22), theme.px(26)
        for at in range(len(WORKED)):
            place = QRect(room.x() + at * step, room.center().y() - theme.px(1), pip, theme.px(4))
            working = at == reached and row.state == "running"
            pen.bar(place, 1.0 if at < reached else share(row) if working else 0.0)
        word = room.adjusted(len(WORKED) * step + theme.px(12), 0, 0, 0)
        pen.painter.setFont(theme.font("small", QFont.Weight.Medium))
        width = pen.line(word, stage_word(row), "text")
        pen.painter.setFont(theme.font("small"))
        remainder = word.adjusted(max(width, theme.px(80)) + theme.px(12), 0, 0, 0)
        pen.line(remainder, detail(row), "text2", right=not quiet)

    def _failed(self, pen: "_Pen", rect: QRect, row: QueueRow, end: int) -> None:
        left, _name, right = _columns(rect)
        head = QRect(left, rect.y(), max(0, end - left), theme.px(_HEAD))
        pen.sign(QRect(rect.x(), rect.y(), rect.width(), theme.px(_HEAD)), "alert", "danger")
        pen.painter.setFont(theme.font("body"))
        pen.line(head, row.name, "text", mode=Qt.TextElideMode.ElideMiddle)
        pen.painter.setFont(theme.font("small"))
        room = QRect(left, rect.y() + theme.px(_HEAD), right - left, theme.px(_LINE))
        metrics = pen.painter.fontMetrics()
        error, hint = _problem(row)
        if metrics.horizontalAdvance(f"{error} {hint}") <= room.width():
            width = pen.line(room, error, "danger")
            space = metrics.horizontalAdvance(" ")
            pen.line(room.adjusted(width + space, 0, 0, 0), hint, "text2")
            return
        for text, ink in ((error, "danger"), (hint, "text2")):
            high = _wrapped(text, room.width(), metrics) * theme.px(_LINE)
            pen.paragraph(QRect(room.x(), room.y(), room.width(), high), text, ink)
            room.translate(0, high)

    def verb_at(
        self,
        rect: QRect,
        row: QueueRow,
        point: QPoint,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
    ) -> Verb | None:
        """The action at `point` of the row in `rect`."""
        for verb, place in _places(rect, row):
            visible = QStyle.visualRect(direction, rect, place)
            if visible.adjusted(-theme.px(6), 0, theme.px(6), 0).contains(point):
                return verb
        return None


class _Pen:
    """Paints into one row, mirrored if the window is."""

    def __init__(self, painter: QPainter, rect: QRect, direction: Qt.LayoutDirection) -> None:
        self.painter, self._rect, self._direction = painter, rect, direction

    def _place(self, place: QRect) -> QRect:
        return QStyle.visualRect(self._direction, self._rect, place)

    def _side(self, *, right: bool) -> int:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        visible = QStyle.visualAlignment(self._direction, side)
        return int(visible.value | Qt.AlignmentFlag.AlignAbsolute.value)

    def bar(self, place: QRect, share: float) -> None:
        """Paint a bar that fills from the leading edge."""
        mirrored = self._direction == Qt.LayoutDirection.RightToLeft
        bar(self.painter, QRectF(self._place(place)), share, mirrored=mirrored)

    def sign(self, room: QRect, glyph: str, role: str) -> None:
        """Paint the icon at the start of a row."""
        size = theme.px(18)
        top = room.y() + (room.height() - size) // 2
        place = self._place(QRect(room.x() + theme.px(14), top, size, size))
        theme.paint_icon(self.painter, glyph, QRectF(place), role)

    def line(
        self,
        room: QRect,
        text: str,
        ink: str,
        *,
        right: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> int:
        """Paint one elided line; return its width in pixels."""
        if room.width() < 12 or not text:
            return 0
        visible = self.painter.fontMetrics().elidedText(text, mode, room.width())
        flags = self._side(right=right) | _MIDDLE | Qt.TextFlag.TextSingleLine.value
        self.painter.setPen(theme.colour(ink))
        self.painter.drawText(self._place(room), flags, visible)
        return self.painter.fontMetrics().horizontalAdvance(visible)

    def paragraph(self, room: QRect, text: str, ink: str) -> None:
        """Paint wrapped text."""
        self.painter.setPen(theme.colour(ink))
        flags = self._side(right=False) | Qt.TextFlag.TextWordWrap.value
        self.painter.drawText(self._place(room), flags, text)


def _sign(row: QueueRow) -> tuple[str, str]:
    if row.state == "done":
        return "check", "confirmed"
    return ("book" if guess(row.name) == "book" else "paper"), "text2"


def _columns(rect: QRect) -> tuple[int, int, int]:
    """Start and width of the name, and the end of the row, in pixels."""
    left, right = rect.x() + theme.px(42), rect.right() - theme.px(14)
    return left, int((right - left) * 0.34), right


def _lines(row: QueueRow, width: int) -> int:
    """The number of lines of a failed row's message."""
    metrics = QFontMetrics(theme.font("small"))
    texts = _problem(row)
    if metrics.horizontalAdvance(" ".join(texts)) <= width:
        return 1
    return sum(_wrapped(text, width, metrics) for text in texts)


def _problem(row: QueueRow) -> tuple[str, str]:
    """The error and its advice, as worded in the window."""
    return pointed(row.error), pointed(row.hint)


def _wrapped(text: str, width: int, metrics: QFontMetrics) -> int:
    if not text:
        return 0
    bounds = QRect(0, 0, max(1, width), 100_000)
    high = metrics.boundingRect(bounds, Qt.TextFlag.TextWordWrap.value, text).height()
    return max(1, round(high / metrics.lineSpacing()))


def _places(rect: QRect, row: QueueRow) -> list[tuple[Verb, QRect]]:
    metrics = QFontMetrics(theme.font("small", QFont.Weight.Medium))
    right = _columns(rect)[2]
    high = theme.px(_HEAD) if row.state == "failed" else rect.height()
    places = []
    for verb in reversed(verbs(row)):
        width = metrics.horizontalAdvance(verb.word) + 2
        places.append((verb, QRect(right - width + 1, rect.y(), width, high)))
        right -= width + theme.px(16)
    return places[::-1]
