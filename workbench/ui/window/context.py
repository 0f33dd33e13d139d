"""The record shared by the parts of the window: library, workers, navigation, messages.

A part knows this record and its own arguments, not the main window.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.ui.components import Action
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.shelf.shelf import Shelf
from workbench.ui.shelf.undo import Act
from workbench.ui.window.actions import Actions
from workbench.ui.window.navigation import Choices, Navigation, Views


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Context:
    """The services for a part of the window; `window` is the parent of its dialogs.

    Changes that can be undone go through `library`.
    """

    window: QWidget
    library: Shelf
    jobs: Jobs
    actions: Actions
    navigate: Navigation
    announce: Callable[..., None]
    settings: Choices
    views: Views

    def offer_undo(self, text: str, act: Act | None, *more: Action) -> None:
        """Show a toast, with Undo for exactly this act if there is one, and `more` actions."""
        undo = [Action(tr("Undo"), partial(self.library.take_back, act))] if act else []
        self.announce(text, *undo, *more)


class Part(QObject):
    """A feature of the window that connects views, library and menus."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context, self._window = context, context.window
        self._shelf, self._jobs, self._actions = context.library, context.jobs, context.actions
        self._navigate, self._views = context.navigate, context.views
        self._settings, self._tasks = context.settings, context.views.activity.tasks
        self._announce, self._offer_undo = context.announce, context.offer_undo

    def _choose_file(self, title: str, kinds: str) -> str:
        """A file of the user's choice, first in the library's folder; "" for none."""
        start = str(self._shelf.path.parent)
        return QFileDialog.getOpenFileName(self._window, title, start, kinds)[0]
