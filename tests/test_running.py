"""Records of running windows: which of them ended without saying so."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench import running
from workbench.running import Run, crashed

_CHILD = """
import sys, time
from pathlib import Path
from workbench.running import Run
run = Run(Path(sys.argv[1]))
run.note(sys.argv[2], {"tab": 2, "draft": "Who was it?"})
print("ready", flush=True)
sys.stdin.readline()
run.end()
"""


def _start(folder: Path, library: str) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder), library],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "ready"
    return child


def _close(child: "subprocess.Popen[str]") -> None:
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            stream.close()
    child.wait(seconds(10))


def test_e3_a_run_that_was_killed_is_told_once_to_a_start_with_its_library(tmp_path: Path) -> None:
    child = _start(tmp_path, "/a.brain")
    assert crashed("/a.brain", tmp_path) == []
    os.kill(child.pid, signal.SIGKILL)
    _close(child)
    assert crashed("/b.brain", tmp_path) == []
    found = crashed("/a.brain", tmp_path)
    assert [run.at for run in found] == [{"tab": 2, "draft": "Who was it?"}]
    assert found[0].id.endswith(f"-{child.pid}")
    assert crashed("/a.brain", tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_e3_a_run_that_ends_as_it_should_leaves_nothing(tmp_path: Path) -> None:
    child = _start(tmp_path, "/a.brain")
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()
    child.wait(seconds(10))
    _close(child)
    assert crashed("/a.brain", tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_e3_two_windows_run_beside_each_other(tmp_path: Path) -> None:
    one, two = _start(tmp_path, "/a.brain"), _start(tmp_path, "/b.brain")
    os.kill(one.pid, signal.SIGKILL)
    _close(one)
    assert [run.id.partition("-")[2] for run in crashed("/a.brain", tmp_path)] == [str(one.pid)]
    assert crashed("/b.brain", tmp_path) == []
    os.kill(two.pid, signal.SIGKILL)
    _close(two)
    assert [run.id.partition("-")[2] for run in crashed("/b.brain", tmp_path)] == [str(two.pid)]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"seen": "x"}', '{"seen": 1, "at": 3}'])
def test_e3_a_record_that_cannot_be_read_is_thrown_away(tmp_path: Path, text: str) -> None:
    (tmp_path / "1-2.json").write_text(text, encoding="utf-8")
    assert crashed("/a.brain", tmp_path) == []
    assert not (tmp_path / "1-2.json").exists()


def test_e3_an_old_record_of_another_library_does_not_stay_for_ever(tmp_path: Path) -> None:
    record = {"version": "0", "started": 0.0, "library": "/b.brain", "at": {}}
    for days, stays in ((1, True), (40, False)):
        seen = time.time() - days * 86400
        (tmp_path / "1-2.json").write_text(json.dumps({**record, "seen": seen}), encoding="utf-8")
        assert crashed("/a.brain", tmp_path) == []
        assert (tmp_path / "1-2.json").exists() is stays


def test_e3_without_a_folder_to_write_to_the_window_runs_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    run = Run(blocked / "running")
    run.note("/a.brain", {})
    run.end()
    assert crashed("/a.brain", blocked / "running") == []


_SIGNALLED = """
import os, signal, sys, threading
from pathlib import Path
from workbench.running import Run
run = Run(Path(sys.argv[1]))
signal.signal(signal.SIGTERM, lambda *_: run.end())
def burst():
    for _ in range(10):
        os.kill(os.getpid(), signal.SIGTERM)
sender = threading.Thread(target=burst)
sender.start()
for number in range(200):
    run.note("Thesis.brain", {"tab": number})
run.end()
sender.join()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")
def test_ten_signals_while_it_writes_leave_no_record_and_end(tmp_path: Path) -> None:
    for _ in range(5):
        command = [sys.executable, "-c", _SIGNALLED, str(tmp_path)]
        assert subprocess.run(command, timeout=seconds(60), check=False).returncode == 0
        assert crashed("Thesis.brain", tmp_path) == []
        assert list(tmp_path.iterdir()) == []


def test_a_signal_in_the_middle_of_the_end_does_not_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    remove = running._remove
    calls = []

    def interrupted(folder: Path, name: str) -> None:
        calls.append(name)
        if len(calls) == 1:
            run.end()
        remove(folder, name)

    monkeypatch.setattr(running, "_remove", interrupted)
    run.end()
    assert list(tmp_path.iterdir()) == []
