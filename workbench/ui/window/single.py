"""One window a library: a second start raises the first and ends (S6).

The first listens on a local socket named after the library's path; nothing of it is on a network.
It answers "raised": the system takes up a connection even where the program behind it hangs or is
about to end, and a second start that believed in that would show no window at all.
"""

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 300  # milliseconds to connect
_ANSWER = 1000  # milliseconds to answer
_RAISED = b"raised\n"


def raise_first(path: Path) -> bool:
    """Ask the window that has this library open to come to the front; False if none says it has."""
    socket = QLocalSocket()
    socket.connectToServer(_name(path))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(_PATIENCE)
    # The answer may have come in while the question went out.
    came = socket.bytesAvailable() > 0 or socket.waitForReadyRead(_ANSWER)
    raised = came and socket.readAll().data() == _RAISED
    socket.abort()
    return raised


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
            socket.write(_RAISED)
            socket.flush()
            self.asked.emit()


def _name(path: Path) -> str:
    whole = f"{getpass.getuser()}:{path.absolute()}"
    return f"engram-workbench-{hashlib.sha256(whole.encode()).hexdigest()[:20]}"
