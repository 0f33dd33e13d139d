"""The tabs of the centre: the chosen one is bolder, and each has room for that from the start."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QStackedWidget, QTabBar

from workbench.ui import theme

#: The tabs of the centre, in order.
LIBRARY, READER, ASK = 0, 1, 2
#: Pixels beside icon and text: the padding of the style sheet, and Qt's own gap between the two.
_BESIDE, _GAP = 22, 8


class Tabs(QTabBar):
    """A tab keeps its width when it is chosen; nothing beside it moves, nothing is cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("Tabs")
        self.fit()

    def fit(self) -> None:
        """Follow the size of the text."""
        side = theme.px(16)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()

    def tabSizeHint(self, index: int) -> QSize:
        bold = QFontMetrics(theme.font("body", QFont.Weight.DemiBold))
        wide = bold.horizontalAdvance(self.tabText(index)) + self.iconSize().width()
        wide += theme.px(_BESIDE) + _GAP
        return QSize(wide, super().tabSizeHint(index).height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)


class Pages(QStackedWidget):
    """What the tabs show; it asks for no more room than it must have: messages above come first.

    What is left over is its own.
    """

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
