"""Closes the window properly when the system or the terminal ends the program.

Qt's loop would keep Python from seeing a signal; a socket wakes it. At a logout or a shutdown the
system asks through Qt, and may end the process right after, so what is to be kept is kept first.
"""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QGuiApplication

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Orderly(QObject):
    """Calls `end` at once when this process is told to end, then `close` from the event loop."""

    def __init__(
        self, app: QGuiApplication, end: Callable[[], object], close: Callable[[], object]
    ) -> None:
        super().__init__(app)
        self._end, self._close = end, close
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._woken = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._wake)
        self._before: dict[int, object] = {}
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, self._told)
        app.commitDataRequest.connect(lambda _manager: self._end())

    def stop(self) -> None:
        """Give the signals back."""
        for number, before in self._before.items():
            if callable(before) or isinstance(before, int):
                signal.signal(number, before)
        self._before.clear()
        signal.set_wakeup_fd(self._wakeup)
        self._woken.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _told(self, _number: int, _frame: object) -> None:
        self._end()
        QTimer.singleShot(0, self, self._close)

    def _wake(self) -> None:
        # Coming back into Python is all that was needed: the handler runs before this does.
        try:
            self._reader.recv(64)
        except BlockingIOError:
            return
