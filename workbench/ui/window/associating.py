"""Ties the Associations tab to the window: Inspector, Reader, Undo, export, settings."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.memory.graph.records import Concept, Edge, Topic
from workbench.ui.associations import table
from workbench.ui.associations.saved_view import Kept
from workbench.ui.components import words
from workbench.ui.language import tr
from workbench.ui.window.context import Context, Part
from workbench.ui.window.exporting import Exporting
from workbench.ui.window.inspecting import InspectorSelection
from workbench.ui.window.tabs import ASSOCIATIONS

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.records import Evidence

CONFIRM, REJECT = "confirm", "reject"
_WORDS = {CONFIRM: (tr("Confirm"), tr("Confirmed")), REJECT: (tr("Reject"), tr("Rejected"))}
_FILES = {
    "svg": tr("Pictures (*.svg)"),
    "png": tr("Pictures (*.png)"),
    "csv": tr("Tables (*.csv)"),
}


class ExploreActions(Part):
    """Opens concepts in the tab, puts links right, writes pictures and tables."""

    def __init__(
        self, context: Context, inspector: InspectorSelection, exporting: Exporting
    ) -> None:
        super().__init__(context)
        self._inspector, self._exporting = inspector, exporting
        tab = self._tab = context.views.explore
        tab.concept_selected.connect(self._concept_chosen)
        tab.confirm_requested.connect(partial(self.put_right, CONFIRM))
        tab.reject_requested.connect(partial(self.put_right, REJECT))
        tab.detail.undo_requested.connect(self._take_back)
        tab.detail.concept_requested.connect(tab.open_concept)
        tab.topics.ask_requested.connect(self._ask)
        tab.edit_requested.connect(self._edit)
        tab.bar.export_requested.connect(self.export)
        tab.bar.copy.clicked.connect(self.copy)
        context.views.inspector.concept.walk_requested.connect(self.show_concept)
        context.library.wanted.associated.connect(self.show_evidence)
        context.library.opened.connect(self._opened)
        context.actions.bind(explore=self.find)

    # -- opening ----------------------------------------------------------------------------------

    def show_concept(self, concept: int) -> None:
        """Begin at a concept, in the Associations tab."""
        self._tab.bring_back(None)
        self._navigate.go(ASSOCIATIONS)
        self._tab.open_concept(concept)
        self._tab.canvas.setFocus()

    def show_evidence(self, evidence: "Evidence") -> None:
        """Begin at what a quote is about first."""
        engrams = evidence.engrams or (evidence.engram,)
        self._shelf.ask(lambda library: library.graph.concepts_of(*engrams), done=self._named)

    def _named(self, found: list[Concept]) -> None:
        if found:
            telling = [each for each in found if each.type in ("entity", "concept", "spatial")]
            self.show_concept((telling or found)[0].id)
        else:
            self._announce(tr("No concepts found in this quote yet"), kind="warn")

    def find(self) -> None:
        """Go to the tab, ready to type a concept."""
        self._navigate.go(ASSOCIATIONS)
        self._tab.focus_field()

    def _opened(self) -> None:
        self._tab.set_scope(self._views.library.scope.collection)
        self._tab.bring_back(Kept.read(self._settings.now.associations))

    def written(self) -> str:
        """How one leaves the tab, for the settings."""
        kept = self._tab.kept()
        return kept.written() if kept is not None else self._settings.now.associations

    # -- what is chosen ---------------------------------------------------------------------------

    def _concept_chosen(self, concept: int | None) -> None:
        self._inspector.choose_concept(ASSOCIATIONS, concept)

    def _ask(self, topic: Topic) -> None:
        self._views.ask.composer.ask_sources(topic.sources, topic.name)
        self._navigate.focus_question()

    def _edit(self, concept: int, what: str) -> None:
        self._inspector.show_concept(concept)
        self._views.inspector.concept.edit_when_seen(what)

    # -- putting right ----------------------------------------------------------------------------

    def put_right(self, verb: str, edge: Edge) -> None:
        """Confirm or reject a link; Undo takes it back."""
        link, (word, told) = _link(edge), _WORDS[verb]

        def judge(library: "Library") -> object:
            judged = library.graph.confirm if verb == CONFIRM else library.graph.reject
            return judged(edge.id)

        def done(_made: object) -> None:
            if verb == CONFIRM:
                self._tab.show_edge(replace(edge, tag="confirmed"))
            else:
                self._tab.canvas.setFocus()
                self._concept_chosen(edge.head)
            self._offer_undo(f"{told}: {link}")

        self._shelf.undoable(
            f"{word} “{link}”",
            judge,
            lambda library, _made: library.graph.undo_judgement(edge.id),
            done=done,
        )

    def _take_back(self, edge: Edge) -> None:
        self._shelf.change(
            lambda library: library.graph.undo_judgement(edge.id),
            done=lambda _made: self._tab.changed(),
        )

    # -- export -----------------------------------------------------------------------------------

    def export(self, kind: str) -> None:
        """Choose a file and write the picture or the links to it."""
        name = self._tab.walk.name if self._tab.walk is not None else tr("Associations")
        safe = "".join(c for c in name if c.isalnum() or c in " -_").strip() or tr("Associations")
        start = str(self._shelf.path.with_name(f"{words.short(safe, 60)}.{kind}"))
        chosen, _kind = QFileDialog.getSaveFileName(self._window, tr("Export"), start, _FILES[kind])
        if chosen:
            self.export_to(kind, Path(chosen))

    def export_to(self, kind: str, file: Path) -> None:
        """Write the picture ("svg", "png") or the links ("csv") to a file."""
        file = file if file.suffix else file.with_suffix(f".{kind}")
        if kind == "csv":
            # With a mark of order, for the spreadsheets that take a file without it for ANSI.
            made = table.as_csv(self._tab.model.rows).encode("utf-8-sig")
        else:
            from workbench.ui.associations.export import to_png, to_svg

            made = (to_svg if kind == "svg" else to_png)(self._tab.canvas)
        self._exporting.write(lambda: made, file)

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        from workbench.ui.associations.export import to_png

        QApplication.clipboard().setImage(QImage.fromData(to_png(self._tab.canvas)))
        self._announce(tr("Picture copied"))


def _link(edge: Edge) -> str:
    return words.short(f"{edge.head_name} {table.relation(edge)} {edge.tail_name}", 80)
