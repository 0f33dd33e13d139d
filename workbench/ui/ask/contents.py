"""The contents of the library relevant to Ask, reloaded on a worker after each change."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import WorkbenchError
from workbench.ui.jobs import Jobs

if TYPE_CHECKING:
    from workbench.library import Library

_CONTENTS, _WRITER = "ask.contents", "ask.writer"
#: Number of recent sources offered at the start.
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Contents:
    """What the library contains; `writer` is the model that generates answers, "" for none.

    `has_history`: earlier questions are saved. `pictures`: an image model is enabled. `newest`:
    (id, title) of the latest sources with text, newest first.
    """

    sources: int
    passages: int
    collections: tuple[str, ...]
    writer: str = ""
    has_history: bool = False
    pictures: bool = False
    newest: tuple[tuple[int, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the library has no sources."""
        return not self.sources


class ContentsMonitor(QObject):
    """Watches a library, one query at a time, as it changes ten times a second during import."""

    #: (`Contents`, whether they have changed).
    updated = Signal(object, bool)
    _changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject, is_visible: Callable[[], bool]) -> None:
        """`is_visible` returns whether to load now; otherwise loading waits for `show`."""
        super().__init__(parent)
        self._jobs, self._wanted = jobs, is_visible
        self._library: Library | None = None
        #: The current contents, None before they are loaded.
        self.now: Contents | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._looking = self._again = False
        self._changed.connect(self._update)

    def set_library(self, library: "Library | None") -> None:
        """Watch another library."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self._library, self.now = library, None
        self._jobs.cancel(_CONTENTS)
        self._looking = self._again = False
        if library is not None:
            self._unsubscribe = library.subscribe(self._receive_topic)
            self._update()

    def show(self) -> None:
        """Load pending changes when the tab is shown."""
        if self._again:
            self._update()
        elif self._library is not None:
            # The model may have been changed in the settings.
            self._jobs.run(_writer, self._library, done=self._set_writer, key=_WRITER)

    def _receive_topic(self, topic: str) -> None:
        # Called on any thread; the signal is queued to the GUI thread.
        if topic in ("sources", "collections"):
            self._changed.emit()

    def _update(self) -> None:
        if self._library is None:
            return
        if self._looking or not self._wanted():
            self._again = True
            return
        self._looking, self._again = True, False
        self._jobs.run(
            _contents, self._library, done=self._set_contents, failed=self._fail, key=_CONTENTS
        )

    def _fail(self, _error: WorkbenchError) -> None:
        self._looking = False

    def _set_contents(self, contents: Contents) -> None:
        self._looking = False
        if self._again:
            self._update()
        previous, self.now = self.now, contents
        self.updated.emit(contents, previous != contents)

    def _set_writer(self, name: str) -> None:
        if self.now is not None and self.now.writer != name:
            self._set_contents(replace(self.now, writer=name))


def _contents(library: "Library") -> Contents:
    """Count what is in the library."""
    # Every key press classifies the line: load the rules and compile their patterns here.
    from workbench.memory.turn.intent import intent

    intent("Who built the mill, and why?")
    rows = library.sources.list()
    read = [row for row in rows if row.passages and row.verified is not None]
    newest = sorted(read, key=lambda row: (row.added, row.id), reverse=True)[:_NEWEST]
    return Contents(
        len(rows),
        sum(row.passages for row in rows),
        tuple(collection.name for collection in library.collections.list()),
        _writer(library),
        bool(library.answers.list(limit=1)),
        bool(library.models.readings("pictures")),
        tuple((row.id, row.title) for row in newest),
    )


def _writer(library: "Library") -> str:
    """The model that generates answers, "" for none."""
    return library.models.choices.dialogue if library.answers.writes else ""
