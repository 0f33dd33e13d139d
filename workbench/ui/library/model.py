"""The table of sources: columns, filter, and dragging."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QMenu

from workbench.settings import Columns
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import (
    CellStyle,
    Column,
    Index,
    TableModel,
    TableView,
    drop_menu,
    ticked,
    tool,
    words,
)
from workbench.ui.language import known, tr
from workbench.ui.library import sifting, source_types
from workbench.ui.library.sifting import Hay, fold

#: MIME type of source ids dragged within the window.
SOURCES_MIME = "application/x-engram-workbench-sources"


def _described(
    key: str,
    title: str,
    text: Callable[[SourceRow], str],
    order: Callable[[SourceRow], Any],
    width: int,
    *,
    number: bool = False,
) -> Column:
    tip = _path_tip if key == "place" else lambda s: text(s) or None
    return Column(key, title, text, order, width, number, tip=tip)


def _path_tip(source: SourceRow) -> str:
    return f"{source.title}\n{source.path}" if source.path else source.title


def _title_style(source: SourceRow) -> CellStyle:
    return CellStyle("text", strong=True, sign=source_types.glyph(source), inset=4)


COLUMNS = (
    Column(
        "title",
        tr("Title"),
        lambda s: s.title,
        lambda s: fold(s.title),
        style=_title_style,
        tip=_path_tip,
        extra=56,
    ),
    _described("author", tr("Author"), lambda s: s.author, lambda s: fold(s.author), 152),
    _described(
        "type",
        tr("Type"),
        lambda s: source_types.type_word(s.kind),
        lambda s: (source_types.type_word(s.kind), fold(s.title)),
        72,
    ),
    _described("date", tr("Year"), lambda s: s.date[:4], lambda s: s.date, 60),
    _described(
        "language",
        tr("Language"),
        lambda s: words.language(s.language),
        lambda s: words.language(s.language),
        84,
    ),
    _described("added", tr("Added"), lambda s: words.day(s.added), lambda s: s.added, 112),
    _described(
        "pages",
        tr("Pages"),
        lambda s: words.number(s.pages) if s.pages else "",
        lambda s: s.pages,
        64,
        number=True,
    ),
    _described("size", tr("Size"), lambda s: words.size(s.size), lambda s: s.size, 76, number=True),
    _described(
        "passages",
        tr("Passages"),
        lambda s: words.number(s.passages),
        lambda s: s.passages,
        80,
        number=True,
    ),
    _described(
        "collections",
        tr("Collections"),
        lambda s: ", ".join(s.collections),
        lambda s: fold(", ".join(s.collections)),
        130,
    ),
    _described(
        "tags", tr("Tags"), lambda s: ", ".join(s.tags), lambda s: fold(", ".join(s.tags)), 130
    ),
    _described("place", tr("Place"), lambda s: place(s), lambda s: fold(place(s)), 180),
    Column(
        "state",
        tr("State"),
        lambda s: source_types.state(s).word,
        lambda s: (not source_types.needs_attention(s), source_types.state(s).word),
        140,
        extra=40,
    ),
)
KEYS = tuple(column.key for column in COLUMNS)
_STATE = KEYS.index("state")


def place(source: SourceRow) -> str:
    """The location of the original: its folder, or the site of a link."""
    path = source.path
    if path is None:
        return tr("In the library")
    if "://" in path:
        return path.split("://", 1)[1].split("/", 1)[0]
    return words.home_short(str(PurePath(path).parent))


class SourceTable(TableModel[SourceRow]):
    """Sources as draggable rows; `rows` are the visible ones in display order."""

    def __init__(self, parent: QObject | None = None) -> None:
        state = replace(
            COLUMNS[_STATE],
            text=lambda s: self.state(s).word,
            order=lambda s: (not self.needs_attention(s), self.state(s).word),
            style=lambda s: _state_style(s, self.state(s)),
            tip=self._state_tip,
            spoken=lambda s: tr(
                "State: {value}", value=". ".join([self.state(s).word, *map(known, s.notices)])
            ),
        )
        columns = (*COLUMNS[:_STATE], state)
        super().__init__(columns, self._sentence_of, parent, key=attrgetter("id"))
        self.sorted_by = KEYS.index("added")
        self._known: dict[int, SourceRow] = {}
        self._hay: dict[int, Hay] = {}
        self._missing: frozenset[int] = frozenset()

    def show_sources(self, sources: Sequence[SourceRow]) -> None:
        """Replace the sources; changed rows are repainted without a reset."""
        previous, hays = self._known, self._hay
        self._known = {source.id: source for source in sources}
        names = {kind: source_types.type_word(kind) for kind in {source.kind for source in sources}}
        # Fold the text of each row once, since filters run over thousands of rows.
        self._hay = {
            source.id: hays[source.id]
            if previous.get(source.id) == source
            else sifting.hay(source, names[source.kind])
            for source in sources
        }
        self.show_rows(sorted(sources, key=attrgetter("added"), reverse=True))

    def filter(self, text: str, predicate: Callable[[SourceRow], bool] | None = None) -> None:
        """Show the sources that match `text` (see `sifting`) and `predicate`."""
        query = sifting.parse(text)
        self.sift(
            lambda rows: query.sift(
                [row for row in rows if predicate is None or predicate(row)], self._hay
            )
        )

    def mark_missing(self, sources: Collection[int]) -> None:
        """Mark the sources whose original is missing."""
        previous, self._missing = self._missing, frozenset(sources)
        self._sort_rows()
        self.repaint_rows(previous ^ self._missing)

    def state(self, source: SourceRow) -> source_types.State:
        """The state of a source, including its original."""
        return source_types.state(source, missing=source.id in self._missing)

    def needs_attention(self, source: SourceRow) -> bool:
        """Whether a source needs the user's attention."""
        return source_types.needs_attention(source, missing=source.id in self._missing)

    def _sentence_of(self, source: SourceRow) -> str:
        return sentence(source, self.state(source))

    def _state_tip(self, source: SourceRow) -> str:
        missing = [tr("The original file has moved.")] if source.id in self._missing else []
        return "\n".join([*missing, *map(known, source.notices)]) or self.state(source).word

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [SOURCES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = sorted({self.rows[index.row()].id for index in indexes})
        data = QMimeData()
        data.setData(SOURCES_MIME, QByteArray(" ".join(map(str, ids)).encode()))
        return data


def sentence(source: SourceRow, state: source_types.State) -> str:
    """Describe a row in a sentence, for screen readers."""
    by = tr(" by {author}", author=source.author) if source.author else ""
    return (
        f"{source.title}{by}, {source_types.type_word(source.kind)},"
        f" {words.count(source.passages, 'passage')}, {state.word}"
    )


def _state_style(source: SourceRow, state: source_types.State) -> CellStyle:
    ink = state.role if state.glyph == "alert" else "text2"
    share = None if state.glyph else source_types.progress(source)
    return CellStyle(
        ink, "small", sign=state.glyph, sign_ink=state.role, sign_size=14, sign_room=21,
        bar=share, bar_width=14, bar_room=7,
    )  # fmt: skip


#: Columns hidden first when space is short; the state is always visible.
_HIDE_ORDER = (
    "place", "tags", "language", "size", "date", "collections", "pages", "type", "added",
    "passages", "author",
)  # fmt: skip
_MIN_TITLE = 220


class SourcesView(TableView[SourceRow]):
    """The table; the user chooses its columns in the menu of `press`, and their widths."""

    def __init__(self, model: SourceTable, columns: Columns) -> None:
        super().__init__(
            model, tr("Sources"), hide_order=_HIDE_ORDER, min_width=_MIN_TITLE, sortable=True
        )
        self._columns = columns
        self.widths = dict(columns.widths)
        self._fit()
        self.press = tool("sliders", tr("Columns"))
        menu = QMenu(tr("Columns"), self.press)
        for item in COLUMNS[1:]:
            choose = partial(self._choose, item.key)
            ticked(menu, item.title, choose, on=item.key in columns.shown)
        drop_menu(self.press, menu)
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(False)
        head.sortIndicatorChanged.connect(self.sort_rows)
        head.sectionResized.connect(self._resized)
        by = KEYS.index(columns.sorted_by if columns.sorted_by in KEYS else "added")
        order = Qt.SortOrder.DescendingOrder if columns.descending else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(by, order)
        self.leave_out(frozenset(KEYS[1:]) - {*columns.shown})

    def columns(self) -> Columns:
        """The settings of the columns."""
        head = self.horizontalHeader()
        return replace(
            self._columns,
            widths=dict(self.widths),
            sorted_by=KEYS[head.sortIndicatorSection()],
            descending=head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        )

    def _resized(self, section: int, old: int, new: int) -> None:
        # Ignore columns that are hidden or shown, with a width of 0, and the stretched title.
        if section and old and new and new != self.wide(COLUMNS[section]):
            self.widths[KEYS[section]] = round(new * 1000 / theme.px(1000))

    def _choose(self, key: str) -> None:
        visible = {*self._columns.shown} ^ {key}
        self._columns = replace(self._columns, shown=tuple(k for k in KEYS if k in visible))
        self.leave_out(frozenset(KEYS[1:]) - visible)
