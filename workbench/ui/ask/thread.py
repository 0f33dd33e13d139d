"""The lines of this session; the last ones form the visible thread.

Lines of a thread refer to earlier ones. Its answers are saved under one name, each updated in
place, one write at a time.
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
    """The state of a line to save; `lock` guards it and the `id` it was saved under."""

    answer: Answer
    generated: Answer | None = None
    id: int | None = None
    lock: Lock = field(default_factory=Lock)


class Thread(QObject):
    """Lines and their outcomes, oldest first, identified by their index."""

    #: An answer was saved.
    stored = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.lines: list[LineOutcome] = []
        #: The first line of the thread, and the name its answers are saved under.
        self.first, self.name = 0, ""
        self._kept: dict[int, _StoredLine] = {}

    def forget(self) -> None:
        """Clear everything after the library was switched."""
        self.lines.clear()
        self._kept.clear()
        self.begin()

    def begin(self) -> None:
        """Start a new thread."""
        self.first, self.name = len(self.lines), ""

    def add(self, outcome: LineOutcome) -> int:
        """Append a line and return its number."""
        self.lines.append(outcome)
        return len(self.lines) - 1

    def begin_with(self, number: int) -> int:
        """The number of a line, copied to a new thread if its own has ended."""
        if number >= self.first:
            return number
        self.begin()
        return self.add(self.lines[number])

    def reopen(self, reopened: Reopened, id: int) -> int:
        """Continue a saved thread; return the number of the line saved as `id`."""
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
        """Whether the thread has no lines."""
        return len(self.lines) == self.first

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The displayed answers of the thread, oldest first."""
        visible = (line.displayed for line in self.lines[self.first :] if line.answer is not None)
        return tuple(answer for answer in visible if answer is not None)

    def previous_answers(
        self, collection: str | None, number: int | None = None
    ) -> tuple[Answer, ...]:
        """The earlier answers in a collection that line `number` may refer to."""
        return saying.previous_answers(self.lines[self.first : number], collection)

    def neighbours(self, number: int | None = None) -> tuple[list[Numbered], list[Numbered]]:
        """The lines of the thread before and after one, with their numbers; all before if None."""
        lines = list(enumerate(self.lines))
        return lines[self.first : number], [] if number is None else lines[number + 1 :]

    def store(self, number: int, library: "Library") -> bool:
        """Save the answer of a line; return False for facts only or an empty scope."""
        outcome = self.lines[number]
        if outcome.answer is None or not outcome.answer.coverage.of:
            return False
        self.name = self.name or f"{datetime.now():%Y-%m-%d %H:%M:%S.%f}"
        scope = {**outcome.answer.scope, "conversation": self.name}
        answer = replace(outcome.answer, scope=scope)
        line = self._kept.setdefault(number, _StoredLine(answer))
        line.answer, line.generated = answer, outcome.generated
        self._jobs.run(
            _store,
            library,
            line,
            done=lambda _result: self.stored.emit(),
            failed=self._ignore_failure,
        )
        return True

    def _ignore_failure(self, _error: WorkbenchError) -> None:
        """Ignore a failed save, as with a busy library: the answer is on the page."""


def _store(library: "Library", line: _StoredLine) -> None:
    with line.lock:
        retained = library.answers.keep(replace(line.answer, id=line.id), line.generated)
        line.id = retained.id
