"""The base of all dialogs: non-modal, and deleted when closed."""

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLayout, QWidget

from workbench.ui import theme
from workbench.ui.components import Item, column, row, rule

#: Margins of the content, and maximum height.
MARGINS = (24, 20, 24, 12)
_HIGH = 640


class FileDialogs(QObject):
    """Fits Qt's own file dialogs over a window to their content.

    They measure themselves before their styles are known: 968 pixels high, with Save below the
    edge of a small screen.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowBlocked:
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            dialog.resize(dialog.sizeHint())


class Dialog(QDialog):
    """A window above the main one."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLocale(QLocale.c())

    def arrange(self, body: QWidget, *foot: Item, below: QLayout | None = None) -> None:
        """Lay out the body, a rule and the buttons; `below` is above the rule."""
        self._foot = row(*foot, margins=(24, 10, 24, 16))
        between = () if below is None else (below,)
        self.setLayout(column(body, *between, rule(), self._foot, gap=0))

    def fit(self, inside: QWidget, wide: int) -> None:
        """Fit the size to the content and the screen."""
        wide = theme.px(wide)
        room = self.screen().availableGeometry()
        self.ensurePolished()
        inside.ensurePolished()
        needs = inside.heightForWidth(wide) if inside.hasHeightForWidth() else 0
        needs = max(needs, inside.sizeHint().height())
        needs += self._foot.sizeHint().height() + theme.px(6)
        self.resize(min(wide, room.width()), min(needs, theme.px(_HIGH), room.height()))
