"""What is loaded to open a library: its doors, and not every room behind them."""

import subprocess
import sys

import pytest

from tests.patience import seconds

_LATER = (
    "ingest.triples.reading",
    "ssl",
    "workbench.memory.chains.following",
    "workbench.memory.sharing.bringing",
    "workbench.memory.turn.conversation",
    "workbench.memory.vault",
    "workbench.memory.vital.survey",
    "workbench.recall.writing.writing",
    "workbench.sleep.sleeping",
)


@pytest.mark.slow
def test_opening_loads_no_room_that_only_some_go_to() -> None:
    script = f"import sys, workbench.library; print([n for n in {_LATER!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(60),
    )
    assert done.stdout.strip() == "[]"
