"""Every action of the window in one table: its words, its keys, its place in the menus.

Menus hold only what works. Context menus and buttons repeat these actions, never others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from workbench.ui import theme
from workbench.ui.language import tr

Keys = QKeySequence.StandardKey | str
Call = Callable[[], object]
Rule = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: its name in the code, its words, its keys, its icon, the submenu it is in."""

    name: str
    text: str
    keys: tuple[Keys, ...] = ()
    glyph: str = ""
    checkable: bool = False
    under: str = ""


_LINE = None
_S = QKeySequence.StandardKey
_EXPORT = tr("E&xport")
MENUS: tuple[tuple[str, tuple[Entry | None, ...]], ...] = (
    (
        tr("&File"),
        (
            Entry("new_library", tr("&New Library…"), (_S.New,)),
            Entry("open_library", tr("O&pen Library…"), ("Ctrl+Shift+O",)),
            Entry("open_remote", tr("Open Library on Another Co&mputer…")),
            _LINE,
            Entry("add", tr("&Add Files…"), (_S.Open,), "add"),
            Entry("add_folder", tr("Add &Folder…")),
            Entry("add_link", tr("Add Lin&k…"), ("Ctrl+U",), "web"),
            Entry("paste", tr("Paste as &Source"), ("Ctrl+Shift+V",)),
            Entry("sample", tr("&Try with a Sample")),
            Entry("remove_sample", tr("Remove the Samp&le")),
            Entry("watch", tr("&Watch Folder…")),
            _LINE,
            Entry("highlights", tr("Export &Highlights…"), (), "highlight", under=_EXPORT),
            Entry("export_thread", tr("Export Th&read…"), (), "file", under=_EXPORT),
            Entry("export_bundle", tr("Export for &Another Library…"), under=_EXPORT),
            Entry("export_markdown", tr("Export &Notes for Obsidian…"), under=_EXPORT),
            Entry("export_csv", tr("Export &Tables (CSV)…"), under=_EXPORT),
            Entry("export_jsonl", tr("Export &JSON Lines…"), under=_EXPORT),
            Entry("export_graphml", tr("Export &Graph (GraphML)…"), under=_EXPORT),
            Entry("import", tr("&Import…")),
            Entry("take_over", tr("Import Highli&ghts…"), (), "highlight"),
            Entry("learn_database", tr("Learn &Database Tables…")),
            _LINE,
            Entry("save_version", tr("Save &Current Statements as Version")),
            Entry("restore_version", tr("Versi&ons of Statements…")),
            _LINE,
            Entry("back_up", tr("&Back Up…")),
            Entry("restore_backup", tr("R&estore from Backup…")),
            Entry("verify", tr("&Verify Library")),
            Entry("library_file", tr("S&how the Library File")),
            _LINE,
            Entry("quit", tr("&Quit"), (_S.Quit, "Ctrl+Q")),
        ),
    ),
    (
        tr("&Edit"),
        (
            Entry("undo", tr("&Undo"), (_S.Undo,), "undo"),
            Entry("redo", tr("&Redo"), (_S.Redo,), "redo"),
            _LINE,
            Entry("copy_citation", tr("&Copy with Citation"), ("Ctrl+Shift+C",), "quote"),
            Entry("keep_review", tr("&Keep for Review"), ("Ctrl+Shift+K",), "clock"),
            _LINE,
            Entry("find", tr("&Find"), (_S.Find,), "search"),
            Entry("search", tr("Searc&h or Ask…"), ("Ctrl+K",), "search"),
            Entry("find_library", tr("Se&arch the Text"), ("Ctrl+Shift+F",)),
            _LINE,
            Entry("settings", tr("Se&ttings…"), (_S.Preferences, "Ctrl+,"), "sliders"),
        ),
    ),
    (
        tr("&View"),
        (
            Entry("theme_system", tr("Theme: as the &System"), checkable=True),
            Entry("theme_light", tr("Theme: Li&ght"), checkable=True),
            Entry("theme_dark", tr("Theme: &Dark"), checkable=True),
            Entry("theme_contrast", tr("Theme: &High Contrast"), checkable=True),
            _LINE,
            Entry("panel_collections", tr("Collec&tions"), ("F7",), checkable=True),
            Entry("panel_inspector", tr("&Inspector"), ("F8",), checkable=True),
            Entry("panel_activity", tr("&Activity"), ("F9",), checkable=True),
            Entry("next_panel", tr("&Next Panel"), ("F6",)),
            Entry("last_panel", tr("&Previous Panel"), ("Shift+F6",)),
            _LINE,
            Entry("tab_read", tr("&Read"), ("Ctrl+1",), "reader"),
            Entry("tab_library", tr("Show Li&brary"), ("Ctrl+Shift+L",), "library"),
            Entry("tab_ask", tr("As&k"), ("Ctrl+2",), "ask"),
            Entry("tab_associations", tr("E&xplore"), ("Ctrl+3",), "associations"),
            Entry("tab_today", tr("Toda&y"), ("Ctrl+4",), "today"),
            Entry("lab", tr("&Lab"), (), "brain", checkable=True),
            Entry("tab_brain", tr("Sho&w Lab"), ("Ctrl+5",), "brain"),
            _LINE,
            Entry("zoom_in", tr("&Zoom In"), (_S.ZoomIn, "Ctrl+=")),
            Entry("zoom_out", tr("Zoom &Out"), (_S.ZoomOut,)),
            Entry("zoom_reset", tr("Act&ual Size"), ("Ctrl+0",)),
            Entry("fit_page", tr("&Fit Page"), ("Ctrl+9",)),
        ),
    ),
    (
        tr("&Library"),
        (
            Entry("open_source", tr("&Open"), (), "reader"),
            Entry("open_beside", tr("Open &Beside"), (), "beside"),
            Entry("indexed", tr("S&how Indexed Text"), ("Ctrl+I",), "panel"),
            Entry("facts", tr("Show No&tes"), ("Ctrl+Shift+M",), "note"),
            Entry("concepts", tr("Find a Conce&pt"), (), "concept"),
            Entry("explore", tr("A&ssociations of a Concept"), ("Ctrl+Shift+E",), "associations"),
            _LINE,
            Entry("new_collection", tr("&New Collection…"), ("Ctrl+Shift+N",), "folder"),
            Entry("projects", tr("Pro&jects…"), (), "clock"),
            Entry("rename_collection", tr("Ren&ame Collection…")),
            Entry("remove_collection", tr("Remove &Collection")),
            Entry("tags", tr("&Tags…"), ("Ctrl+T",), "tag"),
            Entry("details", tr("Edit Title and A&uthors"), ("Ctrl+Shift+I",), "note"),
            _LINE,
            Entry("reindex", tr("Re-inde&x"), (), "retry"),
            Entry("reindex_all", tr("Re-&index All")),
            Entry("open_original", tr("Op&en Original"), ("Ctrl+Shift+Return",), "file"),
            Entry("show_in_folder", tr("Show in &Folder")),
            Entry("open_in_browser", tr("Open in Bro&wser"), (), "web"),
            Entry("locate", tr("&Locate Original…"), (), "search"),
            _LINE,
            Entry("trash", tr("&Move to Trash"), (_S.Delete,), "trash"),
            Entry("restore", tr("&Restore"), (), "undo"),
            Entry("delete", tr("Delete for &Good…"), ("Shift+Del",)),
            Entry("empty_trash", tr("Empt&y Trash…")),
        ),
    ),
    (
        tr("&Ask"),
        (
            Entry("focus_question", tr("&Focus the Question"), ("Ctrl+L",), "ask"),
            Entry("new_thread", tr("New &Thread"), ("Ctrl+Shift+T",), "add"),
            Entry("ask_scope", tr("Ask the Chosen &Collection")),
            Entry("ask_source", tr("Ask This &Source Alone")),
            Entry("asked_before", tr("Earlier &Questions…"), ("Ctrl+Shift+H",), "clock"),
            Entry("watch_recall", tr("&Watch the Recall in the Brain"), ("Ctrl+Shift+W",), "brain"),
            _LINE,
            Entry("remember", tr("&Remember Something…"), ("Ctrl+M",), "note"),
        ),
    ),
    (
        tr("&Memory"),
        (
            Entry("sleep", tr("&Sleep Now"), (), "sleep"),
            Entry("preview_sleep", tr("&Preview Sleep…"), (), "eye"),
            Entry("undo_sleep", tr("&Undo Last Sleep"), (), "undo"),
            Entry("sleep_settings", tr("Sleep Se&ttings…"), (), "sliders"),
            _LINE,
            Entry("fading", tr("Show &Fading"), (), "fading"),
            Entry("vault", tr("&Vault…")),
        ),
    ),
    (
        tr("&Help"),
        (
            Entry("shortcuts", tr("&Shortcuts"), ("F1",), "keyboard"),
            Entry("help", tr("&Using Engram Workbench"), (), "book"),
            Entry("guide", tr("&Python Guide"), (), "book"),
            Entry("works", tr("&Features and Setup")),
            Entry("stored", tr("Pri&vacy and Data")),
            Entry("about", tr("&About Engram Workbench")),
        ),
    ),
)
#: What the context menu of the Library table repeats.
ON_SOURCES = (
    *("open_source", "open_beside", "ask_source", "indexed", "tags", "details", "reindex"),
    *("show_in_folder", "locate", "trash", "restore", "delete"),
)
#: Actions whose keys count only while the Library table has the focus.
_LOCAL = ("trash", "delete")
#: What needs the files, the models or the trash of the other computer.
_NOT_THERE = (
    *("add_folder", "sample", "remove_sample", "watch", "highlights", "back_up"),
    *("export_bundle", "export_markdown", "export_csv", "export_jsonl", "export_graphml"),
    *("import", "take_over", "learn_database", "save_version", "restore_version"),
    *("restore_backup", "verify", "projects", "vault"),
    *("library_file", "undo", "redo", "keep_review"),
    *("tab_today", "lab", "rename_collection", "remove_collection", "reindex", "reindex_all"),
    *("open_original", "show_in_folder", "locate", "trash", "restore", "empty_trash"),
    *("copy_citation", "sleep", "preview_sleep", "undo_sleep", "sleep_settings", "fading"),
)
_THEMES = ("theme_system", "theme_light", "theme_dark", "theme_contrast")


class Actions(dict[str, QAction]):
    """The actions by name, in the menus of a window.

    Who does what an action says binds its call, and the rule by which it can be done.
    """

    def __init__(self, window: QWidget, bar: QMenuBar, away: Rule) -> None:
        super().__init__()
        self._away = away
        self._menus: list[QMenu] = []
        self._rules: list[tuple[Callable[[bool], object], Rule]] = []
        bar.setAccessibleName(tr("Menus"))
        for title, entries in MENUS:
            menu = QMenu(title, window)
            bar.addMenu(menu)
            self._menus.append(menu)
            below: dict[str, QMenu] = {}
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                    continue
                action = self[entry.name] = _action(window, entry)
                if entry.under and entry.under not in below:
                    below[entry.under] = menu.addMenu(entry.under)
                below.get(entry.under, menu).addAction(action)
        themes = QActionGroup(window)
        for name in _THEMES:
            themes.addAction(self[name])

    @property
    def file_menu(self) -> QMenu:
        """The first of the menus."""
        return self._menus[0]

    def bind(
        self, enabled: Rule | None = None, shown: Rule | None = None, /, **calls: Call
    ) -> None:
        """Have actions do their calls, where the rules say that they can be done, or be seen."""
        for name, call in calls.items():
            action = self[name.rstrip("_")]
            action.triggered.connect(lambda _on=False, call=call: call())
            if enabled is not None:
                self._rules.append((action.setEnabled, enabled))
            if shown is not None:
                self._rules.append((action.setVisible, shown))

    def refresh(self) -> None:
        """Enable and show the actions by their rules."""
        away = self._away()
        for name in _NOT_THERE:
            self[name].setVisible(not away)
        for put, rule in self._rules:
            put(rule())
        for name in _NOT_THERE if away else ():
            self[name].setVisible(False)


def _action(window: QWidget, entry: Entry) -> QAction:
    action = QAction(entry.text, window, checkable=entry.checkable)
    action.setObjectName(entry.name)
    if entry.glyph:
        action.setIcon(theme.icon(entry.glyph))
    if entry.name in _LOCAL:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
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
