"""Concepts put right from the window: renamed, given another type, merged; Undo takes it back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.memory.graph.records import Concept, ConceptChange
from workbench.ui.components.toast import Action
from workbench.ui.concepts import kinds
from workbench.ui.language import inside, tr
from workbench.ui.memories.switch import CONCEPTS
from workbench.ui.window.tabs import LIBRARY

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.window.main import MainWindow


class Conceiving:
    """Has the Inspector show concepts, and the library change them."""

    def __init__(self, window: "MainWindow") -> None:
        self._window, self._shelf = window, window.shelf
        detail = window.inspector.concept
        detail.rename_requested.connect(self._rename)
        detail.retype_requested.connect(self._retype)
        detail.merge_requested.connect(self._merge)
        detail.split_requested.connect(self._split)
        window.shelf.wanted.concept.connect(window.inspecting.show_concept)
        window.library_tab.concepts.opened.connect(self._go_in)

    def show_list(self) -> None:
        """Ctrl+K: go to the concepts, ready to type which."""
        window = self._window
        window.leave_fading()
        window.library_tab.leave_indexed()
        window.library_tab.show_kind(CONCEPTS)
        window.show_tab(LIBRARY)
        window.library_tab.concepts.focus_find()

    def _go_in(self) -> None:
        self._window.show_panel("inspector")
        table = self._window.inspector.concept.table
        if table is not None:
            table.setFocus()

    def _rename(self, concept: Concept, name: str) -> None:
        self._do(
            tr("Rename “{name}”", name=concept.name),
            tr("Now called “{name}”", name=name),
            lambda library: library.graph.change(concept.id, name=name),
        )

    def _retype(self, concept: Concept, type: str) -> None:
        word = inside(kinds.word(type))
        self._do(
            tr("Type of “{name}”", name=concept.name),
            tr("“{name}” is now of type {word}", name=concept.name, word=word),
            lambda library: library.graph.change(concept.id, type=type),
        )

    def _merge(self, concept: Concept, into: str) -> None:
        self._do(
            tr("Merge “{name}”", name=concept.name),
            tr("“{name}” is now “{into}”", name=concept.name, into=into),
            lambda library: library.graph.change(concept.id, into=into),
        )

    def _split(self, concept: Concept, form: str) -> None:
        self._do(
            tr("Split “{form}” off", form=form),
            tr("“{form}” is a concept of its own", form=form),
            lambda library: library.graph.change(concept.id, form=form),
        )

    def _do(self, undo: str, said: str, work: Callable[["Library"], ConceptChange]) -> None:
        def done(change: ConceptChange) -> None:
            detail = self._window.inspector.concept
            detail.show_concept(change.concept.id)
            detail.changed()
            self._window.toasts.say(said, Action(tr("Undo"), self._shelf.step_back))

        self._shelf.undoable(
            undo, work, lambda library, change: library.graph.undo(change.id), done=done
        )
