"""The table of what fades: its columns, and what was done about a row, which stays where it is."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.memory.fading.records import Fading
from workbench.ui.components import words
from workbench.ui.memories import kinds
from workbench.ui.strength.wording import span
from workbench.ui.today.fading import when

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROW_ROLE, DONE_ROLE = int(Role.UserRole), int(Role.UserRole) + 1

#: Days within which what fades is listed.
WITHIN = 7.0
REINFORCED, LET_GO = "Reinforced", "Archived"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, its width."""

    key: str
    title: str
    width: int


COLUMNS = (
    Column("text", "Memory", 320),
    Column("strength", "Strength", 128),
    Column("used", "Unused for", 110),
    Column("fades", "Fades", 110),
    Column("where", "From", 150),
)


class FadingModel(QAbstractTableModel):
    """Rows weakest first, as they came."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Fading, ...] = ()
        #: What was done about an engram, by its number.
        self.done: dict[int, str] = {}

    def show_rows(self, rows: Sequence[Fading]) -> None:
        """Replace the rows; nothing has been done about them."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.done.clear()
        self.endResetModel()

    def mark(self, engrams: Iterable[int], what: str) -> None:
        """Say what was done about these; "" where it was taken back."""
        for engram in engrams:
            self.done[engram] = what
        if self.rows:
            last = self.index(len(self.rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # -- what Qt asks -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        shown = orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole
        return COLUMNS[section].title if shown and 0 <= section < len(COLUMNS) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row, key = self.rows[index.row()], COLUMNS[index.column()].key
        if role == ROW_ROLE:
            return row
        if role == DONE_ROLE:
            return self.done.get(row.engram, "")
        if role == Role.DisplayRole:
            return self._text(row, key)
        if role == Role.AccessibleTextRole:
            return self.sentence(row) if key == "text" else f"{_title(key)}: {self._text(row, key)}"
        return self.sentence(row) if role == Role.ToolTipRole else None

    def _text(self, row: Fading, key: str) -> str:
        if key == "text":
            return " ".join(words.short(row.text, 400).split())
        if key == "strength":
            return words.percent(row.strength)
        if key == "used":
            return span(max(60.0, time.time() - row.used))
        if key == "fades":
            return self.done.get(row.engram) or when(row)
        return place(row)

    def sentence(self, row: Fading) -> str:
        """A row in one sentence, for those who hear the table."""
        parts = [words.short(" ".join(row.text.split()), 300), kinds.word(row.kind).lower()]
        parts.append(f"strength {words.percent(row.strength)}")
        parts.append(self.done.get(row.engram, "").lower() or when(row))
        return ", ".join(parts)


def place(row: Fading) -> str:
    """Where it is from: a source, a collection, or the one who sits here."""
    return row.title or row.collection or "You said"


def _title(key: str) -> str:
    return next(each.title for each in COLUMNS if each.key == key)
