"""Every action of the window in one table: its words, its keys, its place in the menus.

Menus hold only what works. Context menus and buttons repeat these actions, never others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from workbench.ui import theme

Keys = QKeySequence.StandardKey | str
Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: its name in the code, its words, its keys, its icon."""

    name: str
    text: str
    keys: tuple[Keys, ...] = ()
    glyph: str = ""
    checkable: bool = False


_LINE = None
_S = QKeySequence.StandardKey
MENUS: tuple[tuple[str, tuple[Entry | None, ...]], ...] = (
    (
        "&File",
        (
            Entry("new_library", "&New Library…", (_S.New,)),
            Entry("open_library", "O&pen Library…", ("Ctrl+Shift+O",)),
            _LINE,
            Entry("add", "&Add Files…", (_S.Open,), "add"),
            Entry("add_folder", "Add &Folder…"),
            Entry("add_link", "Add Lin&k…", ("Ctrl+U",), "web"),
            Entry("paste", "Paste as &Source", ("Ctrl+Shift+V",)),
            Entry("sample", "&Try with a Sample"),
            Entry("remove_sample", "Remove the Sa&mple"),
            Entry("watch", "&Watch Folder…"),
            _LINE,
            Entry("highlights", "E&xport Highlights…", (), "highlight"),
            Entry("back_up", "&Back Up…"),
            Entry("restore_backup", "R&estore from Backup…"),
            Entry("verify", "&Verify Library"),
            Entry("library_file", "S&how the Library File"),
            _LINE,
            Entry("quit", "&Quit", (_S.Quit, "Ctrl+Q")),
        ),
    ),
    (
        "&Edit",
        (
            Entry("undo", "&Undo", (_S.Undo,), "undo"),
            Entry("redo", "&Redo", (_S.Redo,), "redo"),
            _LINE,
            Entry("copy_citation", "&Copy with Citation", ("Ctrl+Shift+C",), "quote"),
            Entry("keep_review", "&Keep for Review", ("Ctrl+Shift+K",), "clock"),
            _LINE,
            Entry("find", "&Find", (_S.Find,), "search"),
            Entry("search", "Searc&h or Ask…", ("Ctrl+K",), "search"),
            Entry("find_library", "Se&arch the Text", ("Ctrl+Shift+F",)),
            _LINE,
            Entry("settings", "Se&ttings…", (_S.Preferences, "Ctrl+,"), "sliders"),
        ),
    ),
    (
        "&View",
        (
            Entry("theme_system", "Theme: as the &System", checkable=True),
            Entry("theme_light", "Theme: Li&ght", checkable=True),
            Entry("theme_dark", "Theme: &Dark", checkable=True),
            Entry("theme_contrast", "Theme: &High Contrast", checkable=True),
            _LINE,
            Entry("panel_collections", "Collec&tions", ("F7",), checkable=True),
            Entry("panel_inspector", "&Inspector", ("F8",), checkable=True),
            Entry("panel_activity", "&Activity", ("F9",), checkable=True),
            Entry("next_panel", "&Next Panel", ("F6",)),
            Entry("last_panel", "&Previous Panel", ("Shift+F6",)),
            _LINE,
            Entry("tab_read", "&Read", ("Ctrl+1",), "reader"),
            Entry("tab_library", "Show Li&brary", ("Ctrl+Shift+L",), "library"),
            Entry("tab_ask", "As&k", ("Ctrl+2",), "ask"),
            Entry("tab_associations", "E&xplore", ("Ctrl+3",), "associations"),
            Entry("tab_today", "Toda&y", ("Ctrl+4",), "today"),
            Entry("lab", "&Lab", (), "brain", checkable=True),
            Entry("tab_brain", "Sho&w Lab", ("Ctrl+5",), "brain"),
            _LINE,
            Entry("zoom_in", "&Zoom In", (_S.ZoomIn, "Ctrl+=")),
            Entry("zoom_out", "Zoom &Out", (_S.ZoomOut,)),
            Entry("zoom_reset", "Act&ual Size", ("Ctrl+0",)),
        ),
    ),
    (
        "&Library",
        (
            Entry("open_source", "&Open", (), "reader"),
            Entry("indexed", "S&how Indexed Text", ("Ctrl+I",), "panel"),
            Entry("facts", "Show Facts an&d Notes", ("Ctrl+Shift+M",), "note"),
            Entry("concepts", "Find a Conce&pt", (), "concept"),
            Entry("explore", "A&ssociations of a Concept", ("Ctrl+Shift+E",), "associations"),
            _LINE,
            Entry("new_collection", "&New Collection…", ("Ctrl+Shift+N",), "folder"),
            Entry("rename_collection", "Ren&ame Collection…"),
            Entry("remove_collection", "Remove &Collection"),
            Entry("tags", "&Tags…", ("Ctrl+T",), "tag"),
            _LINE,
            Entry("reindex", "Re-inde&x", (), "retry"),
            Entry("reindex_all", "Re-&index All"),
            Entry("open_original", "Op&en Original", ("Ctrl+Shift+Return",), "file"),
            Entry("show_in_folder", "Show in &Folder"),
            Entry("open_in_browser", "Open in &Browser", (), "web"),
            Entry("locate", "&Locate Original…", (), "search"),
            _LINE,
            Entry("trash", "&Move to Trash", (_S.Delete,), "trash"),
            Entry("restore", "&Restore", (), "undo"),
            Entry("delete", "Delete for &Good…", ("Shift+Del",)),
            Entry("empty_trash", "Empt&y Trash…"),
        ),
    ),
    (
        "&Ask",
        (
            Entry("focus_question", "&Focus the Question", ("Ctrl+L",), "ask"),
            Entry("new_thread", "New &Thread", ("Ctrl+Shift+T",), "add"),
            Entry("ask_scope", "Ask the Chosen &Collection"),
            Entry("ask_source", "Ask This &Source Alone"),
            Entry("asked_before", "Earlier &Questions…", ("Ctrl+Shift+H",), "clock"),
            Entry("watch_recall", "&Watch the Recall in the Brain", ("Ctrl+Shift+W",), "brain"),
            _LINE,
            Entry("remember", "&Remember Something…", ("Ctrl+M",), "note"),
        ),
    ),
    (
        "&Memory",
        (
            Entry("sleep", "&Sleep Now", (), "sleep"),
            Entry("preview_sleep", "&Preview Sleep…", (), "eye"),
            Entry("undo_sleep", "&Undo Last Sleep", (), "undo"),
            Entry("sleep_settings", "Sleep Se&ttings…", (), "sliders"),
            _LINE,
            Entry("fading", "Show &Fading", (), "fading"),
        ),
    ),
    (
        "&Help",
        (
            Entry("shortcuts", "&Shortcuts", ("F1",), "keyboard"),
            Entry("guide", "&Python Guide", (), "book"),
            Entry("works", "Features and Set&up"),
            Entry("stored", "Pri&vacy and Data"),
            Entry("about", "&About Engram Workbench"),
        ),
    ),
)
#: What the context menu of the Library table repeats.
ON_SOURCES = (
    *("open_source", "ask_source", "indexed", "tags", "reindex", "show_in_folder", "locate"),
    *("trash", "restore", "delete"),
)
#: Actions whose keys count only while the Library table has the focus.
_LOCAL = ("trash", "delete")
_THEMES = ("theme_system", "theme_light", "theme_dark", "theme_contrast")


def build(window: QMainWindow, calls: Mapping[str, Call]) -> dict[str, QAction]:
    """Fill the menu bar; every entry must have a call. Returns the actions by name."""
    made: dict[str, QAction] = {}
    bar = window.menuBar()
    bar.setAccessibleName("Menus")
    for title, entries in MENUS:
        menu = QMenu(title, window)
        bar.addMenu(menu)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            action = _action(window, entry, calls[entry.name])
            menu.addAction(action)
            made[entry.name] = action
    themes = QActionGroup(window)
    for name in _THEMES:
        themes.addAction(made[name])
    return made


def _action(window: QMainWindow, entry: Entry, call: Call) -> QAction:
    action = QAction(entry.text, window)
    action.setObjectName(entry.name)
    action.setCheckable(entry.checkable)
    if entry.glyph:
        action.setIcon(theme.icon(entry.glyph))
    # The same keys twice would be ambiguous, and Qt then triggers nothing.
    keys = {QKeySequence(key).toString(): QKeySequence(key) for key in entry.keys}
    action.setShortcuts([key for text, key in keys.items() if text])
    if entry.name in _LOCAL:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _on=False: call())
    return action


def shortcuts(actions: Mapping[str, QAction]) -> list[tuple[str, list[tuple[str, QKeySequence]]]]:
    """What the keys do, by menu, as they are now."""
    groups = []
    for title, entries in MENUS:
        listed = [
            (
                # Not what it says now, such as "Undo Move to Trash".
                entry.text.replace("&", "").rstrip("…"),
                actions[entry.name].shortcut(),
            )
            for entry in entries
            if entry is not None and not actions[entry.name].shortcut().isEmpty()
        ]
        if listed:
            groups.append((title.replace("&", ""), listed))
    return groups
