"""The program as it is started by a user: processes of its own, a real X11 window, one sample."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import seconds


def _environment(**more: str) -> dict[str, str]:
    hidden = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, **more}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs xvfb-run for a virtual display")
def test_the_window_opens_on_a_real_display_reads_the_sample_and_shows_a_quote() -> None:
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24",
         sys.executable, "-m", "workbench", "--smoke"],
        env=_environment(QT_QPA_PLATFORM="xcb"),
        capture_output=True, text=True, timeout=seconds(380), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "smoke: the window opened" in done.stdout
    assert "the brain recalled" in done.stdout


@pytest.mark.slow
def test_the_window_starts_and_ends_by_a_signal_without_a_word(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "--library", str(tmp_path / "x.brain")],
        env=_environment(QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        time.sleep(3)
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=seconds(30))
    assert "Traceback" not in output + errors
