"""The tabs of the centre: the chosen one is bolder, and each has room for that from the start."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar

from workbench.ui import theme

#: The tabs of the centre, in order.
TODAY, LIBRARY, READER, ASK = 0, 1, 2, 3
#: Pixels beside icon and text: the padding of the style sheet, and Qt's own gap between the two.
_BESIDE, _GAP = 22, 8
_SIGN = 16


class Tabs(QTabBar):
    """A tab keeps its width when it is chosen; nothing beside it moves, nothing is cut.

    Where all have no room, they go without their signs: the words stay.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("Tabs")
        self._bare = False
        self._signs: list[QIcon] = []
        self.fit()

    def fit(self) -> None:
        """Follow the size of the text."""
        side = 0 if self._bare else theme.px(_SIGN)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()

    def add(self, sign: QIcon, name: str) -> int:
        """Add a tab; returns its place."""
        self._signs.append(sign)
        return self.addTab(sign, f" {name}")

    def _wide(self, index: int, *, bare: bool) -> int:
        bold = QFontMetrics(theme.font("body", QFont.Weight.DemiBold))
        sign = 0 if bare else theme.px(_SIGN) + _GAP
        return bold.horizontalAdvance(self.tabText(index)) + sign + theme.px(_BESIDE)

    def _all(self, *, bare: bool) -> int:
        # Two pixels stand at either side of each, and a sliver of room is left for rounding.
        return sum(self._wide(at, bare=bare) + 4 for at in range(self.count()))

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._wide(index, bare=self._bare), super().tabSizeHint(index).height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        return QSize(self._all(bare=False), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._all(bare=True), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bare = self.width() < self._all(bare=False)
        if bare != self._bare:
            self._bare = bare
            for at, sign in enumerate(self._signs):
                self.setTabIcon(at, QIcon() if bare else sign)
            self.fit()


class Pages(QStackedWidget):
    """What the tabs show; it asks for no more room than it must have: messages above come first.

    What is left over is its own.
    """

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
