"""A model reads the library, beside everything else; what was read stays when it is stopped."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.jobs import Cancel, Report
from workbench.ui.activity.tasks import Tasks
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library

_WHY = tr("Answers and See also now find similar meanings too.")


class Reading(Work):
    """At most one model reads at a time; its subject is the path of the model."""

    def __init__(self, shelf: Shelf, jobs: Jobs, tasks: Tasks, parent: QObject) -> None:
        super().__init__(jobs, tasks, "embeddings", parent)
        self._shelf = shelf
        shelf.switched.connect(self.forget)

    def use(self, path: str, name: str) -> None:
        """Let the model in a folder read the whole library and answer from then on."""
        library = self._shelf.library
        if library is not None:
            doing = partial(_use, library, path)
            self.begin(path, tr("{name} reads the library", name=name), doing, self._done(name))

    def read_on(self, path: str, name: str) -> None:
        """Let the model in use read what came since."""
        library = self._shelf.library
        if library is not None:
            doing = partial(_update, library)
            self.begin(path, tr("{name} reads the library", name=name), doing, self._done(name))

    def _done(self, name: str) -> tuple[str, str]:
        return tr("{name} has read the library", name=name), _WHY


def _use(library: "Library", path: str, report: Report, cancel: Cancel) -> object:
    return library.embeddings.use(path, report=report, cancel=cancel)


def _update(library: "Library", report: Report, cancel: Cancel) -> object:
    return library.embeddings.update(report=report, cancel=cancel)
