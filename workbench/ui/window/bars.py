"""The bars above the page: what holds for the whole window, each until it is over or dismissed.

A bar has a key, and a later one of the same key takes its place; none of them takes the focus
unless the user has just asked for the thing it is about.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from workbench.ui.components.boxes import column
from workbench.ui.components.controls import button
from workbench.ui.components.notices import message


class Bars(QWidget):
    """A column of messages on the paper of the page; it takes no room while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, QWidget] = {}
        self._box = column(margins=(16, 8, 16, 8), gap=8)
        self.setLayout(self._box)
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def say(
        self,
        key: str,
        title: str,
        why: str = "",
        *actions: QPushButton,
        kind: str = "warn",
        dismiss: bool = True,
    ) -> QFrame:
        """Show a message with its buttons, and "Dismiss" after them. Kinds as in `message`."""
        if dismiss:
            away = button("Dismiss", kind="quiet")
            away.clicked.connect(lambda: self.take(key))
            actions = (*actions, away)
        frame = message(kind, title, why, *actions)
        self.put(key, frame)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(frame, f"{title} {why}"))
        return frame

    def put(self, key: str, shown: QWidget) -> None:
        """Show a widget of one's own as the bar of this key."""
        self.take(key)
        self._shown[key] = shown
        self._box.addWidget(shown)
        self.show()

    def take(self, key: str) -> None:
        """Take a bar away, if it is there."""
        shown = self._shown.pop(key, None)
        if shown is not None:
            shown.hide()
            self._box.removeWidget(shown)
            shown.deleteLater()
        self.setVisible(bool(self._shown))

    def has(self, key: str) -> bool:
        """Whether the bar of this key is shown."""
        return key in self._shown

    def clear(self, *but: str) -> None:
        """Take all bars away except those named."""
        for key in [key for key in self._shown if key not in but]:
            self.take(key)
