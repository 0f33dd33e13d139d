"""One window a library: a second start raises the first and ends (S6).

The first listens on a local socket named after the library's path; nothing of it is on a network.
"""

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 300  # milliseconds


def raise_first(path: Path) -> bool:
    """Ask the window that has this library open to come to the front; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(path))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(_PATIENCE)
    socket.disconnectFromServer()
    return True


class First(QObject):
    """Listens for a second start; `asked` says that there was one."""

    asked = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self.listen(path)

    def listen(self, path: Path) -> None:
        """Listen for starts with this library from now on."""
        self._server.close()
        name = _name(path)
        if not self._server.listen(name):
            # A window that was killed leaves its socket behind; nobody answered on it.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _greet(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.asked.emit()


def _name(path: Path) -> str:
    whole = f"{getpass.getuser()}:{path.absolute()}"
    return f"engram-workbench-{hashlib.sha256(whole.encode()).hexdigest()[:20]}"
