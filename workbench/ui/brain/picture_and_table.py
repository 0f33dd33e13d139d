"""A picture with its table twin beside it, and below it where there is little room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.ui import theme

#: The picture's own width at least, where both stand side by side; the height for both.
_PICTURE, _BOTH = 380, 260
_MOST = 16_777_215


class Beside(QWidget):
    """Lays out `picture` and `side`, which is `wide` pixels wide where it stands beside."""

    def lay_out(self, picture: QWidget, side: QWidget, wide: int) -> None:
        """To be called once, when both are made."""
        self._side, self._wide = side, wide
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(picture, 3)
        self._box.addWidget(side, 2)
        self.setLayout(self._box)
        self._arrange()
        theme.watch(self, self._arrange)

    def _arrange(self) -> None:
        wide = theme.px(self._wide)
        narrow = self.width() < wide + theme.px(_PICTURE)
        way = QBoxLayout.Direction
        self._box.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else wide)
        self._side.setMaximumWidth(_MOST if narrow else wide)
        self._side.setMaximumHeight(self.height() * 2 // 5 if narrow else _MOST)
        self._side.setVisible(not narrow or self.height() >= theme.px(_BOTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 36)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
