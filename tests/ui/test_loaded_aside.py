"""What a place needs besides the window is loaded by a worker, while the window goes on."""

import json
import subprocess
import sys

import pytest

_WALK = """
import faulthandler, json, os, sys, tempfile, threading
from pathlib import Path

from tests.benchmarks.measure import on_new_library, until
from tests.benchmarks.measure_window import _settle, places

faulthandler.enable()
own = []

class Watched:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            own.append(name)

# The library is still linked while the window closes, and may write once more.
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
    os.environ["WORKBENCH_HOME"] = folder
    window = on_new_library(Path(folder))
    window.shelf.add_sample()
    until(lambda: any(s.verified is not None for s in window.shelf.sources), window)
    _settle(window)
    sys.meta_path.insert(0, Watched())
    visited = []
    for place, step in places(window):
        step()
        _settle(window)
        visited.append(place)
    window.close()
print(json.dumps({
    "own": own, "visited": visited, "all": [name for name in list(sys.modules) if "." not in name],
}), flush=True)
# As the program does: a thread that still links may come back in the middle of a longer end.
os._exit(0)
"""


@pytest.mark.slow
def test_no_place_has_the_window_wait_for_plots_or_the_rules_of_talk() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WALK], capture_output=True, text=True, timeout=600, check=False
    )
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert done.returncode == 0, f"ended with {done.returncode}: {said[-60:]}"
    told = json.loads(done.stdout.splitlines()[-1])
    assert {"lab", "inspector", "answer"} <= set(told["visited"])
    assert "pyqtgraph" in told["all"]
    waited_for = {name.split(".")[0] for name in told["own"]}
    assert "pyqtgraph" not in waited_for
    assert "workbench.ui.brain.tab" not in told["own"]
    assert not [name for name in told["own"] if name.startswith("workbench.memory.turn")]
