"""Message bars above the page; each stays until resolved or dismissed.

A bar has a key, and replaces an earlier one of the same key. It takes the focus only if the user
has just asked for it.
"""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.components import column, fill, holder, message, quiet_button, scroll
from workbench.ui.language import tr

#: Maximum height of messages as a share of the window.
_MAX_SHARE = 0.36


class Bars(QWidget):
    """A column of messages; hidden without any.

    Long ones scroll, so that the page keeps most of the window.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, QWidget] = {}
        self._box = column(margins=(16, 8, 16, 8), gap=8)
        self._inside = holder(self._box)
        self._inside.installEventFilter(self)
        self._high = 0
        self._area = scroll(self._inside, tr("Messages"))
        self._area.setMinimumHeight(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        fill(self, column(self._area), "surface")
        self.hide()

    def say(
        self,
        key: str,
        title: str,
        reason: str = "",
        *actions: QPushButton,
        kind: str = "warn",
        dismiss: bool = True,
    ) -> QFrame:
        """Show a message with its buttons and Dismiss. Kinds as in `message`."""
        if dismiss:
            dismiss_button = quiet_button(tr("Dismiss"), call=lambda: self.take(key))
            actions = (*actions, dismiss_button)
        frame = message(kind, title, reason, *actions)
        self.set_bar(key, frame)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(frame, f"{title} {reason}"))
        return frame

    def set_bar(self, key: str, widget: QWidget) -> None:
        """Show a custom widget as the bar of this key."""
        self.take(key)
        self._shown[key] = widget
        # The latest bar is first, as it concerns the last action.
        self._box.insertWidget(0, widget)
        self.show()
        # New children of a visible widget count as hidden until the next event loop iteration.
        widget.show()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Fit the height to the content, up to the maximum."""
        needs = self._box.sizeHint().height()
        if self._box.hasHeightForWidth():
            needs = self._box.heightForWidth(self.width())
        high = min(needs, max(theme.px(96), round(self.window().height() * _MAX_SHARE)))
        if self._area.maximumHeight() != high:
            self._high = high
            self._area.setMaximumHeight(high)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high)

    def minimumSizeHint(self) -> QSize:
        # In a very low window one line remains, which scrolls.
        return QSize(0, min(self._high, theme.px(30)))

    def take(self, key: str) -> None:
        """Remove a bar, if present."""
        visible = self._shown.pop(key, None)
        if visible is not None:
            visible.hide()
            self._box.removeWidget(visible)
            visible.deleteLater()
        self.setVisible(bool(self._shown))
        self._fit()

    def has(self, key: str) -> bool:
        """Whether the bar of this key is shown."""
        return key in self._shown

    def clear(self, *but: str) -> None:
        """Remove all bars except those named."""
        for key in [key for key in self._shown if key not in but]:
            self.take(key)
