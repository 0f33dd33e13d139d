"""Where windows of a library meet, and who may come there."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from workbench.ui.window import single_instance
from workbench.ui.window.single_instance import First, raise_first

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes")
_RAISE = (
    "import sys; from pathlib import Path\n"
    "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([])\n"
    "from workbench.ui.window.single_instance import raise_first\n"
    "print(raise_first(Path(sys.argv[1])))"
)


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The session's own folder, whose path is short."""
    folder = Path("/tmp") / f"wb-{os.getpid()}-{tmp_path.name[-8:]}"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    for entry in folder.iterdir():
        entry.unlink()
    folder.rmdir()


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """What the first windows of a test belong to, as they do to a window."""
    parent = QObject(qapp)
    yield parent
    parent.deleteLater()


def _second(path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _RAISE, str(path)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_windows_meet_in_the_sessions_own_folder(
    qtbot: QtBot, owner: QObject, runtime: Path, tmp_path: Path
) -> None:
    first = First(tmp_path / "Thesis.brain", owner)
    assert first.problem == ""
    (entry,) = runtime.iterdir()
    assert stat.S_ISSOCK(entry.stat().st_mode)
    assert stat.S_IMODE(entry.stat().st_mode) & 0o077 == 0
    with qtbot.waitSignal(first.requested, timeout=int(1000 * seconds(30))):
        second = _second(tmp_path / "Thesis.brain")
    assert second.communicate(timeout=seconds(60))[0].strip() == "True"
    first.close()


def test_a_folder_that_others_may_enter_is_not_used(
    qtbot: QtBot, owner: QObject, runtime: Path, tmp_path: Path
) -> None:
    runtime.chmod(0o777)
    first = First(tmp_path / "Thesis.brain", owner)
    assert first.problem == ""
    assert list(runtime.iterdir()) == []
    first.close()


def test_a_name_that_everybody_can_guess_in_the_shared_folder_is_nothing_to_us(
    qtbot: QtBot, owner: QObject, runtime: Path, tmp_path: Path
) -> None:
    path = tmp_path / "Thesis.brain"
    squatter = QLocalServer(owner)
    first = First(path, owner)
    name = next(runtime.iterdir()).name
    first.close()
    assert squatter.listen(name)
    assert Path(squatter.fullServerName()).parent != runtime
    assert not raise_first(path)
    squatter.close()


@pytest.mark.slow
def test_a_process_of_another_user_is_not_obeyed(
    qtbot: QtBot, owner: QObject, runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Thesis.brain"
    first = First(path, owner)
    files: list[object] = []
    first.requested.connect(files.append)
    # The system says who is at the other end; here it is as if somebody else were.
    monkeypatch.setattr(single_instance, "_user", lambda: os.getuid() + 1)
    second = _second(path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=int(1000 * seconds(60)))
    assert second.communicate()[0].strip() == "False"
    assert files == []
    first.close()


def test_a_stale_socket_is_removed(
    qtbot: QtBot, owner: QObject, runtime: Path, tmp_path: Path
) -> None:
    first = First(tmp_path / "Thesis.brain", owner)
    (entry,) = runtime.iterdir()
    first.close()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(entry))
    assert entry.exists()
    again = First(tmp_path / "Thesis.brain", owner)
    assert again.problem == ""
    again.close()


def test_a_squatter_on_every_place_costs_a_sentence_and_not_the_start(
    qtbot: QtBot, owner: QObject, runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime.chmod(0o755)
    home, shared = tmp_path / "home", tmp_path / "shared"
    (home / "config").mkdir(parents=True)
    (home / "config" / "running").write_text("taken")
    shared.mkdir()
    (shared / f"engram-workbench-{os.getuid()}").symlink_to(runtime)
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    monkeypatch.setattr("tempfile.tempdir", str(shared))
    first = First(tmp_path / "Thesis.brain", owner)
    assert first.problem == "A second start will open a window of its own."
    assert not raise_first(tmp_path / "Thesis.brain")
    assert list(runtime.iterdir()) == []
