"""One row of the queue: a pip for each stage, the one at work named; errors in place, whole."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ingest.media.remarks import is_list, is_locked, lacks_captions
from workbench.intake.places import is_link
from workbench.intake.records import STAGES, WORKED, QueueRow
from workbench.ui import theme
from workbench.ui.components import ROW_ROLE, Column, Index, TableModel, bar, cells, pointed, words
from workbench.ui.language import known, tr, tr_n
from workbench.ui.library.source_types import guess

_MIDDLE = Qt.AlignmentFlag.AlignVCenter.value
#: Pixels of a row.
ROW = 40
#: Pixels of a failed row: the line of its name, each line of its sentence, the room below.
_HEAD, _LINE, _FOOT = 30, 18, 8


@dataclass(frozen=True, slots=True)
class Verb:
    """A thing one can do to a job: its word, the library's name for it, and its key."""

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
    """What can be done to a job in its state, the likeliest first; these words stand in its row."""
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
    """What the menu of a row offers: its words, and its details for all that can go wrong."""
    words = verbs(row)
    return words if COPY in words or not words else (*words, COPY)


def _skip_page(row: QueueRow) -> tuple[Verb, ...]:
    """Leaving out the page at hand, where one is known."""
    return (
        ()
        if row.page is None
        else (Verb(tr("Skip page {page}", page=row.page), "leave_out_page", "P"),)
    )


def _of_video(row: QueueRow) -> tuple[Verb, ...]:
    """What helps with a video without captions, and with a list of videos."""
    if not is_link(row.path):
        return ()
    return (SPEECH,) * lacks_captions(row.error) + (CHOOSE,) * is_list(row.error)


def stage_word(row: QueueRow) -> str:
    """Where a job stands, in one word or two."""
    if row.state == "done":
        return tr("Already here") if row.already else tr("Verified")
    if row.state == "running":
        return known(row.stage_word) or tr("Reading")
    if row.id < 0:
        # Not on the queue yet: another program holds the library.
        return row.stage_word
    return {"queued": tr("Waiting"), "paused": tr("Paused"), "failed": tr("Could not be read")}.get(
        row.state, known(row.state.capitalize())
    )


def share(row: QueueRow) -> float:
    """How far the stage at work is, 0 to 1."""
    return min(1.0, row.done / row.total) if row.total else 0.0


def detail(row: QueueRow) -> str:
    """Done of total, rate and time left, as far as they are known."""
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
    """A row in one sentence, for those who hear the list."""
    parts = [row.name, stage_word(row), detail(row), *_problem(row)]
    return ", ".join(part for part in parts if part)


def copied(row: QueueRow) -> str:
    """What "Copy details" puts on the clipboard."""
    page = tr(", page: {page}", page=row.page) if row.page is not None else ""
    lines = [
        row.path,
        *_problem(row),
        tr("stage: {stage}, state: {state}{page}", stage=row.stage, state=row.state, page=page),
    ]
    return "\n".join(part for part in lines if part)


class QueueModel(TableModel[QueueRow]):
    """The jobs, as `in_order` puts them."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns = [Column("job", "", sentence, tip=_tip)]
        super().__init__(columns, sentence, parent, key=attrgetter("id"), steady=True)


def _tip(row: QueueRow) -> str:
    return "\n".join(part for part in (row.path, *_problem(row)) if part)


class QueueCell(QStyledItemDelegate):
    """Draws a row, and says which of its words lies under a point.

    A row that failed is as high as its sentence needs; all others are 40 px high. Everything is
    laid out from left to right and mirrored at the end where the window is.
    """

    def height(self, row: QueueRow, width: int) -> int:
        """How high a row is in a list `width` pixels wide."""
        if row.state != "failed":
            return theme.px(ROW)
        left, _name, right = _columns(QRect(0, 0, width, 0))
        return theme.px(_HEAD + _FOOT) + _lines(row, right - left) * theme.px(_LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QueueRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        view: Any = option
        rect = QRect(view.rect)
        selected = bool(view.state & QStyle.StateFlag.State_Selected)
        hovered = bool(view.state & QStyle.StateFlag.State_MouseOver)
        pen = _Pen(painter, rect, view.direction)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Words keep their own direction where the window has another.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        cells.ground(painter, QRectF(rect), view.state)
        places = _places(rect, row) if selected or hovered else []
        end = min((place.left() for _verb, place in places), default=_columns(rect)[2] + 1)
        end -= theme.px(12)
        if row.state == "failed":
            self._failed(pen, rect, row, end)
        else:
            self._at_work(pen, rect, row, end, quiet=bool(places))
        painter.setFont(theme.font("small", QFont.Weight.Medium))
        for verb, place in places:
            pen.line(place, verb.word, "accent", right=True)
        if view.state & QStyle.StateFlag.State_HasFocus:
            mirrored = view.direction == Qt.LayoutDirection.RightToLeft
            cells.focus_edge(painter, QRectF(rect), mirrored=mirrored)
        painter.restore()

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
        """The word of the row in `rect` that lies under `point`."""
        for verb, place in _places(rect, row):
            visible = QStyle.visualRect(direction, rect, place)
            if visible.adjusted(-theme.px(6), 0, theme.px(6), 0).contains(point):
                return verb
        return None


class _Pen:
    """Draws into one row, mirrored where the window is."""

    def __init__(self, painter: QPainter, rect: QRect, direction: Qt.LayoutDirection) -> None:
        self.painter, self._rect, self._direction = painter, rect, direction

    def _place(self, place: QRect) -> QRect:
        return QStyle.visualRect(self._direction, self._rect, place)

    def _side(self, *, right: bool) -> int:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        visible = QStyle.visualAlignment(self._direction, side)
        return int(visible.value | Qt.AlignmentFlag.AlignAbsolute.value)

    def bar(self, place: QRect, share: float) -> None:
        """A bar that fills from where reading begins."""
        mirrored = self._direction == Qt.LayoutDirection.RightToLeft
        bar(self.painter, QRectF(self._place(place)), share, mirrored=mirrored)

    def sign(self, room: QRect, glyph: str, role: str) -> None:
        """The icon at the beginning of a line."""
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
        """Write one elided line; returns its width in pixels."""
        if room.width() < 12 or not text:
            return 0
        visible = self.painter.fontMetrics().elidedText(text, mode, room.width())
        flags = self._side(right=right) | _MIDDLE | Qt.TextFlag.TextSingleLine.value
        self.painter.setPen(theme.colour(ink))
        self.painter.drawText(self._place(room), flags, visible)
        return self.painter.fontMetrics().horizontalAdvance(visible)

    def paragraph(self, room: QRect, text: str, ink: str) -> None:
        """Write as many lines as the text needs."""
        self.painter.setPen(theme.colour(ink))
        flags = self._side(right=False) | Qt.TextFlag.TextWordWrap.value
        self.painter.drawText(self._place(room), flags, text)


def _sign(row: QueueRow) -> tuple[str, str]:
    if row.state == "done":
        return "check", "confirmed"
    return ("book" if guess(row.name) == "book" else "paper"), "text2"


def _columns(rect: QRect) -> tuple[int, int, int]:
    """Where the name begins, how wide it is, and where the row ends, in pixels."""
    left, right = rect.x() + theme.px(42), rect.right() - theme.px(14)
    return left, int((right - left) * 0.34), right


def _lines(row: QueueRow, width: int) -> int:
    """How many lines the sentence of a failed row takes."""
    metrics = QFontMetrics(theme.font("small"))
    texts = _problem(row)
    if metrics.horizontalAdvance(" ".join(texts)) <= width:
        return 1
    return sum(_wrapped(text, width, metrics) for text in texts)


def _problem(row: QueueRow) -> tuple[str, str]:
    """What went wrong, and what to do next, as the window says it."""
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
