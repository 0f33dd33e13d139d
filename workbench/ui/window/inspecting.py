"""Selects what the Inspector shows: the selection of the current tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from workbench.recall.records import Evidence
from workbench.store.records import SourceRow
from workbench.ui.ask.cited import cited_spans
from workbench.ui.components import delayed
from workbench.ui.inspector.panel import Engram
from workbench.ui.memories.rows import Memory
from workbench.ui.memories.switch import MEMORIES, SOURCES
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.window.context import Context, Part
from workbench.ui.window.tabs import ASK, LIBRARY, READER

if TYPE_CHECKING:
    from workbench.memory.fading.records import Fading


_DELAY = 300  # milliseconds
_MAX_SENTENCES = 60  # maximum number of sentences in a selection
_SENTENCE = "inspecting:sentence"


@dataclass(frozen=True, slots=True)
class ConceptSelection:
    """A selected concept."""

    concept: int


class InspectorSelection(Part):
    """Follows the selections of all tabs, and shows that of the current one in the Inspector."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._chosen: dict[int, object] = {}
        library = context.views.library
        library.selection_changed.connect(self._select_sources)
        library.memories.selection_changed.connect(self._select_memory)
        library.kind_changed.connect(self._kind_changed)
        library.fading.selection_changed.connect(self._select_fading)
        context.views.ask.inspect.connect(lambda found: self._choose(ASK, found))
        context.library.wanted.concept.connect(self.show_concept)
        context.library.switched.connect(self.clear)
        context.navigate.arrived.connect(lambda _tab: self.show())
        self._soon = delayed(context.window, self._look_up_selection, _DELAY)
        context.library.closing.connect(self._soon.stop)

    def follow(self, reader: ReaderTab) -> None:
        """Follow the selection in another Reader."""
        reader.inspect.connect(lambda found: self._choose(READER, found))
        reader.opened.connect(self._read)
        reader.sheet.selectionChanged.connect(partial(self._selected, reader))

    def show_read(self) -> None:
        """Show the source in the Reader."""
        if self._navigate.reading.source_id is not None:
            self._read(self._navigate.reading.source_id, "")

    def clear(self) -> None:
        """Clear all selections after the library was switched."""
        self._chosen.clear()

    def show(self) -> None:
        """Show the selection of the current tab."""
        item = self._chosen.get(self._navigate.tab)
        if isinstance(item, Evidence):
            answer = self._views.ask.answer
            existing = answer is not None and item in answer.evidence
            cited = cited_spans(answer, item.n) if answer is not None and existing else ()
            self._views.inspector.show_evidence(item, cited)
        elif isinstance(item, Memory):
            self._views.inspector.show_memory(item)
        elif isinstance(item, ConceptSelection):
            self._views.inspector.show_concept(item.concept)
        elif isinstance(item, Engram):
            self._views.inspector.show_engram(item)
        else:
            self._views.inspector.show_sources(item if isinstance(item, tuple) else ())
        self._navigate.settle()

    def choose(self, tab: int, item: object) -> None:
        """Set the selection of a tab."""
        self._choose(tab, item)

    def choose_concept(self, tab: int, concept: int | None) -> None:
        """Set a concept, or None, as the selection of a tab."""
        self._choose(tab, ConceptSelection(concept) if concept is not None else None)

    def show_concept(self, concept: int) -> None:
        """Show a concept in the Inspector."""
        self._navigate.show_panel("inspector")
        self._choose(self._navigate.tab, ConceptSelection(concept))

    def show_memory(self, memory: Memory) -> None:
        """Show a memory in the Inspector."""
        self._navigate.show_panel("inspector")
        self._choose(self._navigate.tab, memory)

    def _select_fading(self, fading: "Fading | None") -> None:
        """Follow the selection in the list of fading memories."""
        if self._views.library.scope.fading:
            item = None if fading is None else Engram(fading.engram, fading.title or "")
            self._choose(LIBRARY, item)

    def _selected(self, reader: ReaderTab) -> None:
        if reader.sheet.textCursor().hasSelection():
            self._soon.start()

    def _look_up_selection(self) -> None:
        """Find the sentences of the text selected in the Reader; the first one is inspected."""
        reader = self._navigate.reading
        span, source = reader.sheet.selected_span(), reader.source_id
        if span is not None and source is not None:
            self._shelf.ask(
                lambda library: library.graph.sentences(source, *span),
                done=partial(self._sentences, source),
                key=_SENTENCE,
            )

    def _sentences(self, source: int, sentences: list[int]) -> None:
        if sentences and self._navigate.reading.source_id == source:
            shelf = self._shelf
            rows = (*shelf.sources, *shelf.trashed)
            title = next((row.title for row in rows if row.id == source), "")
            self._choose(READER, Engram(sentences[0], title, tuple(sentences[1:_MAX_SENTENCES])))

    def _choose(self, tab: int, item: object) -> None:
        self._chosen[tab] = item
        if tab == self._navigate.tab:
            self.show()

    def _select_sources(self, sources: Sequence[SourceRow]) -> None:
        library = self._views.library
        # A reloaded list without a selection must not clear a concept.
        applies = bool(sources) or not isinstance(self._chosen.get(LIBRARY), ConceptSelection)
        if library.kind == SOURCES and not library.scope.fading and applies:
            self._choose(LIBRARY, tuple(sources))
        self._actions.refresh()

    def _select_memory(self, memory: Memory | None) -> None:
        if self._views.library.kind == MEMORIES:
            self._choose(LIBRARY, memory)

    def _kind_changed(self, kind: str) -> None:
        library = self._views.library
        if kind == MEMORIES:
            self._select_memory(library.memories.selected())
        else:
            self._chosen.pop(LIBRARY, None)
            self._select_sources(library.selected())
        self._actions.refresh()

    def _read(self, source: int, _title: str) -> None:
        shelf = self._shelf
        results = [row for row in (*shelf.sources, *shelf.trashed) if row.id == source]
        self._choose(READER, tuple(results))
        # May arrive long after the tab was opened.
        self._actions.refresh()
