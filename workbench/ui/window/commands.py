"""Connects each menu entry to its function, and enables or disables it.

`actions` holds the words and keys; here each is tied to the part of the window that does it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench import paths
from workbench.capabilities import Capability
from workbench.store.records import SourceRow
from workbench.ui.components import words
from workbench.ui.language import tr
from workbench.ui.memories.switch import CONCEPTS, SOURCES
from workbench.ui.window import actions as menus
from workbench.ui.window import sheets
from workbench.ui.window.capabilities import works
from workbench.ui.window.exporting import FORMS
from workbench.ui.window.guide import Guide, pages
from workbench.ui.window.omnibox_rows import TEXT
from workbench.ui.window.originals import has_file, link
from workbench.ui.window.remote import is_remote, show_what_is_there
from workbench.ui.window.tabs import ASK, ASSOCIATIONS, BRAIN, LIBRARY, READER, TODAY
from workbench.ui.window.watching import WatchSheet

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow


def calls(window: "MainWindow") -> dict[str, menus.Call]:
    """The call of every entry of the menus, by its name."""
    return {
        "new_library": lambda: window.libraries.new(),
        "open_library": lambda: window.libraries.open(),
        "open_remote": lambda: window.libraries.open_remote(),
        "add": lambda: window.adding.choose_files(),
        "add_folder": lambda: window.adding.choose_folder(),
        "add_link": lambda: window.adding.choose_links(),
        "paste": lambda: window.adding.paste(),
        "sample": window.shelf.add_sample,
        "remove_sample": lambda: window.adding.remove_sample(),
        "watch": lambda: WatchSheet(window).show(),
        **{
            f"export_{form}": partial(lambda form: window.exporting.export_library(form), form)
            for form in FORMS
        },
        "import": lambda: window.exporting.import_(),
        "back_up": lambda: window.keeping.back_up(),
        "restore_backup": lambda: window.keeping.restore(),
        "verify": lambda: window.keeping.verify(),
        "library_file": lambda: window.keeping.show_file(),
        "quit": window.close,
        "undo": window.shelf.step_back,
        "redo": window.shelf.step_again,
        "copy_citation": lambda: _copy_citation(window),
        "keep_review": lambda: window.minding.keep_read(),
        "find": lambda: _find(window),
        "search": lambda: window.omnibox.begin(),
        "find_library": lambda: window.omnibox.begin(TEXT),
        "settings": lambda: window.preferences.show(),
        "theme_system": lambda: window.look.set_theme("system"),
        "theme_light": lambda: window.look.set_theme("light"),
        "theme_dark": lambda: window.look.set_theme("dark"),
        "theme_contrast": lambda: window.look.set_theme("contrast"),
        "panel_collections": lambda: window.toggle_panel("collections"),
        "panel_inspector": lambda: window.toggle_panel("inspector"),
        "panel_activity": lambda: window.toggle_panel("activity"),
        "next_panel": lambda: window.cycle.step(1),
        "last_panel": lambda: window.cycle.step(-1),
        "tab_today": lambda: window.show_tab(TODAY),
        "tab_library": lambda: window.show_tab(LIBRARY),
        "tab_read": lambda: _read(window),
        "lab": lambda: window.set_lab(not window.tabs.isTabVisible(BRAIN)),
        "tab_ask": lambda: window.show_tab(ASK),
        "tab_associations": lambda: window.show_tab(ASSOCIATIONS),
        "tab_brain": lambda: window.show_tab(BRAIN),
        "watch_recall": lambda: window.recalling.watch(),
        "zoom_in": lambda: window.look.zoom(1),
        "zoom_out": lambda: window.look.zoom(-1),
        "zoom_reset": lambda: window.look.zoom(0),
        "fit_page": lambda: window.reading.fit_page(),
        "open_source": lambda: _open_selected(window),
        "open_beside": lambda: _open_beside(window),
        "indexed": window.show_indexed,
        "facts": window.show_memories,
        "highlights": lambda: window.annotations.export(),
        "concepts": lambda: _find_concept(window),
        "explore": lambda: window.associating.find(),
        "remember": lambda: _remember(window),
        "sleep": lambda: window.resting.sleep(),
        "preview_sleep": lambda: window.resting.preview(),
        "undo_sleep": lambda: window.resting.undo_last(),
        "sleep_settings": lambda: window.resting.show_settings(),
        "fading": lambda: window.resting.show_fading(),
        "new_collection": window.new_collection,
        "rename_collection": lambda: _rename_collection(window),
        "remove_collection": window.collections.remove_chosen,
        "tags": lambda: _edit_tags(window),
        "reindex": lambda: _with_chosen(window, window.caring.reindex),
        "reindex_all": lambda: window.caring.reindex(None),
        "open_original": lambda: _with_first(window, window.originals.open),
        "show_in_folder": lambda: _with_first(window, window.originals.show_in_folder),
        "open_in_browser": lambda: _with_first(window, window.originals.open_in_browser),
        "locate": lambda: _with_first(window, window.caring.locate),
        "trash": lambda: _trash(window),
        "restore": lambda: _restore_chosen(window),
        "delete": lambda: _delete(window),
        "empty_trash": lambda: window.caring.empty_trash(),
        "focus_question": window.focus_question,
        "new_thread": lambda: _new_thread(window),
        "export_thread": lambda: window.exporting.export_thread(),
        "ask_scope": lambda: _ask_scope(window),
        "ask_source": lambda: _ask_source(window),
        "asked_before": lambda: _asked_before(window),
        "shortcuts": lambda: _sheet(
            window, tr("Shortcuts"), sheets.shortcuts(menus.shortcuts(window.actions_by_name))
        ),
        "help": lambda: _show_guide(window, "help"),
        "guide": lambda: _show_guide(window, "guide"),
        "works": lambda: _show_works(window),
        "stored": lambda: _show_stored(window),
        "about": lambda: _sheet(window, tr("Engram Workbench"), sheets.about()),
    }


def _new_thread(window: "MainWindow") -> None:
    window.show_tab(ASK)
    window.ask_tab.new_thread()


def refresh(window: "MainWindow") -> None:
    """Enable and name the entries as the window stands now."""
    act, undo, away = window.actions_by_name, window.shelf.undo, is_remote(window.shelf.path)
    show_what_is_there(act, away)
    chosen = bool(window.library_tab.selected())
    in_library = _sources_shown(window)
    trash = window.library_tab.scope.trash
    reading = window.reader_tab.isVisible() and window.reader_tab.source_id is not None
    act["undo"].setEnabled(undo.canUndo())
    act["redo"].setEnabled(undo.canRedo())
    act["undo"].setText(tr("&Undo {undoText}", undoText=undo.undoText()).rstrip(" :"))
    act["redo"].setText(tr("&Redo {redoText}", redoText=undo.redoText()).rstrip(" :"))
    act["open_source"].setEnabled(chosen and in_library)
    act["open_beside"].setEnabled((chosen and in_library) or (reading and window.at == READER))
    act["indexed"].setEnabled((chosen and in_library) or reading)
    in_collection = window.library_tab.scope.collection is not None
    act["rename_collection"].setEnabled(in_collection)
    act["remove_collection"].setEnabled(in_collection)
    act["tags"].setEnabled(chosen and in_library and not trash)
    _refresh_originals(window)
    act["delete"].setEnabled(chosen and in_library and trash)
    act["delete"].setVisible(trash)
    act["empty_trash"].setEnabled(bool(window.shelf.trashed))
    act["trash"].setEnabled(chosen and in_library and not trash)
    act["restore"].setEnabled(chosen and in_library and trash)
    act["trash"].setVisible(not trash)
    act["restore"].setVisible(trash)
    answered = window.at == ASK and window.ask_tab.answer is not None
    act["copy_citation"].setEnabled(reading or answered)
    act["fit_page"].setEnabled(reading and window.reading.shows_pages)
    act["keep_review"].setEnabled(reading)
    act["export_thread"].setEnabled(window.at == ASK and bool(window.ask_tab.talk.answers))
    sample = window.shelf.sample is not None
    there = window.shelf.library is not None
    exports = (f"export_{form}" for form in FORMS)
    for name in ("back_up", "verify", "preview_sleep", "sleep_settings", "fading", *exports):
        act[name].setEnabled(there)
    act["sleep"].setEnabled(there and not window.resting.asleep)
    act["undo_sleep"].setEnabled(window.resting.undoable is not None)
    act["sample"].setVisible(not sample)
    act["remove_sample"].setVisible(sample)
    anything = bool(window.shelf.sources or window.shelf.told)
    act["find_library"].setEnabled(bool(window.shelf.sources))
    act["find"].setEnabled(reading or anything)
    act["ask_source"].setEnabled((chosen and in_library and not trash) or reading)
    several = len(window.library_tab.selected()) if in_library else 1
    ask = (
        tr("This &Source")
        if several < 2
        else tr("These {several} &Sources", several=words.number(several))
    )
    act["ask_source"].setText(tr("Ask {ask} Alone", ask=ask))
    lab = window.tabs.isTabVisible(BRAIN)
    for name in ("tab_brain", "watch_recall"):
        act[name].setVisible(lab)
    act["ask_scope"].setEnabled(window.library_tab.scope.collection is not None)
    if away:
        show_what_is_there(act, away)


def _sources_shown(window: "MainWindow") -> bool:
    """Whether the sources that are chosen can be seen: nothing is done to what is out of sight."""
    return window.at == LIBRARY and window.library_tab.kind == SOURCES


def _refresh_originals(window: "MainWindow") -> None:
    act, chosen = window.actions_by_name, window.library_tab.selected()
    here = _sources_shown(window) and not window.library_tab.scope.trash
    one = chosen[0] if len(chosen) == 1 and here else None
    missing = one is not None and one.id in window.originals.missing
    on_disk = one is not None and has_file(one) and not missing
    act["reindex"].setEnabled(bool(chosen) and here)
    act["reindex_all"].setEnabled(bool(window.shelf.sources))
    act["open_original"].setEnabled(on_disk)
    act["show_in_folder"].setEnabled(on_disk)
    act["open_in_browser"].setEnabled(one is not None and link(one) is not None)
    act["locate"].setEnabled(missing)
    window.library_tab.trash_bar.set_chosen(len(chosen))


def _with_chosen(window: "MainWindow", call: Callable[[Sequence[SourceRow]], object]) -> None:
    chosen = window.library_tab.selected()
    if chosen:
        call(chosen)


def _with_first(window: "MainWindow", call: Callable[[SourceRow], object]) -> None:
    chosen = window.library_tab.selected()
    if chosen:
        call(chosen[0])


def _delete(window: "MainWindow") -> None:
    if window.library_tab.scope.trash:
        window.caring.ask_delete(window.library_tab.selected())


def _ask_scope(window: "MainWindow") -> None:
    window.ask_tab.composer.set_scope(window.library_tab.scope.collection)
    window.focus_question()


def _ask_source(window: "MainWindow") -> None:
    """Ask the source that is read, or those that are chosen, and no others."""
    at = window.reading.source_id if window.at == READER else None
    chosen = window.library_tab.selected()
    rows = [row for row in window.shelf.sources if row.id == at] if at is not None else chosen
    if rows:
        window.ask_tab.composer.ask_sources([row.id for row in rows], rows[0].title)
        window.focus_question()


def _asked_before(window: "MainWindow") -> None:
    window.show_tab(ASK)
    window.ask_tab.show_history()


def _remember(window: "MainWindow") -> None:
    window.show_memories()
    window.library_tab.memories.focus_line()


def _rename_collection(window: "MainWindow") -> None:
    window.show_panel("collections")
    window.collections.begin_rename()


def _edit_tags(window: "MainWindow") -> None:
    window.show_panel("inspector")
    window.inspector.focus_tags()


def _trash(window: "MainWindow") -> None:
    chosen = window.library_tab.selected()
    if chosen and not window.library_tab.scope.trash:
        window.adding.trash([source.id for source in chosen])


def _restore_chosen(window: "MainWindow") -> None:
    chosen = window.library_tab.selected()
    if chosen and window.library_tab.scope.trash:
        window.adding.restore([source.id for source in chosen])


def _read(window: "MainWindow") -> None:
    """Ctrl+1: Read as it was left; from what is read to the library, and back."""
    at = READER if window.tabs.isTabVisible(READER) else LIBRARY
    if window.at == at:
        at = LIBRARY if at == READER else READER
    window.show_tab(at if window.reader_tab.source_id is not None else LIBRARY)


def _find(window: "MainWindow") -> None:
    if window.reader_tab.isVisible() and window.reader_tab.source_id is not None:
        window.reading.open_find()
    else:
        _filter_library(window)


def _find_concept(window: "MainWindow") -> None:
    """Where one follows concepts, another one to follow; else their list."""
    if window.at == ASSOCIATIONS:
        window.associations_tab.focus_field()
    else:
        window.conceiving.show_list()


def _filter_library(window: "MainWindow") -> None:
    window.tabs.setCurrentIndex(LIBRARY)
    tab = window.library_tab
    tab.leave_indexed()
    if tab.kind == CONCEPTS:
        tab.concepts.focus_find()
        return
    field = tab.find_field if tab.kind == SOURCES else tab.memories.find_field
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()


def _copy_citation(window: "MainWindow") -> None:
    if window.at == READER:
        window.reading.copy_with_citation()
    elif window.at == ASK:
        window.ask_tab.copy_with_citation()


def _show_guide(window: "MainWindow", name: str) -> None:
    open_one = window.findChild(Guide, name)
    if isinstance(open_one, Guide):
        open_one.activateWindow()
        return
    window.jobs.run(
        *(pages, paths.resources() / name),
        done=lambda shown: Guide(window, name, shown).show(),
        failed=window.shelf.failed.emit,
    )


def _show_works(window: "MainWindow") -> None:
    def show(found: list[Capability]) -> None:
        _sheet(window, tr("Features and setup"), works(found))

    window.jobs.run(_examined, window.shelf.path, done=show)


def _examined(library: Path | None) -> list[Capability]:
    # What runs models is not loaded before somebody looks.
    from workbench.doctor import examine

    return examine(library)


def _show_stored(window: "MainWindow") -> None:
    place = str(window.shelf.path)

    def show(fetched: sheets.Fetched) -> None:
        _sheet(window, tr("Privacy and data"), sheets.stored(place, fetched))

    rows = (*window.shelf.sources, *window.shelf.trashed)
    window.jobs.run(
        sheets.fetched,
        *(window.shelf.library, rows),
        done=show,
        failed=window.shelf.failed.emit,
    )


def _sheet(window: "MainWindow", title: str, body: QWidget) -> None:
    sheets.Sheet(window, title, body).show()


def _open_selected(window: "MainWindow") -> None:
    chosen = window.library_tab.selected()
    if chosen:
        window.open_source(chosen[0].id)


def _open_beside(window: "MainWindow") -> None:
    """Beside what is read: the source that is chosen, else one of a menu."""
    chosen = window.library_tab.selected()
    if window.at == READER:
        window.second_source.offer()
    elif chosen:
        window.second_source.open(chosen[0].id)
