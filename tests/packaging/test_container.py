"""The container's server: nothing of Qt is needed for it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.library import Library

_FOLDER = Path(__file__).resolve().parents[2] / "packaging" / "container"
#: Starts the program as the container does, on a machine that lacks what it removes.
_SCRIPT = """
import sys
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None
from workbench.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_a_server_runs_without_qt(tmp_path: Path) -> None:
    words = ["--library", str(tmp_path / "a.brain"), "--json", "serve", "--port", "0", "--write"]
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, *words], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        token = Path(said["token_file"]).read_text("utf-8").strip()
        with Library.open(said["url"], token=token) as library:
            library.add_text("The lighthouse at Skagen was built in 1862.", title="Skagen")
            assert "1862" in library.ask("When was the lighthouse built?").evidence[0].quote
        process.send_signal(signal.SIGTERM)
        assert process.wait(seconds(60)) == 0
    finally:
        process.kill()
        process.communicate()


def test_the_container_file_removes_what_only_the_window_needs() -> None:
    lines = (_FOLDER / "Containerfile").read_text("utf-8")
    assert "pip uninstall --yes pyside6-essentials shiboken6 pyqtgraph" in lines
    assert "USER reader" in lines
    composed = (_FOLDER / "compose.yaml").read_text("utf-8")
    for option in ("--name=library.example", "library:/library", "read_only: true", "ALL"):
        assert option in composed
    proxy = (_FOLDER / "Caddyfile").read_text("utf-8")
    assert "reverse_proxy" in proxy
    assert "tls" in proxy
