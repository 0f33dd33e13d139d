"""Several programs link one library, and one of them is killed: as if one had done it all."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.memory.graph import plain_tracer, snapshot
from tests.patience import seconds
from workbench.library import Library
from workbench.memory.graph.linking import Linker


@pytest.mark.slow
def test_programs_side_by_side_and_a_kill_link_everything_once(tmp_path: Path) -> None:
    file = tmp_path / "shared.brain"
    with Library.open(file) as library:
        library._core.graph.close()
        library.facts.tell(
            "\n".join(f"Greta sold press {n} because boat {n % 7} sank." for n in range(3000))
        )
        command = [sys.executable, "-m", "tests.memory.graph.linking_child", str(file)]
        with (
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed,
            subprocess.Popen(command, stdout=subprocess.DEVNULL) as other,
        ):
            assert killed.stdout is not None
            assert killed.stdout.readline() == "linked\n"
            killed.kill()
            linker = Linker(library._store, lambda: plain_tracer.trace)
            while linker.step(30):
                pass
            assert other.wait(seconds(60)) == 0
        linker.catch_up()
        assert len(library._store.rows("SELECT 1 FROM fiber")) == 3000
        assert snapshot.snapshot(library._store) == snapshot.afresh(library._store)
        assert library.verify().sound
