"""What several tests of the window begin with."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fake_shelf import FakeShelfLibrary
from workbench.library import Library
from workbench.ui.window.main import MainWindow

#: So many turns of the loop, 10 ms apart, nothing may have moved.
_STILL = 12


def fill(fake: FakeShelfLibrary) -> None:
    """Three books, two of them in collections."""
    fake.put("Frankenstein", [("1 Night", "It was a dreary night. I saw it.")], author="Shelley")
    fake.put("The Trace", [("1 Lists", "In 1885 he published.")], collections=["Thesis"])
    fake.put("Moby-Dick", [("1 Loomings", "Call me Ishmael.")], collections=["Sea", "Thesis"])


def settled(qtbot: QtBot, window: MainWindow, rows: int) -> None:
    """Wait until all is loaded, and the table shows so many rows."""
    qtbot.waitUntil(lambda: window.shelf.complete and len(window.library_tab.model.rows) == rows)


def came_to_rest(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until Qt has laid out everything anew, as after a change of the size of the text."""
    seen: list[list[QRect]] = []

    def still() -> bool:
        seen.append([each.geometry() for each in window.findChildren(QWidget)])
        return len(seen) > _STILL and all(one == seen[-1] for one in seen[-_STILL:])

    qtbot.waitUntil(still)


def words_of(widget: QWidget) -> str:
    """Every word that can be seen in labels."""
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def pick_row(window: MainWindow, row: int) -> None:
    """Choose one row of the table."""
    # Not `selectRow`: it heeds the modifier keys that an earlier key click left down.
    window.library_tab.select((window.library_tab.model.rows[row].id,))


def library_of(window: MainWindow) -> Library:
    """The open library of a window."""
    library = window.shelf.library
    assert library is not None
    return library


def button_of(widget: QWidget, word: str) -> QPushButton:
    """The first button in sight with this text or accessible name."""
    return next(
        button
        for button in widget.findChildren(QPushButton)
        if word in (button.text().strip(), button.accessibleName()) and button.isVisible()
    )
