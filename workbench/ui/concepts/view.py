"""The table of what a concept is associated with: sorted by its heads, no higher than its rows."""

from PySide6.QtCore import QSize

from workbench.ui import theme
from workbench.ui.components import TableModel, TableView
from workbench.ui.concepts.rows import JOINED, Row

#: The last columns give way to the name; the row's sentence tells them all the same.
_YIELDING = tuple(column.key for column in JOINED[:0:-1])
_MIN_NAME = 84


class ConceptView(TableView[Row]):
    """As high as `limit` rows at most; one is chosen at a time."""

    def __init__(self, rows: TableModel[Row], name: str, limit: int) -> None:
        self._most = limit
        super().__init__(
            rows, name, hide_order=_YIELDING, min_width=_MIN_NAME, high=28, sortable=True
        )
        self.horizontalHeader().sortIndicatorChanged.connect(self.sort_rows)
        rows.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        visible = min(self._most, len(self.rows.rows))
        high = visible * self.verticalHeader().defaultSectionSize()
        return QSize(theme.px(200), self.horizontalHeader().sizeHint().height() + high + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
