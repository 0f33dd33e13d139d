"""Chooses what the Inspector shows: the selection of the visible tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from workbench.recall.records import Evidence
from workbench.store.records import SourceRow
from workbench.ui.ask.cited import cited_spans
from workbench.ui.components.delay import delayed
from workbench.ui.inspector.engram import Engram
from workbench.ui.memories.rows import Memory
from workbench.ui.memories.switch import CONCEPTS, MEMORIES, SOURCES
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.window.tabs import ASK, LIBRARY, READER

if TYPE_CHECKING:
    from workbench.memory.fading.records import Fading
    from workbench.ui.window.main import MainWindow


_SOON = 300  # milliseconds
_TOGETHER = 60  # sentences of a selection that are looked at
_SENTENCE = "inspecting:sentence"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A concept that is chosen, by its number."""

    concept: int


class Inspecting:
    """Hears of what is chosen anywhere, and has the Inspector show it."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._chosen: dict[int, object] = {}
        library = window.library_tab
        library.selection_changed.connect(self._sources_chosen)
        library.memories.selection_changed.connect(self._memory_chosen)
        library.concepts.selection_changed.connect(self._concept_chosen)
        library.kind_changed.connect(self._kind_changed)
        window.ask_tab.inspect.connect(lambda found: self._choose(ASK, found))
        self.follow(window.reader_tab)
        self._soon = delayed(window, self._look_selected, _SOON)
        window.closing.connect(self._soon.stop)

    def follow(self, reader: ReaderTab) -> None:
        """Show what is read in a view, while one reads in it."""
        reader.inspect.connect(lambda found: self._choose(READER, found))
        reader.opened.connect(self._read)
        reader.sheet.selectionChanged.connect(partial(self._selected, reader))

    def show_read(self) -> None:
        """Show the source that one reads."""
        if self._window.reading.source_id is not None:
            self._read(self._window.reading.source_id, "")

    def clear(self) -> None:
        """Another library: nothing of this one is chosen any more."""
        self._chosen.clear()

    def show(self) -> None:
        """Show what is chosen in the tab that is seen."""
        window = self._window
        thing = self._chosen.get(window.tabs.currentIndex())
        if isinstance(thing, Evidence):
            answer = window.ask_tab.answer
            known = answer is not None and thing in answer.evidence
            cited = cited_spans(answer, thing.n) if answer is not None and known else ()
            window.inspector.show_evidence(thing, cited)
        elif isinstance(thing, Memory):
            window.inspector.show_memory(thing)
        elif isinstance(thing, Chosen):
            window.inspector.show_concept(thing.concept)
        elif isinstance(thing, Engram):
            window.inspector.show_engram(thing)
        else:
            window.inspector.show_sources(thing if isinstance(thing, tuple) else ())
        window.settle()

    def choose(self, tab: int, thing: object) -> None:
        """Show a thing whenever this tab is seen."""
        self._choose(tab, thing)

    def choose_concept(self, tab: int, concept: int | None) -> None:
        """Show a concept, or nothing, whenever this tab is seen."""
        self._choose(tab, Chosen(concept) if concept is not None else None)

    def show_concept(self, concept: int) -> None:
        """Show all about a concept beside what is seen."""
        self._window.show_panel("inspector")
        self._choose(self._window.tabs.currentIndex(), Chosen(concept))

    def show_memory(self, memory: Memory) -> None:
        """Show a memory beside what is seen."""
        self._window.show_panel("inspector")
        self._choose(self._window.tabs.currentIndex(), memory)

    def fading_chosen(self, chosen: "Fading | None") -> None:
        """What fades and is chosen in the list of it."""
        if self._window.library_tab.scope.fading:
            thing = None if chosen is None else Engram(chosen.engram, chosen.title or "")
            self._choose(LIBRARY, thing)

    def _selected(self, reader: ReaderTab) -> None:
        if reader.sheet.textCursor().hasSelection():
            self._soon.start()

    def _look_selected(self) -> None:
        """The words selected in the Reader belong to sentences; the strength is the first one's."""
        reader, library = self._window.reading, self._window.shelf.library
        span, source = reader.sheet.selected_span(), reader.source_id
        if library is not None and span is not None and source is not None:
            found = partial(self._sentences, source)
            self._window.jobs.run(library.graph.sentences, source, *span, done=found, key=_SENTENCE)

    def _sentences(self, source: int, sentences: list[int]) -> None:
        if sentences and self._window.reading.source_id == source:
            shelf = self._window.shelf
            rows = (*shelf.sources, *shelf.trashed)
            title = next((row.title for row in rows if row.id == source), "")
            self._choose(READER, Engram(sentences[0], title, tuple(sentences[1:_TOGETHER])))

    def _concept_chosen(self, concept: int | None) -> None:
        if self._window.library_tab.kind == CONCEPTS:
            self._choose(LIBRARY, Chosen(concept) if concept is not None else None)

    def _choose(self, tab: int, thing: object) -> None:
        self._chosen[tab] = thing
        if tab == self._window.tabs.currentIndex():
            self.show()

    def _sources_chosen(self, sources: Sequence[SourceRow]) -> None:
        library = self._window.library_tab
        # A list that was only read anew, with nothing chosen in it, takes nothing off the panel.
        asked = bool(sources) or not isinstance(self._chosen.get(LIBRARY), Chosen)
        if library.kind == SOURCES and not library.scope.fading and asked:
            self._choose(LIBRARY, tuple(sources))
        self._window.refresh_actions()

    def _memory_chosen(self, memory: Memory | None) -> None:
        if self._window.library_tab.kind == MEMORIES:
            self._choose(LIBRARY, memory)

    def _kind_changed(self, kind: str) -> None:
        library = self._window.library_tab
        if kind == MEMORIES:
            self._memory_chosen(library.memories.selected())
        elif kind == CONCEPTS:
            self._concept_chosen(library.concepts.selected())
        else:
            self._chosen.pop(LIBRARY, None)
            self._sources_chosen(library.selected())
        self._window.refresh_actions()

    def _read(self, source: int, _title: str) -> None:
        shelf = self._window.shelf
        found = [row for row in (*shelf.sources, *shelf.trashed) if row.id == source]
        self._choose(READER, tuple(found))
        # It may have come long after its tab.
        self._window.refresh_actions()
