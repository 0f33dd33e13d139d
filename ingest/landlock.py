"""Restricts a process to the files that it needs (Linux, Landlock: landlock(7)).

What is not named can be neither opened nor changed, and nothing outside can be signalled or traced.
Landlock does not hide that a file exists, and does not cover its mode, owner and times; the filter
in `isolation` refuses to change those.
"""

import ctypes
import errno
import os
import stat
import struct
import sys
from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION, _BENEATH = 1, 1
_NO_NEW_PRIVILEGES = 38

#: Rights to files, as bits; the version of the kernel's interface that each came with.
EXECUTE, WRITE, READ = 1 << 0, 1 << 1, 1 << 2
_LIST, _REMOVE_FOLDER, _REMOVE = 1 << 3, 1 << 4, 1 << 5
_MAKE_FOLDER, _MAKE_FILE = 1 << 7, 1 << 8
_MOVE, _CUT = 1 << 13, 1 << 14
_OF_FILES = EXECUTE | WRITE | READ | _CUT
_LOOK = READ | _LIST
_CHANGE = _LOOK | WRITE | _REMOVE_FOLDER | _REMOVE | _MAKE_FOLDER | _MAKE_FILE | _MOVE | _CUT
_ALL_SINCE = ((1, (1 << 13) - 1), (2, _MOVE), (3, _CUT), (5, 1 << 15))
#: TCP: binding and connecting; abstract Unix sockets and signals of others.
_TCP, NET_SINCE = 0b11, 4
_SCOPES, _SCOPES_SINCE = 0b11, 6


def version() -> int:
    """The version of the kernel's interface; 0 or less where there is none."""
    if sys.platform != "linux":
        return 0
    return int(_libc().syscall(_CREATE, None, 0, _VERSION))


def holds_signals() -> bool:
    """Whether a restricted process can signal only itself and its children."""
    return version() >= _SCOPES_SINCE


def restrict(
    read: Iterable[str], write: Iterable[str], execute: Iterable[str] = (), *, network: bool = False
) -> None:
    """Leave this thread, and what it starts, these files and folders only; permanently.

    `write` can be read, too. What does not exist is left out. Raises `OSError` where the kernel has
    no Landlock, or forbids it.
    """
    known = version()
    if known < 1:
        raise OSError(errno.ENOSYS, "landlock")
    handled = sum(bits for since, bits in _ALL_SINCE if known >= since)
    rules = _ruleset(handled, 0 if network else _TCP)
    try:
        for paths, rights in ((read, _LOOK), (write, _CHANGE), (execute, EXECUTE | READ)):
            for path in paths:
                _permit(rules, path, rights & handled)
        _enforce(rules)
    finally:
        os.close(rules)


def restrict_tcp() -> None:
    """Forbid TCP connections and listening sockets; other protocols are not covered."""
    if version() < NET_SINCE:
        raise OSError(errno.ENOSYS, "landlock")
    rules = _ruleset(0, _TCP)
    try:
        _enforce(rules)
    finally:
        os.close(rules)


def _ruleset(files: int, network: int) -> int:
    known = version()
    described = struct.pack("=Q", files)
    if known >= NET_SINCE:
        described += struct.pack("=Q", network)
    if known >= _SCOPES_SINCE and files:
        described += struct.pack("=Q", _SCOPES)
    rules = int(_libc().syscall(_CREATE, described, len(described), 0))
    if rules < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return rules


def _permit(rules: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights, opened)
        if _libc().syscall(_ADD, rules, _BENEATH, rule, 0) != 0:
            raise OSError(ctypes.get_errno(), "landlock")
    finally:
        os.close(opened)


def _enforce(rules: int) -> None:
    libc = _libc()
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0 or libc.syscall(_RESTRICT, rules, 0) != 0:
        raise OSError(ctypes.get_errno(), "landlock")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
