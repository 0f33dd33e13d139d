"""One window a library: a second start raises the first, hands its files over, and ends.

The first listens on a local socket named after the library's path; nothing of it is on a network.
It answers "raised": the system takes up a connection even where the program behind it hangs or is
about to end, and a second start that believed in that would show no window at all.
"""

import getpass
import hashlib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 300  # milliseconds to connect
_ANSWER = 1000  # milliseconds to answer
_RAISED = b"raised\n"
_MOST_OCTETS = 4_000_000  # of a list of files; what is longer is not from us


def raise_first(path: Path, files: Sequence[str] = ()) -> bool:
    """Ask the window that has this library open to come to the front, and to add `files`.

    `files` are absolute paths and links. False if no window says that it has done so.
    """
    socket = QLocalSocket()
    socket.connectToServer(_name(path))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(json.dumps({"raise": True, "add": list(files)}).encode() + b"\n")
    while socket.bytesToWrite() and socket.waitForBytesWritten(_PATIENCE):
        pass
    # The answer may have come in while the question went out.
    came = socket.bytesAvailable() > 0 or socket.waitForReadyRead(_ANSWER)
    raised = came and socket.readAll().data() == _RAISED
    socket.abort()
    return raised


class First(QObject):
    """Listens for a second start; `asked` says that there was one, and what it was to add."""

    asked = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: dict[QLocalSocket, bytes] = {}
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
        while (socket := self._server.nextPendingConnection()) is not None:
            self._heard[socket] = b""
            socket.readyRead.connect(partial(self._hear, socket))
            socket.disconnected.connect(partial(self._forget, socket))
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if socket not in self._heard:
            return
        heard = self._heard[socket] = self._heard[socket] + socket.readAll().data()
        if b"\n" not in heard:
            if len(heard) > _MOST_OCTETS:
                socket.abort()
            return
        del self._heard[socket]
        files = _files(heard.partition(b"\n")[0])
        if files is None:
            socket.abort()
            return
        socket.write(_RAISED)
        socket.flush()
        self.asked.emit(files)

    def _forget(self, socket: QLocalSocket) -> None:
        self._heard.pop(socket, None)
        socket.deleteLater()


def _files(line: bytes) -> tuple[str, ...] | None:
    """What a second start wants added; None where it is not one of ours that speaks."""
    try:
        asked = json.loads(line)
    except ValueError:
        return None
    wanted = asked.get("add") if isinstance(asked, dict) and asked.get("raise") is True else None
    if not isinstance(wanted, list):
        return None
    return tuple(each for each in wanted if isinstance(each, str))


def _name(path: Path) -> str:
    whole = f"{getpass.getuser()}:{path.absolute()}"
    return f"engram-workbench-{hashlib.sha256(whole.encode()).hexdigest()[:20]}"
