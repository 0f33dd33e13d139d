"""Every action of the window in one table: text, shortcuts, place in the menus.

Context menus and buttons repeat these actions and have no others.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from workbench import paths
from workbench.ui import theme
from workbench.ui.language import tr

Keys = QKeySequence.StandardKey | str
Call = Callable[[], object]
Rule = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """An action: identifier, text, shortcuts, icon, submenu.

    `local` actions need this computer's files, models or Trash. `when` and `shown` are the names of
    the rules that enable and show it.
    """

    name: str
    text: str
    keys: tuple[Keys, ...] = ()
    glyph: str = ""
    checkable: bool = False
    under: str = ""
    local: bool = False
    when: str = ""
    shown: str = ""


def _entry(row: Mapping[str, Any]) -> Entry:
    words = {name: tr(row[name]) for name in ("text", "under") if name in row}
    standard = QKeySequence.StandardKey.__members__
    keys = tuple(standard.get(key, key) for key in row.get("keys", ()))
    return Entry(**{**row, **words, "keys": keys})


def _menus() -> Iterator[tuple[str, tuple[Entry | None, ...]]]:
    for menu in paths.table("window/menus.toml")["menu"]:
        yield tr(menu["title"]), tuple(_entry(row) if row else None for row in menu["entries"])


#: Titles of the menus with their entries; None is a separator.
MENUS = tuple(_menus())
#: Actions in the context menu of the Library table.
ON_SOURCES = (
    *(
        "open_source",
        "open_beside",
        "ask_source",
        "ask_table",
        "indexed",
        "tags",
        "details",
        "reindex",
    ),
    *("show_in_folder", "locate", "trash", "restore", "delete"),
)
#: Actions whose shortcuts only work while the Library table has the focus.
_LOCAL = ("trash", "delete")
_THEMES = ("theme_system", "theme_light", "theme_dark", "theme_contrast")


class Actions(dict[str, QAction]):
    """The actions by name, and the menus of a window.

    Parts of the window bind calls to actions, and add the rules that `when` and `shown` name.
    """

    def __init__(self, window: QWidget, bar: QMenuBar, is_remote: Rule) -> None:
        super().__init__()
        self._away = is_remote
        self._menus: list[QMenu] = []
        self._entries: list[Entry] = []
        #: The rules for enabling and showing actions, by name.
        self.rules: dict[str, Rule] = {}
        bar.setAccessibleName(tr("Menus"))
        for title, entries in MENUS:
            menu = QMenu(title, window)
            bar.addMenu(menu)
            self._menus.append(menu)
            submenus: dict[str, QMenu] = {}
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                    continue
                action = self[entry.name] = _action(window, entry)
                self._entries.append(entry)
                if entry.under and entry.under not in submenus:
                    submenus[entry.under] = menu.addMenu(entry.under)
                submenus.get(entry.under, menu).addAction(action)
        themes = QActionGroup(window)
        for name in _THEMES:
            themes.addAction(self[name])

    @property
    def file_menu(self) -> QMenu:
        """The File menu."""
        return self._menus[0]

    def bind(self, **calls: Call) -> None:
        """Connect actions to calls."""
        for name, call in calls.items():
            self[name.rstrip("_")].triggered.connect(lambda _on=False, call=call: call())

    def refresh(self) -> None:
        """Enable and show the actions by their rules."""
        remote, holds = self._away(), {name: rule() for name, rule in self.rules.items()}
        for entry in self._entries:
            action = self[entry.name]
            if entry.when:
                action.setEnabled(holds[entry.when])
            if entry.local or entry.shown:
                hidden = entry.local and remote
                action.setVisible(not hidden and (not entry.shown or holds[entry.shown]))


def _action(window: QWidget, entry: Entry) -> QAction:
    action = QAction(entry.text, window, checkable=entry.checkable)
    action.setObjectName(entry.name)
    if entry.glyph:
        action.setIcon(theme.icon(entry.glyph))
    if entry.name in _LOCAL:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    return action
