"""The table of sources: sorted and filtered here, in one pass over plain lists.

A proxy model would call back into Python for every comparison; over ten thousand sources this
model filters in a few milliseconds, because each row's words are folded once, when it arrives.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from workbench.store.records import SourceRow
from workbench.ui.components import words
from workbench.ui.library import kinds, sifting
from workbench.ui.library.sifting import Hay, Sought, fold

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

#: Drags of sources within the window carry their ids under this name.
SOURCES_MIME = "application/x-engram-workbench-sources"
#: The role under which a cell hands out its whole `SourceRow`.
SOURCE_ROLE = int(Role.UserRole)
#: The role under which a cell hands out the `kinds.State` of its source.
STATE_ROLE = SOURCE_ROLE + 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the settings, its heading, its words, what it sorts by, its width."""

    key: str
    title: str
    text: Callable[[SourceRow], str]
    order: Callable[[SourceRow], Any]
    width: int
    number: bool = False


COLUMNS = (
    Column("title", "Title", lambda s: s.title, lambda s: fold(s.title), 280),
    Column("author", "Author", lambda s: s.author, lambda s: fold(s.author), 152),
    Column(
        "type",
        "Type",
        lambda s: kinds.type_word(s.kind),
        lambda s: (kinds.type_word(s.kind), fold(s.title)),
        72,
    ),
    Column("date", "Year", lambda s: s.date[:4], lambda s: s.date, 60),
    Column(
        "language",
        "Language",
        lambda s: words.language(s.language),
        lambda s: words.language(s.language),
        84,
    ),
    Column("added", "Added", lambda s: words.day(s.added), lambda s: s.added, 100),
    Column(
        "pages",
        "Pages",
        lambda s: words.number(s.pages) if s.pages else "",
        lambda s: s.pages,
        64,
        number=True,
    ),
    Column("size", "Size", lambda s: words.size(s.size), lambda s: s.size, 76, number=True),
    Column(
        "passages",
        "Passages",
        lambda s: words.number(s.passages),
        lambda s: s.passages,
        80,
        number=True,
    ),
    Column(
        "collections",
        "Collections",
        lambda s: ", ".join(s.collections),
        lambda s: fold(", ".join(s.collections)),
        130,
    ),
    Column("tags", "Tags", lambda s: ", ".join(s.tags), lambda s: fold(", ".join(s.tags)), 130),
    Column("place", "Place", lambda s: place(s), lambda s: fold(place(s)), 180),
    Column(
        "state",
        "State",
        lambda s: kinds.state(s).word,
        lambda s: (not kinds.needs_attention(s), kinds.state(s).word),
        140,
    ),
)
KEYS = tuple(column.key for column in COLUMNS)
_STATE = KEYS.index("state")


def place(source: SourceRow) -> str:
    """Where the original of a source lies: its folder, or the site of a link."""
    path = source.path
    if path is None:
        return "In the library"
    if "://" in path:
        return path.split("://", 1)[1].split("/", 1)[0]
    return words.home_short(str(PurePath(path).parent))


class SourceTable(QAbstractTableModel):
    """Sources as rows. `rows` are those shown, in the order shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[SourceRow] = []
        self._all: list[SourceRow] = []
        self._ordered: list[SourceRow] = []
        self._known: dict[int, SourceRow] = {}
        self._hay: dict[int, Hay] = {}
        self._sought = Sought()
        self._missing: frozenset[int] = frozenset()
        self._wanted: Callable[[SourceRow], bool] | None = None
        self._column, self._descending = KEYS.index("added"), True

    # -- what is shown ----------------------------------------------------------------------------

    def show_sources(self, sources: Sequence[SourceRow]) -> None:
        """Replace the sources; rows that only changed are repainted, not reset."""
        self._all = list(sources)
        known, hays = self._known, self._hay
        self._known = {source.id: source for source in self._all}
        self._hay = {}
        for source in self._all:
            if known.get(source.id) == source:
                self._hay[source.id] = hays[source.id]
            else:
                self._hay[source.id] = sifting.hay(source, kinds.type_word(source.kind))
        self._put_in_order()

    def filter(self, text: str, wanted: Callable[[SourceRow], bool] | None = None) -> None:
        """Show only sources that `text` seeks (see `sifting`) and that are `wanted`."""
        self._sought, self._wanted = sifting.parse(text), wanted
        self._arrange()

    def mark_missing(self, sources: Collection[int]) -> None:
        """Mark the sources whose original is not where it was."""
        before, self._missing = self._missing, frozenset(sources)
        changed = before ^ self._missing
        self._put_in_order()
        for at, row in enumerate(self.rows):
            if row.id in changed:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))

    def state(self, source: SourceRow) -> kinds.State:
        """How a source is doing, its original included."""
        return kinds.state(source, missing=source.id in self._missing)

    def needs_attention(self, source: SourceRow) -> bool:
        """Whether the user should look at it."""
        return kinds.needs_attention(source, missing=source.id in self._missing)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal rows stay newest first."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._put_in_order()

    def row_of(self, source: int) -> int:
        """The row that shows a source, -1 where none does."""
        return next((i for i, row in enumerate(self.rows) if row.id == source), -1)

    def _put_in_order(self) -> None:
        """Sort once, whatever is typed afterwards."""
        found = sorted(self._all, key=lambda source: source.added, reverse=True)
        order = self._state_order if self._column == _STATE else COLUMNS[self._column].order
        found.sort(key=order, reverse=self._descending)
        self._ordered = found
        self._arrange()

    def _arrange(self) -> None:
        found = self._ordered
        if self._wanted is not None:
            found = [source for source in found if self._wanted(source)]
        found = self._sought.sift(found, self._hay)
        before = self.rows
        if [s.id for s in before] == [s.id for s in found]:
            self.rows = found
            for i, (old, new) in enumerate(zip(before, found, strict=True)):
                if old is not new and old != new:
                    self.dataChanged.emit(self.index(i, 0), self.index(i, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = found
        self.endResetModel()

    def _state_order(self, source: SourceRow) -> tuple[bool, str]:
        return not self.needs_attention(source), self.state(source).word

    # -- what Qt asks -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Role.DisplayRole:
            return COLUMNS[section].title
        return _alignment(section) if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        source, column = self.rows[index.row()], COLUMNS[index.column()]
        if role == SOURCE_ROLE:
            return source
        if role == STATE_ROLE:
            return self.state(source)
        if role == Role.DisplayRole:
            return self.state(source).word if column.key == "state" else column.text(source)
        if role == Role.AccessibleTextRole:
            return self._spoken(source, column)
        if role == Role.TextAlignmentRole:
            return _alignment(index.column())
        if role == Role.ToolTipRole:
            return self._tip(source, column)
        return None

    def _spoken(self, source: SourceRow, column: Column) -> str:
        if column.key == "title":
            return sentence(source, self.state(source))
        if column.key == "state":
            return f"State: {'. '.join([self.state(source).word, *source.notices])}"
        return f"{column.title}: {column.text(source) or 'none'}"

    def _tip(self, source: SourceRow, column: Column) -> str | None:
        if column.key == "state":
            missing = ["The original file has moved."] if source.id in self._missing else []
            return "\n".join([*missing, *source.notices]) or self.state(source).word
        if column.key in ("title", "place") and source.path:
            return f"{source.title}\n{source.path}"
        return column.text(source) or None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [SOURCES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = sorted({self.rows[index.row()].id for index in indexes})
        data = QMimeData()
        data.setData(SOURCES_MIME, QByteArray(" ".join(map(str, ids)).encode()))
        return data


def sentence(source: SourceRow, state: kinds.State) -> str:
    """A row in one sentence, for those who hear the table."""
    by = f" by {source.author}" if source.author else ""
    return (
        f"{source.title}{by}, {kinds.type_word(source.kind)},"
        f" {words.count(source.passages, 'passage')}, {state.word}"
    )


def _alignment(section: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].number else Qt.AlignmentFlag.AlignLeft
    return int((side | Qt.AlignmentFlag.AlignVCenter).value)
