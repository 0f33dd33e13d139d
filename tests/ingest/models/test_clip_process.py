"""The process of an image model is cut off from every network before it loads anything."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import isolation


@pytest.mark.skipif(isolation.offered() != "seccomp", reason="this kernel has no seccomp filters")
def test_the_process_of_an_image_model_runs_under_a_filter(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "ingest.models.clip_process", str(tmp_path)]
    places = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": places},
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"texts": ["a lock"]}\n')
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        process.stdin.close()
    # There is no model in that folder, which it says when it has come so far.
    assert told["error"]
    assert "Seccomp:\t2" in status
