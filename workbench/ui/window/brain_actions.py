"""The Brain tab within the window: what was asked is watched there, what lit up opens elsewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from workbench import settings as remembered
from workbench.ui.window.context import Context, Part
from workbench.ui.window.preferring import Preferences
from workbench.ui.window.tabs import ASSOCIATIONS, BRAIN

if TYPE_CHECKING:
    from workbench.recall.records import Answer
    from workbench.ui.settings.page import Page


class BrainActions(Part):
    """Brings questions to the Brain tab, and its concepts to the Associations."""

    #: The brain has the size that was chosen.
    resized = Signal()

    def __init__(self, context: Context, preferences: Preferences) -> None:
        super().__init__(context)
        self._preferences = preferences
        context.views.ask.with_brain = context.settings.now.brain_beside
        context.views.ask.brain_switched.connect(self._switched)
        context.views.ask.watch_requested.connect(lambda _question: self.watch())
        context.views.ask.concept_requested.connect(self._explore)
        preferences.made.connect(self._settings_made)
        context.views.ask.open_evidence.connect(self._used)
        preferences.compiling.changed.connect(self._compiled)
        context.library.opened.connect(self._fit)
        context.navigate.lab_made.connect(lambda lab: lab.concept_requested.connect(self._explore))
        context.actions.bind(None, lambda: context.navigate.lab_offered, watch_recall=self.watch)

    def _settings_made(self, page: "Page") -> None:
        from workbench.ui.settings.brain import BrainPage

        if isinstance(page, BrainPage):
            page.scale_chosen.connect(self.resize)
            self.resized.connect(page.look_if_seen)

    def watch(self) -> None:
        """Watch the recall behind the last answer, or begin with a cue of one's own."""
        answer = self._views.ask.answer
        self._navigate.show_tab(BRAIN)
        if answer is not None:
            self._navigate.lab.recall(answer.question)

    def resize(self, scale: float) -> None:
        """Simulate a brain of this scale in every library from now on."""
        self._settings.change(brain_scale=scale)
        if self._settings.stored:
            self._jobs.run(remembered.save, self._settings.now)
        self._fit()

    def _fit(self) -> None:
        library, scale = self._shelf.library, self._settings.now.brain_scale
        if library is not None and scale > 0:
            self._jobs.run(
                library.brain.resize, scale, done=lambda _status: self._resized(),
                key="brain:resize",
            )  # fmt: skip

    def _resized(self) -> None:
        if self._navigate.has_lab:
            self._navigate.lab.forget()
        self.resized.emit()

    def _compiled(self) -> None:
        if self._navigate.has_lab and not self._preferences.compiling.subject:
            self._navigate.lab.look()

    def _switched(self, on: bool) -> None:
        self._settings.change(brain_beside=on)

    def _used(self, answer: "Answer", number: int) -> None:
        """A citation was opened: what led there has proved itself."""
        library = self._shelf.library
        engrams = [each for item in answer.evidence if item.n == number for each in item.engrams]
        if library is not None and engrams:
            self._jobs.run(library.memory.used, *engrams)

    def _explore(self, concept: int) -> None:
        self._navigate.show_tab(ASSOCIATIONS)
        self._views.explore.open_concept(concept)
