"""Folders for what is unpacked: gone after use, and swept up where their owner was killed."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ingest import unpacked
from tests.patience import seconds

_HOLD = """
import sys, tempfile
from pathlib import Path
tempfile.tempdir = sys.argv[1]
from ingest import unpacked
with unpacked.folder(Path("outer.zip")) as folder:
    (folder / "words.txt").write_text("words")
    print("ready", flush=True)
    sys.stdin.read()
"""


def _age(temporary: Path) -> None:
    for place in temporary.iterdir():
        os.utime(place, (1, 1))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder of this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_gone_when_it_is_left(temporary: Path) -> None:
    with unpacked.folder(Path("outer.zip")) as folder:
        (folder / "x").write_text("x")
        assert list(temporary.iterdir())
    assert not list(temporary.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Unix")
def test_what_a_killed_reader_left_is_swept_and_what_is_in_use_is_not(temporary: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(temporary)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        _age(temporary)
        unpacked.sweep()
        assert [path.name for path in temporary.glob("*/files/*")] == ["words.txt"]
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=seconds(30))
        process.stdin.close()
        process.stdout.close()
    (temporary / "workbench-unpacked-new").mkdir()
    for place in temporary.iterdir():
        if place.name != "workbench-unpacked-new":
            os.utime(place, (1, 1))
    unpacked.sweep()
    # One that was made just now may not have been locked yet.
    assert [path.name for path in temporary.iterdir()] == ["workbench-unpacked-new"]
