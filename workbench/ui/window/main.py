"""The main window: menus, tab bar, two panels, page, status bar.

It paints before the library is opened, and calls the library through `Jobs`.
"""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QToolBar, QWidget

from workbench import settings as remembered
from workbench.errors import WorkbenchError
from workbench.settings import Settings
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.activity.panel import ActivityPanel
from workbench.ui.ask.tab import AskTab
from workbench.ui.associations.tab import AssociationsTab
from workbench.ui.components import (
    Action,
    Toasts,
    column,
    details,
    divided,
    holder,
    on_paper,
    stretch,
    tool,
)
from workbench.ui.components.dialog import FileDialogs
from workbench.ui.inspector.panel import InspectorPanel
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.library.tab import LibraryTab
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.shelf.opened import OpenLibrary
from workbench.ui.shelf.originals import Originals
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.today.tab import TodayTab
from workbench.ui.window import actions as menus
from workbench.ui.window import keys, screen
from workbench.ui.window.adding import Adding
from workbench.ui.window.annotating import Annotations
from workbench.ui.window.associating import BrainActions, ExploreActions
from workbench.ui.window.backup_actions import BackupActions
from workbench.ui.window.chapters_and_threads import ChaptersAndThreads
from workbench.ui.window.collections import CollectionsPanel
from workbench.ui.window.context import Context, Part
from workbench.ui.window.docks import SIDES, Docks
from workbench.ui.window.drop import DropZone
from workbench.ui.window.exporting import Citing, Exporting
from workbench.ui.window.forms import Forms
from workbench.ui.window.help import add_help
from workbench.ui.window.history import History
from workbench.ui.window.inspecting import InspectorSelection
from workbench.ui.window.libraries import Libraries
from workbench.ui.window.library_problems import CRASHED, ChangedFiles, LibraryProblems, Reports
from workbench.ui.window.message_bars import Bars
from workbench.ui.window.navigation import Choices, Navigation, Views, disable_line_drops
from workbench.ui.window.omnibox import Omnibox, opener
from workbench.ui.window.preferring import Appearance, Preferences
from workbench.ui.window.second_source import Places, SecondSource
from workbench.ui.window.sharing import Sharing
from workbench.ui.window.sleep_actions import SLEEP, SleepActions
from workbench.ui.window.source_actions import SourceActions
from workbench.ui.window.status import Linking, Status
from workbench.ui.window.studies import StudyActions
from workbench.ui.window.tables import TableActions
from workbench.ui.window.tabs import LIBRARY, READER, TODAY, Pages, Tabs
from workbench.ui.window.today_actions import FactActions, TodayActions

if TYPE_CHECKING:
    from workbench.sleep.records import Undone


class PanelCycle(Part):
    """Moves the focus between panels: collections, chapters, centre, Inspector, Activity."""

    def __init__(self, context: Context, chapters: QWidget) -> None:
        super().__init__(context)
        self._chapters = chapters
        self._last: dict[int, QWidget] = {}
        context.actions.bind(next_panel=partial(self.step, 1), last_panel=partial(self.step, -1))

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) panel."""
        panels = self._panels()
        focused = QApplication.focusWidget()
        current = next(
            (
                i
                for i, p in enumerate(panels)
                if focused and (p is focused or p.isAncestorOf(focused))
            ),
            None,
        )
        if current is not None and focused is not None:
            self._last[id(panels[current])] = focused
        start = current if current is not None else (-1 if by > 0 else 0)
        for tried in range(1, len(panels) + 1):
            panel = panels[(start + by * tried) % len(panels)]
            target = self._target(panel)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _panels(self) -> list[QWidget]:
        ordered: list[QWidget | None] = [
            self._views.collections,
            self._chapters,
            self._views.pages.currentWidget(),
            *self._navigate.readers,
            self._views.inspector,
            self._views.activity,
        ]
        return [panel for panel in ordered if panel is not None and panel.isVisible()]

    def _target(self, panel: QWidget) -> QWidget | None:
        previous = self._last.get(id(panel))
        candidates = panel.findChildren(QWidget)
        if previous is not None and previous in candidates and _takes_focus(previous):
            return previous
        front = panel.focusProxy()
        if front is not None and _takes_focus(front):
            return front
        # Prefer the main widget to a button in front of it.
        library = self._views.library
        tables = (library.table, library.memories.table)
        for first in (self._views.collections.tree, *tables):
            if panel.isAncestorOf(first) and _takes_focus(first):
                return first
        result = next((candidate for candidate in candidates if _takes_focus(candidate)), None)
        # An empty tab is a panel as well.
        pages = (self._views.pages.currentWidget(), *self._navigate.readers)
        return panel if result is None and panel in pages else result


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()


#: Icon, name and shortcut digit of each page.
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
    """The window of one library.

    `open_library(path)` is called on a worker thread; the file is only created when something is
    added. `settings` are the saved ones; `remember` is off for screenshots and tests.
    """

    def __init__(
        self,
        path: Path,
        open_library: OpenLibrary,
        settings: Settings | None = None,
        *,
        remember: bool = True,
    ) -> None:
        super().__init__()
        self._choices = Choices(settings if settings is not None else Settings(), remember)
        self._shown_before = False
        self._focused = False
        #: Whether all threads had ended when the window closed.
        self.ended = True
        self._make(path, open_library)
        library = self.library_tab
        theme.dress(self, self._centre, self.spread, self.pages, library, library.stack)
        self.look.fit()
        theme.watch(self, self.look.fit)
        theme.watch(self, self._fit_tools)
        self._restore()
        self._offer_places()
        self.actions_by_name.refresh()
        self._name_window()

    @property
    def settings(self) -> Settings:
        """The current settings."""
        return self._choices.now

    # -- widgets -----------------------------------------------------------------------------------

    def _make(self, path: Path, open_library: OpenLibrary) -> None:
        self.jobs = Jobs(self)
        shelf = self.shelf = Shelf(path, open_library, self.jobs, self)
        self.today_tab = TodayTab(shelf)
        self.library_tab = LibraryTab(shelf, self.settings.columns)
        self.reader_tab = ReaderTab(None, self.jobs)
        self.ask_tab = AskTab(None, self.jobs, shelf.wanted)
        self.associations_tab = AssociationsTab(shelf)
        self.collections = CollectionsPanel(shelf)
        self.originals = Originals(shelf, self)
        self.inspector = InspectorPanel(shelf, self.originals)
        self.activity = ActivityPanel(shelf)
        self._make_centre()
        left = QSplitter(Qt.Orientation.Vertical, handleWidth=1)
        left.addWidget(self.collections)
        # In a low window collections shrink as well, to show more than one chapter.
        left.setStretchFactor(0, 1)
        self.docks = Docks(self, left, self.inspector, self.activity)
        FileDialogs(self)
        # Toasts must not cover the input.
        self.toasts = Toasts(self, self.spread, (self.ask_tab.composer,))
        self.drops = DropZone(self, self._centre, self.collections, self.library_tab)
        actions = self.actions_by_name = menus.Actions(self, self.menuBar(), lambda: shelf.remote)
        keys.assign(actions, self.settings.shortcuts)
        # Created before the tool bar, as Tab follows the order of creation.
        self.status = Status()
        views = Views(
            self.today_tab, self.library_tab, self.reader_tab, self.ask_tab, self.associations_tab,
            self.collections, self.inspector, self.activity, self.docks, self.bars, self.status,
            self.tabs, self.pages, self.spread,
        )  # fmt: skip
        navigate = self.navigate = Navigation(shelf, self.jobs, actions, self._choices, views)
        context = self.context = Context(
            self, shelf, self.jobs, actions, navigate, self.toasts.say, self._choices, views
        )
        self._add_toolbar()
        self.setStatusBar(self.status)
        self.chapters_and_threads = ChaptersAndThreads(context)
        for lists in (self.chapters_and_threads, self.associations_tab.names):
            left.addWidget(lists)
            left.setStretchFactor(left.count() - 1, 2)
        left.setSizes([theme.px(220), theme.px(580), theme.px(580)])
        self.look = Appearance(context)
        self.preferences = Preferences(context, self.look)
        self.places = Places(context)
        self.second_source = SecondSource(context, self.places)
        self.libraries = Libraries(context)
        self.adding = Adding(context, self.preferences)
        self.source_actions = SourceActions(context, self.originals)
        self.reports = Reports(context)
        self.problems = LibraryProblems(context, self.libraries)
        ChangedFiles(context)
        self.backup_actions = BackupActions(context)
        Sharing(context)
        self.inspection = InspectorSelection(context)
        self.fact_actions = FactActions(context)
        self.exporting = Exporting(context)
        self.forms = Forms(context)
        self.annotations = Annotations(context, self.exporting)
        self.today_actions = TodayActions(
            context, self.places, self.source_actions, self.originals, self.inspection
        )
        self.sleep_actions = SleepActions(context, self.preferences)
        self.history = History(context, self.sleep_actions)
        self.explore_actions = ExploreActions(context, self.inspection, self.exporting)
        self.table_actions = TableActions(context, self.exporting)
        self.study_actions = StudyActions(context)
        self.citing = Citing(context)
        for part in (self.annotations, self.chapters_and_threads, self.inspection, self.look):
            part.follow(self.reader_tab)
            self.second_source.reader_created.connect(part.follow)
        self.second_source.reader_created.connect(
            lambda made: made.copied.connect(self.citing.restyle)
        )
        self.second_source.switched.connect(self.chapters_and_threads.fill)
        self.second_source.switched.connect(self.inspection.show_read)
        self.linking = Linking(shelf, self.status)
        shelf.closing.connect(self.linking.stop)
        BrainActions(context, self.preferences)
        self.omnibox = Omnibox(context, self.places, self.explore_actions)
        self.cycle = PanelCycle(context, self.chapters_and_threads)
        add_help(context)
        actions.bind(quit=self.close, undo=shelf.step_back, redo=shelf.step_forward)
        actions.rules.update(undo=lambda: shelf.acts.can_undo, redo=lambda: shelf.acts.can_redo)
        for name in menus.ON_SOURCES:
            self.library_tab.table.addAction(actions[name])
        disable_line_drops(self)
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
        # The Reader is beside the pages or replaces them, so that a citation opens next to its
        # answer without recreating anything.
        self._no_page = QWidget()
        visible = (
            self.library_tab, self._no_page, self.ask_tab, self.associations_tab, self.today_tab,
        )  # fmt: skip
        for page in (*visible, self.reader_tab):
            on_paper(page, "canvas" if page is self.today_tab else "surface")
            if page is not self.reader_tab:
                self.pages.addWidget(page)
        self.bars = Bars()
        self.spread = divided(self.pages, self.reader_tab, wide=-1)
        self.reader_tab.hide()
        self._centre = holder(column(self.bars, self.spread, gap=0, wide=-1))
        self.setCentralWidget(self._centre)

    def _add_toolbar(self) -> None:
        """Create the tool bar with tabs, omnibox and buttons."""
        actions = self.actions_by_name
        bar = QToolBar(tr("Tools"), movable=False, iconSize=QSize(theme.px(20), theme.px(20)))
        bar.setObjectName("tools")
        bar.setAccessibleName(tr("Tools"))
        bar.toggleViewAction().setEnabled(False)
        add = self._add = tool(
            "add", tr("Add"), text=True, call=actions["add"].trigger, tip=tr("Add files (Ctrl+O)")
        )
        inspector = tool(
            "panel",
            tr("Inspector"),
            tip=tr("Show or hide the Inspector (F8)"),
            call=actions["panel_inspector"].trigger,
        )
        inspector.setCheckable(True)
        actions["panel_inspector"].toggled.connect(inspector.setChecked)
        search = self._search = opener(actions["search"].trigger)
        for part in (self.tabs, stretch(), search, stretch(), add, inspector):
            bar.addWidget(part)
        self.addToolBar(bar)

    def _wire(self) -> None:
        shelf, tab, refresh = self.shelf, self.library_tab, self.actions_by_name.refresh
        shelf.opened.connect(self._show_opened)
        shelf.switched.connect(self._switched)
        for changed in (shelf.sources_changed, shelf.facts_changed):
            changed.connect(refresh)
            changed.connect(self.navigate.settle)
        shelf.sources_changed.connect(self._set_initial_focus)
        shelf.queue_changed.connect(self._queue_changed)
        shelf.failed.connect(self._failed)
        shelf.slow.connect(self.status.slow.setVisible)
        shelf.acts.changed.connect(self._update_undo)
        shelf.undo_applied.connect(self._announce_undone)
        shelf.told.connect(self.context.offer_undo)
        self.collections.scope_changed.connect(self._scope_changed)
        self.drops.dropped.connect(self.adding.drop)
        tab.link_button.clicked.connect(self.actions_by_name["add_link"].trigger)
        tasks = self.activity.tasks
        tasks.changed.connect(lambda: self.status.show_tasks(tasks.running))
        tasks.settled.connect(self._show_settled)
        self.status.worked.connect(self.activity.say_background)
        self.status.worked.connect(self.associations_tab.say_background)
        self.status.works.clicked.connect(self.actions_by_name["works"].trigger)
        self.ask_tab.inspect.connect(lambda _evidence: refresh())
        self.ask_tab.answers_by.connect(self.status.show_writer)
        shelf.opening.connect(self.ask_tab.show_opening)
        shelf.open_failed.connect(self.ask_tab.show_error)
        shelf.sources_changed.connect(self._show_absent)
        self.reader_tab.opened.connect(self.ask_tab.composer.offer_source)
        self.ask_tab.composer.scope_changed.connect(self._show_scope)
        tab.selection_changed.connect(self._offer_selected)

    # -- life cycle --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown_before:
            self._shown_before = True
            # After the first paint, which comes before the library.
            QTimer.singleShot(0, self, self.shelf.start)

    def _set_initial_focus(self) -> None:
        """Focus the main widget initially, unless the user has moved the focus."""
        if self.shelf.loaded and not self._focused:
            self._focused = True
            focused = QApplication.focusWidget()
            idle = focused in (None, self.tabs) or self.collections.isAncestorOf(focused)
            if idle and self.tabs.currentIndex() == LIBRARY:
                self.library_tab.focus_first()
            elif idle and self.tabs.currentIndex() == TODAY:
                self.today_tab.focus_first()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            # Another program may have created the library's file.
            self.shelf.check_file()
            self.originals.check()

    def closeEvent(self, event: QCloseEvent) -> None:
        deadline = time.monotonic() + _LEAVING_SECONDS
        self.shelf.leave()
        self.library_tab.waiting.end()
        self.collect_settings()
        self.hide()
        self.ask_tab.set_library(None)
        for reader in self.navigate.readers:
            reader.set_library(None)
        # Acknowledged changes are safe: they survive the death of the process.
        jobs_finished = self.jobs.close(_LEAVING_SECONDS / 2)
        if self._choices.stored:
            # After the workers, one of which may be saving an older state.
            remembered.save(self.settings)
        library_closed = self.shelf.close(max(0.0, deadline - time.monotonic()))
        self.ended = jobs_finished and library_closed
        super().closeEvent(event)

    def collect_settings(self) -> Settings:
        """Update and return the settings with the state of the window."""
        wishes = self.docks.wishes
        self._choices.change(
            library=str(self.shelf.path),
            geometry=bytes(self.saveGeometry().toBase64().data()).decode(),
            docks=bytes(self.saveState().toBase64().data()).decode(),
            hidden=tuple(name for name in SIDES if wishes.get(name) is False),
            kept=tuple(name for name in SIDES if wishes.get(name)),
            columns=self.library_tab.columns(),
            places=self.places.serialise(),
            side_by_side=self.second_source.serialise_pair(),
            answers=self.ask_tab.way,
        )
        return self.settings

    def _restore(self) -> None:
        settings = self.settings
        self.ask_tab.set_mode(settings.answers)
        self.resize(screen.first_size(self, QSize(theme.px(1440), theme.px(900))))
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
        self.docks.wishes.update({name: False for name in settings.hidden})
        self.docks.wishes.update({name: True for name in settings.kept})
        self.docks.first_sizes()
        if settings.docks:
            self.restoreState(QByteArray.fromBase64(settings.docks.encode()))
        self.navigate.settle()
        theme_action = self.actions_by_name.get(f"theme_{settings.theme}")
        if theme_action is not None:
            theme_action.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "navigate"):
            self.navigate.settle()
            self._fit_tools()

    def _fit_tools(self) -> None:
        """Shrink in a small window, as a tool bar hides widgets that do not fit."""
        crowded, styles = self.docks.crowded, Qt.ToolButtonStyle
        style = styles.ToolButtonIconOnly if crowded else styles.ToolButtonTextBesideIcon
        self._add.setToolButtonStyle(style)
        self._search.setMinimumWidth(0 if crowded else theme.px(365))

    # -- library -----------------------------------------------------------------------------------

    def _show_opened(self) -> None:
        library = self.shelf.library
        if library is None:
            return
        self.reader_tab.set_library(library)
        self.places.restore_places()
        self.ask_tab.set_library(library)
        self.ask_tab.composer.set_scope(self.library_tab.scope.collection)
        self._name_window()
        self.bars.take(NOTICE)
        if library.notice:
            self.bars.say(NOTICE, library.notice)
        elif self.shelf.remote:
            does = (
                tr("Read and ask here") if library.read_only else tr("Read, ask and add files here")
            )
            title = tr("This library is on another computer: {stem}", stem=self.shelf.path.stem)
            self.bars.say(
                NOTICE, title, tr("{does}. Do everything else there.", does=does), kind="info"
            )
        self.libraries.remember_open()

    def _switched(self) -> None:
        # Actions of toasts refer to the previous library.
        self.toasts.hide()
        self.reader_tab.set_library(None)
        self.ask_tab.set_library(None)
        self.ask_tab.composer.forget_sources()
        self.collections.choose(Scope())
        self.bars.clear(CRASHED)
        self._offer_places()
        self.actions_by_name.refresh()
        self._name_window()

    def _offer_places(self) -> None:
        """Show the tabs that apply to this library."""
        is_remote = self.shelf.remote
        self.tabs.show_lab(self.settings.lab and not is_remote)
        self.tabs.setTabVisible(TODAY, not is_remote)
        self.tabs.fit()

    def _name_window(self) -> None:
        suffix = tr(" (on another computer)") if self.shelf.remote else ""
        self.setWindowTitle(
            tr("{stem}{away} – Engram Workbench", stem=self.shelf.path.stem, away=suffix)
        )

    def _update_undo(self) -> None:
        acts, act = self.shelf.acts, self.actions_by_name
        act["undo"].setText(tr("&Undo {undoText}", undoText=acts.undo_text).rstrip(" :"))
        act["redo"].setText(tr("&Redo {redoText}", redoText=acts.redo_text).rstrip(" :"))
        act.refresh()

    def _announce_undone(self, records: "list[Undone]") -> None:
        """Show what was undone or redone, replacing a toast that offers it."""
        what = ", ".join(record.what for record in records)
        is_again = records[0].again
        self.toasts.say(
            tr("Redone: {what}", what=what) if is_again else tr("Undone: {what}", what=what)
        )

    def _show_absent(self) -> None:
        if self.shelf.loaded and self.shelf.library is None:
            self.ask_tab.show_absent()

    def _queue_changed(self) -> None:
        self.status.show_queue(self.shelf.summary, pending=len(self.shelf.coming))
        self.status.show_network(self.shelf.queue)

    def _show_settled(self, key: str, kind: str) -> None:
        """Show the result of a task in Activity; a successful sleep does not open it."""
        if (key, kind) != (SLEEP, "done"):
            self.navigate.show_panel("activity")

    def _failed(self, error: WorkbenchError) -> None:
        text = details(error)
        copy = Action(tr("Copy details"), lambda: QApplication.clipboard().setText(text))
        self.toasts.say(str(error), copy, kind="error")

    # -- scope and selection -----------------------------------------------------------------------

    def _scope_changed(self, scope: Scope) -> None:
        self.library_tab.set_scope(scope)
        self.ask_tab.composer.set_scope(scope.collection)
        self._show_scope()
        self.associations_tab.set_scope(scope.collection)
        if self.navigate.has_lab:
            self.navigate.lab.set_scope(scope.collection)
        if self.tabs.currentIndex() == READER or scope.fading:
            self.tabs.setCurrentIndex(LIBRARY)
        self.actions_by_name.refresh()

    def _show_scope(self) -> None:
        """Show the scope of questions in the status bar, and a collection in the lists as well."""
        collection = self.ask_tab.composer.scope
        if (
            self.ask_tab.composer.sources is None
            and collection != self.library_tab.scope.collection
        ):
            self.collections.choose(Scope(collection))
        self.status.show_scope(self.ask_tab.composer.scope_name, trash=self.library_tab.scope.trash)

    def _offer_selected(self, rows: Sequence[SourceRow]) -> None:
        searched = [] if self.library_tab.scope.trash else rows
        self.ask_tab.composer.offer_selection(
            [row.id for row in searched], rows[0].title if rows else ""
        )
