"""The main window: menus, a bar of places, two panels, the page, a status bar.

It paints before the library is opened, and every call of the library goes through `Jobs`.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QWidget,
)

from workbench import settings as remembered
from workbench.errors import WorkbenchError
from workbench.settings import Settings
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.activity.panel import ActivityPanel
from workbench.ui.ask.tab import AskTab
from workbench.ui.associations.tab import AssociationsTab
from workbench.ui.components.boxes import column, divided, holder, on_paper
from workbench.ui.components.controls import on_key
from workbench.ui.components.notices import details
from workbench.ui.components.toast import Action, Toasts
from workbench.ui.inspector.panel import InspectorPanel
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.library.tab import LibraryTab
from workbench.ui.memories.switch import MEMORIES, SOURCES
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.today.tab import TodayTab
from workbench.ui.window import actions as menus
from workbench.ui.window import commands, keys, screen
from workbench.ui.window.adding import Adding
from workbench.ui.window.after_crash import CRASHED, Reports
from workbench.ui.window.annotating import Annotations
from workbench.ui.window.associating import Associating
from workbench.ui.window.backup_actions import Keeping
from workbench.ui.window.bars import Bars
from workbench.ui.window.brain_actions import Recalling
from workbench.ui.window.changed import ChangedFiles
from workbench.ui.window.chapters_and_threads import ChaptersAndThreads
from workbench.ui.window.citing import Citing
from workbench.ui.window.collections import CollectionsPanel
from workbench.ui.window.concept_edits import Conceiving
from workbench.ui.window.docks import SIDES, Docks
from workbench.ui.window.drop import DropZone
from workbench.ui.window.exporting import Exporting
from workbench.ui.window.fact_actions import Telling
from workbench.ui.window.inspecting import Inspecting
from workbench.ui.window.libraries import Libraries
from workbench.ui.window.library_actions import Shelf
from workbench.ui.window.library_problems import Trouble
from workbench.ui.window.linking import Linking
from workbench.ui.window.look import Look, let_drops_through
from workbench.ui.window.omnibox import Omnibox
from workbench.ui.window.opened import OpenLibrary
from workbench.ui.window.originals import Originals
from workbench.ui.window.page_beside import PageBeside
from workbench.ui.window.panels import PanelCycle
from workbench.ui.window.places import Places
from workbench.ui.window.preferring import Preferences
from workbench.ui.window.remote import is_remote
from workbench.ui.window.second_source import SecondSource
from workbench.ui.window.sleep_actions import SLEEP, Resting
from workbench.ui.window.source_actions import Caring
from workbench.ui.window.status import Status
from workbench.ui.window.tabs import ASK, ASSOCIATIONS, BRAIN, LIBRARY, READER, TODAY, Pages, Tabs
from workbench.ui.window.today_actions import Minding
from workbench.ui.window.toolbar import add_toolbar

if TYPE_CHECKING:
    from workbench.ui.brain.tab import BrainTab

#: The sign, the name and the key of each page.
_TABS = (
    ("reader", tr("Read"), 1),
    ("reader", tr("Read"), 1),
    ("ask", tr("Ask"), 2),
    ("associations", tr("Explore"), 3),
    ("today", tr("Today"), 4),
    ("brain", tr("Lab"), 5),
)
_LEAVING_SECONDS = 1.5
NOTICE = "notice"


class MainWindow(QMainWindow):
    """The window onto one library.

    `open_library(path)` is called on a worker thread; the file is made only when something is put
    into it. `settings` are what was remembered; `remember` is off for pictures and tests.
    """

    #: The window is about to go, whatever its threads still wait for.
    closing = Signal()

    def __init__(
        self,
        path: Path,
        open_library: OpenLibrary,
        settings: Settings | None = None,
        *,
        remember: bool = True,
    ) -> None:
        super().__init__()
        self.settings = settings if settings is not None else Settings()
        self._remember = remember
        self._shown_before = False
        self._focused = False
        self._seen = LIBRARY
        self._opened_from: int | None = None
        self._ahead = False
        self._undo_at = 0
        #: Whether every thread had ended when the window closed.
        self.ended = True
        self._make(path, open_library)
        library = self.library_tab
        theme.dress(self, self._centre, self.spread, self.pages, library, library.stack)
        self.look.fit()
        theme.watch(self, self.look.fit)
        self._restore()
        self._offer_places()
        self.refresh_actions()
        self._name_window()

    # -- parts ------------------------------------------------------------------------------------

    def _make(self, path: Path, open_library: OpenLibrary) -> None:
        self.jobs = Jobs(self)
        self.shelf = Shelf(path, open_library, self.jobs, self)
        self.today_tab = TodayTab(self.shelf, self.jobs)
        self.library_tab = LibraryTab(self.shelf, self.jobs, self.settings.columns)
        self.reader_tab = ReaderTab(None, self.jobs)
        self.ask_tab = AskTab(None, self.jobs, self.shelf.wanted)
        self.associations_tab = AssociationsTab(self.shelf, self.jobs)
        self.collections = CollectionsPanel(self.shelf)
        self.originals = Originals(self.shelf, self.jobs, self)
        self.inspector = InspectorPanel(self.shelf, self.originals, self.jobs)
        self.activity = ActivityPanel(self.shelf)
        self._make_centre()
        self.chapters_and_threads = ChaptersAndThreads(self)
        left = QSplitter(Qt.Orientation.Vertical, handleWidth=1)
        left.addWidget(self.collections)
        # In a low window collections give way, too: else one chapter is seen at a time.
        left.setStretchFactor(0, 1)
        for below in (self.chapters_and_threads, self.associations_tab.names):
            left.addWidget(below)
            left.setStretchFactor(left.count() - 1, 2)
        left.setSizes([theme.px(220), theme.px(580), theme.px(580)])
        self.docks = Docks(self, left, self.inspector, self.activity)
        # What one types must not be covered.
        low = (self.ask_tab.composer,)
        self.toasts = Toasts(self, self.spread, low)
        library = self.library_tab
        self.drops = DropZone(self, self._scope_at, lambda: library.scope, library.well)
        self.look = Look(self)
        self.actions_by_name = menus.build(self, commands.calls(self))
        keys.put(self.actions_by_name, self.settings.shortcuts)
        add_toolbar(self)
        self.preferences = Preferences(self)
        # Made last, for Tab comes to things in the order of their making.
        self.status = Status()
        self.setStatusBar(self.status)
        self.libraries = Libraries(self)
        self.adding = Adding(self)
        self.caring = Caring(self)
        self.reports = Reports(self)
        self.trouble = Trouble(self)
        self.changed_files = ChangedFiles(self)
        self.keeping = Keeping(self)
        self.inspecting = Inspecting(self)
        self.telling = Telling(self)
        self.places = Places(self)
        self.annotations = Annotations(self)
        self.minding = Minding(self)
        self.conceiving = Conceiving(self)
        self.resting = Resting(self)
        self.associating = Associating(self)
        self.exporting = Exporting(self)
        self.citing = Citing(self)
        self.second_source = SecondSource(self)
        self.second_source.turned.connect(self.chapters_and_threads.fill)
        self.second_source.turned.connect(self.inspecting.show_read)
        self.linking = Linking(self.shelf, self.jobs, self.status)
        self.closing.connect(self.linking.stop)
        self.recalling = Recalling(self)
        self.omnibox = Omnibox(self)
        self.page_beside = PageBeside(self)
        self._place_actions()
        self.cycle = PanelCycle(self)
        self._wire()

    def _make_centre(self) -> None:
        self.tabs = Tabs()
        self.pages = Pages()
        for at, (glyph, name, key) in enumerate(_TABS):
            self.tabs.add(theme.icon(glyph), name)
            self.tabs.setTabToolTip(at, tr("{name} (Ctrl+{key})", name=name, key=key))
            self.tabs.setAccessibleTabName(at, name)
        self.tabs.setTabVisible(READER, False)
        self.tabs.show_lab(self.settings.lab)
        # What is read stands beside the pages, or in their place: a citation opens next to its
        # answer, and nothing is made anew.
        self._no_page = QWidget()
        shown = (
            self.library_tab, self._no_page, self.ask_tab, self.associations_tab, self.today_tab,
        )  # fmt: skip
        for page in (*shown, self.reader_tab):
            on_paper(page, "canvas" if page is self.today_tab else "surface")
            if page is not self.reader_tab:
                self.pages.addWidget(page)
        self.bars = Bars()
        self.spread = divided(self.pages, self.reader_tab, wide=-1)
        self.reader_tab.hide()
        centre = column(self.bars, self.spread, gap=0, wide=-1)
        self._centre = holder(centre)
        self.setCentralWidget(self._centre)
        self.tabs.currentChanged.connect(self._tab_changed)

    @property
    def brain_made(self) -> bool:
        """Whether somebody went to Lab, which is made then."""
        return "brain_tab" in vars(self)

    @cached_property
    def brain_tab(self) -> "BrainTab":
        """Lab, made by the first who wants it: most never do."""
        from workbench.ui.brain.tab import BrainTab

        lab = BrainTab(self.shelf, self.jobs)
        lab.set_scope(self.library_tab.scope.collection)
        self.recalling.serve(lab)
        self.resting.serve(lab)
        self.take_in(lab, BRAIN)
        return lab

    def take_in(self, page: QWidget, at: int = -1) -> None:
        """Give a page that is made late a place among the others, as if it had been there."""
        self.pages.insertWidget(at, page)
        self.look.take_up(page)

    def _place_actions(self) -> None:
        table = self.library_tab.table
        for name in menus.ON_SOURCES:
            table.addAction(self.actions_by_name[name])
        let_drops_through(self)

    def _wire(self) -> None:
        shelf, tab = self.shelf, self.library_tab
        shelf.opened.connect(self._opened)
        shelf.switched.connect(self._switched)
        shelf.sources_changed.connect(self.refresh_actions)
        shelf.facts_changed.connect(self.refresh_actions)
        shelf.sources_changed.connect(self._focus_once)
        shelf.sources_changed.connect(self.settle)
        shelf.facts_changed.connect(self.settle)
        shelf.queue_changed.connect(self._queue_changed)
        shelf.failed.connect(self._failed)
        shelf.slow.connect(self.status.slow.setVisible)
        shelf.undo.indexChanged.connect(self.refresh_actions)
        shelf.undo.indexChanged.connect(self._undo_moved)
        self.collections.scope_changed.connect(self._scope_changed)
        self.collections.wanted_again.connect(lambda: self._leave_page(self.tabs.currentIndex()))
        self.tabs.tabBarClicked.connect(self._leave_page)
        tab.open_requested.connect(self.open_source)
        shelf.wanted.files.connect(self.adding.choose_files)
        shelf.wanted.sample.connect(shelf.add_sample)
        shelf.wanted.statement.connect(self.show_fact)
        tab.link_button.clicked.connect(self.actions_by_name["add_link"].trigger)
        tab.place_button.clicked.connect(self.libraries.choose_place)
        tab.other_requested.connect(self.libraries.open_other)
        self.activity.show_sources.connect(self.show_sources)
        tasks = self.activity.tasks
        tasks.changed.connect(lambda: self.status.show_tasks(tasks.running))
        self.activity.tasks.settled.connect(self._task_settled)
        self.status.queue.clicked.connect(self.show_queue)
        self.status.worked.connect(self.activity.say_background)
        self.status.worked.connect(self.associations_tab.say_background)
        self.status.works.clicked.connect(self.actions_by_name["works"].trigger)
        for away in (self.activity.hide_button.clicked, self.docks.activity.closed):
            away.connect(lambda: self._wish("activity", False))
        self.docks.hide_inspector.clicked.connect(lambda: self._wish("inspector", False))
        self.inspector.open_requested.connect(self.open_source)
        self.inspector.indexed_requested.connect(self.show_indexed)
        self.inspector.overview_requested.connect(self.introduce)
        self.inspector.remove_sample_requested.connect(self.adding.remove_sample)
        self.inspector.new_collection_requested.connect(self.new_collection)
        self.ask_tab.inspect.connect(lambda _evidence: self.refresh_actions())
        self.ask_tab.answers_by.connect(self.status.show_writer)
        self.inspector.page_requested.connect(self.see_page)
        self.ask_tab.library_requested.connect(lambda: self.show_tab(LIBRARY))
        shelf.opening.connect(self.ask_tab.show_opening)
        shelf.open_failed.connect(self.ask_tab.show_trouble)
        shelf.sources_changed.connect(self._tell_absent)
        self.reader_tab.back.connect(self._back)
        for left in (self.library_tab, self.ask_tab):
            on_key(left, "Alt+Right", self._forward, within=True)
        self.reader_tab.header.alone_button.clicked.connect(self.reader_tab.read_on)
        self.reader_tab.header.alone_button.clicked.connect(lambda: self.show_tab(READER))
        self.reader_tab.opened.connect(self.ask_tab.composer.offer_source)
        self.ask_tab.composer.scope_changed.connect(self._show_scope)
        tab.selection_changed.connect(self._offer_chosen)
        self.look.follow(self.reader_tab)

    # -- life -------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown_before:
            self._shown_before = True
            # After the first paint: the window is there before the library is.
            QTimer.singleShot(0, self, self.shelf.start)

    def _focus_once(self) -> None:
        """The first focus is on what one came for, unless the user was faster."""
        if self.shelf.loaded and not self._focused:
            self._focused = True
            now = QApplication.focusWidget()
            idle = now in (None, self.tabs) or self.collections.isAncestorOf(now)
            if idle and self.tabs.currentIndex() == LIBRARY:
                self.library_tab.focus_first()
            elif idle and self.tabs.currentIndex() == TODAY:
                self.today_tab.focus_first()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            # Another program may have made the library's file meanwhile.
            self.shelf.look_again()
            self.originals.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        deadline = time.monotonic() + _LEAVING_SECONDS
        self.closing.emit()
        self.shelf.leave()
        self.library_tab.waiting.end()
        self.settings_now()
        left = {**self.settings.left, str(self.shelf.path): int(time.time())}
        self.settings = replace(self.settings, left=left)
        self.hide()
        self.ask_tab.set_library(None)
        for reader in self.readers:
            reader.set_library(None)
        # Nothing that was acknowledged is lost by leaving: it survives the death of the process.
        jobs_ended = self.jobs.close(_LEAVING_SECONDS / 2)
        if self._remember:
            # After the workers, one of which may just be writing how it was before.
            remembered.save(self.settings)
        library_closed = self.shelf.close(max(0.0, deadline - time.monotonic()))
        self.ended = jobs_ended and library_closed
        super().closeEvent(event)

    @property
    def remembers(self) -> bool:
        """Whether what changes is written to the settings; not in pictures and tests."""
        return self._remember

    def settings_now(self) -> Settings:
        """How the window is now."""
        wishes = self.docks.wishes
        self.settings = replace(
            self.settings,
            library=str(self.shelf.path),
            geometry=bytes(self.saveGeometry().toBase64().data()).decode(),
            docks=bytes(self.saveState().toBase64().data()).decode(),
            hidden=tuple(name for name in SIDES if wishes.get(name) is False),
            kept=tuple(name for name in SIDES if wishes.get(name)),
            columns=self.library_tab.columns(),
            places=self.places.written(),
            side_by_side=self.places.pair_written(),
            associations=self.associating.written(),
            answers=self.ask_tab.way,
        )
        return self.settings

    def _restore(self) -> None:
        settings = self.settings
        self.ask_tab.set_way(settings.answers)
        self.resize(screen.first_size(self, QSize(theme.px(1440), theme.px(900))))
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
        self.docks.wishes.update({name: False for name in settings.hidden})
        self.docks.wishes.update({name: True for name in settings.kept})
        self.docks.first_sizes()
        if settings.docks:
            self.restoreState(QByteArray.fromBase64(settings.docks.encode()))
        self.settle()
        theme_action = self.actions_by_name.get(f"theme_{settings.theme}")
        if theme_action is not None:
            theme_action.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "docks"):
            self.settle()

    def settle(self) -> None:
        """Show the panels and columns that there is room for."""
        self.page_beside.arrange()
        self.library_tab.set_narrow(self.docks.narrow)
        self.status.set_narrow(self.docks.narrow)
        self.docks.settle()
        for name in (*SIDES, "activity"):
            self.actions_by_name[f"panel_{name}"].setChecked(self.docks.shown(name))

    # -- the library ------------------------------------------------------------------------------

    def _opened(self) -> None:
        library = self.shelf.library
        if library is None:
            return
        self.reader_tab.set_library(library)
        self.places.hand_over()
        self.ask_tab.set_library(library)
        self.ask_tab.composer.set_scope(self.library_tab.scope.collection)
        self._name_window()
        self.bars.take(NOTICE)
        if library.notice:
            self.bars.say(NOTICE, library.notice)
        elif is_remote(self.shelf.path):
            does = (
                tr("Read and ask here") if library.read_only else tr("Read, ask and add files here")
            )
            title = tr("This library is on another computer: {stem}", stem=self.shelf.path.stem)
            self.bars.say(
                NOTICE, title, tr("{does}. Do everything else there.", does=does), kind="info"
            )
        self.libraries.opened()

    def _switched(self) -> None:
        self.reader_tab.set_library(None)
        self.ask_tab.set_library(None)
        self.ask_tab.composer.forget_sources()
        self.inspecting.clear()
        self.collections.choose(Scope())
        self.bars.clear(CRASHED)
        self._offer_places()
        self.refresh_actions()
        self._name_window()

    def _offer_places(self) -> None:
        """Have the places in the bar that there are for this library."""
        away = is_remote(self.shelf.path)
        self.tabs.show_lab(self.settings.lab and not away)
        self.tabs.setTabVisible(TODAY, not away)
        self.tabs.fit()

    def _name_window(self) -> None:
        away = tr(" (on another computer)") if is_remote(self.shelf.path) else ""
        self.setWindowTitle(
            tr("{stem}{away} – Engram Workbench", stem=self.shelf.path.stem, away=away)
        )

    def _undo_moved(self, index: int) -> None:
        before, self._undo_at = self._undo_at, index
        if index < before:
            # It was taken back by the keys: the toast must not offer it a second time.
            self.toasts.withdraw(tr("Undo"))

    def _tell_absent(self) -> None:
        if self.shelf.loaded and self.shelf.library is None:
            self.ask_tab.show_absent()

    def _queue_changed(self) -> None:
        self.status.show_queue(self.shelf.summary, coming=len(self.shelf.coming))
        self.status.show_network(self.shelf.queue)

    def _task_settled(self, key: str, kind: str) -> None:
        """Show what came of work on the library; a sleep that went well is told in passing."""
        if (key, kind) != (SLEEP, "done"):
            self.show_panel("activity")

    def show_queue(self) -> None:
        """Show Activity, at the first thing that needs you; hide it where it is seen."""
        self.toggle_panel("activity")
        if self.docks.shown("activity"):
            self.activity.select_failed()

    # -- tabs -------------------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """The tab that is seen, -1 while Settings are."""
        return -1 if self.preferences.shown else self.tabs.currentIndex()

    def show_tab(self, at: int) -> None:
        """Go to a tab and put the focus where one came for."""
        if at == BRAIN:
            self.set_lab(True)
        self.tabs.setCurrentIndex(at)
        if at == TODAY:
            self.today_tab.show_today()
            self.today_tab.focus_first()
        elif at == LIBRARY:
            self.library_tab.focus_first()
        elif at == READER:
            self.reader_tab.setFocus(Qt.FocusReason.OtherFocusReason)
        elif at == ASSOCIATIONS:
            self.associations_tab.focus_first()
        elif at == BRAIN:
            self.brain_tab.focus_first()

    def set_lab(self, shown: bool) -> None:
        """Have Lab among the places, with what is said of neurons and strengths, or not."""
        self.settings = replace(self.settings, lab=shown)
        self.tabs.show_lab(shown)
        self.actions_by_name["lab"].setChecked(shown)
        self.refresh_actions()

    def _tab_changed(self, at: int) -> None:
        if at == READER and self._seen != READER:
            self._opened_from = self._seen
        self._seen = at
        if at == BRAIN:
            self._show_lab()
        else:
            self.pages.setCurrentIndex(at)
        self.docks.wish("activity", False)
        self.page_beside.follow()
        self.settle()
        if at == READER:
            self.page_beside.read_elsewhere()
            self.places.go_on()
        self.inspecting.show()
        self.refresh_actions()

    def _show_lab(self) -> None:
        """Show Lab; it is made by the first who goes there, and shown in a turn of its own then."""
        made, lab = self.brain_made, self.brain_tab
        if not made:
            QTimer.singleShot(0, self, self._show_lab)
        elif self.at == BRAIN:
            self.pages.setCurrentWidget(lab)

    @property
    def readers(self) -> tuple[ReaderTab, ...]:
        """The views of what is read: one, or two side by side."""
        second = self.second_source.reader
        return (self.reader_tab,) if second is None else (self.reader_tab, second)

    @property
    def reading(self) -> ReaderTab:
        """Where one reads: of two views the one with the focus."""
        second = self.second_source
        return second.reader if second.reader is not None and second.reads else self.reader_tab

    def open_source(self, source: int) -> None:
        """Open a source in the Reader."""
        self.reader_tab.open_source(source)
        self.show_tab(READER)

    def see_page(self, source: int, number: int) -> None:
        """Open a page of a source in the Reader."""
        self.reader_tab.open_page(source, number)
        self.show_tab(READER)

    def focus_question(self) -> None:
        """Ctrl+L."""
        self.show_tab(ASK)
        self.ask_tab.focus_question()

    def introduce(self, source: int, title: str) -> None:
        """Show what a source is about, and questions that it answers."""
        self.show_tab(ASK)
        self.ask_tab.new_thread()
        self.ask_tab.composer.ask_sources([source], title)

    def _back(self) -> None:
        """Return to the tab from which the page was opened."""
        self._ahead = self.at == READER
        answered = ASK if self.ask_tab.answer is not None else LIBRARY
        self.show_tab(answered if self._opened_from is None else self._opened_from)

    def _forward(self) -> None:
        """Return to the page that one came back from."""
        if self._ahead:
            self._ahead = False
            self.show_tab(READER)

    # -- scope and selection ----------------------------------------------------------------------

    def _scope_changed(self, scope: Scope) -> None:
        self.library_tab.set_scope(scope)
        self.ask_tab.composer.set_scope(scope.collection)
        self._show_scope()
        self.associations_tab.set_scope(scope.collection)
        if self.brain_made:
            self.brain_tab.set_scope(scope.collection)
        if self.tabs.currentIndex() == READER or scope.fading:
            self.tabs.setCurrentIndex(LIBRARY)
        self.refresh_actions()

    def _show_scope(self) -> None:
        """Name in the status bar what questions search: the source that is asked alone, too."""
        self.status.show_scope(self.ask_tab.composer.scope_name, trash=self.library_tab.scope.trash)

    def _leave_page(self, at: int) -> None:
        """Go from a page to the library, for a click on Read or on the chosen collection there."""
        if at == self.tabs.currentIndex() == READER:
            self.tabs.setCurrentIndex(LIBRARY)

    def _offer_chosen(self, rows: Sequence[SourceRow]) -> None:
        searched = [] if self.library_tab.scope.trash else rows
        self.ask_tab.composer.offer_chosen(
            [each.id for each in searched], rows[0].title if rows else ""
        )

    def _scope_at(self, point: QPoint) -> tuple[Scope, QRect] | None:
        return self.collections.scope_at(point, self)

    def show_sources(self, sources: Sequence[int]) -> None:
        """Select sources in the Library."""
        self.collections.choose(Scope())
        self.library_tab.show_kind(SOURCES)
        self.show_tab(LIBRARY)
        self.library_tab.select(tuple(sources))

    def show_fact(self, fact: int) -> None:
        """Choose a fact in the Library, in everything where the chosen part does not hold it."""
        if self.library_tab.memories.model.row_of(fact) < 0:
            self.collections.choose(Scope())
        self.show_memories()
        self.library_tab.memories.select(fact)

    def show_memories(self) -> None:
        """Go to the facts and notes of the Library."""
        self.leave_fading()
        self.library_tab.show_kind(MEMORIES)
        self.show_tab(LIBRARY)

    def leave_fading(self) -> None:
        """Show the library again where what fades was shown."""
        if self.library_tab.scope.fading:
            self.collections.choose(Scope())

    def show_library(self) -> None:
        """Go to the Library tab."""
        self.show_tab(LIBRARY)

    def show_panel(self, name: str) -> None:
        """Show one of the panels."""
        self._wish(name, True)

    def new_collection(self, sources: Sequence[int] = ()) -> None:
        """Have a new collection named in place; `sources` go into it."""
        self._wish("collections", True)
        self.collections.begin_new(tuple(sources))

    def show_indexed(self) -> None:
        """Show what was indexed of the source that is chosen or read."""
        if self.tabs.currentIndex() == READER and self.reader_tab.source_id is not None:
            self.show_sources((self.reader_tab.source_id,))
        self.tabs.setCurrentIndex(LIBRARY)
        self.library_tab.show_indexed()

    # -- adding, trash and undo -------------------------------------------------------------------

    def add(self, files: Sequence[Path], collection: str | None = None) -> None:
        """Put files and folders on the queue, into the chosen collection unless told otherwise."""
        self.adding.add(files, collection)

    def _failed(self, error: WorkbenchError) -> None:
        text = details(error)
        copy = Action(tr("Copy details"), lambda: QApplication.clipboard().setText(text))
        self.toasts.say(str(error), copy, kind="error")

    # -- view -------------------------------------------------------------------------------------

    def _wish(self, panel: str, shown: bool) -> None:
        if shown and panel in SIDES:
            self.preferences.leave()
        self.docks.wish(panel, shown)
        self.settle()

    def toggle_panel(self, panel: str) -> None:
        """Show a panel that is hidden, hide one that is shown."""
        self._wish(panel, not self.docks.shown(panel))
        if panel == "activity" and self.docks.shown(panel):
            inside = self.activity.list if self.activity.list.isVisible() else self.docks.activity
            inside.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- actions ----------------------------------------------------------------------------------

    def refresh_actions(self) -> None:
        """Enable and name the actions as the window stands now."""
        commands.refresh(self)
