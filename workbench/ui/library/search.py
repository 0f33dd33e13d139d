"""Full-text search: a field, and the sentences of all sources that contain its words.

A row is a sentence in the letters of a source, its words marked, over the place it stands at.
Enter or a double click opens it there.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workbench.errors import WorkbenchError
from workbench.recall.records import SearchHit, SearchResult
from workbench.recall.wording import place_words
from workbench.ui import theme
from workbench.ui.components import cells, words
from workbench.ui.components.boxes import column, holder, row, rule
from workbench.ui.components.controls import field, tool
from workbench.ui.components.pointing import pointed
from workbench.ui.components.words import label
from workbench.ui.jobs import Jobs

if TYPE_CHECKING:
    from workbench.library import Library

Index = QModelIndex | QPersistentModelIndex
_PAUSE = 150  # milliseconds
_KEY = "library.search"
_HIT = int(Qt.ItemDataRole.UserRole)
#: Characters shown before the first word that was found.
_BEFORE = 60
_ROW = 52


class SearchPage(QWidget):
    """Looks for words in the text of all sources, or of a collection."""

    #: A source, and the span of the sentence in its text.
    opened = Signal(int, int, int)
    closed = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._library: Library | None = None
        self._collection: str | None = None
        self.back = tool("left", "Back to the sources")
        self.back.clicked.connect(self.closed)
        self.field = field("Search the text of all sources", "Search the text", "search")
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(400)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._to_list)
        self.told = label("", "muted", wrap=True)
        self.model = _Hits(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitCell(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Sentences found")
        self.list.activated.connect(self._open)
        bar = holder(row(self.back, self.field, margins=(12, 10, 16, 10)))
        said = holder(column(self.told, margins=(16, 8, 16, 8)))
        whole = column(bar, rule(), said, self.list, gap=0)
        whole.setStretchFactor(self.list, 1)
        self.setLayout(whole)
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Search")
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)
        theme.watch(self, self.list.doItemsLayout)
        self._say_what_it_is()

    def begin(self, library: "Library", collection: str | None) -> None:
        """Search this library, or one of its collections; the cursor goes to the field."""
        self.set_scope(library, collection)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_scope(self, library: "Library", collection: str | None) -> None:
        """Search another library or collection for the same words."""
        self._library, self._collection = library, collection
        self.field.setPlaceholderText(
            f"Search the text of “{words.short(collection, 40)}”"
            if collection
            else "Search the text of all sources"
        )
        self._look()

    def leave(self) -> None:
        """Look for nothing any more."""
        self._pause.stop()
        self._jobs.cancel(_KEY)

    def _typed(self) -> None:
        self._pause.start()

    def _look(self) -> None:
        self._pause.stop()
        query = self.field.text().strip()
        if self._library is None or not query:
            self._jobs.cancel(_KEY)
            self.model.show_hits(())
            self._say_what_it_is()
            return
        self._jobs.run(
            *(self._library.search, query),
            collection=self._collection, done=self._found, failed=self._failed, key=_KEY,
        )  # fmt: skip

    def _found(self, result: SearchResult) -> None:
        self.model.show_hits(result.hits)
        self.list.scrollToTop()
        self.told.setText(self._count(result))

    def _count(self, result: SearchResult) -> str:
        shown, sources = len(result.hits), words.count(result.sources, "source")
        if not result.total:
            where = f"in “{words.short(self._collection, 40)}”" if self._collection else ""
            several = len(result.query.split()) > 1
            nothing = "No sentence has all of these words" if several else "No source contains"
            named = "" if several else f" “{words.short(result.query, 60)}”"
            return f"{nothing}{named} {where}".rstrip() + "."
        if shown < result.total:
            return (
                f"First {words.number(shown)} of {words.count(result.total, 'sentence')}"
                f" in {sources}. Add a word to narrow them down."
            )
        return f"{words.count(result.total, 'sentence')} in {sources}"

    def _failed(self, error: WorkbenchError) -> None:
        self.model.show_hits(())
        self.told.setText(f"{error.message} {pointed(error.hint)}".strip())

    def _say_what_it_is(self) -> None:
        self.told.setText(
            "Finds sentences with all of these words. Use “quotes” for an exact phrase."
        )

    def _to_list(self) -> None:
        if self._pause.isActive():
            self._look()
        elif self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        hit: SearchHit | None = index.data(_HIT)
        if hit is not None:
            self.opened.emit(hit.source.id, hit.place.start, hit.place.end)


class _Hits(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hits: tuple[SearchHit, ...] = ()

    def show_hits(self, hits: tuple[SearchHit, ...]) -> None:
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        hit = self._hits[index.row()]
        if role == _HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.text} {_place(hit)}"
        return None


class _HitCell(QStyledItemDelegate):
    """Two lines: the sentence around its first marked word, and where it stands."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: SearchHit = index.data(_HIT)
        view: Any = option
        rect = QRectF(view.rect)
        mirrored = view.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        cells.ground(painter, rect, view.state)
        edge, half = theme.px(16), rect.height() / 2
        upper = rect.adjusted(edge, theme.px(5), -edge, -half)
        self._sentence(painter, upper, hit, mirrored=mirrored)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        lower = rect.adjusted(edge, half, -edge, -theme.px(5))
        cells.write(painter, lower, _place(hit), cells.leading(mirrored))
        if view.state & QStyle.StateFlag.State_HasFocus:
            cells.focus_edge(painter, rect, mirrored=mirrored)
        painter.restore()

    def _sentence(self, painter: QPainter, box: QRectF, hit: SearchHit, *, mirrored: bool) -> None:
        text, marks = excerpt(hit)
        font = theme.font("reading")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        seen = len(elided) - 1 if elided != text else len(text)
        wide = metrics.horizontalAdvance(elided)
        for start, end in marks:
            if start < seen:
                left = metrics.horizontalAdvance(elided[:start])
                right = metrics.horizontalAdvance(elided[: min(end, seen)])
                near = box.right() - wide + left if mirrored else box.left() + left
                line = QRectF(near, box.top(), right - left, box.height())
                painter.fillRect(line, theme.colour("marker"))
        painter.setPen(theme.colour("text"))
        cells.write(painter, box, elided, cells.leading(mirrored))


def excerpt(hit: SearchHit) -> tuple[str, list[tuple[int, int]]]:
    """The sentence on one line, cut before its first mark where that is far on, and its marks."""
    first = hit.marks[0][0] if hit.marks else 0
    cut = 0
    if first > _BEFORE:
        cut = hit.text.rfind(" ", 0, first - _BEFORE // 2) + 1
    shown, at, lead = [], 0, "… " if cut else ""
    places: dict[int, int] = {}
    for n, char in enumerate(hit.text[cut:], start=cut):
        places[n] = at
        # A line break of the page is a space here, several are one.
        if not char.isspace():
            shown.append(char)
            at += 1
        elif shown and shown[-1] != " ":
            shown.append(" ")
            at += 1
    places[len(hit.text)] = at
    marks = [(places[a] + len(lead), places[b] + len(lead)) for a, b in hit.marks if a >= cut]
    return lead + "".join(shown), marks


def _place(hit: SearchHit) -> str:
    where = place_words(hit.place, hit.source.kind)
    return f"{hit.source.title} · {where}" if where else hit.source.title
