"""Sends a line to the library on a worker: as a question, or as a turn of conversation.

A turn keeps what it tells. Each question in it is then asked like any other, of facts and sources.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.jobs import Cancel
from workbench.memory.facts.records import Fact
from workbench.recall.records import Answer, Introduction
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.turn.conversation import Turn
    from workbench.recall.answered.saved import Answered

#: What a reply to a question is called.
QUESTION_KINDS = ("answer", "unknown")
#: What stands in the place of a verdict until, or unless, the passages are read.
READING = tr("Reading the closest passages…")
STOPPED = tr("Stopped before the passages were read")
#: Turns of a thread that are opened again at most.
_TURNS = 50


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What became of a line: `turn` what was told in it, `answer` to the last question in it.

    `authors` are those of the sources that the answer quotes, `facts` those that the turn names, by
    id. `tellable`: it was asked, but could be kept as well. `writes`: a model is chosen that writes
    answers; `generated` is what it wrote to the question, or that it could not. Of a first look the
    passages are not `read` yet: it is no verdict.
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
        """The answer as it is read: in a model's words, where it wrote any."""
        wrote = self.generated is not None and self.generated.mode == "written"
        return self.generated if wrote else self.answer


@dataclass(frozen=True, slots=True)
class Reopened:
    """The turns of a thread, oldest first, each with its id; `thread` is the name of it."""

    thread: str
    lines: tuple[tuple[int, LineOutcome], ...]


@dataclass(frozen=True, slots=True)
class Introduced:
    """What a source is about, with the authors of what is quoted, by id."""

    source: int
    introduction: Introduction
    authors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question is limited to: with `sources` they alone are asked, without what was told.

    A follow-up is about what the turns before spoke of unless a `subject` is given; with None the
    question is taken as it is.
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
        """Ask, and look who wrote what is quoted. `turns` are the answers before.

        A `first` look comes at once: the quotes as they were found, which nobody has read yet.
        """
        # Not imported before something is asked: the window opens without it.
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
    """What a source is about, and questions that it answers."""
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
    """Take in a line: keep what it tells, reckon, and ask what it asks, of `sources` alone."""
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
        with suppress(NotFoundError):  # forgotten by somebody else meanwhile
            facts[id] = library.facts.get(id).fact
    if answer is None:
        return LineOutcome(line, collection, turn, None, {}, facts)
    authors = _authors(library, answer)
    writes = _writes(library, answer, turns)
    return LineOutcome(line, collection, turn, answer, authors, facts, writes=writes)


def reopen(library: "Library", id: int) -> Reopened:
    """The thread of a question of before, as it was kept. Raises `NotFoundError`."""
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
    """The answers of the lines that were asked in one place, oldest first, as they stand."""
    displayed = (line.displayed for line in lines if line.collection == collection)
    return tuple(answer for answer in displayed if answer is not None)


def authors(lines: Sequence[LineOutcome]) -> dict[int, str]:
    """The authors that are known by these lines: a turn may cite what one before it quoted."""
    return {id: name for line in lines for id, name in line.authors.items()}


def _writes(library: "Library", answer: Answer, turns: Sequence[Answer]) -> bool:
    """Whether a model is chosen that has something to write of."""
    if not library.answers.writes:
        return False
    from workbench.recall.writing.turns import writable

    return writable(answer, turns)


def _authors(library: "Library", answer: Answer) -> dict[int, str]:
    authors: dict[int, str] = {}
    for source in {item.source.id for item in answer.evidence}:
        with suppress(NotFoundError):  # removed for good since the answer was made
            authors[source] = library.sources.get(source).author
    return authors
