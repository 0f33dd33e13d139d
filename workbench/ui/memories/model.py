"""The table of facts and notes: pages arrive as one scrolls, sorting and filtering are done here.

While it stands newest first and unfiltered, only what was scrolled to is fetched. For another order
or a filter everything up to `rows.MOST` must be there; the page sees to that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from workbench.ui.components import words
from workbench.ui.library.sifting import fold
from workbench.ui.memories import kinds
from workbench.ui.memories import rows as reading
from workbench.ui.memories.rows import Memory

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

#: The role under which a cell hands out its whole `Memory`.
MEMORY_ROLE = int(Role.UserRole)


#: Characters of a fact that a row shows, and that it is sorted by: one may have ten million.
_SHOWN, _SORTED = 600, 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, its words, what it sorts by, its width."""

    key: str
    title: str
    text: Callable[[Memory], str]
    order: Callable[[Memory], Any]
    width: int


COLUMNS = (
    Column("text", "Statement", lambda m: _line(m), lambda m: fold(m.text[:_SORTED]), 320),
    Column("kind", "Kind", lambda m: kinds.word(m.kind), lambda m: kinds.word(m.kind), 96),
    Column("scope", "Collection", lambda m: m.collection or "", lambda m: _scope(m), 128),
    Column("by", "Said by", lambda m: reading.teller(m.by), lambda m: _teller(m), 110),
    Column("since", "Since", reading.since, lambda m: m.since, 100),
    Column("strength", "Strength", reading.strength, lambda m: m.strength, 112),
    Column("state", "State", reading.state, reading.state, 106),
)
KEYS = tuple(column.key for column in COLUMNS)
#: The order in which things were told, the newest first: what stands where nothing is chosen.
AS_TOLD = -1


class MemoryTable(QAbstractTableModel):
    """Facts and notes as rows. `rows` are those shown, in the order shown."""

    #: The view has come to the end of what is there, and there is more.
    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Memory] = []
        self._all: tuple[Memory, ...] = ()
        self._more = False
        self._words: tuple[str, ...] = ()
        self._group = ""
        self._column, self._descending = AS_TOLD, True

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def in_order_of_coming(self) -> bool:
        """Whether rows stand newest first and unfiltered, so that a page at a time will do."""
        return not self._words and not self._group and self._column == AS_TOLD

    @property
    def known(self) -> int:
        """How many rows have been fetched."""
        return len(self._all)

    def show_rows(self, rows: Sequence[Memory], *, more: bool) -> None:
        """Replace what was fetched; `more` says whether there are older ones."""
        self._all, self._more = tuple(rows), more
        self._arrange()

    def filter(self, text: str, group: str = "") -> None:
        """Show only rows that hold every word of `text`, and with `group` only those kinds."""
        self._words, self._group = tuple(fold(text).split()), group
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, or `AS_TOLD`; equal rows stay newest first."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def row_of(self, id: int) -> int:
        """The row that shows this, -1 where none does."""
        return next((at for at, row in enumerate(self.rows) if row.id == id), -1)

    def _arrange(self) -> None:
        found = [row for row in self._all if self._group in ("", kinds.group(row.kind))]
        for word in self._words:
            found = [row for row in found if word in row.hay]
        if self._column != AS_TOLD:
            found.sort(key=COLUMNS[self._column].order, reverse=self._descending)
        before = self.rows
        if len(found) > len(before) and found[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(found) - 1)
            self.rows = found
            self.endInsertRows()
            return
        if [row.id for row in before] == [row.id for row in found]:
            self.rows = found
            for at, (old, new) in enumerate(zip(before, found, strict=True)):
                if old is not new:
                    self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = found
        self.endResetModel()

    # -- what Qt asks -----------------------------------------------------------------------------

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008
        if self._more and not parent.isValid():
            self.more_wanted.emit()

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
        return _ALIGNED if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        if role == MEMORY_ROLE:
            return row
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.AccessibleTextRole:
            if column.key == "text":
                kind = "" if row.kind == reading.FACT else f"{kinds.word(row.kind)}: "
                return f"{kind}{reading.sentence(row)}"
            return f"{column.title}: {column.text(row) or 'none'}"
        if role == Role.ToolTipRole:
            return _tip(row, column)
        return _ALIGNED if role == Role.TextAlignmentRole else None


def _line(row: Memory) -> str:
    return " ".join(words.short(row.text, _SHOWN).split())


def _scope(row: Memory) -> str:
    return fold(row.collection or "")


def _teller(row: Memory) -> str:
    return fold(reading.teller(row.by))


def _tip(row: Memory, column: Column) -> str | None:
    if column.key == "since":
        return f"Since {words.day(row.since, year=True)}, added {words.day(row.told, year=True)}"
    if column.key == "strength" and not row.is_note:
        return f"Strength {row.strength:.1f}: it grows with use and fades without"
    if column.key == "state" and not row.current:
        return "Replaced by a newer note"
    return column.text(row) or None


_ALIGNED = int((Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value)
