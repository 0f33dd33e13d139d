"""Refuses system calls of this process and its children (Linux, seccomp(2)).

Refused are sockets, programs, other processes' memory and descriptors, namespaces, mounts, the
kernel's administration, shared memory of System V, and changes to the mode, owner and times of
files, which Landlock does not cover.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Mapping

_NUMBER = {"x86_64": 317, "aarch64": 277}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NO_NEW_PRIVILEGES = 38
_SET_FILTER, _GET_ACTION, _ALL_THREADS = 1, 2, 1
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_REFUSE, _UNKNOWN = _ERROR | errno.EACCES, _ERROR | errno.ENOSYS

#: Calls that no process here needs: their numbers on x86_64 and aarch64, None where there is none.
_REFUSED: Mapping[str, tuple[int, int]] = {
    name: (int(intel), int(arm))
    for name, intel, arm in (
        row.split()
        for row in """\
    # Other processes.
    ptrace 101 117
    process_vm_readv 310 270
    process_vm_writev 311 271
    process_madvise 440 440
    process_mrelease 448 448
    kcmp 312 272
    pidfd_getfd 438 438
    setpriority 141 140
    ioprio_set 251 30
    sched_setaffinity 203 122
    sched_setscheduler 144 119
    sched_setparam 142 118
    sched_setattr 314 274
    migrate_pages 256 238
    move_pages 279 239
    # Rings open sockets and files unseen by a filter.
    io_uring_setup 425 425
    io_uring_enter 426 426
    bpf 321 280
    perf_event_open 298 241
    userfaultfd 323 282
    syslog 103 116
    keyctl 250 219
    add_key 248 217
    request_key 249 218
    # Namespaces and mounts.
    unshare 272 97
    setns 308 268
    chroot 161 51
    mount 165 40
    umount2 166 39
    pivot_root 155 41
    open_tree 428 428
    move_mount 429 429
    fsopen 430 430
    fsconfig 431 431
    fsmount 432 432
    fspick 433 433
    mount_setattr 442 442
    open_by_handle_at 304 265
    name_to_handle_at 303 264
    # The machine.
    kexec_load 246 104
    kexec_file_load 320 294
    init_module 175 105
    finit_module 313 273
    delete_module 176 106
    reboot 169 142
    swapon 167 224
    swapoff 168 225
    acct 163 89
    quotactl 179 60
    settimeofday 164 170
    clock_settime 227 112
    adjtimex 159 171
    clock_adjtime 305 266
    sethostname 170 161
    setdomainname 171 162
    fanotify_init 300 262
    inotify_init 253 26
    inotify_init1 294 26
    # Memory and queues that others can open.
    shmget 29 194
    shmat 30 196
    shmctl 31 195
    semget 64 190
    msgget 68 186
    mq_open 240 180
    mq_unlink 241 181
    # Modes, owners, times and attributes of files.
    chmod 90 52
    fchmod 91 52
    fchmodat 268 53
    fchmodat2 452 452
    chown 92 55
    fchown 93 55
    lchown 94 55
    fchownat 260 54
    utime 132 88
    utimes 235 88
    futimesat 261 88
    utimensat 280 88
    setxattr 188 5
    lsetxattr 189 6
    fsetxattr 190 7
    removexattr 197 14
    lremovexattr 198 15
    fremovexattr 199 16
    """.splitlines()
        if row.strip() and "#" not in row
    )
}
_PROGRAMS = {"x86_64": (59, 322), "aarch64": (221, 281)}
_SOCKET = {"x86_64": 41, "aarch64": 198}
_CLONE, _CLONE3 = {"x86_64": 56, "aarch64": 220}, 435
_LIMITS = {"x86_64": 302, "aarch64": 261}
#: Signals to a process or thread that is named first, and those that are refused altogether.
_KILL = {"x86_64": (62, 234), "aarch64": (129, 131)}
_OTHER_SIGNALS = {"x86_64": (200, 129, 297, 424), "aarch64": (130, 138, 240, 424)}
#: Flags of `clone` that make namespaces.
_NAMESPACES = 0x7E020000
#: IPv4, IPv6, and what name resolution asks the kernel by.
_INTERNET = (2, 10, 16)

_UNIX, _STREAM = 1, 1
#: Instructions (Linux, Documentation/userspace-api/seccomp_filter).
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
#: First number of the x32 calls.
_X32 = 0x40000000


def offered() -> bool:
    """Whether the kernel takes filters on this machine."""
    number = _NUMBER.get(platform.machine())
    if sys.platform != "linux" or not number or sys.maxsize < 1 << 32:
        return False
    action = ctypes.c_uint32(_ERROR)
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.syscall(number, _GET_ACTION, 0, ctypes.byref(action)) == 0)


def apply(*, network: bool = False, programs: bool = False, signals: bool = True) -> None:
    """Refuse the calls in every thread of this process.

    `network` leaves sockets of the internet, `programs` the start of others, `signals` those to
    other processes. Raises `OSError` where that does not hold.
    """
    machine = platform.machine()
    if not offered():
        raise OSError(errno.ENOSYS, "no filter for this machine")
    at = list(_NUMBER).index(machine)
    refused = {numbers[at] for numbers in _REFUSED.values()} - {None}
    if not network:
        refused.add(_SOCKET[machine])
    if not programs:
        refused.update(_PROGRAMS[machine])
    if not signals:
        refused.update(_OTHER_SIGNALS[machine])
    checks = [
        _checked(_CLONE[machine], _jump(_IF_ANY, _NAMESPACES, 0, 1), refuse_if=True),
        _checked(_LIMITS[machine], _jump(_IF_EQUAL, 0, 0, 1)),
        *((_checked(_SOCKET[machine], *_any_of(_INTERNET)),) if network else ()),
        *(
            _checked(number, _jump(_IF_EQUAL, os.getpid(), 0, 1))
            for number in (() if signals else _KILL[machine])
        ),
    ]
    program = [
        # Programs of another architecture (32 bits) have other call numbers: allow none.
        _statement(_LOAD, _ARCHITECTURE_AT),
        _jump(_IF_EQUAL, _ARCHITECTURE[machine], 1, 0),
        _statement(_RETURN, _REFUSE),
        _statement(_LOAD, _NUMBER_AT),
        _jump(_IF_AT_LEAST, _X32, 0, 1),
        _statement(_RETURN, _REFUSE),
        # Its flags lie in memory, which no filter sees: libraries fall back on `clone`.
        _jump(_IF_EQUAL, _CLONE3, 0, 1),
        _statement(_RETURN, _UNKNOWN),
        *(instruction for check in checks for instruction in check),
        *_any_of(sorted(number for number in refused if number is not None)),
        _statement(_RETURN, _REFUSE),
        _statement(_RETURN, _ALLOW),
    ]
    _install(b"".join(program), machine, is_tested=not network)


def _any_of(values: "tuple[int, ...] | list[int]") -> list[bytes]:
    """Go on with the next instruction for these values, and leave it out for others."""
    last = len(values) - 1
    return [
        _jump(_IF_EQUAL, value, last - at, 1 if at == last else 0)
        for at, value in enumerate(values)
    ]


def _checked(number: int, *test: bytes, refuse_if: bool = False) -> list[bytes]:
    """Look at the first argument of a call; `test` goes on, or leaves one instruction out."""
    first, second = (_REFUSE, _ALLOW) if refuse_if else (_ALLOW, _REFUSE)
    return [
        _jump(_IF_EQUAL, number, 0, len(test) + 3),
        _statement(_LOAD, _FIRST_ARGUMENT_AT),
        *test,
        _statement(_RETURN, first),
        _statement(_RETURN, second),
    ]


def _install(program: bytes, machine: str, *, is_tested: bool) -> None:
    held = ctypes.create_string_buffer(program)
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if libc.syscall(_NUMBER[machine], _SET_FILTER, _ALL_THREADS, described) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    # Test with a Unix socket: an outer filter may kill a process that asks for another.
    if is_tested and (opened := libc.socket(_UNIX, _STREAM, 0)) >= 0:
        os.close(opened)
        raise OSError(errno.EPERM, "the filter does not hold")


def _statement(code: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, 0, 0, value)


def _jump(code: int, value: int, true: int, false: int) -> bytes:
    return struct.pack("=HBBI", code, true, false, value)
