"""The line being processed on a worker, and the views of its outcome.

A new line supersedes the current one. If passages will be read, a preliminary result arrives within
milliseconds.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import WorkbenchError
from workbench.recall.records import Answer
from workbench.ui.ask import saying
from workbench.ui.ask.conversation import TurnView
from workbench.ui.ask.saying import Introduced, LineOutcome, Reopened
from workbench.ui.components import delayed
from workbench.ui.jobs import Jobs
from workbench.ui.shelf.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library


class TurnViews(QObject):
    """Creates views of outcomes, and deletes facts before their words are asked instead."""

    #: (words, collection) to ask, or to save.
    ask_requested = Signal(str, object)
    tell_requested = Signal(str, object)

    _marked = Signal(object)

    def __init__(self, parent: QObject, requests: Wanted) -> None:
        super().__init__(parent)
        self._wanted = requests
        self._undone: set[int] = set()
        self._instead: tuple[frozenset[int], str] = frozenset(), ""

    def forget(self) -> None:
        """Reset after the library was switched."""
        self._undone.clear()
        self._instead = frozenset(), ""

    def view(self, outcome: LineOutcome) -> TurnView:
        """Create a view of an outcome that follows later deletions."""
        visible = TurnView(outcome, self._wanted, self._undone)
        self._marked.connect(visible.mark_undone)
        visible.instead_requested.connect(self._retract_and_ask)
        visible.ask_requested.connect(
            lambda words: self.ask_requested.emit(words, outcome.collection)
        )
        visible.tell_requested.connect(
            lambda words: self.tell_requested.emit(words, outcome.collection)
        )
        return visible

    def mark(self, facts: Collection[int], collection: str | None, *, is_there: bool) -> None:
        """Mark facts as deleted or restored (`is_there`); ask a waiting question."""
        (self._undone.difference_update if is_there else self._undone.update)(facts)
        self._marked.emit(self._undone)
        ids, words = self._instead
        if ids and ids <= self._undone:
            self._instead = frozenset(), ""
            self.ask_requested.emit(words, collection)

    def _retract_and_ask(self, facts: tuple[int, ...], words: str) -> None:
        # Asking first would find the fact itself as the answer.
        self._instead = frozenset(facts), words
        self._wanted.untold.emit(facts)


_KEY = "ask"
#: Milliseconds before "Looking…" is shown; most answers are faster.
_SLOW_DELAY = 150

Work = Callable[..., LineOutcome]


class Request(QObject):
    """The current line or introduction; `question` is its title."""

    #: The `LineOutcome` of the preliminary result, then that after reading the passages.
    first_ready = Signal(object)
    read = Signal(object)
    #: The `LineOutcome` of a line without a preliminary result; the error.
    ready = Signal(object)
    failed = Signal(object)
    #: The `Introduced` source.
    introduced = Signal(object)
    #: Processing takes longer than `_SLOW_DELAY`.
    slow = Signal()
    #: Processing started or ended.
    state_changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.question = ""
        self.collection: str | None = None
        self.busy = False
        self._work: Work = saying.Limits().ask
        self._patience = delayed(self, self.slow.emit, _SLOW_DELAY)

    @property
    def current(self) -> tuple[Work, str, str | None]:
        """The current line with its function and collection."""
        return self._work, self.question, self.collection

    def name(self, work: Work, question: str, collection: str | None) -> None:
        """Set the current line without sending it."""
        self.question, self.collection, self._work = question, collection, work

    def send(self, library: "Library", turns: Sequence[Answer], *, first: bool) -> None:
        """Process the line on a worker; `turns` are the earlier answers that it may refer to."""
        arguments = library, self.question, self.collection, turns
        self._turn(busy=True)
        if first:
            completed: Callable[[LineOutcome], None] = partial(self._receive_first, arguments)
            self._run(partial(self._work, first=True), arguments, completed)
        else:
            self._run(self._work, arguments, self._receive)

    def introduce(self, library: "Library", source: int, name: str) -> None:
        """Load the introduction of a source."""
        self.question = name
        self._turn(busy=True)
        # Fails only if the source was deleted, which questions will report.
        self._jobs.run(
            *(saying.introduced, library, source), done=self._introduced,
            failed=lambda _error: self._turn(busy=False), key=_KEY,
        )  # fmt: skip

    def reopen(
        self,
        library: "Library",
        id: int,
        on_success: Callable[[Reopened], None],
        failed: Callable[[WorkbenchError], None],
    ) -> None:
        """Load an earlier question, superseding the current line."""
        self._jobs.run(saying.reopen, library, id, done=on_success, failed=failed, key=_KEY)

    def stop(self) -> None:
        """Cancel the current line."""
        self._jobs.cancel(_KEY)
        self._turn(busy=False)

    def unseen(self) -> None:
        """Do not report slow processing while the tab is hidden."""
        self._patience.stop()

    def _run(
        self, work: Work, arguments: tuple[object, ...], on_success: Callable[[LineOutcome], None]
    ) -> None:
        self._jobs.run(work, *arguments, done=on_success, failed=self._failed, key=_KEY)

    def _receive_first(self, arguments: tuple[object, ...], outcome: LineOutcome) -> None:
        self._patience.stop()
        self.first_ready.emit(outcome)
        self._run(self._work, arguments, self._read)

    def _read(self, outcome: LineOutcome) -> None:
        self._turn(busy=False)
        self.read.emit(outcome)

    def _receive(self, outcome: LineOutcome) -> None:
        self._turn(busy=False)
        self.ready.emit(outcome)

    def _introduced(self, introduced: Introduced) -> None:
        self._turn(busy=False)
        self.introduced.emit(introduced)

    def _failed(self, error: WorkbenchError) -> None:
        self._turn(busy=False)
        self.failed.emit(error)

    def _turn(self, *, busy: bool) -> None:
        self.busy = busy
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
        self.state_changed.emit()
