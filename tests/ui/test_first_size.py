"""A first window lies on its screen with its frame, on screens of all sizes and at 200 %."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds

# Qt reads the screens when it starts, so each has a process of its own.
_SCRIPT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.app import open_library
from workbench.ui.window import screen
from workbench.ui.window.main import MainWindow

zoom, geometry = float(sys.argv[2]), sys.argv[3]
app = QApplication(["workbench"])
theme.zoom_first(zoom)
theme.apply(app, "light", sheet=False)
settings = Settings(zoom=zoom, geometry=geometry)
window = MainWindow(Path(sys.argv[1]), open_library, settings, remember=False)
screen.show(window)
told = {}

def tell():
    frame, room = window.frameGeometry(), window.screen().availableGeometry()
    status = window.status
    bottom = status.mapTo(window, status.rect().bottomLeft()).y()
    told.update(inside=room.contains(frame), frame=frame.getRect(), room=room.getRect(),
                status=bottom < window.height(), border=frame.width() - window.width(),
                geometry=bytes(window.saveGeometry().toBase64().data()).decode())
    window.close()

QTimer.singleShot(300, tell)
app.exec()
print(json.dumps(told))
"""


def _opened(
    tmp_path: Path, width: int, height: int, *, zoom: float = 1.0, geometry: str = ""
) -> dict[str, object]:
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height}
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "dpr": 1.0}]}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"}
    ran = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path / "a.brain"), str(zoom), geometry],
        env=environment, capture_output=True, text=True, check=True, timeout=seconds(300),
    )  # fmt: skip
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    assert found["room"] == [0, 0, width, height]
    # Without a frame this would show nothing.
    assert found["border"]
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(1440, 900, 1.0), (1024, 700, 1.0), (1024, 700, 2.0)]
)
def test_a_first_window_lies_on_its_screen(
    tmp_path: Path, width: int, height: int, zoom: float
) -> None:
    found = _opened(tmp_path, width, height, zoom=zoom)
    assert found["inside"], found
    assert found["status"]


@pytest.mark.slow
def test_a_window_of_a_larger_screen_comes_back_on_a_smaller_one(tmp_path: Path) -> None:
    large = _opened(tmp_path, 2560, 1600)
    found = _opened(tmp_path, 1024, 700, geometry=str(large["geometry"]))
    assert found["inside"], found
    assert found["status"]
