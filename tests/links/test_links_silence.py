"""Nothing is connected to but the one host of a link that was added."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.links.conftest import TIDES
from tests.patience import seconds
from tests.web_server import WebServer
from workbench import paths

_LISTENER = """
import os, sys
# Opened before the process is shut in, which leaves it what is open.
log = open(os.environ["WORKBENCH_SOCKET_LOG"], "a", buffering=1)
def hook(event, arguments):
    if event.startswith("socket."):
        log.write(f"{event} {arguments[1:] if len(arguments) > 1 else arguments}\\n")
sys.addaudithook(hook)
"""


def _run(folder: Path, script: str, *arguments: str) -> tuple[list[str], list[str]]:
    """Run a script in a process that, with its children, notes every use of sockets.

    Returns its lines, and those of the notes.
    """
    (folder / "listener").mkdir(exist_ok=True)
    (folder / "listener" / "sitecustomize.py").write_text(_LISTENER, encoding="utf-8")
    log = folder / "sockets.log"
    log.write_text("", encoding="utf-8")
    environment = {
        **os.environ,
        "WORKBENCH_SOCKET_LOG": str(log),
        "PYTHONPATH": os.pathsep.join([str(folder / "listener"), *filter(None, sys.path)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder / "x.brain"), *arguments],
        capture_output=True, text=True, check=False, timeout=seconds(100), env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), log.read_text(encoding="utf-8").splitlines()


_LOCAL_SESSION = """
import sys
from workbench.cli.main import main
library, page, book = sys.argv[1:]
for words in (
    ["add", page, book], ["ask", "When does the tide turn in Bredal?"], ["list", "sources"],
    ["show", "1"], ["reindex", "--all"], ["verify"],
):
    assert main(["--library", library, *words]) == 0, words
"""


@pytest.mark.slow
def test_p3_adding_files_asking_and_listing_open_no_socket(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(TIDES)
    page, book = str(tmp_path / "a.html"), str(paths.sample_book())
    told, sockets = _run(tmp_path, _LOCAL_SESSION, page, book)
    assert any("noon" in line for line in told)
    assert sockets == []


@pytest.mark.slow
def test_p3_adding_one_link_connects_to_that_host_and_asks_for_that_page_only(
    server: WebServer, tmp_path: Path
) -> None:
    script = (
        "import sys; from workbench.library import Library\n"
        "with Library.open(sys.argv[1]) as library:\n"
        "    print(library.add(sys.argv[2])[0].error)\n"
        "    print(library.add(sys.argv[2], typed=True)[0].state)\n"
        "    library.ask('When does the tide turn?'); library.add(None)\n"
    )
    told, sockets = _run(tmp_path, script, server.url("/tides"))
    assert "private network" in told[0]
    assert told[1] == "verified"
    connections = [line for line in sockets if line.startswith("socket.connect")]
    assert len(connections) == 1
    assert f"('127.0.0.1', {server.server_port})" in connections[0]
    assert server.paths == ["/tides"]


@pytest.mark.slow
def test_the_networks_library_is_not_loaded_with_the_workbench() -> None:
    names = ("httpcore", "truststore", "idna", "ssl", "h11")
    script = f"import sys, workbench.library; print([n for n in {names!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(100),
    )
    assert done.stdout.strip() == "[]"
