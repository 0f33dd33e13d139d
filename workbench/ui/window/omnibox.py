"""The omnibox (Ctrl+K): one field for sentences, sources, notes, names, commands and questions.

Sentences come first, within milliseconds of a key; other results are added below, so that no row
moves under the mouse. All searches run on workers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.memory.graph.records import Concept
from workbench.recall.records import SearchHit, SearchResult
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.ask.wording import place_words
from workbench.ui.components import (
    ENTER,
    ROW_ROLE,
    Column,
    Index,
    Sign,
    TableModel,
    cells,
    chip,
    column,
    delayed,
    field,
    label,
    row,
    rule,
    tool,
    veil,
    words,
)
from workbench.ui.concepts import kinds as concept_kinds
from workbench.ui.language import inside, tr
from workbench.ui.library import source_types
from workbench.ui.library.sifting import fold
from workbench.ui.memories import rows as memories
from workbench.ui.window.actions import MENUS
from workbench.ui.window.associating import ExploreActions
from workbench.ui.window.context import Context
from workbench.ui.window.second_source import Places

if TYPE_CHECKING:
    from workbench.library import Library

# -- rows ------------------------------------------------------------------------------------------
# Rows of the omnibox: kinds, search, and painting.


Span = tuple[int, int]
#: Kinds of rows; `Omnibox` sets the order of their groups.
QUESTION, TEXT, SOURCE, NOTE, NAME, COMMAND = "ask", "text", "source", "note", "name", "command"
HEADS = {
    TEXT: tr("In the text"),
    SOURCE: tr("Sources"),
    NOTE: tr("Notes"),
    NAME: tr("Names"),
    COMMAND: tr("Commands"),
}
#: The newest notes, which are searched by substring; older ones are found by whole words.
_NOTES = 2_000
#: Types with a name, unlike actions and feelings such as "gritted Ahab".
_NAME_TYPES, _TYPES = frozenset(["entity", "spatial", "concept", "time"]), 8
#: Characters shown before the first match.
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A row: text with marked spans, detail, and the action of Enter.

    A row without `open` is a heading. `keys` means that `detail` is a shortcut.
    """

    kind: str
    text: str
    marks: tuple[Span, ...] = ()
    detail: str = ""
    glyph: str = ""
    open: Callable[[], object] | None = None
    keys: bool = False
    ink: str = "text2"


@dataclass(frozen=True, slots=True)
class OtherMatches:
    """Matches outside the text: sources, notes and names."""

    sources: tuple[SourceRow, ...] = ()
    notes: tuple[memories.Memory, ...] = ()
    names: tuple[Concept, ...] = ()


def search_others(
    library: "Library", typed: str, sources: Sequence[SourceRow], limit: int, cancel: Cancel
) -> OtherMatches:
    """Sources, notes and names with all words, at most `limit` each. Runs on a worker."""
    requested = fold(typed).split()

    def matches(hay: str) -> bool:
        return all(word in hay for word in requested)

    titled = [row for row in sources if matches(fold(f"{row.title} {row.author}"))]
    cancel.check()
    notes = (
        *memories.page(library, None, True, _NOTES, (), cancel).rows,
        *memories.highlighted(library, typed),
    )
    marked = list({row.id: row for row in notes if matches(row.hay)}.values())
    cancel.check()
    result = library.graph.concepts(typed, limit=_TYPES * limit) if len(typed) > 1 else []
    names = [item for item in result if item.type in _NAME_TYPES]
    return OtherMatches(tuple(titled[:limit]), tuple(marked[:limit]), tuple(names[:limit]))


def _speech(row: Row) -> str:
    return f"{row.text}, {row.detail}" if row.detail else row.text


def _key(row: Row) -> object:
    return row.kind, row.text, row.detail


class Rows(TableModel[Row]):
    """The visible rows; rows that remain keep their selection."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__([Column("row", "", _speech)], _speech, parent, key=_key, steady=True)

    def flags(self, index: Index) -> Qt.ItemFlag:
        on = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return on if self.rows[index.row()].open is not None else Qt.ItemFlag.NoItemFlags


class RowCell(cells.Painted):
    """Paints icon, text with marks, and the location or shortcut."""

    margins, radius = (8, 0, -8, 0), 6

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        result: Row = index.data(ROW_ROLE)
        return QSize(0, theme.px(28 if result.open is None else 36))

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        result: Row = index.data(ROW_ROLE)
        mirrored = cells.is_mirrored(option)
        inner = QRectF(option.rect).adjusted(theme.px(20), 0, -theme.px(20), 0)
        if result.open is None:
            painter.setFont(theme.font("small", QFont.Weight.DemiBold))
            painter.setPen(theme.colour("text2"))
            cells.write(painter, inner, result.text, cells.leading(mirrored))
        else:
            side, gap = theme.px(16), theme.px(12)
            left = inner.right() - side if mirrored else inner.left()
            sign = QRectF(left, inner.center().y() - side / 2, side, side)
            if result.glyph:
                theme.paint_icon(painter, result.glyph, sign, result.ink)
            room = self._detail(painter, inner, result, mirrored=mirrored)
            lead, far = (room, side + gap) if mirrored else (side + gap, room)
            words = inner.adjusted(lead, 0, -far, 0)
            _write_marked(painter, words, result, mirrored=mirrored)

    def _detail(self, painter: QPainter, box: QRectF, row: Row, *, mirrored: bool) -> float:
        """Paint the detail; return its width in pixels."""
        if not row.detail:
            return 0.0
        painter.setFont(theme.font("caption" if row.keys else "small"))
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, box.width() * 0.4)
        pad = theme.px(8) if row.keys else 0
        wide = metrics.horizontalAdvance(text) + 2 * pad
        left = box.left() if mirrored else box.right() - wide
        plate = QRectF(left, box.center().y() - theme.px(10), wide, theme.px(20))
        if row.keys:
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("canvas"))
            painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(theme.colour("text2"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        return wide + theme.px(16)


def _write_marked(painter: QPainter, box: QRectF, row: Row, *, mirrored: bool) -> None:
    """Paint the text of a row in one line, with matches marked."""
    font = theme.font("reading") if row.kind == TEXT and row.marks else theme.font("body")
    if row.kind == TEXT and row.marks:
        font.setPixelSize(theme.px(14))
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    visible = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, box.width())
    visited = len(visible) - 1 if visible != row.text else len(row.text)
    wide = metrics.horizontalAdvance(visible)
    high = metrics.height() + theme.px(2)
    for start, end in row.marks:
        if start < visited:
            left = metrics.horizontalAdvance(visible[:start])
            right = metrics.horizontalAdvance(visible[: min(end, visited)])
            plate_left = box.right() - wide + left if mirrored else box.left() + left
            plate = QRectF(plate_left, box.center().y() - high / 2, right - left, high)
            painter.fillRect(plate, theme.colour("marker"))
            underline = QRectF(plate_left, plate.bottom() - 1.5, right - left, 1.5)
            painter.fillRect(underline, theme.colour("marker_edge"))
    painter.setPen(theme.colour("text"))
    cells.write(painter, box, visible, cells.leading(mirrored))


def marks_in(text: str, typed: str) -> tuple[Span, ...]:
    """The spans of search words in a title or note; none if folding changes its length."""
    hay = fold(text)
    if len(hay) != len(text):
        return ()
    spans: list[Span] = []
    for word in dict.fromkeys(fold(typed).split()):
        at = hay.find(word)
        while at >= 0:
            spans.append((at, at + len(word)))
            at = hay.find(word, at + len(word))
    return tuple(sorted(spans))


def excerpt(hit: SearchHit) -> tuple[str, list[Span]]:
    """The sentence in one line, cut before a late first match, with its marks."""
    first = hit.marks[0][0] if hit.marks else 0
    cut = 0
    if first > _CONTEXT:
        cut = hit.text.rfind(" ", 0, first - _CONTEXT // 2) + 1
    visible, at, lead = [], 0, "… " if cut else ""
    places: dict[int, int] = {}
    for n, char in enumerate(hit.text[cut:], start=cut):
        places[n] = at
        # Collapse white space.
        if not char.isspace():
            visible.append(char)
            at += 1
        elif visible and visible[-1] != " ":
            visible.append(" ")
            at += 1
    places[len(hit.text)] = at
    marks = [(places[a] + len(lead), places[b] + len(lead)) for a, b in hit.marks if a >= cut]
    return lead + "".join(visible), marks


def place(hit: SearchHit) -> str:
    """The location of a sentence: source title, and page or chapter."""
    location = place_words(hit.place, hit.source)
    return f"{hit.source.title}, {location}" if location else hit.source.title


_SENTENCES, _OTHERS = "omnibox:text", "omnibox:beside"
#: Maximum rows per group, sentences when shown alone, other rows when shown alone.
_GROUP_LIMIT, _ALL, _KIND_LIMIT = 3, 200, 50
#: Milliseconds after the last key before notes and names are searched.
_PAUSE = 80
_EMPTY = SearchResult("", 0, 0, ())
_DEFAULT_COMMANDS = ("add", "remember", "settings")


class Omnibox(QWidget):
    """A veil over the window with field and list; hidden until opened."""

    def __init__(self, context: Context, places: Places, explore: ExploreActions) -> None:
        super().__init__(context.window)
        self._context, self._places, self._explore = context, places, explore
        #: The only kind to show, None for all.
        self.only: str | None = None
        self._begun: str | None = None  # the kind that it was opened for
        self._result, self._beside = _EMPTY, OtherMatches()
        self._seen = ""  # the text that the visible sentences match
        self._has_beside = self._moved = self._go = False
        self._came_from: QWidget | None = None
        self.field = field(tr("Search or ask…"), tr("Search or ask"))
        self.field.setProperty("kind", "omnibox")
        self.field.setMaxLength(400)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.scope = chip("")
        self.scope.toggled.connect(self._search)
        self.said = label("", "small")
        self.model = Rows(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowCell(self.list))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Results"))
        self.list.clicked.connect(self._open)
        head = row(Sign("search", "accent", 20), self.field, self.scope, self.said, gap=10)
        head.setContentsMargins(20, 10, 20, 10)
        self._foot = label("", "caption")
        foot = row(self._foot, None, margins=(20, 12, 20, 12))
        self.card = QFrame(self)
        self.card.setProperty("card", "omnibox")
        self.card.setLayout(column(head, rule(), 8, self.list, 8, rule(), foot, gap=0, wide=3))
        self.setAccessibleName(tr("Search or ask"))
        veil(self, _veil)
        self._pause = delayed(self, self._search_others)
        context.actions.bind(search=self.begin, find_library=partial(self.begin, TEXT))
        context.window.installEventFilter(self)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._close_on_focus_loss)
        theme.watch(self, self.list.doItemsLayout)
        self.hide()

    # -- opening and closing -----------------------------------------------------------------------

    def begin(self, kind: str | None = None) -> None:
        """Open it with the last text selected, optionally for one kind of row."""
        if not self.isVisible():
            self._came_from = self._context.window.focusWidget()
        self.only = self._begun = kind
        collection = self._context.navigate.collection
        self.scope.blockSignals(True)
        self.scope.setVisible(collection is not None)
        self.scope.setText(tr("In {collection}", collection=words.short(collection or "", 24)))
        self.scope.setAccessibleName(tr("Only in {collection}", collection=collection))
        self.scope.setChecked(collection is not None and kind == TEXT)
        self.scope.blockSignals(False)
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search()

    def leave(self) -> None:
        """Close it and restore the focus."""
        self._pause.stop()
        for key in (_SENTENCES, _OTHERS):
            self._context.jobs.cancel(key)
        had_focus = self.isAncestorOf(self._context.window.focusWidget() or self._context.window)
        self.hide()
        if had_focus and self._came_from is not None:
            self._came_from.setFocus()

    def _close_on_focus_loss(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Close when the focus moves elsewhere, where Esc would not reach it."""
        if new is None or not self.isVisible():
            return
        if self._context.window.isAncestorOf(new) and not self.isAncestorOf(new):
            self.leave()

    # -- search ------------------------------------------------------------------------------------

    @property
    def typed(self) -> str:
        """The search text."""
        return " ".join(self.field.text().removeprefix(">").split())

    @property
    def _collection(self) -> str | None:
        return self._context.navigate.collection if self.scope.isChecked() else None

    def _typed(self) -> None:
        self._moved = self._go = False
        self._search()

    def _search(self) -> None:
        """Search sentences now, and the rest after a pause."""
        library, typed = self._context.library.library, self.typed
        self._has_beside, self._beside = False, OtherMatches()
        self._pause.stop()
        commands = self.field.text().startswith(">")
        if library is None or not typed or commands or self.only not in (None, TEXT):
            self._context.jobs.cancel(_SENTENCES)
            self._show_result(_EMPTY)
        else:
            self._context.jobs.run(
                *(library.search, typed),
                collection=self._collection, limit=_ALL if self.only == TEXT else _GROUP_LIMIT,
                done=self._show_result, failed=self._failed, key=_SENTENCES,
            )  # fmt: skip
        if library is not None and typed and not commands and self.only in (None, *HEADS):
            self._pause.start(_PAUSE)

    def _show_result(self, result: SearchResult) -> None:
        self._result, self._seen = result, self.typed
        self._show()
        if self._go:
            self._go = False
            self._open(self.list.currentIndex())

    def _failed(self, error: WorkbenchError) -> None:
        self._show_result(_EMPTY)
        self.said.setText(error.message)

    def _search_others(self) -> None:
        library = self._context.library.library
        if library is None or self.only in (TEXT, COMMAND, QUESTION):
            return
        self._context.jobs.run(
            search_others,
            *(library, self.typed, list(self._context.library.sources)),
            _GROUP_LIMIT if self.only is None else _KIND_LIMIT,
            done=self._show_others, key=_OTHERS,
        )  # fmt: skip

    def _show_others(self, others: OtherMatches) -> None:
        self._beside, self._has_beside = others, True
        self._show()

    # -- rows -------------------------------------------------------------------------------------

    def _show(self) -> None:
        retained = self.list.currentIndex().row()
        only_commands = self.field.text().startswith(">")
        groups: list[tuple[str, list[Row]]] = []
        if not self.typed:
            groups = [(SOURCE, self._recent_sources()), (COMMAND, self._commands())]
        elif only_commands:
            groups = [(COMMAND, self._commands())]
        else:
            groups = [(QUESTION, [self._question()]), (TEXT, self._sentences())]
            if self._has_beside:
                groups += [(SOURCE, self._sources()), (NOTE, self._notes())]
                groups += [(NAME, self._names())]
            if self._has_beside or self.only == COMMAND:
                groups += [(COMMAND, self._commands())]
        rows: list[Row] = []
        for kind, item in groups:
            if item and (self.only in (None, kind) or not self.typed):
                title = HEADS.get(kind)
                title = tr("Read last") if kind == SOURCE and not self.typed else title
                rows += [Row(kind, title)] if title else []
                rows += item
        self.model.show_rows(rows)
        self._choose(retained if self._moved else -1)
        self._update_status()
        self._place()

    def _choose(self, at: int) -> None:
        """Select a row, or the most likely one."""
        rows = self.model.rows
        if not (0 <= at < len(rows) and rows[at].open is not None):
            openable = [n for n, item in enumerate(rows) if item.open is not None]
            is_question = self.typed.endswith("?")
            preferred = [n for n in openable if rows[n].kind != QUESTION or is_question]
            at = next(iter(preferred or openable), -1)
        self.list.setCurrentIndex(self.model.index(at, 0) if at >= 0 else QModelIndex())

    def _update_status(self) -> None:
        total, visible = self._result.total, len(self._result.hits)
        if not self.typed or self.field.text().startswith(">"):
            text = ""
        elif self.only == TEXT and visible < total:
            text = tr(
                "first {shown} of {sentences}",
                shown=words.number(visible),
                sentences=words.count(total, "sentence"),
            )
        elif self.only in (None, TEXT):
            text = words.count(total, "sentence") if total else tr("No sentence")
        else:
            text = tr("Only {get}", get=inside(HEADS.get(self.only, tr("Questions"))))
        self.said.setText(text)
        tab = tr("all kinds") if self.only else tr("only this kind")
        keys = (
            tr("↑ ↓ choose"),
            tr("Enter open"),
            tr("Ctrl+Enter ask"),
            tr("Tab {tab}", tab=tab),
            tr("> commands"),
        )
        self._foot.setText("      ".join(keys))

    def _question(self) -> Row:
        typed = self.typed
        return Row(
            QUESTION,
            tr("Ask: {typed}", typed=typed),
            (),
            tr("Ctrl+Enter"),
            "ask",
            partial(self._ask_typed),
            keys=True,
        )

    def _sentences(self) -> list[Row]:
        rows = []
        for hit in self._result.hits:
            text, marks = excerpt(hit)
            go = partial(
                self._context.navigate.read_at, hit.source.id, hit.place.start, hit.place.end
            )
            rows.append(Row(TEXT, text, tuple(marks), place(hit), "quote", go))
        left = self._result.total - len(rows)
        if left > 0 and self.only != TEXT:
            more = tr("All {sentences}", sentences=words.count(self._result.total, "sentence"))
            rows.append(Row(TEXT, more, (), "", "more", partial(self._narrow, TEXT)))
        return rows

    def _sources(self) -> list[Row]:
        rows = []
        for source in self._beside.sources:
            marks = marks_in(source.title, self.typed)
            go = partial(self._context.navigate.open_source, source.id)
            rows.append(
                Row(SOURCE, source.title, marks, source.author, source_types.glyph(source), go)
            )
        return rows

    def _notes(self) -> list[Row]:
        rows = []
        for note in self._beside.notes:
            # The note comes before the quotation it belongs to.
            parts = (words.plain(note.words), words.quoted(note.at.quote) if note.at.quote else "")
            text = " · ".join(" ".join(words.short(part, 300).split()) for part in parts if part)
            go = partial(self._context.navigate.show_fact, note.id)
            detail = note.at.title or words.day(note.told)
            rows.append(Row(NOTE, text, marks_in(text, self.typed), detail, "note", go))
        return rows

    def _names(self) -> list[Row]:
        rows = []
        for name in self._beside.names:
            detail = f"{concept_kinds.word(name.type)}, {words.count(name.mentions, 'mention')}"
            go = partial(self._explore.show_concept, name.id)
            glyph, ink = concept_kinds.glyph(name.type), concept_kinds.ink(name.type)
            marks = marks_in(name.name, self.typed)
            rows.append(Row(NAME, name.name, marks, detail, glyph, go, ink=ink))
        return rows

    def _commands(self) -> list[Row]:
        """Matching menu entries, and actions on the search text."""
        context, requested = self._context, fold(self.typed).split()
        rows = []
        if (
            requested
            and context.views.reader.source_id is not None
            and context.views.reader.isVisible()
        ):
            text = tr("Find “{typed}” in this source", typed=words.short(self.typed, 40))
            go = partial(context.navigate.reading.find_words, self.typed)
            rows.append(Row(COMMAND, text, (), "Ctrl+F", "search", go, keys=True))
        names = [entry.name for _title, entries in MENUS for entry in entries if entry is not None]
        for name in names if requested else _DEFAULT_COMMANDS:
            act = context.actions[name]
            text = act.text().replace("&", "")
            if act.isEnabled() and act.isVisible() and all(w in fold(text) for w in requested):
                keys = act.shortcut().toString(act.shortcut().SequenceFormat.NativeText)
                rows.append(Row(COMMAND, text, (), keys, "right", act.trigger, keys=True))
        limited = self.only is None and not self.field.text().startswith(">")
        return rows[: _GROUP_LIMIT if limited else _KIND_LIMIT]

    def _recent_sources(self) -> list[Row]:
        by_id = {item.id: item for item in self._context.library.sources}
        recent = [by_id[item.source] for item in self._places.here[:5]]
        return [
            Row(
                *(SOURCE, item.title, (), item.author, source_types.glyph(item)),
                partial(self._context.navigate.open_source, item.id),
            )
            for item in recent
        ]

    # -- keyboard and mouse ------------------------------------------------------------------------

    def _narrow(self, kind: str | None) -> None:
        self.only = kind
        self._moved = False
        self._search()

    def _ask_typed(self) -> None:
        context, typed = self._context, self.typed
        context.navigate.focus_question()
        context.views.ask.composer.field.setText(typed)
        context.views.ask.composer.asked.emit(typed, context.views.ask.composer.scope)

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        selected = self.model.rows[index.row()]
        if selected.open is None:
            return
        stays = selected.kind == TEXT and not selected.marks
        if not stays:
            self.leave()
        selected.open()

    def _step(self, by: int) -> None:
        rows, at = self.model.rows, self.list.currentIndex().row() + by
        while 0 <= at < len(rows) and rows[at].open is None:
            at += by
        if 0 <= at < len(rows):
            self._moved = True
            self.list.setCurrentIndex(self.model.index(at, 0))
            speech = self.model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, speech))

    def _pressed(self, event: QKeyEvent) -> bool:
        """Handle a key of the field; return whether it was handled."""
        key, modifiers = event.key(), event.modifiers()
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            for _ in range(8):
                self._step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in ENTER:
            if ctrl and self.typed:
                self.leave()
                self._ask_typed()
            elif self._seen == self.typed:
                self._open(self.list.currentIndex())
            else:
                self._go = True
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            at = self.list.currentIndex().row()
            self._narrow(None if self.only or at < 0 else self.model.rows[at].kind)
        elif key == Qt.Key.Key_Escape:
            if self.field.text():
                self.only = self._begun
                self.field.clear()
            else:
                self.leave()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.field and isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._pressed(event)
        if watched is self._context.window and kind == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    # -- appearance --------------------------------------------------------------------------------

    def _place(self) -> None:
        self.setGeometry(self._context.window.rect())
        wide = min(theme.px(720), self.width() - theme.px(48))
        top = min(theme.px(72), self.height() // 10)
        rows = sum(self.list.sizeHintForRow(at) for at in range(len(self.model.rows)))
        high = min(theme.px(128) + rows, theme.px(640), self.height() - 2 * top)
        self.card.setGeometry((self.width() - wide) // 2, top, wide, max(high, theme.px(176)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.doItemsLayout()


def _veil() -> QColor:
    return theme.colour("sunken", 0.6) if theme.current().dark else theme.colour("text", 0.28)


def opener(open: Callable[[], object]) -> QToolButton:
    """The tool bar button that looks like a field and opens the omnibox."""
    name, tip = tr("Search or ask"), tr("Search or ask (Ctrl+K)")
    created = tool("search", name, text=True, kind="omnibox", tip=tip, call=open)
    created.setText(tr("  Search or ask…"))
    return created
