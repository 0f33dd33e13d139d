"""Ties the Associations tab to the window: Inspector, Reader, Undo, export, settings."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.memory.graph.records import Concept, Edge, Topic
from workbench.ui.associations import table
from workbench.ui.associations.saved_view import Kept
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.language import tr
from workbench.ui.window.tabs import ASSOCIATIONS

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.records import Evidence
    from workbench.ui.window.main import MainWindow

CONFIRM, REJECT = "confirm", "reject"
_WORDS = {CONFIRM: (tr("Confirm"), tr("Confirmed")), REJECT: (tr("Reject"), tr("Rejected"))}
_FILES = {
    "svg": tr("Pictures (*.svg)"),
    "png": tr("Pictures (*.png)"),
    "csv": tr("Tables (*.csv)"),
}


class Associating(QObject):
    """Opens concepts in the tab, puts links right, writes pictures and tables."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._shelf = window, window.shelf
        tab = self._tab = window.associations_tab
        tab.concept_selected.connect(self._concept_chosen)
        tab.confirm_requested.connect(partial(self.put_right, CONFIRM))
        tab.reject_requested.connect(partial(self.put_right, REJECT))
        tab.detail.undo_requested.connect(self._take_back)
        tab.detail.concept_requested.connect(tab.open_concept)
        tab.topics.ask_requested.connect(self._ask)
        tab.edit_requested.connect(self._edit)
        tab.bar.export_requested.connect(self.export)
        tab.bar.copy.clicked.connect(self.copy)
        window.inspector.concept.walk_requested.connect(self.show_concept)
        window.shelf.wanted.associated.connect(self.show_evidence)
        window.shelf.opened.connect(self._opened)

    # -- opening ----------------------------------------------------------------------------------

    def show_concept(self, concept: int) -> None:
        """Begin at a concept, in the Associations tab."""
        self._tab.bring_back(None)
        self._window.tabs.setCurrentIndex(ASSOCIATIONS)
        self._tab.open_concept(concept)
        self._tab.canvas.setFocus()

    def show_evidence(self, evidence: "Evidence") -> None:
        """Begin at what a quote is about first."""
        engrams = evidence.engrams or (evidence.engram,)
        self._shelf.ask(
            lambda library: library.graph.concepts(of=engrams, limit=12), done=self._named
        )

    def _named(self, found: list[Concept]) -> None:
        if found:
            telling = [each for each in found if each.type in ("entity", "concept", "spatial")]
            self.show_concept((telling or found)[0].id)
        else:
            self._window.toasts.say(tr("No concepts found in this quote yet"), kind="warn")

    def find(self) -> None:
        """Go to the tab, ready to type a concept."""
        self._window.tabs.setCurrentIndex(ASSOCIATIONS)
        self._tab.focus_field()

    def _opened(self) -> None:
        self._tab.set_scope(self._window.library_tab.scope.collection)
        self._tab.bring_back(Kept.read(self._window.settings.associations))

    def written(self) -> str:
        """How one leaves the tab, for the settings."""
        kept = self._tab.kept()
        return kept.written() if kept is not None else self._window.settings.associations

    # -- what is chosen ---------------------------------------------------------------------------

    def _concept_chosen(self, concept: int | None) -> None:
        self._window.inspecting.choose_concept(ASSOCIATIONS, concept)

    def _ask(self, topic: Topic) -> None:
        self._window.ask_tab.composer.ask_sources(topic.sources, topic.name)
        self._window.focus_question()

    def _edit(self, concept: int, what: str) -> None:
        self._window.inspecting.show_concept(concept)
        self._window.inspector.concept.edit_when_seen(what)

    # -- putting right ----------------------------------------------------------------------------

    def put_right(self, verb: str, edge: Edge) -> None:
        """Confirm or reject a link; Undo takes it back."""
        link, (word, told) = _link(edge), _WORDS[verb]

        def judge(library: "Library") -> object:
            return library.graph.judge(edge.id, verb == CONFIRM)

        def done(_made: object) -> None:
            if verb == CONFIRM:
                self._tab.show_edge(replace(edge, tag="confirmed"))
            else:
                self._tab.canvas.setFocus()
                self._concept_chosen(edge.head)
            self._window.toasts.say(f"{told}: {link}", Action(tr("Undo"), self._shelf.step_back))

        self._shelf.undoable(
            f"{word} “{link}”",
            judge,
            lambda library, _made: library.graph.judge(edge.id, None),
            done=done,
        )

    def _take_back(self, edge: Edge) -> None:
        self._shelf.change(
            lambda library: library.graph.judge(edge.id, None),
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
        self._window.exporting.write(lambda: made, file)

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        from workbench.ui.associations.export import to_png

        QApplication.clipboard().setImage(QImage.fromData(to_png(self._tab.canvas)))
        self._window.toasts.say(tr("Picture copied"))


def _link(edge: Edge) -> str:
    return words.short(f"{edge.head_name} {table.relation(edge)} {edge.tail_name}", 80)
