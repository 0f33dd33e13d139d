"""Concepts put right from the window: renamed, given another type, merged; Undo takes it back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.memory.graph.records import Concept, ConceptChange
from workbench.ui.concepts import kinds
from workbench.ui.language import inside, tr
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.library import Library


class ConceptActions(Part):
    """Has the Inspector show concepts, and the library change them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        detail = context.views.inspector.concept
        detail.rename_requested.connect(self._rename)
        detail.retype_requested.connect(self._retype)
        detail.merge_requested.connect(self._merge)
        detail.split_requested.connect(self._split)
        context.views.library.concepts.opened.connect(self._go_in)

    def _go_in(self) -> None:
        self._navigate.show_panel("inspector")
        table = self._views.inspector.concept.table
        if table is not None:
            table.setFocus()

    def _rename(self, concept: Concept, name: str) -> None:
        self._do(
            tr("Rename “{name}”", name=concept.name),
            tr("Now called “{name}”", name=name),
            lambda library: library.graph.rename(concept.id, name),
        )

    def _retype(self, concept: Concept, type: str) -> None:
        word = inside(kinds.word(type))
        self._do(
            tr("Type of “{name}”", name=concept.name),
            tr("“{name}” is now of type {word}", name=concept.name, word=word),
            lambda library: library.graph.retype(concept.id, type),
        )

    def _merge(self, concept: Concept, into: str) -> None:
        self._do(
            tr("Merge “{name}”", name=concept.name),
            tr("“{name}” is now “{into}”", name=concept.name, into=into),
            lambda library: library.graph.merge(concept.id, into),
        )

    def _split(self, concept: Concept, form: str) -> None:
        self._do(
            tr("Split “{form}” off", form=form),
            tr("“{form}” is a concept of its own", form=form),
            lambda library: library.graph.split(concept.id, form),
        )

    def _do(self, undo: str, said: str, work: Callable[["Library"], ConceptChange]) -> None:
        def done(change: ConceptChange) -> None:
            detail = self._views.inspector.concept
            detail.show_concept(change.concept.id)
            detail.changed()
            self._offer_undo(said)

        self._shelf.undoable(
            undo, work, lambda library, change: library.graph.undo(change.id), done=done
        )
