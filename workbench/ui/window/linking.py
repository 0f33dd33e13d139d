"""Shows the progress of background linking in the status bar.

Links are looked for, and an embedding model reads; both go on while one asks.
"""

from PySide6.QtCore import QObject

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import LinkingProgress
from workbench.ui.components.delay import delayed
from workbench.ui.jobs import Jobs
from workbench.ui.window.library_actions import Shelf
from workbench.ui.window.status import Status

_KEY = "linking"
#: Milliseconds between two looks while something is left to do, and before the first one.
_PAUSE, _SOON = 1000, 200


class Linking(QObject):
    """Looks while something is left, and again when sources change; asks on a worker."""

    def __init__(self, shelf: Shelf, jobs: Jobs, status: Status) -> None:
        super().__init__(status)
        self._shelf, self._jobs, self._status = shelf, jobs, status
        self._closed = False
        self._timer = delayed(self, self._look)
        for changed in (shelf.sources_changed, shelf.learned, shelf.listed):
            changed.connect(self._soon)
        shelf.switched.connect(self._forget)
        shelf.embedding.connect(self._embedding)

    def stop(self) -> None:
        """Look no more."""
        self._closed = True
        self._timer.stop()

    def _soon(self) -> None:
        if self._shelf.complete and not self._closed and not self._timer.isActive():
            self._timer.start(_SOON)

    def _forget(self) -> None:
        self._jobs.cancel(_KEY)
        self._status.show_linking(None)
        self._status.show_embedding(None)

    def _embedding(self) -> None:
        library = self._shelf.library
        self._status.show_embedding(library.embeddings.progress if library is not None else None)

    def _look(self) -> None:
        library = self._shelf.library
        if library is None:
            self._status.show_linking(None)
            return
        # The worker loads what tells it.
        self._jobs.run(
            lambda: library.graph.progress, done=self._came, failed=self._not_known, key=_KEY
        )

    def _came(self, progress: LinkingProgress | None) -> None:
        self._status.show_linking(progress)
        if progress is not None:
            self._timer.start(_PAUSE)

    def _not_known(self, _error: WorkbenchError) -> None:
        # The library is busy elsewhere: what was said may be old, so nothing is.
        self._status.show_linking(None)
        self._timer.start(_PAUSE)
