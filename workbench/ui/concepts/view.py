"""The table of concepts: sorted by its heads, and on request no higher than its rows."""

from PySide6.QtCore import QSize

from workbench.ui import theme
from workbench.ui.components.tables import TableModel, TableView
from workbench.ui.concepts.rows import Row

_LEAST_NAME = 84


class ConceptView(TableView[Row]):
    """One row is chosen at a time; with `whole` it is as high as so many rows at most."""

    def __init__(self, rows: TableModel[Row], name: str, *, whole: int = 0) -> None:
        self._whole = whole
        # The last columns give way to the name; the row's sentence tells them all the same.
        yielding = [each.key for each in rows.columns[:0:-1]]
        super().__init__(
            *(rows, name), give_way=yielding, least=_LEAST_NAME, high=28 if whole else 34,
            sortable=True,
        )  # fmt: skip
        self.horizontalHeader().sortIndicatorChanged.connect(self.sort_rows)
        rows.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        if not self._whole:
            return super().sizeHint()
        shown = min(self._whole, len(self.rows.rows))
        high = shown * self.verticalHeader().defaultSectionSize()
        return QSize(theme.px(200), self.horizontalHeader().sizeHint().height() + high + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._whole else super().minimumSizeHint()
