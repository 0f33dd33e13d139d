"""One window for each library: a second start raises the first and hands over what it was to add.

The two meet at a socket in the session's own folder (`XDG_RUNTIME_DIR`), else in one of the
program's own, which only its owner may enter; on Windows at a pipe whose name nobody else can
know. Either end hangs up on a process of another user. Where no such place can be had, the window
opens all the same and says so.
"""

import contextlib
import hashlib
import json
import os
import secrets
import socket
import stat
import struct
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from workbench import paths, permissions
from workbench.ui.language import tr

_CONNECT_TIMEOUT = 300  # milliseconds to connect
_ANSWER = 1000  # milliseconds to answer
_RAISED = b"raised\n"
_MAX_OCTETS = 4_000_000  # of a list of files; what is longer is not from us
#: Octets of a socket's path at most, with what Qt appends while it makes one.
_LONGEST = 90


def raise_first(path: Path, files: Sequence[str] = ()) -> bool:
    """Ask the window that has this library open to come to the front, and to add `files`.

    `files` are absolute paths and links. False if no window says that it has done so.
    """
    address = _address(path)
    if not address:
        return False
    peer = QLocalSocket()
    peer.connectToServer(address)
    if not peer.waitForConnected(_CONNECT_TIMEOUT) or not _is_same_user(peer):
        peer.abort()
        return False
    peer.write(json.dumps({"raise": True, "add": list(files)}).encode() + b"\n")
    while peer.bytesToWrite() and peer.waitForBytesWritten(_CONNECT_TIMEOUT):
        pass
    # The answer may have come in while the question went out.
    answered = peer.bytesAvailable() > 0 or peer.waitForReadyRead(_ANSWER)
    raised = answered and peer.readAll().data() == _RAISED
    peer.abort()
    return raised


class First(QObject):
    """Listens for a second start; `requested` says that there was one, and what it was to add.

    `problem` is a sentence where it cannot listen, else empty.
    """

    requested = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        self._received: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self.listen(path)

    def listen(self, path: Path) -> None:
        """Listen for starts with this library from now on."""
        self._server.close()
        address = _address(path)
        if address and not self._server.listen(address):
            # A window that was killed leaves its socket behind; nobody answered on it.
            QLocalServer.removeServer(address)
            self._server.listen(address)
        listens = self._server.isListening()
        self.problem = "" if listens else tr("A second start will open a window of its own.")

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _greet(self) -> None:
        while (peer := self._server.nextPendingConnection()) is not None:
            if not _is_same_user(peer):
                peer.abort()
                continue
            self._received[peer] = b""
            peer.readyRead.connect(partial(self._receive, peer))
            peer.disconnected.connect(partial(self._forget, peer))
            self._receive(peer)

    def _receive(self, peer: QLocalSocket) -> None:
        if peer not in self._received:
            return
        octets = self._received[peer] = self._received[peer] + peer.readAll().data()
        if b"\n" not in octets:
            if len(octets) > _MAX_OCTETS:
                peer.abort()
            return
        del self._received[peer]
        files = _files(octets.partition(b"\n")[0])
        if files is None:
            peer.abort()
            return
        peer.write(_RAISED)
        peer.flush()
        self.requested.emit(files)

    def _forget(self, peer: QLocalSocket) -> None:
        self._received.pop(peer, None)
        peer.deleteLater()


def _files(line: bytes) -> tuple[str, ...] | None:
    """What a second start wants added; None where it is not one of ours that speaks."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    requested = (
        record.get("add") if isinstance(record, dict) and record.get("raise") is True else None
    )
    if not isinstance(requested, list):
        return None
    return tuple(item for item in requested if isinstance(item, str))


def _address(path: Path) -> str:
    """Where the windows of this library meet; empty where there is no place for it."""
    secret = _secret() if sys.platform == "win32" else ""
    name = hashlib.sha256(f"{secret}{path.absolute()}".encode()).hexdigest()[:20]
    if sys.platform == "win32":
        return f"engram-workbench-{name}" if secret else ""
    places = (str(folder / f"engram-workbench-{name}") for folder in _folders())
    return next((place for place in places if len(os.fsencode(place)) <= _LONGEST), "")


def _secret() -> str:
    """What is part of a pipe's name, from a file that only its owner may read."""
    file = paths.config_dir() / "pipe"
    try:
        if not file.exists():
            permissions.replaced(file, secrets.token_hex(16))
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""


def _folders() -> Iterator[Path]:
    """Folders that nobody else may enter, the best first."""
    runtime_dir = os.environ.get("XDG_RUNTIME_DIR", "")
    config_folder = paths.config_dir() / "running"
    # The path of a socket may not be long, and a home may lie deep.
    shared = Path(tempfile.gettempdir()) / f"engram-workbench-{_user()}"
    session = Path(runtime_dir)
    if session.is_absolute() and _is_private(session):
        yield session
    for folder in (config_folder, shared):
        with contextlib.suppress(OSError):
            permissions.folder(folder)
            if _is_private(folder):
                yield folder


def _is_private(folder: Path) -> bool:
    """Whether it is a folder of this user, and no link, that nobody else may enter."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    is_owner_only = status.st_uid == _user() and not status.st_mode & 0o077
    return stat.S_ISDIR(status.st_mode) and is_owner_only


def _is_same_user(peer: QLocalSocket) -> bool:
    """Whether this user's process is at the other end; on Windows the pipe's rights see to it."""
    if sys.platform == "win32":
        return True
    with socket.socket(fileno=os.dup(int(peer.socketDescriptor()))) as same:
        try:
            if sys.platform == "darwin":
                # `struct xucred`: its version and the user's number come first.
                return bool(struct.unpack("2I", same.getsockopt(0, 1, 76)[:8])[1] == _user())
            credentials = same.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        except OSError:
            return False
    return bool(struct.unpack("3i", credentials)[1] == _user())


def _user() -> int:
    return os.getuid() if sys.platform != "win32" else 0
