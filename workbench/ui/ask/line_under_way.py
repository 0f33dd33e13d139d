"""The line under way: sent to a worker, it comes back as what became of it.

A new line takes the place of the one under way. Where the library is read, a first look comes
before the answer, in some milliseconds.
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
from workbench.ui.wanted import Wanted

if TYPE_CHECKING:
    from workbench.library import Library


class TurnViews(QObject):
    """Shows what lines told; where something was to be asked instead, it is taken back first."""

    #: The facts of these ids are to be taken back.
    undo_requested = Signal(object)
    #: (words, collection): they are to be asked, or kept.
    ask_requested = Signal(str, object)
    tell_requested = Signal(str, object)

    _marked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._undone: set[int] = set()
        self._instead: tuple[frozenset[int], str] = frozenset(), ""

    def forget(self) -> None:
        """Another library is told from now on."""
        self._undone.clear()
        self._instead = frozenset(), ""

    def view(self, outcome: LineOutcome, requests: Wanted) -> TurnView:
        """What became of a line, kept up with what is taken back."""
        visible = TurnView(outcome, requests, self._undone)
        self._marked.connect(visible.mark_undone)
        visible.undo_requested.connect(self.undo_requested)
        visible.instead_requested.connect(self._retract_and_ask)
        visible.ask_requested.connect(
            lambda words: self.ask_requested.emit(words, outcome.collection)
        )
        visible.tell_requested.connect(
            lambda words: self.tell_requested.emit(words, outcome.collection)
        )
        return visible

    def mark(self, facts: Collection[int], collection: str | None, *, is_there: bool) -> None:
        """These facts were taken back; what was to be asked instead is asked of `collection`."""
        (self._undone.difference_update if is_there else self._undone.update)(facts)
        self._marked.emit(self._undone)
        ids, words = self._instead
        if ids and ids <= self._undone:
            self._instead = frozenset(), ""
            self.ask_requested.emit(words, collection)

    def _retract_and_ask(self, facts: tuple[int, ...], words: str) -> None:
        # Asked before it is taken back, it would be answered by itself.
        self._instead = frozenset(facts), words
        self.undo_requested.emit(facts)


_KEY = "ask"
#: Milliseconds before "Looking…" is shown: most answers are there sooner.
_SLOW_DELAY = 150

Work = Callable[..., LineOutcome]


class Request(QObject):
    """One line at a time, or a source that is introduced; `question` is what it is called."""

    #: The `Said` of a first look, whose order may change once it is read; then that of the reading.
    first_ready = Signal(object)
    read = Signal(object)
    #: The `Said` of a line that had no first look; why there is none.
    ready = Signal(object)
    failed = Signal(object)
    #: What a source is about, an `Introduced`.
    introduced = Signal(object)
    #: It takes so long that one should see it.
    slow = Signal()
    #: Something is under way from now on, or nothing any more.
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
        """The line as it was named."""
        return self._work, self.question, self.collection

    def name(self, work: Work, question: str, collection: str | None) -> None:
        """The line is this one from now on, whether it is sent or not."""
        self.question, self.collection, self._work = question, collection, work

    def send(self, library: "Library", turns: Sequence[Answer], *, first: bool) -> None:
        """Have a worker do it, `turns` being the answers that it may take its subject from."""
        arguments = library, self.question, self.collection, turns
        self._turn(busy=True)
        if first:
            completed: Callable[[LineOutcome], None] = partial(self._receive_first, arguments)
            self._run(partial(self._work, first=True), arguments, completed)
        else:
            self._run(self._work, arguments, self._receive)

    def introduce(self, library: "Library", source: int, name: str) -> None:
        """Look what a source is about."""
        self.question = name
        self._turn(busy=True)
        # Where it fails, the source is gone: what is asked of it says so.
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
        """Look up a question of before, in the place of what is under way."""
        self._jobs.run(saying.reopen, library, id, done=on_success, failed=failed, key=_KEY)

    def stop(self) -> None:
        """Nothing is wanted of what is under way."""
        self._jobs.cancel(_KEY)
        self._turn(busy=False)

    def unseen(self) -> None:
        """Nobody sees how long it takes."""
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
