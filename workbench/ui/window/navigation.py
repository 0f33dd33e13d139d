"""Navigation of the window: tabs, panels, and the page of a citation.

A cited page is shown beside its answer, or alone if both do not fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QToolBar, QToolButton, QWidget

from workbench.recall.records import Answer, Evidence
from workbench.settings import Settings
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.activity.panel import ActivityPanel
from workbench.ui.ask.tab import AskTab
from workbench.ui.associations.tab import AssociationsTab
from workbench.ui.components import fit_sign, on_key, words
from workbench.ui.inspector.panel import InspectorPanel
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.library.tab import LibraryTab
from workbench.ui.memories.switch import MEMORIES, SOURCES
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.today.tab import TodayTab
from workbench.ui.window.actions import Actions
from workbench.ui.window.collections import CollectionsPanel
from workbench.ui.window.docks import SIDES, Docks
from workbench.ui.window.message_bars import Bars
from workbench.ui.window.status import Status
from workbench.ui.window.tabs import ASK, ASSOCIATIONS, BRAIN, LIBRARY, READER, TODAY, Pages, Tabs

if TYPE_CHECKING:
    from workbench.memory.graph.records import SaidAt
    from workbench.ui.brain.tab import BrainTab

#: Initial width of the page beside an answer, and in a narrow window.
_WIDE, _NARROW = 494, 360


def fit_presses(parent: QWidget) -> None:
    """Scale the icons of buttons with the text size."""
    for press in parent.findChildren(QToolButton):
        inside_bar = isinstance(press.parentWidget(), QToolBar)
        if press.property("kind") is not None and not inside_bar:
            fit_sign(press)


def disable_line_drops(parent: QWidget) -> None:
    """Disable drops on text fields: the window takes the files, instead of their names."""
    for place in parent.findChildren(QWidget):
        if place.metaObject().className() in ("QLineEdit", "QPlainTextEdit"):
            place.setAcceptDrops(False)


def take_up(late: QWidget) -> None:
    """Apply to a widget created late what start-up does for all."""
    fit_presses(late)
    disable_line_drops(late)


@dataclass(slots=True)
class Choices:
    """The current settings; `stored` is whether they are saved."""

    now: Settings
    stored: bool

    def change(self, **values: Any) -> None:
        """Replace some values."""
        self.now = replace(self.now, **values)


@dataclass(frozen=True, slots=True)
class Views:
    """The pages and panels of the window."""

    today: TodayTab
    library: LibraryTab
    reader: ReaderTab
    ask: AskTab
    explore: AssociationsTab
    collections: CollectionsPanel
    inspector: InspectorPanel
    activity: ActivityPanel
    docks: Docks
    bars: Bars
    status: Status
    tabs: Tabs
    pages: Pages
    spread: QSplitter


class Navigation(QObject):
    """Switches between pages, and shows and hides panels."""

    #: The index of the new tab.
    arrived = Signal(int)
    #: Whether the Reader takes the whole width.
    arranged = Signal(bool)
    #: The Lab was created.
    lab_made = Signal(object)

    def __init__(
        self, library: Shelf, jobs: Jobs, actions: Actions, settings: Choices, views: Views
    ) -> None:
        super().__init__(views.docks.window)
        self._library, self._jobs, self._actions, self._views = library, jobs, actions, views
        self._settings = settings
        self._lab: BrainTab | None = None
        self._seen = LIBRARY
        self._opened_from: int | None = None
        #: Alt+Right returns to the page that was left by going back.
        self._ahead = False
        #: The second of two Readers side by side, and whether it has the focus.
        self.second: ReaderTab | None = None
        self.reads_second = False
        #: Whether an answer has a page beside it, and whether it was visible at the last layout.
        self._cited = self._split = False
        #: The visible view of Ask: threads, or tables.
        self._asks: QWidget = views.ask
        #: Whether answers open their page; off once the user closes it, on again after opening a
        #: citation.
        self._brings = True
        #: The evidence that the page beside the answer shows.
        self._followed: Evidence | None = None
        ask_tab, reader, inspector = views.ask, views.reader, views.inspector
        views.tabs.currentChanged.connect(self._enter)
        views.tabs.activated.connect(self.leave_settings)
        views.tabs.tabBarClicked.connect(self.leave_page)
        views.collections.reselected.connect(lambda: self.leave_page(self.tab))
        views.library.open_requested.connect(self.open_source)
        views.library.selection_changed.connect(lambda _rows: self._update_ask_text())
        views.activity.show_sources.connect(self.show_sources)
        views.status.queue.clicked.connect(self.show_queue)
        for signal in (views.activity.hide_button.clicked, views.docks.activity.closed):
            signal.connect(lambda: self._wish("activity", False))
        views.docks.hide_inspector.clicked.connect(lambda: self._wish("inspector", False))
        inspector.open_requested.connect(self.open_source)
        inspector.indexed_requested.connect(self.show_indexed)
        inspector.overview_requested.connect(self.introduce)
        inspector.new_collection_requested.connect(self.new_collection)
        inspector.page_requested.connect(self.see_page)
        inspector.evidence_requested.connect(self._open_inspected)
        ask_tab.library_requested.connect(self.show_library)
        ask_tab.open_evidence.connect(self.open_evidence)
        ask_tab.inspect.connect(lambda _evidence: self._follow())
        ask_tab.answer_received.connect(self._open_cited)
        reader.back.connect(self._back)
        for left in (views.library, ask_tab):
            on_key(left, "Alt+Right", self._forward, include_children=True)
        reader.header.alone_button.clicked.connect(self._read_full_width)
        reader.header.close_button.clicked.connect(self._close_page)
        library.wanted.sentence.connect(self.read_at)
        library.wanted.statement.connect(self.show_fact)
        self._declare(actions)

    def _declare(self, actions: Actions) -> None:
        views, library = self._views, self._library
        for name in (*SIDES, "activity"):
            actions.bind(**{f"panel_{name}": partial(self.toggle_panel, name)})
        actions.bind(
            tab_today=lambda: self.show_tab(TODAY), tab_library=self.show_library,
            tab_read=self._read, tab_ask=lambda: self.show_tab(ASK), facts=self.show_memories,
            tab_associations=lambda: self.show_tab(ASSOCIATIONS),
            new_collection=self.new_collection,
            focus_question=self.focus_question, new_thread=self._new_thread,
            asked_before=self._show_history, remember=self._remember,
            open_source=lambda: self.open_source(self.chosen[0].id), indexed=self.show_indexed,
            tags=self._edit_tags, rename_collection=self._rename_collection,
            remove_collection=views.collections.remove_current, ask_scope=self._ask_collection,
            fit_page=lambda: self.reading.fit_page(), copy_citation=self._copy_citation,
            find=self._find, ask_source=self._ask_sources,
            lab=lambda: self.set_lab(not self.lab_offered),
            tab_brain=lambda: self.show_tab(BRAIN),
        )  # fmt: skip
        actions.rules.update(
            library=lambda: library.library is not None, sources=lambda: bool(library.sources),
            selected=lambda: bool(self.chosen), chosen=lambda: self._chosen,
            read=lambda: self.reads, selected_or_read=lambda: bool(self.chosen) or self.reads,
            chosen_or_read=lambda: self.reads or self._chosen,
            beside=lambda: bool(self.chosen) or self.at == READER,
            in_trash=lambda: self.in_trash, outside_trash=lambda: not self.in_trash,
            trashed=lambda: bool(self.chosen) and self.in_trash,
            trash_filled=lambda: bool(library.trashed),
            collection=lambda: self.collection is not None,
            pages=lambda: self.reads and self.reading.shows_pages,
            citable=lambda: self.reads or (self.at == ASK and views.ask.answer is not None),
            findable=lambda: self.reads or bool(library.sources or library.fact_counts),
            thread=lambda: self.at == ASK and bool(views.ask.talk.answers),
            lab=lambda: self.lab_offered,
        )  # fmt: skip

    def _update_ask_text(self) -> None:
        several = len(self.chosen)
        target = tr("This &Source")
        if several > 1:
            target = tr("These {several} &Sources", several=words.number(several))
        self._actions["ask_source"].setText(tr("Ask {ask} Alone", ask=target))

    # -- position ----------------------------------------------------------------------------------

    @property
    def tab(self) -> int:
        """The current tab."""
        return self._views.tabs.currentIndex()

    @property
    def at(self) -> int:
        """The visible tab, -1 while Settings are open."""
        return -1 if self._views.docks.aside else self.tab

    @property
    def readers(self) -> tuple[ReaderTab, ...]:
        """The Readers: one, or two side by side."""
        first = self._views.reader
        return (first,) if self.second is None else (first, self.second)

    @property
    def reading(self) -> ReaderTab:
        """The current Reader: of two, the one with the focus."""
        return self.second if self.second and self.reads_second else self._views.reader

    @property
    def reads(self) -> bool:
        """Whether a source is open and visible."""
        return self._views.reader.isVisible() and self._views.reader.source_id is not None

    @property
    def in_trash(self) -> bool:
        """Whether the Library shows the Trash."""
        return self._views.library.scope.trash

    @property
    def collection(self) -> str | None:
        """The collection that the Library shows."""
        return self._views.library.scope.collection

    @property
    def chosen(self) -> Sequence[SourceRow]:
        """The selected sources if their list is visible, so that actions never affect others."""
        library = self._views.library
        return library.selected() if self.at == LIBRARY and library.kind == SOURCES else ()

    @property
    def _chosen(self) -> bool:
        """Whether sources outside the Trash are chosen."""
        return bool(self.chosen) and not self.in_trash

    # -- tabs --------------------------------------------------------------------------------------

    def go(self, at: int) -> None:
        """Switch to a tab, keeping the focus."""
        self._views.tabs.setCurrentIndex(at)

    def show_tab(self, at: int) -> None:
        """Switch to a tab and focus its main widget."""
        views = self._views
        if at == BRAIN:
            self.set_lab(True)
        if at == ASK:
            self.show_of_ask(views.ask)
        self.go(at)
        if at == TODAY:
            views.today.show_today()
            views.today.focus_first()
        elif at == LIBRARY:
            views.library.focus_first()
        elif at == READER:
            views.reader.setFocus()
        elif at == ASSOCIATIONS:
            views.explore.focus_first()
        elif at == BRAIN:
            self.lab.focus_first()

    def show_of_ask(self, view: QWidget) -> None:
        """Switch to a view of Ask: threads, or tables."""
        if view is not self._asks:
            self._asks, self._cited = view, False
        self.go(ASK)
        self._views.pages.setCurrentWidget(view)
        self.settle()

    @property
    def in_threads(self) -> bool:
        """Whether Ask shows its threads."""
        return self._asks is self._views.ask

    def set_lab(self, visible: bool) -> None:
        """Show or hide the Lab, and with it neurons and strengths elsewhere."""
        self._settings.change(lab=visible)
        self._views.tabs.show_lab(visible)
        self._actions["lab"].setChecked(visible)
        self._actions.refresh()

    def _enter(self, at: int) -> None:
        if at == READER and self._seen != READER:
            self._opened_from = self._seen
        self._seen = at
        if at == BRAIN:
            self._show_lab()
        else:
            self._turn(at)
        self._views.docks.wish("activity", False)
        self._follow()
        self.settle()
        if at == READER:
            # The selection in the answer is then opened again.
            self._followed = None
        self.arrived.emit(at)
        self._update_ask_text()
        self._actions.refresh()

    def _turn(self, at: int) -> None:
        if at == ASK:
            self._views.pages.setCurrentWidget(self._asks)
        else:
            self._views.pages.setCurrentIndex(at)

    @property
    def lab_offered(self) -> bool:
        """Whether the Lab tab is visible."""
        return self._views.tabs.isTabVisible(BRAIN)

    @property
    def has_lab(self) -> bool:
        """Whether the Lab was created."""
        return self._lab is not None

    @property
    def lab(self) -> "BrainTab":
        """The Lab, created on first use."""
        if self._lab is None:
            from workbench.ui.brain.tab import BrainTab

            self._lab = BrainTab(self._library)
            self._lab.set_scope(self.collection)
            self.lab_made.emit(self._lab)
            self.take_in(self._lab, BRAIN)
        return self._lab

    def _show_lab(self) -> None:
        """Show the Lab, after an event loop iteration if it was just created."""
        created, lab = self.has_lab, self.lab
        if not created:
            QTimer.singleShot(0, self, self._show_lab)
        elif self.at == BRAIN:
            self._views.pages.setCurrentWidget(lab)

    def take_in(self, page: QWidget, at: int = -1) -> None:
        """Add a page that is created late."""
        self._views.pages.insertWidget(at, page)
        take_up(page)

    def show_settings(self, place: QWidget) -> None:
        """Show Settings at full width in place of the tabs."""
        self._views.docks.aside = True
        self._views.pages.setCurrentWidget(place)
        self.settle()
        self._actions.refresh()

    def leave_settings(self) -> None:
        """Return from Settings to the tabs."""
        if self._views.docks.aside:
            self._views.docks.aside = False
            self._turn(self.tab)
            self.settle()
            self._actions.refresh()

    def show_library(self) -> None:
        """Go to the Library tab."""
        self.show_tab(LIBRARY)

    def leave_page(self, at: int) -> None:
        """Go from the Reader to the Library, after a click on Read or the current collection."""
        if at == self.tab == READER:
            self.go(LIBRARY)

    def _read(self) -> None:
        """Ctrl+1: open Read as it was left, or toggle between Reader and Library."""
        at = READER if self._views.tabs.isTabVisible(READER) else LIBRARY
        if self.at == at:
            at = LIBRARY if at == READER else READER
        self.show_tab(at if self._views.reader.source_id is not None else LIBRARY)

    def _read_full_width(self) -> None:
        self._views.reader.read_on()
        self.show_tab(READER)

    def _back(self) -> None:
        """Return to the tab from which the page was opened."""
        self._ahead = self.at == READER
        fallback = ASK if self._views.ask.answer is not None else LIBRARY
        at = fallback if self._opened_from is None else self._opened_from
        (self.go if at == ASK else self.show_tab)(at)

    def _forward(self) -> None:
        """Return to the page that was left by going back."""
        if self._ahead:
            self._ahead = False
            self.show_tab(READER)

    # -- sources ----------------------------------------------------------------------------------

    def open_source(self, source: int) -> None:
        """Open a source in the Reader."""
        self._views.reader.open_source(source)
        self.show_tab(READER)

    def see_page(self, source: int, number: int) -> None:
        """Open a page of a source in the Reader."""
        self._views.reader.open_page(source, number)
        self.show_tab(READER)

    def show_sources(self, sources: Sequence[int]) -> None:
        """Select sources in the Library."""
        self._views.collections.choose(Scope())
        self._views.library.show_kind(SOURCES)
        self.show_library()
        self._views.library.select(tuple(sources))

    def show_fact(self, fact: int) -> None:
        """Select a fact in the Library, with the scope Everything if needed."""
        memories = self._views.library.memories
        if memories.model.row_of(fact) < 0:
            self._views.collections.choose(Scope())
        self.show_memories()
        memories.select(fact)

    def show_memories(self) -> None:
        """Show the facts and notes of the Library."""
        self.leave_fading()
        self._views.library.show_kind(MEMORIES)
        self.show_library()

    def _remember(self) -> None:
        self.show_memories()
        self._views.library.memories.focus_line()

    def leave_fading(self) -> None:
        """Return from the list of fading memories to the Library."""
        if self._views.library.scope.fading:
            self._views.collections.choose(Scope())

    def show_indexed(self) -> None:
        """Show the indexed text of the selected or open source."""
        source = self._views.reader.source_id
        if self.tab == READER and source is not None:
            self.show_sources((source,))
        self.go(LIBRARY)
        self._views.library.show_indexed()

    def _find(self) -> None:
        if self.reads:
            self.reading.open_find()
            return
        self.go(LIBRARY)
        library = self._views.library
        library.leave_indexed()
        field = library.find_field if library.kind == SOURCES else library.memories.find_field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _copy_citation(self) -> None:
        if self.at == READER:
            self.reading.copy_with_citation()
        elif self.at == ASK:
            self._views.ask.copy_with_citation()

    # -- questions --------------------------------------------------------------------------------

    def focus_question(self) -> None:
        """Focus the question field (Ctrl+L)."""
        self.show_tab(ASK)
        self._views.ask.focus_question()

    def _new_thread(self) -> None:
        self.show_tab(ASK)
        self._views.ask.new_thread()

    def _show_history(self) -> None:
        self.show_tab(ASK)
        self._views.ask.show_history()

    def introduce(self, source: int, title: str) -> None:
        """Show the topic of a source, and questions that it answers."""
        self._new_thread()
        self._views.ask.composer.ask_sources([source], title)

    def _ask_collection(self) -> None:
        self._views.ask.composer.set_scope(self.collection)
        self.focus_question()

    def _ask_sources(self) -> None:
        """Limit questions to the open source, or to the selected ones."""
        source = self.reading.source_id if self.at == READER else None
        rows = self._views.library.selected()
        if source is not None:
            rows = [row for row in self._library.sources if row.id == source]
        if rows:
            self._views.ask.composer.ask_sources([row.id for row in rows], rows[0].title)
            self.focus_question()

    # -- panels -----------------------------------------------------------------------------------

    def show_panel(self, name: str) -> None:
        """Show a panel."""
        self._wish(name, True)

    def toggle_panel(self, name: str) -> None:
        """Toggle a panel."""
        docks, activity = self._views.docks, self._views.activity
        self._wish(name, not docks.is_visible(name))
        if name == "activity" and docks.is_visible(name):
            inside = activity.list if activity.list.isVisible() else docks.activity
            inside.setFocus()

    def _wish(self, name: str, visible: bool) -> None:
        if visible and name in SIDES:
            self.leave_settings()
        self._views.docks.wish(name, visible)
        self.settle()

    def show_queue(self) -> None:
        """Toggle Activity, with the first failed row selected."""
        self.toggle_panel("activity")
        if self._views.docks.is_visible("activity"):
            self._views.activity.select_failed()

    def new_collection(self, sources: Sequence[int] = ()) -> None:
        """Edit the name of a new collection; `sources` are added to it."""
        self.show_panel("collections")
        self._views.collections.begin_new(tuple(sources))

    def _rename_collection(self) -> None:
        self.show_panel("collections")
        self._views.collections.begin_rename()

    def _edit_tags(self) -> None:
        self.show_panel("inspector")
        self._views.inspector.focus_tags()

    def settle(self) -> None:
        """Lay out the page, panels and columns for the current width."""
        views = self._views
        self._arrange()
        views.status.set_narrow(views.docks.narrow)
        views.docks.settle()
        for name in (*SIDES, "activity"):
            self._actions[f"panel_{name}"].setChecked(views.docks.is_visible(name))

    # -- page beside an answer ---------------------------------------------------------------------

    def _arrange(self) -> None:
        """Show the Reader in place of the pages, beside the answer, or not at all."""
        docks, spread, reader = self._views.docks, self._views.spread, self._views.reader
        full_width = self.at == READER
        # If both do not fit, the page is shown alone.
        split = self.at == ASK and self._cited and not docks.crowded
        self._views.pages.setVisible(not full_width)
        reader.setVisible(full_width or split)
        reader.header.set_beside(split)
        reader.page_view.set_beside(split)
        docks.spacious = self.at == ASK and docks.narrow
        self.arranged.emit(full_width)
        if split and not self._split:
            wide = spread.width()
            narrow = docks.narrow or not self.in_threads
            page = min(theme.px(_NARROW if narrow else _WIDE), wide // 2)
            spread.setSizes([wide - page, page, 0][: spread.count()])
        self._split = split

    def _follow(self) -> None:
        """Show the selected evidence in the page beside the answer; hide the page without any."""
        if not self.in_threads:
            return
        evidence, answer = self._views.ask.selected, self._views.ask.answer
        if evidence is None and self._cited:
            self._cited = False
            self.settle()
        inapplicable = self.at != ASK or self._views.docks.crowded
        if inapplicable or evidence == self._followed:
            return
        self._followed = evidence
        if self._cited and evidence is not None and answer is not None:
            self._views.reader.open_evidence(answer, evidence.n, focus=False)

    def _close_page(self) -> None:
        self._cited = self._brings = False
        self.settle()
        if self.in_threads:
            self._views.ask.focus_question()
        else:
            self._asks.setFocus()

    def glance(self, answer: Answer, n: int, *, opens: bool) -> None:
        """Show a citation beside the current page, if one is already there or `opens` is set."""
        if (opens or self._cited) and not self._views.docks.crowded:
            self._views.reader.open_evidence(answer, n, focus=False)
            self._cited = True
            self.settle()

    def open_evidence(self, answer: Answer, n: int) -> None:
        """Open a citation at its quote."""
        self._views.reader.open_evidence(answer, n)
        self._show_page()

    def read_at(self, source: int, start: int, end: int) -> None:
        """Open a passage of a source."""
        self._views.reader.open_source(source, start, end)
        self._show_page()

    def read_first(self, places: "dict[int, SaidAt]") -> None:
        """Open passages."""
        for place in places.values():
            self.read_at(place.source, place.start, place.end)

    def _show_page(self) -> None:
        """Show the opened page, beside the answer if the current tab is Ask."""
        self._brings = True
        if self.at == ASK and not self._views.docks.crowded:
            self._cited = True
            self.settle()
        else:
            self.show_tab(READER)

    def _open_cited(self, _answer: Answer) -> None:
        """Show the selected evidence of a new answer beside it."""
        crowded = self._views.docks.crowded or not self.in_threads
        if self._brings and self._views.ask.selected is not None and not crowded:
            self._cited, self._followed = True, None
            self._follow()
            self.settle()

    def _open_inspected(self, evidence: Evidence) -> None:
        answer = self._views.ask.answer
        if answer is not None and evidence in answer.evidence:
            self.open_evidence(answer, evidence.n)
        else:
            place = evidence.locator
            self.read_at(evidence.source.id, place.start, place.end)
