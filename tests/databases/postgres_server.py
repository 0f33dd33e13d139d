"""A real PostgreSQL server for tests: made, started and ended here, reachable on loopback only."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.patience import seconds

USER, PASSWORD = "workbench", "p@ss/w:ord %"
_SECONDS = seconds(60.0)


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens; both over TCP (with the password) and by a socket in `folder`."""

    host: str
    port: int
    folder: Path

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Carry out statements, each on its own."""
        from pg8000 import native

        connection: Any = native.Connection(
            USER, host=self.host, port=self.port, password=PASSWORD, database=database
        )
        try:
            for statement in statements:
                connection.run(statement)
        finally:
            connection.close()


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`: those of the test tools, or the system's."""
    found = find_spec("pgserver")
    own = (
        [Path(p) / "pginstall" / "bin" for p in (found.submodule_search_locations or ())]
        if found
        else []
    )
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((each for each in (*own, *system) if (each / "initdb").exists()), None)


@contextmanager
def running(folder: Path, connections: int = 10) -> Iterator[Server]:
    """A server with the programs in this folder, ended with everything it wrote."""
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with _started(folder, home, connections) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _started(folder: Path, home: Path, connections: int) -> Iterator[Server]:
    account = _account(home)
    folder = _runnable(folder, home, account)
    secret = home / "secret"
    secret.write_text(PASSWORD)
    if account:
        shutil.chown(secret, account)
    data = home / "data"
    subprocess.run(
        [folder / "initdb", "-D", data, "-U", USER, "--pwfile", secret, "-A", "scram-sha-256",
         "--auth-local", "trust", "-E", "UTF8", "--locale", "C", "--no-sync"],
        check=True, capture_output=True, timeout=_SECONDS, **account_of(account),
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Server("127.0.0.1", port, home)
    process = subprocess.Popen(
        [folder / "postgres", "-D", data, "-k", home, "-h", server.host, "-p", str(port),
         "-c", "fsync=off", "-c", "shared_buffers=8MB", "-c", f"max_connections={connections}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **account_of(account),
    )  # fmt: skip
    try:
        _wait(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_SECONDS)


def account_of(name: str) -> dict[str, Any]:
    """What starts a process as another user; nothing where there is no need."""
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []} if name else {}


def _account(home: Path) -> str:
    """Who the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return ""
    name = "nobody"
    home.chmod(0o755)
    shutil.chown(home, name)
    return name


def _runnable(folder: Path, home: Path, account: str) -> Path:
    """The programs where that user may run them."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True, timeout=_SECONDS, check=False, **account_of(account),
        )  # fmt: skip
        if done.returncode == 0:
            return folder
    except PermissionError:
        pass
    package = folder.parents[1]
    libraries = package.with_name("pgserver.libs")
    shutil.copytree(package, home / "programs" / package.name)
    if libraries.exists():
        shutil.copytree(libraries, home / "programs" / libraries.name)
    return home / "programs" / package.name / "pginstall" / "bin"


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    from pg8000 import exceptions

    until = time.monotonic() + _SECONDS
    while True:
        try:
            server.run("SELECT 1")
        except (exceptions.Error, OSError):
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
