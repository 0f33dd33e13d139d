"""The places of the window: Read, Ask, Explore, Today, and Lab while it is switched on.

Read is two pages, the library and what is read: whichever was seen last stands in the bar. The
chosen place is bolder, and each has room for that from the start.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar

from workbench.ui import theme
from workbench.ui.language import tr

#: The pages of the centre, in order; Explore is ASSOCIATIONS, and Lab is BRAIN.
LIBRARY, READER, ASK, ASSOCIATIONS, TODAY, BRAIN = 0, 1, 2, 3, 4, 5
#: The pages of Read; one of them is in the bar.
_READ = {LIBRARY: READER, READER: LIBRARY}
#: Pixels beside icon and text: the padding of the style sheet, and Qt's own gap between the two.
_PADDING, _GAP = 22, 8
#: What Qt takes of the room of a word besides, as `SE_TabBarTabText` tells it.
_STYLE_MARGIN = 6
_SIGN = 16


#: What a tab shows, by the room that there is: sign and word, the word, the sign.
_SIGN_AND_WORD, _WORDS, _SIGNS = range(3)


class Tabs(QTabBar):
    """A tab keeps its width when it is chosen; nothing beside it moves, nothing is cut.

    Where all have no room, they go without their signs: the words stay. Where the words have none
    either, as at 200 % in a small window, the signs stay, and tooltips say the words.
    """

    #: The program goes to a tab, be it the one that is chosen already.
    activated = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName(tr("Places"))
        self._shows = _SIGN_AND_WORD
        self._signs: list[QIcon] = []
        self._names: list[str] = []
        self.fit()

    def fit(self) -> None:
        """Follow the size of the text."""
        self._bold = QFontMetrics(theme.font("body", QFont.Weight.DemiBold))
        side = 0 if self._shows == _WORDS else theme.px(_SIGN)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()

    def add(self, sign: QIcon, name: str) -> int:
        """Add a tab; returns its place."""
        self._signs.append(sign)
        self._names.append(name)
        return self.addTab(sign, f" {name}")

    def show_lab(self, visible: bool) -> None:
        """Have Lab among the places, or not."""
        if not visible and self.currentIndex() == BRAIN:
            self.setCurrentIndex(TODAY)
        self.setTabVisible(BRAIN, visible)
        self.fit()

    def setCurrentIndex(self, index: int) -> None:
        if not self.isTabVisible(index):
            self.setTabVisible(index, True)
        super().setCurrentIndex(index)
        other = _READ.get(index)
        if other is not None and self.isTabVisible(other):
            self.setTabVisible(other, False)
            self.fit()
        self.activated.emit(index)

    def _wide(self, index: int, shows: int) -> int:
        if shows == _SIGNS:
            return theme.px(_SIGN + _PADDING) + _GAP
        margin = theme.px(_PADDING) + _STYLE_MARGIN
        if shows == _WORDS:
            return self._bold.horizontalAdvance(self._names[index]) + margin
        word = self._bold.horizontalAdvance(f" {self._names[index]}")
        return word + theme.px(_SIGN) + _GAP + margin

    def _all(self, shows: int) -> int:
        # Two pixels stand at either side of each, and a sliver of room is left for rounding.
        visited = (at for at in range(len(self._names)) if self.isTabVisible(at))
        return sum(self._wide(at, shows) + 4 for at in visited)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._wide(index, self._shows), super().tabSizeHint(index).height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        return QSize(self._all(_SIGN_AND_WORD), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        minimum = min(self._all(_WORDS), self._all(_SIGNS))
        return QSize(minimum, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (item for item in (_SIGN_AND_WORD, _WORDS) if self._all(item) <= self.width())
        shows = next(fitting, _SIGNS)
        if shows != self._shows:
            self._shows = shows
            for at, (sign, name) in enumerate(zip(self._signs, self._names, strict=True)):
                self.setTabIcon(at, QIcon() if shows == _WORDS else sign)
                # The space stands between sign and word; alone the word needs none.
                self.setTabText(at, {_SIGN_AND_WORD: f" {name}", _WORDS: name, _SIGNS: ""}[shows])
            self.fit()


class Pages(QStackedWidget):
    """What the tabs show; it asks for no more room than it must have: messages above come first.

    What is left over is its own.
    """

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
