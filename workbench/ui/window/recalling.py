"""The Brain tab within the window: what was asked is watched there, what lit up opens elsewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.ui.window.tabs import ASSOCIATIONS, BRAIN

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow


class Recalling(QObject):
    """Brings questions to the Brain tab, and its concepts to the Associations."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.brain_tab.concept_requested.connect(self._explore)

    def watch(self) -> None:
        """Watch the recall behind the last answer, or begin with a cue of one's own (B3)."""
        window = self._window
        answer = window.ask_tab.answer
        window.show_tab(BRAIN)
        if answer is not None:
            window.brain_tab.recall(answer.question)

    def _explore(self, concept: int) -> None:
        self._window.show_tab(ASSOCIATIONS)
        self._window.associations_tab.open_concept(concept)
