"""The trial run that every bundle has to pass: the program does its whole job once, on a display.

A window opens on a new library, reads the sample, answers a question and opens the citation at its
words. It is drawn on the display that is there; without one, off the screen. Loops are compiled.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import kernels, paths
from workbench.brain.engine.kernel_set import BRAIN_KERNELS

if TYPE_CHECKING:
    from workbench.ui.window.context import Context

#: A window that was drawn has this many colours at least; one that was not has one or two.
_COLOURS = 16
_STEP = 5
_QUESTION = "What does sleep do to the synapses?"
_PATIENCE = 120_000  # milliseconds


def run(picture: Path | None = None) -> str:
    """Do it, leaving a picture of the window in `picture`; what went wrong, or ""."""
    os.environ.setdefault("QT_QPA_PLATFORM", _platform())
    # The window has a home of its own here, and the key to the display lies in the user's.
    key = Path.home() / ".Xauthority"
    if key.is_file():
        os.environ.setdefault("XAUTHORITY", str(key))
    with tempfile.TemporaryDirectory(prefix="workbench-smoke-") as folder:
        painted = picture.absolute() if picture else Path(folder) / "smoke.png"
        os.environ["HOME"] = os.environ["WORKBENCH_HOME"] = folder
        if not _shows_a_quote(Path(folder), painted):
            return "the window did not come to show the quote"
        if colours(painted) < _COLOURS:
            return "the window stayed blank"
        # Without compiled loops everything works, slowly: nobody would notice in a bundle.
        code = Path(folder)
        if not (kernels.load(BRAIN_KERNELS, code) and kernels.is_cached(BRAIN_KERNELS, code)):
            return "the compiled loops could not be made"
    return ""


def _shows_a_quote(home: Path, drawn: Path) -> bool:
    # Qt reads its environment when it is first imported.
    from PySide6.QtWidgets import QApplication

    from workbench.settings import Settings
    from workbench.ui import theme
    from workbench.ui.app import make_window, open_library

    app = QApplication.instance() or QApplication(["workbench"])
    if not isinstance(app, QApplication):
        return False
    theme.apply(app, "light", sheet=False)
    path = home / "Reading.brain"
    library = open_library(path)
    library.add([paths.sample_book()])
    library.close()
    window = make_window(path, open_library, Settings(theme="light"), remember=False)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    visible = wait_until(lambda: window.shelf.complete and window.isVisible()) and open_quote(
        window.context, _QUESTION
    )
    wait(400)
    window.grab().save(str(drawn))
    window.close()
    wait(50)
    return visible


def ask(context: "Context", question: str) -> bool:
    """Ask in the window and wait for the answer; whether it came."""
    if not wait_until(
        lambda: bool(context.library.sources) and context.library.library is not None
    ):
        return False
    context.navigate.focus_question()
    context.views.ask.composer.field.setText(question)
    context.views.ask.composer.ask()
    return wait_until(lambda: context.views.ask.answer is not None) and wait_until(
        lambda: not context.views.ask.composer.busy
    )


def open_quote(context: "Context", question: str) -> bool:
    """Ask, and open the first citation at its words; whether they are shown."""
    answered, answer = ask(context, question), context.views.ask.answer
    if answer is None or not answer.evidence:
        return False
    context.navigate.open_evidence(answer, 1)
    return answered and wait_until(lambda: bool(context.views.reader.highlighted_words()))


def wait_until(ready: Callable[[], bool]) -> bool:
    """Run the event loop until `ready`; False after two minutes."""
    left = _PATIENCE
    while not ready() and left > 0:
        wait(50)
        left -= 50
    return ready()


def wait(milliseconds: int) -> None:
    """Run the event loop for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


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
