"""A server of its own for tests, started as people start it, on a free port."""

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.patience import seconds


@dataclass
class Served:
    """A server that runs: its address, token and process."""

    address: str
    token: str
    process: "subprocess.Popen[str]"

    def ask(
        self, method: str, place: str, body: Any = None, **headers: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request; a header that is None is left out."""
        named: dict[str, str | None] = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = HTTPConnection(self.address.removeprefix("http://"), timeout=seconds(60))
        with contextlib.closing(connection):
            connection.putrequest(method, place, skip_host="Host" in named)
            for name, value in named.items():
                if value is not None:
                    connection.putheader(name, value)
            if sent is not None and "Content-Length" not in named:
                connection.putheader("Content-Length", str(len(sent)))
            connection.endheaders(sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()


@contextlib.contextmanager
def served(file: Path, *more: str, files: int = 0) -> Iterator[Served]:
    """Serve a library until the test is done with it; it has to end cleanly.

    The server may have so many `files` open at first, as many as this process if 0.
    """
    words = ["-m", "workbench", "--library", str(file), "--json", "serve", "--port", "0", *more]
    command = [sys.executable, *words]
    if files:
        # Nor may it raise that.
        command = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        token = Path(said["token_file"]).read_text("utf-8").strip()
        yield Served(said["url"], token, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(seconds(60)) == 0
    finally:
        process.kill()
        process.communicate()
