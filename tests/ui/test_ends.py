"""The window ends when it is told to, however often that is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.library import Library


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")
@pytest.mark.parametrize("pause", [0.0, 0.01, 0.1])
def test_ten_signals_end_the_window_cleanly(pause: float, tmp_path: Path) -> None:
    path = tmp_path / "Thesis.brain"
    with Library.open(path) as library:
        library.add_text("The lighthouse at Skagen burned rape oil.")
    home = tmp_path / "home"
    program = subprocess.Popen(
        [sys.executable, "-m", "workbench", "--library", str(path)],
        env={**os.environ, "WORKBENCH_HOME": str(home)},
    )
    records = home / "config" / "running"
    limit = time.monotonic() + seconds(100)
    while not any(file.stat().st_size > 200 for file in records.glob("*.json")):
        assert time.monotonic() < limit
        time.sleep(0.05)
    for _ in range(10):
        if program.poll() is None:
            program.send_signal(signal.SIGTERM)
        time.sleep(pause)
    assert program.wait(seconds(100)) == 0
    assert list(records.glob("*.json")) == []
