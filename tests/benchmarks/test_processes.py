"""Commands that are measured: their time, their memory, and that they start as users' do."""

import os
import sys
from pathlib import Path

import pytest

from tests.benchmarks.processes import compiled, run

_SHOW = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"


def test_processes_find_their_modules_compiled_where_bytecode_is_forbidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    before = dict(os.environ)
    with compiled():
        shown = run([sys.executable, "-c", _SHOW], os.environ).output.split()
        assert shown[0] == "False"
        assert Path(shown[1]).is_dir()
    assert not Path(shown[1]).exists()
    assert dict(os.environ) == before


def test_an_environment_that_allows_bytecode_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    before = dict(os.environ)
    with compiled():
        assert dict(os.environ) == before


def test_a_command_is_told_with_its_output_and_its_end() -> None:
    done = run([sys.executable, "-c", "import sys; print('ä'); sys.exit(3)"], os.environ)
    assert (done.output, done.code, done.peak_megabytes) == ("ä\n", 3, None)
    assert done.seconds > 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no figures of memory")
def test_memory_is_that_of_the_whole_family() -> None:
    child = "import time; held = bytearray(60_000_000); time.sleep(0.4)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    done = run([sys.executable, "-c", parent], os.environ, memory=True)
    assert done.peak_megabytes is not None
    assert 60 < done.peak_megabytes < 200
