"""The trial run that every bundle has to pass: the program does its whole job once, on a display.

A window opens on a new library, reads the sample, answers a question and opens the citation at its
words. It is drawn on the display that is there; without one, off the screen. Loops are compiled.
"""

import os
import sys
import tempfile
from pathlib import Path

from workbench import kernels
from workbench.space.random_indexing import SPACE_KERNELS
from workbench.ui import shot

#: A window that was drawn has this many colours at least; one that was not has one or two.
_COLOURS = 16
_STEP = 5


def run(picture: Path | None = None) -> str:
    """Do it, leaving a picture of the window in `picture`; what went wrong, or ""."""
    os.environ.setdefault("QT_QPA_PLATFORM", _platform())
    # The picture is made with a home of its own, and the key to the display lies in the user's.
    key = Path.home() / ".Xauthority"
    if key.is_file():
        os.environ.setdefault("XAUTHORITY", str(key))
    with tempfile.TemporaryDirectory(prefix="workbench-smoke-") as folder:
        drawn = picture.absolute() if picture else Path(folder) / "smoke.png"
        if shot.main([str(drawn), "--screen", "reader"]):
            return "the window did not come to show the quote"
        if colours(drawn) < _COLOURS:
            return "the window stayed blank"
        # Without compiled loops everything works, slowly: nobody would notice in a bundle.
        code = Path(folder)
        if not (kernels.load(SPACE_KERNELS, code) and kernels.made(SPACE_KERNELS, code)):
            return "the compiled loops could not be made"
    return ""


def _platform() -> str:
    """The display to draw on; without this, pictures are drawn off the screen."""
    if not sys.platform.startswith("linux"):
        return "cocoa" if sys.platform == "darwin" else "windows"
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland;xcb"
    return "xcb" if os.environ.get("DISPLAY") else "offscreen"


def colours(picture: Path) -> int:
    """How many colours a picture has, looked at in a grid; 0 where it is none."""
    from PySide6.QtGui import QImage

    image = QImage(str(picture))
    return len(
        {
            image.pixel(x, y)
            for x in range(0, image.width(), _STEP)
            for y in range(0, image.height(), _STEP)
        }
    )
