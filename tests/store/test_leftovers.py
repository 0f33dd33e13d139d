"""What a killed program left beside a library goes when the library is opened."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.library import Library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process is asked for there")

_RESTORE = """
import os, signal, sys
from workbench.jobs import Progress
from workbench.library import Library
def report(step):
    if step.done:
        os.kill(os.getpid(), signal.SIGKILL)
Library.restore(sys.argv[1], sys.argv[2], report=report)
"""


def aged(path: Path, by: float) -> None:
    """Let a file or folder, with all in it, be as old as that."""
    for each in (path, *path.rglob("*")):
        os.utime(each, (time.time() - by, time.time() - by))


def ended() -> int:
    """The id of a process that is gone."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_killed_restore_leaves_a_copy_that_goes_at_the_next_opening(tmp_path: Path) -> None:
    library, backup = tmp_path / "a.brain", tmp_path / "b.backup"
    with Library.open(library) as opened:
        opened.facts.tell("The ferry carries barley.")
        opened.backup(backup)
    done = subprocess.run(
        [sys.executable, "-c", _RESTORE, str(backup), str(library)],
        capture_output=True, check=False, timeout=seconds(100),
    )  # fmt: skip
    left = [path for path in tmp_path.iterdir() if "restoring" in path.name]
    if done.returncode != -signal.SIGKILL or not left:
        # It was killed before or after: then as it would be.
        left = [tmp_path / "a.brain.restoring.0a1b2c3d.partial"]
        left[0].write_bytes(library.read_bytes())
    with Library.open(library):
        # It may still be written.
        assert all(path.exists() for path in left)
    for path in left:
        aged(path, 100)
    with Library.open(library) as opened:
        assert not [path for path in tmp_path.iterdir() if "restoring" in path.name]
        assert [fact.text for fact in opened.facts.list()] == ["The ferry carries barley."]


def test_folders_of_a_killed_salvage_or_export_go_and_others_stay(tmp_path: Path) -> None:
    gone, here = ended(), os.getpid()
    names = {
        f"workbench-salvage-{gone}-abc": False,
        f".facts.{gone}-abc.part": False,
        f"workbench-salvage-{here}-abc": True,
        f".facts.{here}-abc.part": True,
        "workbench-salvage-of-somebody": True,
        f".facts.{gone}-abc.kept": True,
    }
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "half.brain").write_bytes(b"half")
    with Library.open(tmp_path / "a.brain"):
        assert all((tmp_path / name).exists() for name in names)
    for name in names:
        aged(tmp_path / name, 4000)
    with Library.open(tmp_path / "a.brain"):
        assert {name: (tmp_path / name).exists() for name in names} == names
