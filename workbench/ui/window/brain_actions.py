"""The Brain tab within the window: what was asked is watched there, what lit up opens elsewhere."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench import settings as remembered
from workbench.ui.window.tabs import ASSOCIATIONS, BRAIN

if TYPE_CHECKING:
    from workbench.recall.records import Answer
    from workbench.ui.brain.tab import BrainTab
    from workbench.ui.settings.page import Page
    from workbench.ui.window.main import MainWindow


class Recalling(QObject):
    """Brings questions to the Brain tab, and its concepts to the Associations."""

    #: The brain has the size that was chosen.
    resized = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        preferences = window.preferences
        window.ask_tab.with_brain = window.settings.brain_beside
        window.ask_tab.brain_switched.connect(self._switched)
        window.ask_tab.watch_requested.connect(lambda _question: self.watch())
        window.ask_tab.concept_requested.connect(self._explore)
        preferences.made.connect(self._settings_made)
        window.ask_tab.open_evidence.connect(self._used)
        preferences.compiling.changed.connect(self._compiled)
        window.shelf.opened.connect(self._fit)

    def serve(self, lab: "BrainTab") -> None:
        """Do what Lab asks for, once it is made."""
        lab.concept_requested.connect(self._explore)

    def _settings_made(self, page: "Page") -> None:
        from workbench.ui.settings.brain import BrainPage

        if isinstance(page, BrainPage):
            page.scale_chosen.connect(self.resize)
            self.resized.connect(page.look_if_seen)

    def watch(self) -> None:
        """Watch the recall behind the last answer, or begin with a cue of one's own."""
        window = self._window
        answer = window.ask_tab.answer
        window.show_tab(BRAIN)
        if answer is not None:
            window.brain_tab.recall(answer.question)

    def resize(self, scale: float) -> None:
        """Simulate a brain of this scale in every library from now on."""
        window = self._window
        window.settings = replace(window.settings, brain_scale=scale)
        if window.remembers:
            window.jobs.run(remembered.save, window.settings)
        self._fit()

    def _fit(self) -> None:
        window = self._window
        library, scale = window.shelf.library, window.settings.brain_scale
        if library is not None and scale > 0:
            window.jobs.run(
                library.brain.resize, scale, done=lambda _status: self._resized(),
                key="brain:resize",
            )  # fmt: skip

    def _resized(self) -> None:
        if self._window.brain_made:
            self._window.brain_tab.forget()
        self.resized.emit()

    def _compiled(self) -> None:
        if self._window.brain_made and not self._window.preferences.compiling.subject:
            self._window.brain_tab.look()

    def _switched(self, on: bool) -> None:
        window = self._window
        window.settings = replace(window.settings, brain_beside=on)

    def _used(self, answer: "Answer", number: int) -> None:
        """A citation was opened: what led there has proved itself."""
        library = self._window.shelf.library
        engrams = [each for item in answer.evidence if item.n == number for each in item.engrams]
        if library is not None and engrams:
            self._window.jobs.run(library.memory.used, *engrams)

    def _explore(self, concept: int) -> None:
        self._window.show_tab(ASSOCIATIONS)
        self._window.associations_tab.open_concept(concept)
