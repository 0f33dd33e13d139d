"""What the tests of rest begin with: a library that has lived for some months."""

import time
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import TODAY

DAY = 86_400.0
#: Told so many days ago: the first three have faded, the last two say nearly the same.
LIVED = (
    (150, "The seminar room was booked until June."),
    (141, "The faculty wants the thesis printed twice."),
    (133, "Bartlett says that recall rebuilds."),
    (12, "Savings fall fastest in the first hour."),
    (11, "Savings fall fastest within the first hour."),
)


def _ago(days: int) -> float:
    return time.time() - days * DAY


def live(path: Path) -> None:
    """Tell it, each on its day, and open two of it twice."""
    for days, text in LIVED:
        with Library.open(path, clock=partial(_ago, days)) as library:
            library.facts.tell(text)
    for days in (5, 1):
        with Library.open(path, clock=partial(_ago, days)) as library:
            opened = [fact.id for fact in library.facts.recall("savings")]
            library.memory.used(*opened)


def lived(
    make_window: MakeWindow, qtbot: QtBot, *, tab: int = TODAY, **options: object
) -> MainWindow:
    """A window onto such a library."""
    window = make_window(exists=False, tab=tab, **options)
    live(window.shelf.path)
    window.shelf.start()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    qtbot.waitUntil(lambda: window.sleep_actions.overview is not None)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    return window


def press(widget: QWidget, text: str) -> QPushButton:
    """The visible button of these words."""
    found = [each for each in widget.findChildren(QPushButton) if each.text().strip() == text]
    return next(each for each in found if each.isVisible())


def pressed(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Press a button as soon as it is there."""

    def there() -> list[QPushButton]:
        found = widget.findChildren(QPushButton)
        return [one for one in found if one.text().strip() == text and one.isVisible()]

    qtbot.waitUntil(lambda: any(one.isEnabled() for one in there()))
    there()[0].click()
