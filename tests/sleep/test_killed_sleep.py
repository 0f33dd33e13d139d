"""A sleep that is killed at any commit goes on, or is taken back, as if nothing had happened."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds
from tests.sleep.sleepy_shelf import Clock, differences, fill, picture
from workbench.library import Library

_NOT = frozenset(("derived", "meta", "capacity", "version"))
_ONLY_CONTENT = _NOT | {"change", "change_item"}


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, Clock]:
    clock = Clock()
    file = tmp_path / "filled.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
    return file, clock


def child(file: Path, clock: Clock, what: str, at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.sleep.dying_sleeper", str(file), repr(clock.now), what,
         str(at)],
        capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "0"}, check=False,
    )  # fmt: skip


def copy(file: Path, name: str) -> Path:
    to = file.with_name(name)
    shutil.copyfile(file, to)
    return to


def _check_kills(filled: tuple[Path, Clock], step: int) -> None:
    file, clock = filled
    before = picture(file)
    whole = copy(file, "whole.brain")
    done = child(whole, clock, "sleep", 0)
    assert done.returncode == 0, done.stderr
    commits = int(done.stdout)
    assert commits > 15
    after = picture(whole, but=_ONLY_CONTENT)
    for at in range(1, commits + 1, step):
        killed = copy(file, f"killed{at}.brain")
        ended = child(killed, clock, "sleep", at)
        if not ended.returncode:
            # How much fits into a slice is a matter of the machine: this one had fewer commits.
            assert 15 < int(ended.stdout) < at
            break
        assert ended.returncode == -9
        again = copy_open(killed, f"again{at}.brain")
        # It goes on where it was: nothing is lost, nothing done twice.
        with Library.open(killed, clock=clock) as library:
            state = library.sleep.state()
            assert not state.asleep
            slept = library.sleep.run()
            assert state.interrupted in (None, slept.run)
            assert len(library.sleep.history()) == 1
            assert library.verify().sound, at
            assert differences(after, picture(killed, but=_ONLY_CONTENT)) == [], at
            library.undo("sleep")
            library.graph.link(concepts_only=True)
            assert differences(before, picture(killed)) == [], at
        # Or what it did is taken back.
        with Library.open(again, clock=clock) as library:
            if library.sleep.history():
                library.undo("sleep")
                library.graph.link(concepts_only=True)
            assert differences(before, picture(again)) == [], at
            assert library.verify().sound, at


def copy_open(file: Path, name: str) -> Path:
    """A copy of a library whose program died: its log goes along."""
    for tail in ("-wal", "-shm"):
        beside = file.with_name(file.name + tail)
        if beside.exists():
            shutil.copyfile(beside, file.with_name(name + tail))
    return copy(file, name)


@pytest.mark.slow
def test_t3_a_sleep_killed_at_some_commits_goes_on_or_is_taken_back(
    filled: tuple[Path, Clock],
) -> None:
    _check_kills(filled, 14)


@pytest.mark.slow
@pytest.mark.timeout(seconds(600))
def test_t3_a_sleep_killed_at_any_commit_goes_on_or_is_taken_back(
    filled: tuple[Path, Clock],
) -> None:
    _check_kills(filled, 1)


@pytest.mark.slow
def test_t3_waking_that_is_killed_goes_on(filled: tuple[Path, Clock]) -> None:
    file, clock = filled
    before = picture(file)
    slept = copy(file, "slept.brain")
    with Library.open(slept, clock=clock) as library:
        library.sleep.run()
    commits = int(child(copy(slept, "woken.brain"), clock, "undo", 0).stdout)
    for at in (commits // 3, 2 * commits // 3):
        killed = copy(slept, f"killed{at}.brain")
        assert child(killed, clock, "undo", at).returncode == -9
        with Library.open(killed, clock=clock) as library:
            if library.sleep.history()[0].state != "undone":
                library.undo("sleep")
            library.graph.link(concepts_only=True)
            assert differences(before, picture(killed)) == [], at
            assert library.verify().sound, at
