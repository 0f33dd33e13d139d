"""Threads of the program take short turns; those of who only uses the library stay as they are."""

import gc
import os
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
import os, sys
{ask}
print(sys.getswitchinterval(), os.environ.get("OPENBLAS_NUM_THREADS"))
"""
_LIBRARY = """
from workbench.library import Library
with Library.open(":memory:") as library:
    library.facts.tell("the sky is blue")
    assert library.facts.recall("sky")
"""
_PROGRAM = """
from workbench.__main__ import main
sys.argv = ["workbench", "--version"]
try:
    main()
except SystemExit:
    pass
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ask", "seconds", "threads"), [(_LIBRARY, 0.005, "None"), (_PROGRAM, turns.SECONDS, "1")]
)
def test_the_program_takes_short_turns_and_the_library_leaves_them(
    ask: str, seconds: float, threads: str, tmp_path: Path
) -> None:
    """So it is with the threads among which NumPy shares its products."""
    free = {name: value for name, value in os.environ.items() if "NUM_THREADS" not in name}
    done = subprocess.run(
        [sys.executable, "-c", _ASK.format(ask=ask)],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=free,
    )  # fmt: skip
    told, products = done.stdout.splitlines()[-1].split()
    assert float(told) == pytest.approx(seconds, abs=2e-6)
    assert products == threads


def test_what_is_loaded_is_left_out_of_later_collections_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_settled", False)
    try:
        turns.settle()
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects(generation=2)) < 1000
        frozen = gc.get_freeze_count()
        more = [[each] for each in range(5000)]
        turns.settle()
        assert len(more) == 5000
        assert gc.get_freeze_count() <= frozen
    finally:
        gc.unfreeze()


def test_nothing_is_collected_while_modules_are_loaded_and_then_all_is_as_it_was() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), turns.loading():
        1 / gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with turns.loading():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
