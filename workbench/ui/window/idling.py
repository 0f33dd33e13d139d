"""Measures how long the user has been idle.

Only what the system hands to the window is looked at, not what passes between its widgets, so that
watching costs nothing.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LOOK = 60_000  # milliseconds
_INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    )
)


class Idling(QObject):
    """Calls `look(seconds)` once a minute with how long nothing was typed or pointed at."""

    def __init__(
        self,
        window: QWidget,
        look: Callable[[float], object],
    ) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._last = time.monotonic()
        self._watched: QObject | None = None
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.ask)

    @property
    def seconds(self) -> float:
        """How long nothing has come from the user."""
        return max(0.0, time.monotonic() - self._last)

    def begin(self) -> None:
        """Watch from now on."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)
        self._last = time.monotonic()
        self._timer.start()

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def ask(self) -> None:
        """Tell how long it has been."""
        self._look(self.seconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last = time.monotonic()
        return False
