"""One window per library: a second start raises the first and passes its files on.

Both connect to a local socket in the session's folder (`XDG_RUNTIME_DIR`), else in a private folder
of the program; on Windows to a pipe with a secret name. Either end rejects processes of other
users. Without such a place, the window opens all the same and reports it.
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
_MAX_OCTETS = 4_000_000  # maximum size of a request; a longer one is not from this program
#: Maximum length of a socket path in bytes, less the suffix that Qt appends.
_LONGEST = 90


def raise_first(path: Path, files: Sequence[str] = ()) -> bool:
    """Ask the window of this library to come to the front and add `files`.

    `files` are absolute paths and links. Returns False without a confirmation.
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
    # The answer may have arrived while writing.
    answered = peer.bytesAvailable() > 0 or peer.waitForReadyRead(_ANSWER)
    raised = answered and peer.readAll().data() == _RAISED
    peer.abort()
    return raised


class First(QObject):
    """Listens for a second start; `requested` emits the files to add.

    `problem` is a message if it cannot listen, else empty.
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
        """Listen for starts with this library."""
        self._server.close()
        address = _address(path)
        if address and not self._server.listen(address):
            # A killed window leaves a socket behind that nobody answers.
            QLocalServer.removeServer(address)
            self._server.listen(address)
        listens = self._server.isListening()
        self.problem = "" if listens else tr("A second start will open a window of its own.")

    def close(self) -> None:
        """Stop listening."""
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
    """Parse the request of a second start; None if it is not one of this program."""
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
    """The socket or pipe name of this library; empty if there is no place for it."""
    secret = _secret() if sys.platform == "win32" else ""
    name = hashlib.sha256(f"{secret}{path.absolute()}".encode()).hexdigest()[:20]
    if sys.platform == "win32":
        return f"engram-workbench-{name}" if secret else ""
    places = (str(folder / f"engram-workbench-{name}") for folder in _folders())
    return next((place for place in places if len(os.fsencode(place)) <= _LONGEST), "")


def _secret() -> str:
    """The secret part of a pipe's name, from a private file."""
    file = paths.config_dir() / "pipe"
    try:
        if not file.exists():
            permissions.replaced(file, secrets.token_hex(16))
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""


def _folders() -> Iterator[Path]:
    """Private folders, best first."""
    runtime_dir = os.environ.get("XDG_RUNTIME_DIR", "")
    config_folder = paths.config_dir() / "running"
    # Socket paths are limited in length, and a home folder may be deep.
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
    """Whether it is a real folder, owned by and accessible to this user only."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    is_owner_only = status.st_uid == _user() and not status.st_mode & 0o077
    return stat.S_ISDIR(status.st_mode) and is_owner_only


def _is_same_user(peer: QLocalSocket) -> bool:
    """Whether the peer belongs to this user; on Windows the pipe's permissions ensure it."""
    if sys.platform == "win32":
        return True
    with socket.socket(fileno=os.dup(int(peer.socketDescriptor()))) as same:
        try:
            if sys.platform == "darwin":
                # `struct xucred` starts with version and user id.
                return bool(struct.unpack("2I", same.getsockopt(0, 1, 76)[:8])[1] == _user())
            credentials = same.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        except OSError:
            return False
    return bool(struct.unpack("3i", credentials)[1] == _user())


def _user() -> int:
    return os.getuid() if sys.platform != "win32" else 0
