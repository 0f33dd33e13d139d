"""What the newest source is about and what to ask it, looked up before anything was asked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.recall.records import Introduction
from workbench.ui.ask import saying
from workbench.ui.ask.saying import Introduced
from workbench.ui.jobs import Jobs

if TYPE_CHECKING:
    from workbench.library import Library

_KEY = "ask.greeting"


class Greeting(QObject):
    """Looks at the first of the newest sources, each (id, title), and keeps what it found of it."""

    #: (`Introduced`, whether it is news); its introduction says nothing where nothing was found.
    came = Signal(object, bool)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._known: Introduced | None = None

    def forget(self) -> None:
        """Another library is asked from now on."""
        self._known = None
        self._jobs.cancel(_KEY)

    def coming(self, newest: Sequence[tuple[int, str]]) -> str:
        """The title of the newest source, as long as it is not known what it is about."""
        known = self._known.source if self._known is not None else None
        return next((title for source, title in newest[:1] if source != known), "")

    def look(self, library: "Library", newest: Sequence[tuple[int, str]]) -> None:
        """Say what the newest source is about, now where it is known."""
        if not newest:
            return
        source, _title = newest[0]
        if self._known is not None and self._known.source == source:
            self.came.emit(self._known, False)
            return
        nothing = Introduced(source, Introduction(None, ()), {})
        self._jobs.run(
            *(saying.introduced, library, source), done=self._found,
            failed=lambda _error: self._found(nothing), key=_KEY,
        )  # fmt: skip

    def _found(self, found: Introduced) -> None:
        self._known = found
        self.came.emit(found, True)
