"""Tables of concepts: those of the library, and what one concept is associated with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.memory.graph.records import Concept, Neighbour
from workbench.ui.components import words
from workbench.ui.concepts import kinds
from workbench.ui.library.sifting import fold

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Row = Concept | Neighbour

#: The role under which a cell hands out its whole row.
ROW_ROLE = int(Role.UserRole)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, its words, what it sorts by, its width."""

    key: str
    title: str
    text: Callable[[Any], str]
    order: Callable[[Any], Any]
    width: int


def _name(row: Row) -> str:
    return " ".join(words.short(row.name, 200).split())


def _last(row: Concept) -> str:
    return words.day(row.last) if row.last is not None else ""


def _how(row: Neighbour) -> str:
    return kinds.how(row.kind, outgoing=row.outgoing)


#: Of the concepts of the library.
LISTED = (
    Column("name", "Concept", _name, lambda c: fold(c.name), 240),
    Column("type", "Type", lambda c: kinds.word(c.type), lambda c: kinds.word(c.type), 100),
    Column("mentions", "Mentions", lambda c: words.number(c.mentions), lambda c: c.mentions, 92),
    Column("last", "Last", _last, lambda c: c.last or float("-inf"), 110),
)
#: Of what a concept is associated with.
JOINED = (
    Column("name", "Concept", _name, lambda n: fold(n.name), 100),
    Column("how", "How", _how, _how, 72),
    Column("weight", "Weight", lambda n: words.percent(n.weight), lambda n: n.weight, 58),
    Column("evidence", "Said", lambda n: words.number(n.evidence), lambda n: n.evidence, 44),
)
_RIGHT = ("mentions", "evidence")


class ConceptRows(QAbstractTableModel):
    """Rows in the order shown; without a chosen order, in the order in which they came."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Row] = []
        self._came: tuple[Row, ...] = ()
        self._column, self._descending = -1, True

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows."""
        if tuple(rows) != self._came:
            self._came = tuple(rows)
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order of coming."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def row_of(self, id: int) -> int:
        """The row of a concept, -1 where none is."""
        return next((at for at, row in enumerate(self.rows) if row.id == id), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        self.rows = list(self._came)
        if self._column >= 0:
            self.rows.sort(key=self.columns[self._column].order, reverse=self._descending)
        self.endResetModel()

    # -- what Qt asks -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        if role == Role.TextAlignmentRole:
            return _aligned(self.columns[section].key)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == ROW_ROLE:
            return row
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.AccessibleTextRole:
            if column.key == "name":
                return sentence(row)
            return f"{column.title}: {column.text(row) or 'none'}"
        if role == Role.ToolTipRole:
            return sentence(row)
        return _aligned(column.key) if role == Role.TextAlignmentRole else None


def sentence(row: Row) -> str:
    """A row in one sentence, for those who hear the table."""
    if isinstance(row, Concept):
        told = f"{_name(row)}, {kinds.word(row.type).lower()}"
        said = f"{told}, {words.count(row.mentions, 'mention')}"
        return f"{said}, last on {_last(row)}" if row.last is not None else said
    times = words.count(row.evidence, "memory says", "memories say")
    return f"{_name(row)}, {_how(row)}, weight {words.percent(row.weight)}, {times} so"


def _aligned(key: str) -> int:
    flag = Qt.AlignmentFlag
    side = flag.AlignRight if key in _RIGHT else flag.AlignLeft
    return int((side | flag.AlignVCenter).value)
