"""The tab bar: Read, Ask, Explore, Today, and optionally Lab.

Read stands for two pages, Library and Reader: its tab is that of the last visible one. The current
tab is bold, and tabs are wide enough for that from the start.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar

from workbench.ui import theme
from workbench.ui.language import tr

#: The indices of pages; Explore is ASSOCIATIONS, Lab is BRAIN.
LIBRARY, READER, ASK, ASSOCIATIONS, TODAY, BRAIN = 0, 1, 2, 3, 4, 5
#: The two pages of Read; one has a visible tab.
_READ = {LIBRARY: READER, READER: LIBRARY}
#: Pixels beside icon and text: padding of the style sheet, and Qt's gap between them.
_PADDING, _GAP = 22, 8
#: Further margin of a text that Qt subtracts, according to `SE_TabBarTabText`.
_STYLE_MARGIN = 6
_SIGN = 16


#: What tabs show, depending on the width: icon and text, text, icon.
_SIGN_AND_WORD, _WORDS, _SIGNS = range(3)


class Tabs(QTabBar):
    """Tabs of constant width, so that nothing moves or is cut.

    If they do not fit, icons are hidden; if texts do not fit either, as at 200 % in a small window,
    only icons are shown, with tool tips.
    """

    #: The index set by the program, even if it is already current.
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
        """Scale with the text size."""
        self._bold = QFontMetrics(theme.font("body", QFont.Weight.DemiBold))
        side = 0 if self._shows == _WORDS else theme.px(_SIGN)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()

    def add(self, sign: QIcon, name: str) -> int:
        """Add a tab and return its index."""
        self._signs.append(sign)
        self._names.append(name)
        return self.addTab(sign, f" {name}")

    def show_lab(self, visible: bool) -> None:
        """Show or hide the Lab."""
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
        # Two pixels on either side of each, plus room for rounding.
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
                # The leading space separates text from icon.
                self.setTabText(at, {_SIGN_AND_WORD: f" {name}", _WORDS: name, _SIGNS: ""}[shows])
            self.fit()


class Pages(QStackedWidget):
    """The pages of the tabs; their size hint is the minimum, so that messages above come first.

    They take the remaining space.
    """

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
