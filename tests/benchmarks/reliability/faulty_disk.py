"""A disk that fails on purpose, below the SQLite that Python itself uses.

An SQLite VFS (https://sqlite.org/vfs.html): the system's own one, of which each read, write, cut,
sync, opening and deletion first asks a `Disk` what shall happen to it. It is registered by `ctypes`
in the very library that Python's `sqlite3` is linked with, so the product runs on it unchanged; a
wheel with an SQLite of its own (apsw) would never be seen by it.
"""

import contextlib
import ctypes
import sqlite3
from collections.abc import Callable, Iterator
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p, cast
from typing import Any, Protocol

_OK = sqlite3.SQLITE_OK
_NAME = b"faulty"

#: The operations that are asked about.
READ, WRITE, CUT, SYNC, OPEN, DELETE, CLOSE = (
    "read",
    "write",
    "cut",
    "sync",
    "open",
    "delete",
    "close",
)


class Disk(Protocol):
    """What shall happen to the operations on files; answers are SQLite's result codes."""

    def asked(self, kind: str, path: str, at: int, data: bytes) -> tuple[int, bytes]:
        """An operation is to be done: 0 and the bytes to write, or a code for not doing it.

        `at` is the offset in the file, or the new length of one that is cut.
        """

    def read(self, path: str, at: int, data: bytes) -> bytes:
        """What the reader gets in the place of `data`."""

    def done(self, kind: str, path: str, at: int, data: bytes) -> None:
        """The operation has been done."""


class _Vfs(Structure):
    pass


_open = ctypes.CFUNCTYPE(c_int, POINTER(_Vfs), c_void_p, c_void_p, c_int, POINTER(c_int))
_delete = ctypes.CFUNCTYPE(c_int, POINTER(_Vfs), c_char_p, c_int)
_Vfs._fields_ = [
    ("version", c_int),
    ("file_size", c_int),
    ("longest_path", c_int),
    ("next", POINTER(_Vfs)),
    ("name", c_char_p),
    ("data", c_void_p),
    ("open", _open),
    ("delete", _delete),
    ("access", c_void_p),
    ("full_path", ctypes.CFUNCTYPE(c_int, POINTER(_Vfs), c_char_p, c_int, c_void_p)),
    *((f"other_{number}", c_void_p) for number in range(12)),
]

_close = ctypes.CFUNCTYPE(c_int, c_void_p)
_transfer = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_truncate = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_sync = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)


class _Methods(Structure):
    _fields_ = (
        ("version", c_int),
        ("close", _close),
        ("read", _transfer),
        ("write", _transfer),
        ("truncate", _truncate),
        ("sync", _sync),
        *((f"other_{number}", c_void_p) for number in range(13)),
    )


class _File(Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


class Unavailable(Exception):
    """Python's SQLite cannot be reached here; the message says why."""


def library() -> ctypes.CDLL:
    """The SQLite that the module `sqlite3` uses. Raises `Unavailable` where it is hidden."""
    import _sqlite3

    place = getattr(_sqlite3, "__file__", None)
    try:
        # Symbols are looked for in the module and in what it is linked with.
        found = ctypes.CDLL(place)
        version = found.sqlite3_libversion
        found.sqlite3_vfs_find.restype = POINTER(_Vfs)
        found.sqlite3_vfs_register.restype = c_int
    except (AttributeError, OSError, TypeError) as error:
        raise Unavailable(f"Python's SQLite is built in and hidden ({error})") from error
    version.restype = c_char_p
    if version().decode() != sqlite3.sqlite_version:
        raise Unavailable("another SQLite than Python's was found")
    return found


@contextlib.contextmanager
def under(disk: Disk) -> Iterator[None]:
    """Let each file that SQLite opens inside the block lie on this disk.

    What was opened inside must be closed inside. One block at a time in a process.
    """
    found = library()
    shim = _Shim(disk, found.sqlite3_vfs_find(None))
    if found.sqlite3_vfs_register(byref(shim.vfs), 1) != _OK:
        raise Unavailable("SQLite refused another file system")
    try:
        yield
    finally:
        found.sqlite3_vfs_unregister(byref(shim.vfs))
        found.sqlite3_vfs_register(shim.below, 1)


class _Shim:
    """The file system, and the tables of functions of the files that it opens.

    A file is the one below, byte for byte; only the pointer to its functions is another.
    """

    def __init__(self, disk: Disk, below: Any) -> None:
        self._disk = disk
        self.below = below
        self._paths: dict[int, str] = {}
        self._tables: dict[int, tuple[_Methods, _Methods]] = {}
        self._of: dict[int, _Methods] = {}
        self.vfs = _Vfs()
        ctypes.pointer(self.vfs)[0] = below.contents
        original = below.contents
        self._kept = (_open(self._opened), _delete(self._deleted))
        full_path = original.full_path
        self._kept_path = type(full_path)(lambda _v, *rest: full_path(below, *rest))
        self.vfs.name = _NAME
        self.vfs.next = None
        self.vfs.open, self.vfs.delete = self._kept
        self.vfs.full_path = self._kept_path

    def _opened(self, _vfs: Any, name: int, file: int, flags: int, out: Any) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        code, _ = self._disk.asked(OPEN, path, 0, b"")
        if code == _OK:
            code = self.below.contents.open(self.below, name, file, flags, out)
        if code != _OK:
            cast(file, POINTER(_File)).contents.methods = POINTER(_Methods)()
            return code
        opened = cast(file, POINTER(_File)).contents
        address = ctypes.addressof(opened.methods.contents)
        if address not in self._tables:
            self._tables[address] = (opened.methods.contents, self._table(opened.methods.contents))
        below, above = self._tables[address]
        self._paths[file], self._of[file] = path, below
        opened.methods = ctypes.pointer(above)
        self._disk.done(OPEN, path, 0, b"")
        return _OK

    def _table(self, below: _Methods) -> _Methods:
        made = _Methods()
        ctypes.pointer(made)[0] = below
        made.close = _close(self._closed)
        made.read, made.write = _transfer(self._read), _transfer(self._written)
        made.truncate, made.sync = _truncate(self._cut), _sync(self._synced)
        return made

    def _deleted(self, _vfs: Any, name: bytes, folder: int) -> int:
        path = name.decode()
        code, _ = self._disk.asked(DELETE, path, folder, b"")
        if code == _OK:
            code = self.below.contents.delete(self.below, name, folder)
            if code == _OK:
                self._disk.done(DELETE, path, folder, b"")
        return code

    def _closed(self, file: int) -> int:
        path, below = self._paths.pop(file), self._of.pop(file)
        code: int = below.close(file)
        self._disk.done(CLOSE, path, 0, b"")
        return code

    def _read(self, file: int, buffer: int, count: int, at: int) -> int:
        path = self._paths[file]
        code, _ = self._disk.asked(READ, path, at, b"")
        if code == _OK:
            code = self._of[file].read(file, buffer, count, at)
            if code == _OK:
                data = ctypes.string_at(buffer, count)
                given = self._disk.read(path, at, data)
                if given is not data:
                    ctypes.memmove(buffer, given, count)
        return code

    def _written(self, file: int, buffer: int, count: int, at: int) -> int:
        path, data = self._paths[file], ctypes.string_at(buffer, count)
        code, given = self._disk.asked(WRITE, path, at, data)
        if code == _OK:
            code = self._of[file].write(file, ctypes.c_char_p(given), count, at)
            if code == _OK:
                self._disk.done(WRITE, path, at, given)
        return code

    def _cut(self, file: int, size: int) -> int:
        return self._plain(CUT, file, size, lambda: self._of[file].truncate(file, size))

    def _synced(self, file: int, flags: int) -> int:
        return self._plain(SYNC, file, 0, lambda: self._of[file].sync(file, flags))

    def _plain(self, kind: str, file: int, at: int, work: Callable[[], int]) -> int:
        path = self._paths[file]
        code, _ = self._disk.asked(kind, path, at, b"")
        if code == _OK:
            code = work()
            if code == _OK:
                self._disk.done(kind, path, at, b"")
        return code
