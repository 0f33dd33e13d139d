"""What the window does before it can be used, counted in a process of its own."""

import json
import subprocess
import sys

import pytest

from tests.ui.fake_shelf import job
from workbench.intake.records import QueueRow
from workbench.ui.app import is_adding

_START = """
import json, linecache, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.app import open_library
from workbench.ui.window.main import MainWindow

told = []

class Told(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.StyleChange and isinstance(watched, QWidget):
            told.append(1)
        return False

app = QApplication(["workbench"])
theme.apply(app, "light", sheet=False)
before = app.styleSheet()
counts = Told()
app.installEventFilter(counts)
window = MainWindow(Path(sys.argv[1]), open_library, Settings(), remember=False)
app.removeEventFilter(counts)
print(json.dumps({
    "widgets": 1 + len(window.findChildren(QWidget)), "told": len(told), "before": before,
    "sheet": window.menuBar().styleSheet(), "hidden": window.ask_tab.styleSheet(),
    "modules": sorted(sys.modules), "sources": len(linecache.cache),
}))
window.close()
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a process tells that has made the window as the program does."""
    library = tmp_path_factory.mktemp("started") / "Thesis.brain"
    done = subprocess.run(
        [sys.executable, "-c", _START, str(library)], capture_output=True, text=True, check=True
    )
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.slow
def test_the_style_sheet_is_put_on_once_and_on_what_is_seen(started: dict[str, int]) -> None:
    assert not started["before"]
    assert started["sheet"]
    assert not started["hidden"]
    # Each once, and some that are given another place afterwards; it was seven times each.
    assert started["told"] < 2 * started["widgets"]


@pytest.mark.slow
def test_no_page_is_loaded_before_somebody_goes_there(started: dict[str, list[str]]) -> None:
    later = {
        "workbench.ui.settings.pages",
        "workbench.ui.settings.language",
        "workbench.ui.brain.tab",
        "workbench.library",
    }
    assert not later & set(started["modules"])
    # What reads, cuts and stores is the library's, which is loaded behind the first paint.
    assert not {"numpy", "pyqtgraph", "ssl", "ingest.segment", "workbench.intake.correcting"} & set(
        started["modules"]
    )


@pytest.mark.slow
def test_no_module_is_read_for_switches_of_naming(started: dict[str, int]) -> None:
    # Of 340 modules the source was read, and kept: ten megabytes.
    assert started["sources"] < 60


def test_what_is_on_its_way_into_the_library_comes_before_compiled_loops() -> None:
    class Shown:
        def __init__(self) -> None:
            self.coming: list[QueueRow] = []
            self.queue: list[QueueRow] = []

    shown = Shown()

    def adding(*states: str) -> bool:
        shown.queue = [job(at, "a.txt", state) for at, state in enumerate(states)]
        return is_adding(shown)  # type: ignore[arg-type]

    assert not adding()
    assert not adding("done", "failed", "paused")
    assert adding("done", "queued")
    assert adding("running")
    shown.coming = [job(9, "b.txt")]
    assert adding("done")
