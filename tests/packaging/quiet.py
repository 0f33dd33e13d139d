"""Runs a program that ends at once when it, or anything it starts, opens a network socket.

    python quiet.py PROGRAM [ARGUMENT ...]

The kernel watches (seccomp): `socket` for anything but this machine's own kinds (Unix, netlink)
kills the process that asks, with SIGSYS. Needs no privilege, and nothing can take it off again.
Exit code 125: this kernel cannot watch.
"""

import ctypes
import os
import platform
import struct
import sys

#: Architecture -> (its name for the kernel's filter, the number of `socket`).
CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
CANNOT = 125

_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_AF_UNIX, _AF_NETLINK = 1, 16
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def watch() -> bool:
    """Put the filter on this process and all that come from it; whether the kernel took it."""
    if platform.machine() not in CALLS:
        return False
    architecture, call = CALLS[platform.machine()]
    # Each step: what to do, how many steps to jump over if so and if not, the number it is about.
    # Offsets in `struct seccomp_data`: 0 the call, 4 the architecture, 16 the first argument.
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),
        (_EQUAL, 0, 3, call),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 1, 0, _AF_UNIX),
        (_EQUAL, 0, 1, _AF_NETLINK),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_SECCOMP, _FILTER, program, 0, 0) == 0)


if __name__ == "__main__":
    if not watch():
        sys.exit(CANNOT)
    os.execv(sys.argv[1], sys.argv[1:])
