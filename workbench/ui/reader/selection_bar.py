"""The small bar at selected words or at a highlight: five pens, then what else can be done."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from workbench.ui import theme
from workbench.ui.components.boxes import row
from workbench.ui.components.controls import Sign, tool
from workbench.ui.language import known, tr

_ABOVE = 5


class Pen(QToolButton):
    """A highlighter: a disc of its colour, with a ring where it is the one in use."""

    def __init__(self, colour: str, number: int) -> None:
        super().__init__()
        self.colour = colour
        self.setAccessibleName(tr("Highlight in {colour}", colour=known(colour)))
        self.setToolTip(f"{known(colour.capitalize())} ({number})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(24), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        radius = theme.px(13) / 2
        painter.setPen(QPen(theme.colour(f"{self.colour}_edge"), 1.5))
        painter.setBrush(theme.colour(self.colour))
        painter.drawEllipse(QPointF(middle), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.drawEllipse(QPointF(middle), radius + 3, radius + 3)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "edge"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)


class SelectionBar(QFrame):
    """Floats at the words; keys 1 to 5, N, A, C and Delete do the same. It takes no focus."""

    coloured = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "toast")
        self.setAccessibleName(tr("Selected words"))
        self._sign = Sign("highlight", size=16)
        self.pens = tuple(Pen(colour, at) for at, colour in enumerate(theme.PENS, 1))
        self.note = tool("note", tr("Note"), text=True)
        self.ask = tool("ask", tr("Ask"), text=True)
        self.cite = tool("quote", tr("Cite"), text=True)
        self.remove = tool("trash", tr("Delete"), text=True)
        tips = (
            (self.note, tr("Write a note (N)")),
            (self.ask, tr("Ask about these words (A)")),
            (self.cite, tr("Copy with citation (C)")),
            (self.remove, tr("Delete this highlight (Delete)")),
        )
        for press, tip in tips:
            press.setToolTip(tip)
        self._verbs = (self.note, self.ask, self.cite, self.remove)
        self._line = row(self._sign, *self.pens, 4, *self._verbs, margins=(10, 3, 6, 3), gap=0)
        self.setLayout(self._line)
        for pen in self.pens:
            pen.clicked.connect(lambda _=False, colour=pen.colour: self.coloured.emit(colour))
        self.hide()

    def offer(self, words: QRectF, within: QRectF, colour: str | None, *, writes: bool) -> None:
        """Show the bar above `words`, inside `within`; `colour` is that of a highlight.

        Without `writes` nothing is offered that changes the library.
        """
        for pen in self.pens:
            pen.setVisible(writes)
            pen.setChecked(pen.colour == colour)
        self._sign.setVisible(writes and colour is None)
        self.note.setVisible(writes)
        self.remove.setVisible(writes and colour is not None)
        self.setAccessibleName(tr("Selected words") if colour is None else tr("Highlight"))
        size = self._size(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if size.width() > within.width():
            size = self._size(Qt.ToolButtonStyle.ToolButtonIconOnly)
        left = min(max(words.left(), within.left()), within.right() - size.width())
        top = words.top() - size.height() - theme.px(_ABOVE)
        if top < within.top():
            top = words.bottom() + theme.px(_ABOVE)
        self.resize(size)
        self.move(QPoint(round(max(within.left(), left)), round(top)))
        self.show()
        self.raise_()

    def _size(self, verbs: Qt.ToolButtonStyle) -> QSize:
        """How large the bar is with its verbs like this."""
        for press in self._verbs:
            press.setToolButtonStyle(verbs)
        # What was hidden until now counts only when the layout is asked anew.
        self._line.activate()
        return self.sizeHint()

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; False where it stands for nothing."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        presses: dict[int, QToolButton] = {
            Qt.Key.Key_1 + at: pen for at, pen in enumerate(self.pens)
        }
        presses |= {
            Qt.Key.Key_N: self.note,
            Qt.Key.Key_A: self.ask,
            Qt.Key.Key_C: self.cite,
            Qt.Key.Key_Delete: self.remove,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        press = presses.get(event.key())
        if press is None or press.isHidden():
            return False
        press.click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take(event):
            super().keyPressEvent(event)
