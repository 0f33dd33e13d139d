"""Processes that parse foreign files, or run models on them, are cut off from every network.

What cannot open a socket sends nothing, whatever a library does in it. On Linux a seccomp filter
refuses the system calls that lead to one (seccomp(2)): Unix sockets, too, behind which a resolver,
a session bus or Docker would ask outside for us. Where there is no such filter, the process takes a
network namespace of its own, and where there is none, Landlock, which stops TCP only. On macOS it
takes the sandbox profile "no-network" (not tried on a Mac). Windows has nothing that a running
process can take on without losing its files (an AppContainer is given at the start, and to each
file); there only telemetry is switched off. Files stay within reach everywhere: code that takes a
parser over could still leave something for another program to run.
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
#: By machine: how the kernel names it, and the calls by which a process gets to a network: a socket
#: of its own, io_uring (whose sockets no filter sees), another process's sockets or hands.
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
#: The words of a filter (Linux, Documentation/userspace-api/seccomp_filter).
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
#: Calls of the x32 interface, which has numbers of its own from here on.
_X32 = 0x40000000
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_VERSION, _LANDLOCK_NET_SINCE, _LANDLOCK_TCP = 1, 4, 0b11


def isolate() -> str:
    """Cut this process, and all that it starts, off from every network, for good.

    To be called before other threads run. Returns what holds: "seccomp", "namespace", "landlock"
    (TCP only), "sandbox" (macOS), or "" where the system offers nothing.
    """
    for name, work in _WAYS.get(sys.platform, {}).items():
        try:
            work()
        except (OSError, AttributeError):
            continue
        return name
    return ""


def offered() -> str:
    """What `isolate` would rest on here, asked without taking anything on."""
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
        # Programs of another architecture (32 bits) call by other numbers: none of these.
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
    # A Unix socket, which is refused like any: a filter above may kill who asks for another.
    if (opened := libc.socket(_UNIX, _STREAM, 0)) >= 0:
        os.close(opened)
        raise OSError(errno.EPERM, "the filter does not hold")


def _statement(code: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, 0, 0, value)


def _jump(code: int, value: int, true: int, false: int) -> bytes:
    return struct.pack("=HBBI", code, true, false, value)


def _namespace() -> None:
    """A network of one's own, in which there is nobody; allowed to processes of one thread."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    # The same numbers as before, so that files stay one's own.
    for name, words in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        Path("/proc/self", name).write_text(words, encoding="ascii")


def _landlock() -> None:
    """No TCP connection and no listening socket; other protocols stay."""
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
    """The C library, in a process that no program it starts gives more rights."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    return libc


def _sandbox() -> None:
    """Apple's named profile without sockets; deprecated, and there. Not tried on a Mac."""
    system = ctypes.CDLL("/usr/lib/libSystem.B.dylib", use_errno=True)
    complaint = ctypes.c_char_p()
    named = 1
    if system.sandbox_init(b"no-network", ctypes.c_uint64(named), ctypes.byref(complaint)) != 0:
        raise OSError(errno.EPERM, "sandbox_init")


_WAYS: Mapping[str, Mapping[str, Callable[[], None]]] = {
    "linux": {"seccomp": _filter, "namespace": _namespace, "landlock": _landlock},
    "darwin": {"sandbox": _sandbox},
}
