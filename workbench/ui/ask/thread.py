"""What was said to the library in this run; the last of these lines are the thread on the page.

In a thread each line takes its subject from those before. Its answers are kept under one name, each
in one place whatever comes to it later, a write at a time.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import WorkbenchError
from workbench.recall.records import Answer
from workbench.ui.ask import saying
from workbench.ui.ask.saying import LineOutcome, Reopened
from workbench.ui.jobs import Jobs

if TYPE_CHECKING:
    from workbench.library import Library


#: A line with its number.
Numbered = tuple[int, LineOutcome]


@dataclass(slots=True)
class _StoredLine:
    """What is to be kept of a line by now; `id` once it is, both held together by `lock`."""

    answer: Answer
    generated: Answer | None = None
    id: int | None = None
    lock: Lock = field(default_factory=Lock)


class Thread(QObject):
    """Lines and what became of them, oldest first; each is known by its number among them."""

    #: An answer was kept.
    stored = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.lines: list[LineOutcome] = []
        #: The first line of the thread, and the name that its answers are kept under.
        self.first, self.name = 0, ""
        self._kept: dict[int, _StoredLine] = {}

    def forget(self) -> None:
        """Another library is asked from now on."""
        self.lines.clear()
        self._kept.clear()
        self.begin()

    def begin(self) -> None:
        """The next line takes nothing from those before."""
        self.first, self.name = len(self.lines), ""

    def add(self, outcome: LineOutcome) -> int:
        """Go on with a line; returns its number."""
        self.lines.append(outcome)
        return len(self.lines) - 1

    def begin_with(self, number: int) -> int:
        """The number of a line, in a thread of its own where the one it was said in was left."""
        if number >= self.first:
            return number
        self.begin()
        return self.add(self.lines[number])

    def reopen(self, reopened: Reopened, id: int) -> int:
        """Go on with a thread of before; returns the number of the line that is kept as `id`."""
        self.first, self.name = len(self.lines), reopened.thread
        visible = self.first
        for retained, outcome in reopened.lines:
            number = self.add(outcome)
            if outcome.answer is not None:
                self._kept[number] = _StoredLine(outcome.answer, id=retained)
            if retained == id:
                visible = number
        return visible

    @property
    def empty(self) -> bool:
        """Whether nothing was said in this thread."""
        return len(self.lines) == self.first

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers of the thread as they are shown, oldest first."""
        visible = (line.displayed for line in self.lines[self.first :] if line.answer is not None)
        return tuple(answer for answer in visible if answer is not None)

    def previous_answers(
        self, collection: str | None, number: int | None = None
    ) -> tuple[Answer, ...]:
        """What a line about a collection takes its subject from: the answers before it there."""
        return saying.previous_answers(self.lines[self.first : number], collection)

    def neighbours(self, number: int | None = None) -> tuple[list[Numbered], list[Numbered]]:
        """The lines of the thread before and after one, with their numbers; else all before it."""
        lines = list(enumerate(self.lines))
        return lines[self.first : number], [] if number is None else lines[number + 1 :]

    def store(self, number: int, library: "Library") -> bool:
        """Have the library keep what was answered; not what only facts did, nor to nothing."""
        outcome = self.lines[number]
        if outcome.answer is None or not outcome.answer.coverage.of:
            return False
        self.name = self.name or f"{datetime.now():%Y-%m-%d %H:%M:%S.%f}"
        scope = {**outcome.answer.scope, "conversation": self.name}
        answer = replace(outcome.answer, scope=scope)
        line = self._kept.setdefault(number, _StoredLine(answer))
        line.answer, line.generated = answer, outcome.generated
        self._jobs.run(
            _store, library, line, done=self._announce_stored, failed=self._ignore_failure
        )
        return True

    def _announce_stored(self, _result: None) -> None:
        self.stored.emit()

    def _ignore_failure(self, _error: WorkbenchError) -> None:
        """The answer is on the page; a library that is busy merely does not remember it."""


def _store(library: "Library", line: _StoredLine) -> None:
    with line.lock:
        retained = library.answers.keep(replace(line.answer, id=line.id), line.generated)
        line.id = retained.id
