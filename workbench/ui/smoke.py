"""The smoke test for every bundle: the program does its whole job once.

A window opens a new library, reads the sample, answers a question, opens the citation and
highlights it, and the simulation recalls a concept, with compiled loops. Without a display it draws
off-screen.
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

#: Minimum number of colours of a painted window; a blank one has one or two.
_COLOURS = 16
_STEP = 5
_QUESTION = "What does sleep do to the synapses?"
_CUE = "engram and synapse"
_PATIENCE = 120_000  # milliseconds


def run(picture: Path | None = None) -> str:
    """Run the test and save a screenshot as `picture`; return an error, or ""."""
    os.environ.setdefault("QT_QPA_PLATFORM", _platform())
    # HOME is replaced here, but the X authority file is in the user's.
    key = Path.home() / ".Xauthority"
    if key.is_file():
        os.environ.setdefault("XAUTHORITY", str(key))
    with tempfile.TemporaryDirectory(prefix="workbench-smoke-") as folder:
        painted = picture.absolute() if picture else Path(folder) / "smoke.png"
        os.environ["HOME"] = os.environ["WORKBENCH_HOME"] = folder
        # Uncompiled loops would only be slow, which nobody would notice in a bundle.
        if not (kernels.load(BRAIN_KERNELS) and kernels.is_cached(BRAIN_KERNELS)):
            return "the compiled loops could not be made"
        failure = _use_window(Path(folder), painted)
        if not failure and colours(painted) < _COLOURS:
            return "the window stayed blank"
    return failure


def _use_window(home: Path, picture: Path) -> str:
    """Run all steps in a window; return the error of the first that failed, or ""."""
    # Deferred, as Qt reads the environment when imported.
    from PySide6.QtWidgets import QApplication

    from workbench.settings import Settings
    from workbench.ui import theme
    from workbench.ui.app import make_window, open_library

    app = QApplication.instance() or QApplication(["workbench"])
    if not isinstance(app, QApplication):
        return "the program runs without a window"
    theme.apply(app, "light", sheet=False)
    path = home / "Reading.brain"
    library = open_library(path)
    library.add([paths.sample_book()])
    library.close()
    window = make_window(path, open_library, Settings(theme="light"), remember=False)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    if not wait_until(lambda: window.shelf.complete and window.isVisible()):
        failure = "the window did not open the library"
    elif not open_quote(window.context, _QUESTION):
        failure = "the window did not come to show the quote"
    elif not _highlight(window.context):
        failure = "the quote was not highlighted"
    else:
        wait(400)
        window.grab().save(str(picture))
        failure = "" if _recalls(window.context) else "the brain recalled nothing"
    window.close()
    wait(50)
    return failure


def _highlight(context: "Context") -> bool:
    """Highlight the evidence; return whether the page shows it."""
    reader, library = context.views.reader, context.library.library
    if library is None or reader.source_id is None or reader.span is None:
        return False
    library.notes.highlight(reader.source_id, *reader.span)
    reader.annotating.read()
    return wait_until(lambda: bool(reader.annotating.marked.highlights))


def _recalls(context: "Context") -> bool:
    """Recall a cue in the Lab; return whether it is shown."""
    from workbench.ui.window.tabs import BRAIN

    library = context.library.library
    if library is None or not wait_until(lambda: library.graph.progress is None):
        return False
    context.navigate.show_tab(BRAIN)
    lab = context.navigate.lab
    lab.recall(_CUE)
    return wait_until(lambda: lab.shown is not None)


def ask(context: "Context", question: str) -> bool:
    """Ask a question and wait; return whether an answer arrived."""
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
    """Ask, and open the first citation; return whether its words are marked."""
    answered, answer = ask(context, question), context.views.ask.answer
    if answer is None or not answer.evidence:
        return False
    context.navigate.open_evidence(answer, 1)
    return answered and wait_until(lambda: bool(context.views.reader.highlighted_words()))


def wait_until(ready: Callable[[], bool]) -> bool:
    """Run the event loop until `ready`; return False after two minutes."""
    left = _PATIENCE
    while not ready() and left > 0:
        wait(50)
        left -= 50
    return ready()


def wait(milliseconds: int) -> None:
    """Run the event loop for so many milliseconds."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _platform() -> str:
    """The Qt platform for the current display, else "offscreen"."""
    if not sys.platform.startswith("linux"):
        return "cocoa" if sys.platform == "darwin" else "windows"
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland;xcb"
    return "xcb" if os.environ.get("DISPLAY") else "offscreen"


def colours(picture: Path) -> int:
    """Count the colours of a picture on a grid; 0 if it cannot be read."""
    from PySide6.QtGui import QImage

    image = QImage(str(picture))
    return len(
        {
            image.pixel(x, y)
            for x in range(0, image.width(), _STEP)
            for y in range(0, image.height(), _STEP)
        }
    )
