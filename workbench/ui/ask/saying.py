"""Processes lines on a worker, as questions or as turns of a conversation, and writes answers.

A turn saves its statements. Its questions are then asked of facts and sources like any other.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import NotFoundError, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts.records import Fact
from workbench.recall.records import Answer, Introduction
from workbench.ui.jobs import Job, Jobs
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.turn.conversation import Turn
    from workbench.recall.answered.saved import Answered
    from workbench.recall.writing.writing import Draft


#: Kinds of replies to questions.
QUESTION_KINDS = ("answer", "unknown")
#: Shown instead of a verdict until the passages are read, or if reading was stopped.
READING = tr("Reading the closest passages…")
STOPPED = tr("Stopped before the passages were read")
#: Maximum number of turns of a reopened thread.
_TURNS = 50


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """The outcome of a line: `turn` has its statements, `answer` that to its last question.

    `authors` are those of quoted sources, `facts` those of the turn, by id. `tellable`: the line
    was asked but could also be saved. `writes`: a model can generate an answer, `generated` is its
    result or error. A preliminary result has passages that are not `read`, and no verdict.
    """

    line: str
    collection: str | None
    turn: "Turn | None"
    answer: Answer | None
    authors: Mapping[int, str]
    facts: Mapping[int, Fact]
    tellable: bool = False
    writes: bool = False
    generated: Answer | None = None
    read: bool = True

    @property
    def displayed(self) -> Answer | None:
        """The answer to show: the generated one if there is any."""
        wrote = self.generated is not None and self.generated.mode == "written"
        return self.generated if wrote else self.answer


@dataclass(frozen=True, slots=True)
class Reopened:
    """The turns of a thread, oldest first, each with its id; `thread` is its name."""

    thread: str
    lines: tuple[tuple[int, LineOutcome], ...]


@dataclass(frozen=True, slots=True)
class Introduced:
    """The introduction of a source, with the authors of quoted sources by id."""

    source: int
    introduction: Introduction
    authors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a question; with `sources`, only those are searched, without facts.

    A follow-up is about the subject of earlier turns unless `subject` is given; with None it is
    taken literally.
    """

    sources: Sequence[int] | None = None
    subject: str | None = ""

    def ask(
        self,
        library: "Library",
        question: str,
        collection: str | None,
        turns: Sequence[Answer],
        cancel: Cancel,
        first: bool = False,
    ) -> LineOutcome:
        """Ask, and look up the authors of quoted sources. `turns` are the earlier answers.

        A `first` result has the passages in retrieval order, before any is read.
        """
        # Deferred, to keep these imports out of start-up.
        from workbench.memory.turn.intent import has_statement

        answer = library.ask(
            question,
            collection=collection,
            sources=self.sources,
            explain=True,
            read=not first,
            turns=None if self.subject is None else turns,
            about=self.subject or "",
            cancel=cancel,
        )
        authors, tellable = _authors(library, answer), has_statement(question)
        writes = not first and _writes(library, answer, turns)
        return LineOutcome(
            question, collection, None, answer, authors, {}, tellable, writes, read=not first
        )


def introduced(library: "Library", source: int, cancel: Cancel) -> Introduced:
    """Introduce a source: its topic and questions that it answers."""
    result = library.sources.introduce(source, cancel=cancel)
    authors = {} if result.about is None else _authors(library, result.about)
    return Introduced(source, result, authors)


def say(
    library: "Library",
    line: str,
    collection: str | None,
    turns: Sequence[Answer],
    cancel: Cancel,
    sources: Sequence[int] | None = None,
) -> LineOutcome:
    """Process a line: save statements, calculate, and answer its last question from `sources`."""
    turn = library.turn(line, collection=collection)
    questions = [reply for reply in turn.replies if reply.kind in QUESTION_KINDS and not reply.left]
    answer = None
    if questions:
        answer = library.ask(
            questions[-1].said,
            collection=collection,
            sources=sources,
            explain=True,
            turns=turns,
            cancel=cancel,
        )
    ids = [id for reply in turn.replies for id in (*reply.new, *reply.known)]
    facts: dict[int, Fact] = {}
    for id in ids:
        with suppress(NotFoundError):  # deleted concurrently
            facts[id] = library.facts.get(id).fact
    if answer is None:
        return LineOutcome(line, collection, turn, None, {}, facts)
    authors = _authors(library, answer)
    writes = _writes(library, answer, turns)
    return LineOutcome(line, collection, turn, answer, authors, facts, writes=writes)


def reopen(library: "Library", id: int) -> Reopened:
    """Load the thread of a saved question. Raises `NotFoundError`."""
    retained = library.answers.get(id)
    thread = retained.answer.scope.get("conversation")
    if not isinstance(thread, str):
        return Reopened("", ((id, _stored_outcome(library, retained)),))
    turns = reversed(library.answers.list(conversation=thread, limit=_TURNS))
    return Reopened(thread, tuple((turn.id, _stored_outcome(library, turn)) for turn in turns))


def _stored_outcome(library: "Library", answered: "Answered") -> LineOutcome:
    authors = _authors(library, answered.written or answered.answer)
    writes = _writes(library, answered.answer, ()) or answered.written is not None
    return LineOutcome(
        answered.answer.question, answered.collection, None, answered.answer, authors, {},
        writes=writes, generated=answered.written,
    )  # fmt: skip


def previous_answers(lines: Sequence[LineOutcome], collection: str | None) -> tuple[Answer, ...]:
    """The displayed answers of the lines asked in a collection, oldest first."""
    displayed = (line.displayed for line in lines if line.collection == collection)
    return tuple(answer for answer in displayed if answer is not None)


def authors(lines: Sequence[LineOutcome]) -> dict[int, str]:
    """The authors known to these lines: a turn may cite evidence of an earlier one."""
    return {id: name for line in lines for id, name in line.authors.items()}


def _writes(library: "Library", answer: Answer, turns: Sequence[Answer]) -> bool:
    """Whether a model is chosen and has something to write from."""
    if not library.answers.writes:
        return False
    from workbench.recall.writing.turns import writable

    return writable(answer, turns)


def _authors(library: "Library", answer: Answer) -> dict[int, str]:
    authors: dict[int, str] = {}
    for source in {item.source.id for item in answer.evidence}:
        with suppress(NotFoundError):  # deleted since the answer
            authors[source] = library.sources.get(source).author
    return authors


@dataclass(slots=True)
class _Draft:
    """An answer in progress; the worker sets `draft`, the GUI thread reads it.

    `quotes` is the answer to write from.
    """

    quotes: Answer
    draft: "Draft | None" = None
    job: Job | None = None


class Writer(QObject):
    """Generates one answer at a time, identified by its line number."""

    #: (number, `Draft`) of a growing answer.
    drafted = Signal(int, object)
    #: (number, `Answer`) when finished, stopped or failed, as its `note` says.
    written = Signal(int, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._under: dict[int, _Draft] = {}

    def is_writing(self, number: int) -> bool:
        """Whether this answer is in progress."""
        return number in self._under

    def draft(self, number: int) -> "Draft | None":
        """The draft of an answer in progress; None before its first word."""
        pending = self._under.get(number)
        return pending.draft if pending is not None else None

    def write(
        self, number: int, library: "Library", answer: Answer, turns: Sequence[Answer]
    ) -> None:
        """Start to generate an answer from its quotes, unless it is in progress."""
        if number in self._under:
            return
        self.stop()
        pending = self._under[number] = _Draft(answer)
        pending.job = self._jobs.run(
            _write,
            library,
            tuple(turns),
            pending,
            done=partial(self._finish, number),
            failed=partial(self._failed, number),
            progress=partial(self._grown, number),
        )

    def stop(self) -> None:
        """Stop the current answer and keep its partial text."""
        for pending in self._under.values():
            if pending.job is not None:
                pending.job.stop()

    def drop(self) -> None:
        """Cancel all answers and drop their text."""
        for pending in self._under.values():
            if pending.job is not None:
                pending.job.cancel()
        self._under.clear()

    def _grown(self, number: int, _progress: Progress) -> None:
        pending = self._under.get(number)
        if pending is not None and pending.draft is not None:
            self.drafted.emit(number, pending.draft)

    def _finish(self, number: int, answer: Answer) -> None:
        if self._under.pop(number, None) is not None:
            self.written.emit(number, answer)

    def _failed(self, number: int, error: WorkbenchError) -> None:
        pending = self._under.pop(number, None)
        if pending is not None:
            failed = replace(pending.quotes, note=error.message, hint=error.hint)
            self.written.emit(number, failed)


def _write(
    library: "Library", turns: Sequence[Answer], pending: _Draft, report: Report, cancel: Cancel
) -> Answer:
    def grown(draft: "Draft") -> None:
        pending.draft = draft
        report(Progress("writing", len(draft.sentences)))

    return library.answers.write(pending.quotes, turns=turns, on_draft=grown, cancel=cancel)
