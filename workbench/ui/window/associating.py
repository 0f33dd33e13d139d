"""Connects the Associations tab with Inspector, Reader, Undo, export and settings."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Report
from workbench.memory.graph.records import Concept, Topic
from workbench.ui.associations import table
from workbench.ui.language import tr
from workbench.ui.library.scope import Scope
from workbench.ui.window.context import Context, Part
from workbench.ui.window.exporting import Exporting, file_name
from workbench.ui.window.inspecting import InspectorSelection
from workbench.ui.window.preferring import Preferences
from workbench.ui.window.tabs import ASSOCIATIONS, BRAIN

if TYPE_CHECKING:
    from workbench.recall.records import Answer, Evidence
    from workbench.ui.brain.tab import BrainTab


class BrainActions(Part):
    """Connects Ask with the Lab, and the Lab with Explore; compiles the simulation."""

    def __init__(self, context: Context, preferences: Preferences) -> None:
        super().__init__(context)
        self._compiling = preferences.works["brain"]
        context.views.ask.with_brain = context.settings.now.brain_beside
        context.views.ask.offers_brain = lambda: context.navigate.lab_offered
        context.views.ask.brain_switched.connect(lambda on: self._settings.change(brain_beside=on))
        context.library.wanted.watched.connect(self.watch)
        context.library.wanted.explored.connect(self._explore)
        context.views.ask.open_evidence.connect(self._used)
        self._compiling.changed.connect(self._compiled)
        context.navigate.lab_made.connect(self._connect_lab)
        context.actions.bind(watch_recall=self.watch)

    def _connect_lab(self, lab: "BrainTab") -> None:
        lab.compile_requested.connect(self.compile)

    def watch(self) -> None:
        """Watch the recall behind the last answer, or open the Lab."""
        answer = self._views.ask.answer
        self._navigate.show_tab(BRAIN)
        if answer is not None:
            self._navigate.lab.recall(answer.question)

    def compile(self) -> None:
        """Compile the loops of the simulation in the background."""
        completed = (
            tr("The brain is compiled for this computer"),
            tr("The whole brain is used from now on."),
        )
        self._compiling.begin("loops", tr("Compiling the loops of the brain"), _compile, completed)

    def _compiled(self) -> None:
        if self._navigate.has_lab:
            self._navigate.lab.compile.setEnabled(not self._compiling.subject)
            if not self._compiling.subject:
                self._navigate.lab.refresh()

    def _used(self, answer: "Answer", number: int) -> None:
        """Record the evidence of an opened citation as used."""
        engrams = [
            engram for item in answer.evidence if item.n == number for engram in item.engrams
        ]
        if engrams:
            self._shelf.ask(lambda library: library.memory.used(*engrams))

    def _explore(self, concept: int) -> None:
        self._navigate.show_tab(ASSOCIATIONS)
        self._views.explore.open_concept(concept)


def _compile(report: Report, cancel: Cancel) -> None:
    from workbench import kernels
    from workbench.brain.engine.kernel_set import BRAIN_KERNELS

    if not kernels.prepare(BRAIN_KERNELS, report, cancel):
        raise WorkbenchError(
            tr("The loops of the brain cannot be compiled on this computer."),
            tr("A smaller brain is used instead."),
        )


_FILES = {
    "svg": tr("Pictures (*.svg)"),
    "png": tr("Pictures (*.png)"),
    "csv": tr("Tables (*.csv)"),
}


class ExploreActions(Part):
    """Opens concepts in the tab, judges links, exports pictures and tables."""

    def __init__(
        self, context: Context, inspector: InspectorSelection, exporting: Exporting
    ) -> None:
        super().__init__(context)
        self._inspector, self._exporting = inspector, exporting
        tab = self._tab = context.views.explore
        tab.concept_selected.connect(self._select_concept)
        tab.detail.concept_requested.connect(tab.open_concept)
        tab.topics.ask_requested.connect(self._ask_topic)
        tab.edit_requested.connect(self._edit)
        tab.widened.connect(lambda: context.views.collections.choose(Scope()))
        tab.bar.export_requested.connect(self.export)
        context.views.inspector.concept.walk_requested.connect(self.show_concept)
        context.library.wanted.associated.connect(self.show_evidence)
        context.library.opened.connect(lambda: tab.set_scope(self._navigate.collection))
        context.actions.bind(explore=self.find, concepts=self.find)

    # -- opening -----------------------------------------------------------------------------------

    def show_concept(self, concept: int) -> None:
        """Start at a concept in the Associations tab."""
        self._navigate.go(ASSOCIATIONS)
        self._tab.open_concept(concept)
        self._tab.canvas.setFocus()

    def show_evidence(self, evidence: "Evidence") -> None:
        """Start at the first concept mentioned in a quote."""
        engrams = evidence.engrams or (evidence.engram,)
        self._shelf.ask(
            lambda library: library.graph.concepts(of=engrams, limit=12), done=self._show_first
        )

    def _show_first(self, concepts: list[Concept]) -> None:
        if concepts:
            specific = [item for item in concepts if item.type in ("entity", "concept", "spatial")]
            self.show_concept((specific or concepts)[0].id)
        else:
            self._announce(tr("No concepts found in this quote yet"), kind="warn")

    def find(self) -> None:
        """Open the tab and focus the concept field."""
        self._navigate.go(ASSOCIATIONS)
        self._tab.focus_field()

    # -- selection ---------------------------------------------------------------------------------

    def _select_concept(self, concept: int | None) -> None:
        self._inspector.choose_concept(ASSOCIATIONS, concept)

    def _ask_topic(self, topic: Topic) -> None:
        self._views.ask.composer.ask_sources(topic.sources, topic.name)
        self._navigate.focus_question()

    def _edit(self, concept: int, field: str) -> None:
        self._inspector.show_concept(concept)
        self._views.inspector.concept.edit_when_seen(field)

    # -- export -----------------------------------------------------------------------------------

    def export(self, kind: str) -> None:
        """Copy the picture, or choose a file to export it or the links to."""
        if kind == "copy":
            self.copy()
            return
        name = self._tab.ego.name if self._tab.ego is not None else ""
        name = file_name(name) or tr("Associations")
        self._exporting.choose(
            tr("Export"), f"{name}.{kind}", (_FILES[kind],), partial(self.export_to, kind)
        )

    def export_to(self, kind: str, file: Path) -> None:
        """Export the picture ("svg", "png") or the links ("csv")."""
        file = file if file.suffix else file.with_suffix(f".{kind}")
        if kind == "csv":
            # With a byte order mark, as some spreadsheets otherwise assume ANSI.
            created = table.as_csv(self._tab.model.rows).encode("utf-8-sig")
        else:
            from workbench.ui.associations.export import to_png, to_svg

            created = (to_svg if kind == "svg" else to_png)(self._tab.canvas)
        self._exporting.write(lambda: created, file)

    def copy(self) -> None:
        """Copy the picture."""
        from workbench.ui.associations.export import to_png

        QApplication.clipboard().setImage(QImage.fromData(to_png(self._tab.canvas)))
        self._announce(tr("Picture copied"))
