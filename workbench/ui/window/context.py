"""What the parts of the window are handed: the library, its workers, and ways to go and to tell.

A part knows this record and what it was given besides, never the window that holds them all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from workbench.ui.components.toast import Action
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.actions import Actions
from workbench.ui.window.library_actions import Shelf
from workbench.ui.window.navigation import Choices, Navigation, Views


@dataclass(frozen=True, slots=True)
class Context:
    """What a part of the window works with; `window` is the parent of its dialogs.

    What can be undone goes by the library, whose changes it takes back.
    """

    window: QWidget
    library: Shelf
    jobs: Jobs
    actions: Actions
    navigate: Navigation
    announce: Callable[..., None]
    settings: Choices
    views: Views

    def offer_undo(self, text: str) -> None:
        """Say what has happened, and offer to take it back."""
        self.announce(text, Action(tr("Undo"), self.library.step_back))
