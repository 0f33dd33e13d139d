"""Cuts processes that parse foreign files, or run models on them, off from every network.

A process that cannot open a socket sends nothing, whatever a library does in it. On Linux a seccomp
filter refuses the system calls that lead to one (seccomp(2)), including Unix sockets, through which
a resolver, a session bus or Docker would connect for us. Without it the process enters a network
namespace of its own, or else uses Landlock, which stops TCP only. On macOS it applies the sandbox
profile "no-network" (not tried on a Mac). On Windows a running process cannot restrict itself
without losing its files (an AppContainer is assigned at the start, and to each file); there only
telemetry is switched off. Files stay accessible everywhere: code that takes over a parser could
still write something for another program to run.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_NO_NEW_PRIVILEGES = 38
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_SET_FILTER, _GET_ACTION, _ALL_THREADS = 1, 2, 1
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
#: By machine: its audit architecture, and the calls that lead to a network: sockets, io_uring
#: (whose sockets no filter sees), other processes' sockets or memory.
_CALLS: Mapping[str, tuple[int, Mapping[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {"socket": 41, "ptrace": 101, "io_uring_setup": 425, "pidfd_getfd": 438},
    ),
    "aarch64": (
        0xC00000B7,
        {"socket": 198, "ptrace": 117, "io_uring_setup": 425, "pidfd_getfd": 438},
    ),
}
_UNIX, _STREAM = 1, 1
#: Instructions of a filter (Linux, Documentation/userspace-api/seccomp_filter).
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
#: First number of the x32 calls.
_X32 = 0x40000000
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_VERSION, _LANDLOCK_NET_SINCE, _LANDLOCK_TCP = 1, 4, 0b11


def isolate() -> str:
    """Cut this process and its children off from every network, permanently.

    Call before other threads run. Returns the mechanism: "seccomp", "namespace", "landlock" (TCP
    only), "sandbox" (macOS), or "" if the system offers none.
    """
    for name, work in _WAYS.get(sys.platform, {}).items():
        try:
            work()
        except (OSError, AttributeError):
            continue
        return name
    return ""


def offered() -> str:
    """The mechanism that `isolate` would use, without applying it."""
    if sys.platform == "darwin":
        return "sandbox"
    if sys.platform != "linux":
        return ""
    libc = ctypes.CDLL(None, use_errno=True)
    number = _SECCOMP.get(platform.machine())
    action = ctypes.c_uint32(_REFUSE & 0xFFFF0000)
    if number and libc.syscall(number, _GET_ACTION, 0, ctypes.byref(action)) == 0:
        return "seccomp"
    if os.access("/proc/self/ns/net", os.F_OK) and os.access("/proc/self/ns/user", os.F_OK):
        return "namespace"
    return "landlock" if _landlock_version(libc) >= _LANDLOCK_NET_SINCE else ""


def _filter() -> None:
    """Refuse the system calls that lead to a socket, in every thread of this process."""
    architecture, calls = _CALLS.get(platform.machine(), (0, {}))
    if not calls or sys.maxsize < 1 << 32:
        raise OSError(errno.ENOSYS, "no filter for this machine")
    count = len(calls)
    program = [
        # Programs of another architecture (32 bits) have other call numbers: allow none.
        _statement(_LOAD, _ARCHITECTURE_AT),
        _jump(_IF_EQUAL, architecture, 0, count + 3),
        _statement(_LOAD, _NUMBER_AT),
        _jump(_IF_AT_LEAST, _X32, count + 1, 0),
        *(_jump(_IF_EQUAL, call, count - at, 0) for at, call in enumerate(calls.values())),
        _statement(_RETURN, _ALLOW),
        _statement(_RETURN, _REFUSE),
    ]
    held = ctypes.create_string_buffer(b"".join(program))
    described = struct.pack("@HP", len(program), ctypes.addressof(held))
    libc = _without_new_privileges()
    number = _SECCOMP[platform.machine()]
    if libc.syscall(number, _SET_FILTER, _ALL_THREADS, described) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    # Test with a Unix socket: an outer filter may kill a process that asks for another.
    if (opened := libc.socket(_UNIX, _STREAM, 0)) >= 0:
        os.close(opened)
        raise OSError(errno.EPERM, "the filter does not hold")


def _statement(code: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, 0, 0, value)


def _jump(code: int, value: int, true: int, false: int) -> bytes:
    return struct.pack("=HBBI", code, true, false, value)


def _namespace() -> None:
    """Enter an empty network namespace; allowed to single-threaded processes."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    # The same ids as before, to keep access to files.
    for name, words in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        Path("/proc/self", name).write_text(words, encoding="ascii")


def _landlock() -> None:
    """Forbid TCP connections and listening sockets; other protocols are not covered."""
    libc = _without_new_privileges()
    if _landlock_version(libc) < _LANDLOCK_NET_SINCE:
        raise OSError(errno.ENOSYS, "landlock")
    rules = struct.pack("=QQ", 0, _LANDLOCK_TCP)
    ruleset = libc.syscall(_LANDLOCK_CREATE, rules, len(rules), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    try:
        if libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) != 0:
            raise OSError(ctypes.get_errno(), "landlock")
    finally:
        os.close(ruleset)


def _landlock_version(libc: ctypes.CDLL) -> int:
    return int(libc.syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION))


def _without_new_privileges() -> ctypes.CDLL:
    """Load the C library, and keep child processes from gaining privileges."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    return libc


def _sandbox() -> None:
    """Apply Apple's named profile without sockets; deprecated but present. Not tried on a Mac."""
    system = ctypes.CDLL("/usr/lib/libSystem.B.dylib", use_errno=True)
    complaint = ctypes.c_char_p()
    named = 1
    if system.sandbox_init(b"no-network", ctypes.c_uint64(named), ctypes.byref(complaint)) != 0:
        raise OSError(errno.EPERM, "sandbox_init")


_WAYS: Mapping[str, Mapping[str, Callable[[], None]]] = {
    "linux": {"seccomp": _filter, "namespace": _namespace, "landlock": _landlock},
    "darwin": {"sandbox": _sandbox},
}
