"""Threads of the program take short turns; those of who only uses the library stay as they are."""

import subprocess
import sys
from pathlib import Path

import pytest

from workbench import turns


@pytest.fixture(autouse=True)
def _as_before() -> object:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def test_turns_become_short_and_never_longer() -> None:
    sys.setswitchinterval(0.005)
    turns.short_turns()
    assert sys.getswitchinterval() == pytest.approx(turns.SECONDS, abs=2e-6)
    sys.setswitchinterval(0.00005)
    turns.short_turns()
    assert sys.getswitchinterval() == pytest.approx(0.00005, abs=2e-6)


_ASK = """
import sys
{ask}
print(sys.getswitchinterval())
"""
_LIBRARY = """
from workbench.library import Library
with Library.open(":memory:") as library:
    library.remember("the sky is blue")
    assert library.recall("sky")
"""
_PROGRAM = """
from workbench.__main__ import main
sys.argv = ["workbench", "--version"]
try:
    main()
except SystemExit:
    pass
"""


@pytest.mark.parametrize(("ask", "seconds"), [(_LIBRARY, 0.005), (_PROGRAM, turns.SECONDS)])
def test_the_program_takes_short_turns_and_the_library_leaves_them(
    ask: str, seconds: float, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASK.format(ask=ask)],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert float(done.stdout.splitlines()[-1]) == pytest.approx(seconds, abs=2e-6)
