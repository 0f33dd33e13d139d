"""Code in the place of a parser: it tries what a hostile file would, and tells what it could do.

`tries` takes a folder with the files of somebody: a library, a token, settings. It is imported by
the processes that tests start, so it needs nothing but the standard library.
"""

import ctypes
import errno
import os
import resource
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

#: Environment of the parent that is no child's business.
SECRET = ("WORKER_API_TOKEN", "sesame-1234")


def tries(victim: Path, main: int, *, network: bool = False) -> dict[str, str]:
    """What is tried, by name, with "refused" or what came of it; `main` is the program's id."""
    found = {}
    for name, work in _attempts(victim, main, network=network):
        try:
            result = work()
        except (OSError, ValueError, KeyError, ImportError) as error:
            found[name] = "refused" if _refuses(error) else f"failed: {error!r}"
        else:
            found[name] = f"done: {result!r}"[:200]
    return found


def _refuses(error: Exception) -> bool:
    number = getattr(error, "errno", None)
    allowed = (errno.EACCES, errno.EPERM, errno.ESRCH, errno.ENOSYS, errno.EXDEV)
    if number == errno.ENOENT and getattr(error, "filename", None) is None:
        # It has no folder at all for temporary files.
        return True
    return number in allowed or isinstance(error, KeyError | ValueError)


def _call(number: int, *arguments: Any) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    result = int(libc.syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def _group_of(process: int) -> int:
    """The group of a process. Raises `PermissionError` where its leader is out of sight.

    In a container started from outside that is 0, which would mean the own group.
    """
    group = os.getpgid(process)
    if not group:
        raise PermissionError(errno.EPERM, "its group is out of sight")
    return group


def _memory_of(process: int) -> int:
    """Read sixteen bytes of a process, as `process_vm_readv` does."""
    held = ctypes.create_string_buffer(16)
    near = (ctypes.c_void_p * 2)(ctypes.addressof(held), 16)
    far = (ctypes.c_void_p * 2)(ctypes.addressof(held), 16)
    return _call(310, process, near, 1, far, 1, 0)


def _start(program: str) -> int:
    child = os.fork()
    if child == 0:
        try:
            os.execv(program, [program, "-c", "exit 7"])
        except OSError:
            os._exit(99)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 99:
        raise PermissionError(errno.EACCES, "exec")
    return code


def _raise_limit(kind: int) -> None:
    resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _lower_limit(process: int) -> object:
    return resource.prlimit(process, resource.RLIMIT_NOFILE, (8, 8))


def _ioctl_terminal() -> int:
    return os.open("/dev/tty", os.O_RDWR)


def _attempts(
    victim: Path, parent: int, *, network: bool
) -> Iterator[tuple[str, Callable[[], object]]]:
    library, token = victim / "own.brain", victim / "token"
    yield "read the library", library.read_bytes
    yield "read the token", token.read_text
    yield "open the library for writing", lambda: library.open("r+b").close()
    yield "cut the library off", lambda: os.truncate(library, 0)
    yield "delete the library", library.unlink
    yield "rename the library", lambda: library.rename(victim / "gone.brain")
    yield "link the library here", lambda: os.link(library, Path(tempfile.gettempdir(), "l"))
    yield "follow a link to it", lambda: _through_link(library)
    yield "write beside the library", lambda: (victim / "new.txt").write_text("x")
    yield "make a folder beside it", (victim / "new").mkdir
    yield "list the folder", lambda: next(victim.iterdir())
    yield "change its mode", lambda: library.chmod(0o777)
    yield "change its time", lambda: os.utime(library, (1, 1))
    yield "change its owner", lambda: os.chown(library, os.getuid(), os.getgid())
    yield "change its attributes", lambda: os.setxattr(library, "user.x", b"x")
    yield "list the home folder", lambda: next(Path.home().iterdir())
    yield "write into the home folder", lambda: (Path.home() / ".payload").write_text("x")
    yield "write into the temporary folder", lambda: Path("/tmp/.payload").write_text("x")
    yield "read the accounts", Path("/etc/passwd").read_text
    yield "write into the program", lambda: (Path(__file__).parent / "p.py").write_text("x")
    yield "write into packages", lambda: Path(os.__file__).with_name("payload.py").write_text("x")
    yield "write into the system", lambda: Path("/etc/payload").write_text("x")
    yield "list processes", lambda: next(Path("/proc").iterdir())
    yield "read the parent's environment", lambda: Path(f"/proc/{parent}/environ").read_bytes()
    yield "read the parent's command", lambda: Path(f"/proc/{parent}/cmdline").read_bytes()
    yield "open the parent's memory", lambda: Path(f"/proc/{parent}/mem").open("r+b").close()
    yield "open the parent's files", lambda: next(Path(f"/proc/{parent}/fd").iterdir())
    yield "read the parent's memory", lambda: _memory_of(parent)
    yield "trace the parent", lambda: _call(101, 16, parent, 0, 0)
    yield "take a file of the parent", lambda: _call(438, _call(434, parent, 0), 0, 0)
    yield "signal the parent", lambda: os.kill(parent, 0)
    yield "end the parent", lambda: os.kill(parent, signal.SIGCONT)
    yield "signal the parent's group", lambda: os.killpg(_group_of(parent), 0)
    yield "slow the parent down", lambda: os.setpriority(os.PRIO_PROCESS, parent, 19)
    yield "take the parent's files away", lambda: _lower_limit(parent)
    yield "start a shell", lambda: _start("/bin/sh")
    yield "start Python", lambda: _start(sys.executable)
    yield "start a file of its own", _own_program
    yield "raise the limit of memory", lambda: _raise_limit(resource.RLIMIT_AS)
    yield "raise the limit of files", lambda: _raise_limit(resource.RLIMIT_NOFILE)
    yield "raise the limit of sizes", lambda: _raise_limit(resource.RLIMIT_FSIZE)
    yield "make a namespace", lambda: _call(272, 0x10000000)
    yield "make a ring", lambda: _call(425, 4, ctypes.create_string_buffer(256))
    yield "load code into the kernel", lambda: _call(321, 0, 0, 0)
    yield "make shared memory", lambda: _call(29, 0, 4096, 0o1600)
    yield "read keys", lambda: _call(250, 0, -3, 0)
    yield "watch folders", lambda: _call(294, 0)
    yield "open the terminal", _ioctl_terminal
    yield "connect to a session", lambda: socket.socket(socket.AF_UNIX).close()
    yield "open a raw socket", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()
    yield "read a secret of the environment", lambda: os.environ[SECRET[0]]
    if not network:
        yield "open a socket", lambda: socket.socket().close()
        yield "open a datagram socket", lambda: socket.socket(type=socket.SOCK_DGRAM).close()


def _through_link(library: Path) -> bytes:
    link = Path(tempfile.gettempdir(), "link")
    link.unlink(missing_ok=True)
    link.symlink_to(library)
    return link.read_bytes()


def _own_program() -> int:
    place = Path(tempfile.gettempdir(), "program")
    place.write_bytes(b"#!/bin/sh\nexit 7\n")
    descriptor = os.open(place, os.O_RDONLY)
    try:
        return _call(322, descriptor, b"", 0, 0, 0x1000)
    finally:
        os.close(descriptor)
