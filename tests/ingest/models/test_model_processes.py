"""Processes that run models are cut off from every network, whoever starts them."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from ingest import isolation

#: What each is asked; the answer is a line, also where there is no model.
_ASKED = {
    "ingest.models.clip_process": b'{"texts": ["a lock"]}\n',
    "ingest.models.ocr_process": b'{"width": 16, "height": 16}\n' + bytes(256),
}


@pytest.mark.slow
@pytest.mark.skipif(isolation.offered() != "seccomp", reason="this kernel has no seccomp filters")
@pytest.mark.parametrize("module", _ASKED)
def test_the_process_of_a_model_runs_under_a_filter(module: str, tmp_path: Path) -> None:
    if module.endswith("ocr_process") and find_spec("rapidocr") is None:
        pytest.skip("RapidOCR is not installed")
    places = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
    with subprocess.Popen(
        [sys.executable, "-P", "-m", module, str(tmp_path), str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": places},
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(_ASKED[module])
        process.stdin.flush()
        told = process.stdout.readline()
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        process.stdin.close()
    assert told.startswith(b"{")
    assert "Seccomp:\t2" in status
