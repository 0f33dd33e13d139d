"""Lists of which one is chosen: boxes that drop down, menus below a press, entries with a tick."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton


def choice(name: str, entries: Iterable[tuple[str, object]] = ()) -> QComboBox:
    """A box of entries, each a text and what it stands for, heard by its name."""
    created = QComboBox()
    created.setAccessibleName(name)
    for text, data in entries:
        created.addItem(text, data)
    return created


def drop_menu(press: QToolButton, menu: QMenu) -> None:
    """Have a press drop a menu."""
    press.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    press.setMenu(menu)


def ticked(
    menu: QMenu, text: str, call: Callable[[bool], object], *, on: bool, sign: QIcon | None = None
) -> QAction:
    """Add an entry with a tick; `call` is given whether it has one once it was pressed."""
    action = menu.addAction(sign or QIcon(), text.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(on)
    # Qt for Python gives what it cannot look into, as a partial, no argument.
    action.triggered.connect(lambda on: call(on))
    return action
