"""Beside the picture: what lit up, the modulators, and the region that is chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from workbench.ui import theme
from workbench.ui.associations import lines
from workbench.ui.components import words
from workbench.ui.components.boxes import column, row
from workbench.ui.components.tables import make_quiet
from workbench.ui.components.words import label

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, Lit, RegionStatus

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

LIT = ("Concept", "Step", "Firing", "Tag")
REGIONS = ("Region", "Neurons", "Firing now", "Spikes so far")
#: What each modulator does, by its name.
MODULATORS = (
    ("dopamine", "Dopamine", "reward: learns more"),
    ("acetylcholine", "Acetylcholine", "novelty: sharper focus"),
    ("noradrenaline", "Noradrenaline", "arousal: higher gain"),
    ("serotonin", "Serotonin", "calm: less noise"),
)


def lit_sentence(lit: "Lit") -> str:
    """One concept that lit up, for those who hear the table."""
    way = f" by way of {' → '.join(lit.trail)}" if len(lit.trail) > 1 else ""
    if lit.across:
        way = f". {lit.path}"
    when = f", step {lit.step + 1}, {100 * lit.cover:.0f} % of its neurons" if lit.step >= 0 else ""
    return f"{lit.name}: {lit.tag}{when}{way}"


class LitRows(QAbstractTableModel):
    """What lit up until a step, and after it in grey."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Lit, ...] = ()
        self.step = -1

    def show_rows(self, rows: "Sequence[Lit]") -> None:
        """Replace the rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def show_step(self, step: int) -> None:
        """What comes after this step is shown in grey."""
        self.step = step
        if self.rows:
            ends = self.index(0, 0), self.index(len(self.rows) - 1, len(LIT) - 1)
            self.dataChanged.emit(*ends)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(LIT)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return LIT[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        lit = self.rows[index.row()]
        if role == Role.DisplayRole:
            return (
                words.short(" ".join(lit.name.split()), 60),
                str(lit.step + 1) if lit.step >= 0 else "–",
                f"{100 * lit.cover:.0f} %" if lit.step >= 0 else "–",
                lines.word(lit.tag),
            )[index.column()]
        if role == Role.DecorationRole and index.column() == 3:
            return lines.line_icon(lit.tag)
        if role == Role.ForegroundRole:
            quiet = lit.step < 0 or lit.step > self.step
            if index.column() == 3 and not quiet:
                return theme.colour(lit.tag)
            return theme.colour("text3" if quiet else "text")
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return lit_sentence(lit)
        return None


class RegionRows(QAbstractTableModel):
    """The table twin of picture and raster: regions at one step."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.regions: tuple[RegionStatus, ...] = ()
        self._recall: BrainRecall | None = None
        self._step = -1

    def show_step(
        self, regions: "tuple[RegionStatus, ...]", recall: "BrainRecall | None", step: int
    ) -> None:
        """Show a step of a recall, or the brain at rest."""
        self.beginResetModel()
        self.regions, self._recall, self._step = regions, recall, step
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.regions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(REGIONS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return REGIONS[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.regions):
            return None
        region = self.regions[index.row()]
        if role == Role.ToolTipRole:
            return region.job
        if role != Role.DisplayRole:
            return None
        now = sofar = 0
        if self._recall is not None and self._step >= 0:
            spikes = self._recall.recalled.spikes[: self._step + 1, index.row()]
            now, sofar = int(spikes[-1]), int(spikes.sum())
        share = 100 * now / max(region.neurons, 1)
        firing = f"{share:.2f} %" if now else "at rest"
        cells = (region.label, words.number(region.neurons), firing, words.number(sofar))
        return cells[index.column()]


class Table(QTableView):
    """A quiet table in which one row is chosen at a time."""

    def __init__(self, model: QAbstractTableModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        make_quiet(self, name)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(theme.px(36))
        self._fit()
        theme.watch(self, self._fit)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.setIconSize(QSize(theme.px(24), theme.px(14)))
        self.setMinimumHeight(theme.px(44))


class Gauge(QWidget):
    """One modulator: its name, what it does, its level from 0 to 2 with a mark at rest."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__()
        self._name, self._what = name, what
        self._level = label("1.00", "small")
        self._bar = _Level()
        told = label(what, "caption")
        head = row(label(name, "small"), told, None, self._level, gap=8)
        self.setLayout(column(head, self._bar, gap=4))
        self.show_level(1.0)

    def show_level(self, level: float) -> None:
        """Show a level."""
        self._level.setText(f"{level:.2f}")
        self._bar.show_level(level)
        self.setAccessibleName(f"{self._name}, {self._what}: {level:.2f}, 1 is at rest")


class _Level(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._level = 1.0
        self._fit()
        theme.watch(self, self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(10))
        self.update()

    def show_level(self, level: float) -> None:
        self._level = level
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high, middle = theme.px(4), self.height() / 2
        whole = QRectF(0, middle - high / 2, self.width(), high)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(whole, high / 2, high / 2)
        painter.setBrush(theme.colour("accent"))
        part = QRectF(0, whole.y(), self.width() * min(self._level, 2.0) / 2, high)
        painter.drawRoundedRect(part, high / 2, high / 2)
        painter.setBrush(theme.colour("text2"))
        painter.drawRect(QRectF(self.width() / 2 - 0.75, 0, 1.5, self.height()))
