"""Shuts processes that parse foreign files, or run models on them, off from network and machine.

A process that cannot open a socket sends nothing, whatever a library does in it; one that can open
only the file it reads takes nothing else, and changes nothing. On Linux a filter of system calls
(`seccomp`) and Landlock (`landlock`) do that. Without the filter the process enters a network
namespace of its own, or else uses Landlock, which stops TCP only. On macOS a sandbox profile stops
network, programs, signals and writing, but no reading (not tried on a Mac). On Windows a running
process cannot restrict itself without losing its files (an AppContainer is assigned at the start,
and to each file); there only telemetry is switched off.
"""

import contextlib
import ctypes
import errno
import os
import site
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest import landlock, seccomp

#: Largest file that a process may write in bytes (extracted members, error output), and how many
#: files it may have open.
FILE_SIZE, _OPEN_FILES = 2 << 30, 1024
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DUMPABLE = 4

#: What libraries look at besides the program: processors, memory, time zones, fonts, types.
_SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/libexec", "/usr/share", "/usr/local/lib"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/mime.types", "/etc/fonts"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/self", "/sys/devices/system/cpu"),
    *("/proc/sys/vm/overcommit_memory", "/sys/fs/cgroup", "/dev/urandom", "/dev/random"),
)
#: What finding a host and checking its certificate takes.
_NETWORK = (
    *("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/host.conf"),
    *("/etc/services", "/etc/protocols", "/etc/ssl", "/etc/pki", "/etc/ca-certificates"),
    *("/run/systemd/resolve", "/run/NetworkManager", "/var/lib/ca-certificates"),
)
#: Variables that a child process gets; the rest may hold passwords and tokens.
_PASSED = {
    name
    for row in """\
    PATH HOME USER LOGNAME LANG LANGUAGE TZ TMPDIR TEMP TMP LD_LIBRARY_PATH DYLD_LIBRARY_PATH
    VIRTUAL_ENV SSL_CERT_FILE SSL_CERT_DIR TESSDATA_PREFIX COVERAGE_PROCESS_START
    OMP_NUM_THREADS OMP_WAIT_POLICY SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT USERPROFILE
    APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES HOMEDRIVE HOMEPATH NUMBER_OF_PROCESSORS
    PROCESSOR_ARCHITECTURE ORT_DISABLE_TELEMETRY""".splitlines()
    for name in row.split()
}
_PASSED_FAMILIES = ("LC_", "PYTHON", "WORKBENCH_", "XDG_", "HF_HUB_", "MALLOC_", "_PYI_")


_enclosed = False


@dataclass(frozen=True, slots=True)
class Cage:
    """What a process needs besides the program: files and folders to read, and to write.

    `programs` are the files that it may start; `network` leaves it the internet.
    """

    read: Sequence[str] = ()
    write: Sequence[str] = ()
    programs: Sequence[str] = ()
    network: bool = False


def isolate(cage: Cage | None = None) -> str:
    """Cut this process and its children off from every network, permanently.

    Call before other threads run. Returns the mechanism: "seccomp", "namespace", "landlock" (TCP
    only), "sandbox" (macOS), or "" if the system offers none.
    """
    for name, work in _WAYS.get(sys.platform, {}).items():
        try:
            work(cage or Cage())
        except (OSError, AttributeError):
            continue
        return name
    return ""


def enclose(cage: Cage) -> str:
    """Leave this process, and what it starts, what is in the cage; permanently.

    Call before other threads run. Returns "caged", "without network", or "not caged".
    """
    global _enclosed
    _limit()
    network = isolate(cage)
    _enclosed = network in ("seccomp", "sandbox")
    try:
        landlock.restrict(
            (*program_folders(), *_SYSTEM, *(_network_files() if cage.network else ()), *cage.read),
            ("/dev/null", *cage.write),
            _programs(cage),
            network=cage.network,
        )
        if network == "seccomp":
            return "caged"
    except OSError:
        pass
    return "without network" if network and not cage.network else "not caged"


def _limit() -> None:
    """Limit for good what it writes and opens; memory and time depend on what it does."""
    if sys.platform == "win32":
        return
    import resource

    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: FILE_SIZE}
    for kind, limit in (limits | {resource.RLIMIT_NOFILE: _OPEN_FILES}).items():
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(kind)
            kept = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (kept, kept))


def is_enclosed() -> bool:
    """Whether this process may start no other program than those of its cage."""
    return _enclosed


def holds_files() -> bool:
    """Whether `enclose` restricts which files a process can open."""
    return landlock.version() > 0


def level() -> str:
    """What `enclose` would return for a process without a network."""
    way = offered()
    if way == "seccomp" and holds_files():
        return "caged"
    return "without network" if way else "not caged"


def offered() -> str:
    """The mechanism that `isolate` would use, without applying it."""
    if sys.platform == "darwin":
        return "sandbox"
    if sys.platform != "linux":
        return ""
    if seccomp.offered():
        return "seccomp"
    if os.access("/proc/self/ns/net", os.F_OK) and os.access("/proc/self/ns/user", os.F_OK):
        return "namespace"
    return "landlock" if landlock.version() >= landlock.NET_SINCE else ""


def hide_memory() -> None:
    """Keep other processes of the user from reading this one's memory, and from core dumps."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child process: what it needs of this one's, without secrets."""
    result = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _PASSED or name.upper().startswith(_PASSED_FAMILIES)
    }
    # What a library that was imported by path needs, too.
    result["PYTHONPATH"] = os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)
    return {**result, **more}


@cache
def program_folders() -> tuple[str, ...]:
    """Folders of the interpreter, of packages and of this program."""
    return tuple(dict.fromkeys(filter(None, map(str, _program_folders()))))


def _program_folders() -> Iterator[str | Path]:
    yield from (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    yield from site.getsitepackages()
    if site.ENABLE_USER_SITE:
        yield site.getusersitepackages()
    if getattr(sys, "frozen", False):
        # A bundle's modules lie in its executable.
        yield from (sys.executable, getattr(sys, "_MEIPASS", ""))
    for prefix in (sys.prefix, sys.base_prefix):
        yield from (Path(prefix, name) for name in ("lib", "lib64", "share", "pyvenv.cfg"))
    package = Path(__file__).resolve().parent
    yield from (package, package.parent / "workbench", package.parent / "resources")
    yield from (package.parent / "pyproject.toml",)
    home, here = Path.home(), Path.cwd()
    for folder in map(Path, filter(None, sys.path)):
        # An interpreter that was started at home has it on its path.
        if folder not in (home, here) and folder not in home.parents and folder not in here.parents:
            yield folder


def _network_files() -> Iterator[str]:
    yield from _NETWORK
    yield from filter(None, map(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR")))


def _programs(cage: Cage) -> Iterator[str]:
    """The programs of a cage, and the loader of shared libraries that each begins with."""
    for program in cage.programs:
        yield program
        with contextlib.suppress(OSError), Path(program).open("rb") as file:
            if file.read(2) == b"#!":
                # A script stands before it, and starts what it likes.
                yield from ("/bin", "/usr/bin", "/usr/local/bin")
        yield from ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
        yield from ("/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1")


def _filter(cage: Cage) -> None:
    """Refuse the system calls that lead out, in every thread of this process."""
    signals = landlock.holds_signals()
    seccomp.apply(network=cage.network, programs=bool(cage.programs), signals=signals)


def _namespace(cage: Cage) -> None:
    """Enter an empty network namespace; allowed to single-threaded processes."""
    if cage.network:
        raise OSError(errno.ENOSYS, "a namespace has no network")
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


def _landlock(cage: Cage) -> None:
    if cage.network:
        raise OSError(errno.ENOSYS, "nothing to forbid")
    landlock.restrict_tcp()


def _sandbox(cage: Cage) -> None:
    """Apply a profile of Apple's sandbox, deprecated but present. Not tried on a Mac."""
    system = ctypes.CDLL("/usr/lib/libSystem.B.dylib", use_errno=True)
    complaint = ctypes.c_char_p()
    described = _profile(cage).encode()
    if system.sandbox_init(described, ctypes.c_uint64(0), ctypes.byref(complaint)) != 0:
        raise OSError(errno.EPERM, "sandbox_init")


def _profile(cage: Cage) -> str:
    """A profile in the language of Apple's sandbox; of several rules the last one holds."""

    def paths(values: Sequence[str]) -> str:
        quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
        return " ".join(f'(subpath "{value}")' for value in quoted)

    rules = ["(version 1)", "(allow default)", "(deny process-exec)", "(deny file-write*)"]
    rules += ["(deny signal (target others))", '(allow file-write* (literal "/dev/null"))']
    if not cage.network:
        rules.append("(deny network*)")
    if cage.write:
        rules.append(f"(allow file-write* {paths(cage.write)})")
    if cage.programs:
        rules.append(f"(allow process-exec {paths(cage.programs)})")
    return "".join(rules)


_WAYS: Mapping[str, Mapping[str, Callable[[Cage], None]]] = {
    "linux": {"seccomp": _filter, "namespace": _namespace, "landlock": _landlock},
    "darwin": {"sandbox": _sandbox},
}
