"""A process that is killed at any step of a synchronisation loses and doubles nothing."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.memory.group.desks import Desk, carry, said
from tests.patience import seconds

_POINTS = (
    "in merge", "after merge", "after text", "before append", "after append", "after push",
    "after put",
)  # fmt: skip
#: Synchronises a library, and kills itself when a point is reached for the nth time.
_DYING = """
import os, signal, sys
from workbench.library import Library
from workbench.memory.group import syncing

left = int(sys.argv[3])

def reached(point):
    global left
    left -= point == sys.argv[2]
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

syncing.reached = reached
with Library.open(sys.argv[1]) as library:
    library.group.sync()
"""


@pytest.mark.slow
@pytest.mark.parametrize("point", _POINTS)
def test_killed_at_any_step_both_desks_end_equal(tmp_path: Path, point: str) -> None:
    one, two = Desk(tmp_path / "one", "one"), Desk(tmp_path / "two", "two")
    desks = [one, two]
    died = 0
    try:
        for number in range(3):
            for desk in desks:
                desk.library.facts.tell(f"{desk.name} says thing {number}.")
                path = desk.home / f"{number}.txt"
                path.write_text(f"Harbour {number} of {desk.name} has {number + 2} piers.")
                desk.library.add(path)
                desk.library.group.sync()
            _carry(desks)
            two.library.facts.tell(f"Before death {number}.")
            two.library.add_text(f"The crane {number} is new.", title=f"Crane {number}")
            two.library.close()
            file = two.home / "two.brain"
            done = subprocess.run(
                [sys.executable, "-c", _DYING, str(file), point, str(1 + number % 2)],
                check=False, timeout=seconds(60), capture_output=True,
            )  # fmt: skip
            assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
            died += done.returncode != 0
            two.reopen()
        for _ in range(3):
            for desk in desks:
                desk.library.group.sync()
            _carry(desks)
        assert died
        assert said(one.library) == said(two.library)
        texts = [fact.text for fact in one.library.facts.list(limit=-1)]
        assert len(texts) == len(set(texts)) == 9
        assert len(one.library.sources.list()) == len(two.library.sources.list()) == 9
    finally:
        for desk in desks:
            desk.close()


def _carry(desks: list[Desk]) -> None:
    carry(desks, random.Random(0), all=True)
