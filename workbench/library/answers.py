"""Answers: writing, saving and exporting."""

import builtins
import json
import sqlite3
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.arguments import Id, Limit, Words
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel, Report, silent
from workbench.library.group import Group
from workbench.models import choices
from workbench.recall.answered.export import delivered, exported, forms, named_form
from workbench.recall.answered.saved import Answered, record_of, restore_answer
from workbench.recall.records import Answer, Evidence
from workbench.store import changes, collections, questions, sending, sources
from workbench.store.records import SourceRow

if TYPE_CHECKING:
    from ingest.models.records import ChatRequest, Model, Reply, Server
    from ingest.models.watched import Timing
    from workbench.recall.writing.writing import OnDraft

#: Maximum of saved answers; the oldest are deleted.
_CAPACITY = 5000


class Answers(Group):
    """A library's calls on answers."""

    #: Seconds that the first word is waited for where not as many as are chosen.
    _patience = 0

    @property
    def _timing(self) -> "Timing":
        from ingest.models import serving

        return replace(serving.ANSWER, first=self._patience or max(1, choices.load().first_word))

    @property
    def writes(self) -> bool:
        """Whether a model for writing answers is chosen. Contacts no server."""
        return bool(choices.load().dialogue)

    def write(
        self,
        answer: Answer,
        *,
        turns: Sequence[Answer] = (),
        on_draft: "OnDraft | None" = None,
        model: Words = "",
        cancel: Cancel | None = None,
    ) -> Answer:
        """Have the dialogue model write the answer in sentences, each verified against the quotes.

        `answer` is a result of `ask`; its quotes are the evidence. `turns` are earlier answers of
        the conversation: a follow-up may use their evidence, even where `ask` found none.
        `model` is another one of the server than the chosen one.
        `on_draft` is called on this thread with each piece. `cancel` keeps what is written so far.
        If the model fails, the quotes are returned with a sentence in `note`; without evidence the
        model is not called.
        """
        # Imported on first use, not when a library opens.
        from ingest.models.records import CONTEXT, ChatRequest
        from workbench.models import server
        from workbench.recall.writing.injection import marked
        from workbench.recall.writing.prompting import answer_tokens, prompt
        from workbench.recall.writing.turns import (
            only_cited,
            relevant_turns,
            with_previous_evidence,
            writable,
        )
        from workbench.recall.writing.writing import STOPPED, compose, unseen

        if not writable(answer, turns):
            return answer
        stop = cancel or Cancel()
        start = time.perf_counter()
        try:
            endpoint, writer = self._writer(stop, model)
        except Cancelled:
            return replace(answer, note=STOPPED)
        except (InputError, NotFoundError) as error:
            return replace(answer, note=error.message, hint=error.hint)
        history = relevant_turns(answer.question, turns)
        chosen = self._read_wider(answer, choices.load().reading, stop, on_draft or unseen)
        wider = marked(with_previous_evidence(chosen, history))
        context = 2 * CONTEXT
        # A server may report its context size only after a larger one was requested.
        while context > (context := min(CONTEXT, writer.context or CONTEXT)):
            request = prompt(wider, history, context)
            if not request.shown:
                note = f"“{writer.name}” reads too little for a passage."
                hint = "Start the model with a longer context."
                return replace(answer, cut=request.cut, note=note, hint=hint)
            troubles: builtins.list[str] = []
            chat = ChatRequest(
                writer, request.messages, context=context, max_tokens=answer_tokens(context),
                keep_alive=choices.load().keep_alive,
            )  # fmt: skip
            pieces = _pieces(endpoint, chat, self._timing, stop, troubles)
            with closing(pieces):
                draft = compose(
                    wider, request, pieces, writer.name, on_draft=on_draft or unseen, begun=start
                )
            if not endpoint.address.here:
                host = endpoint.address.host
                draft = replace(draft, model=f"{draft.model} ({host})", sent_to=host)
            if draft.hint:
                # The server may have stopped; look for it again next time.
                server.forget()
            if "context" not in troubles or draft.mode == "written":
                break
            with suppress(InputError):
                endpoint, writer = self._writer(stop, model)
        if draft.mode != "written":
            return replace(draft, evidence=answer.evidence)
        return only_cited(replace(draft, abstained=False))

    def outgoing(self, answer: Answer, *, turns: Sequence[Answer] = ()) -> str:
        """What `write` would send to the model, in full; "" without evidence. Sends nothing."""
        from ingest.models.records import CONTEXT
        from workbench.recall.writing import choosing
        from workbench.recall.writing.prompting import prompt
        from workbench.recall.writing.turns import relevant_turns, with_previous_evidence, writable

        if not writable(answer, turns):
            return ""
        history = relevant_turns(answer.question, turns)
        request = prompt(with_previous_evidence(answer, history), history, CONTEXT)
        sent = builtins.list(request.messages)
        if choices.load().reading and not answer.abstained and answer.confidence < choosing.SURE:
            asked = answer.asked_as or answer.question
            for item in reversed(self._passages(answer, asked, Cancel())):
                sent[:0] = choosing.messages(asked, item)[-1:]
        return "\n\n".join(message.content for message in sent)

    def _read_wider(
        self, answer: Answer, reading: str, cancel: Cancel, on_draft: "OnDraft"
    ) -> Answer:
        """The answer with the passage first that the model for `reading` chooses of many.

        Unchanged without such a model, where the reader is sure, and if the model chooses none or
        fails.
        """
        if not reading or answer.abstained or not answer.evidence:
            return answer
        from workbench.models import server
        from workbench.recall.writing import choosing, rewording
        from workbench.recall.writing.writing import Draft

        if answer.confidence >= choosing.SURE:
            return answer
        with suppress(InputError, NotFoundError), server.input_errors():
            endpoint, model = self._writer(cancel, reading)
            asked = answer.asked_as or answer.question
            read = self._passages(answer, asked, cancel)
            chosen = choices.load()
            reader = choosing.Reader(
                endpoint, model, chosen.keep_alive, self._timing, chosen.reading_seconds,
                cancel.check,
            )  # fmt: skip

            def others() -> builtins.list[Evidence]:
                # A provider gets the passages that were shown before, and no others.
                wordings = rewording.reword(reader, asked) if endpoint.address.here else []
                found = (self._passages(answer, each, cancel) for each in wordings)
                return rewording.in_turn(*found)

            first = choosing.choose(
                reader, asked, read, others,
                told=lambda at: on_draft(Draft((), reading=at + 1, of=max(at + 1, len(read)))),
            )  # fmt: skip
            return answer if first is None else choosing.with_first(answer, first)
        return answer

    def _passages(self, answer: Answer, question: str, cancel: Cancel) -> builtins.list[Evidence]:
        """The passages that the model for reading gets, in the order of the pipeline."""
        from workbench.recall.search import Request
        from workbench.recall.writing import choosing
        from workbench.recall.writing.injection import marked

        scope = answer.scope
        if "as_of" in scope:
            return builtins.list(answer.evidence)
        with self._store.read() as connection:
            ids = scope.get("sources")
            within = set(map(int, ids)) if isinstance(ids, builtins.list) else None
            if isinstance(name := scope.get("collection"), str):
                inside = set(collections.source_ids(connection, name))
                within = inside if within is None else within & inside
        asked = Request(question, within, choosing.READ, cancel=cancel)
        return builtins.list(marked(self._core.recall.ask(asked)).evidence)

    def _writer(self, cancel: Cancel, name: str = "") -> "tuple[Server, Model]":
        """The model of this name, or the chosen one.

        Raises as `server.selected`, and if texts of this library must not be sent there.
        """
        from workbench.models import server

        if name:
            endpoint, model = server.find(name, cancel)
        else:
            endpoint, model = server.selected("dialogue", cancel)
        sending.check(self._store, endpoint)
        return endpoint, model

    def study(
        self,
        kind: Words,
        *,
        sources: Sequence[Id] = (),
        collection: Words | None = None,
        question: Words = "",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Answered:
        """Have the dialogue model write a study of sources or a collection, and save it.

        `kind` is "briefing", "questions" (each the heading of its answer), "timeline", "glossary",
        or "question" for a long answer to a `question`. It is written piece by piece; a sentence
        that its passage does not support is left out. What is written is saved after each piece:
        after a cancellation or a failure the same call goes on there. Raises `UsageError`,
        `NotFoundError` without a model or anything to write of, `InputError` if the server fails,
        `Cancelled`.
        """
        from workbench.library.studies import StudyRequest, study

        request = StudyRequest(kind, tuple(sources), collection, question)
        return study(self, request, report, cancel or Cancel())

    def make_cards(self, id: Id) -> int:
        """Make a card of each question of a saved study; returns how many.

        The answer is its sentence, and the card belongs to the first sentence that it cites.
        """
        from workbench.memory.kinds import reviewing

        saved = self.get(id)
        study = saved.written or saved.answer
        by_number = {item.n: item.engram for item in study.evidence}
        made = 0
        for sentence in study.sentences:
            if sentence.heading.endswith("?") and sentence.citations:
                engram = by_number[sentence.citations[0]]
                reviewing.write_card(self._core.fact_index, engram, sentence.heading, sentence.text)
                made += 1
        self._notify_count(made)
        return made

    def keep(self, answer: Answer, written: Answer | None = None) -> Answer:
        """Keep an answer, and what a model wrote to it; the answer with its `id`.

        One that has an id already is kept in its place. A library that can only be read keeps
        none. What people told is never in it.
        """
        if self._store.read_only:
            return answer
        record = json.dumps(record_of(answer, written), ensure_ascii=False)
        id_ = self._store.write(
            lambda c: questions.store(
                c, answer.id, answer.question, answer.scope, record, _CAPACITY
            )
        )
        return replace(answer, id=id_)

    def list(
        self,
        words: Words = "",
        *,
        collection: Words | None = None,
        conversation: Words | None = None,
        limit: Limit = 50,
    ) -> builtins.list[Answered]:
        """Questions of before, newest first: those that hold all these words, they or the answer.

        With a `collection` or a `conversation` only what was asked in it.
        """
        terms = words.casefold().split()
        matches: builtins.list[Answered] = []
        with self._store.read() as connection:
            for row in questions.newest(connection):
                if all(word in f"{row.question} {row.answer}".casefold() for word in terms):
                    row_answer = _to_record(row)
                    inside = collection is None or row_answer.collection == collection
                    inside &= conversation in (None, row_answer.answer.scope.get("conversation"))
                    if inside and _matches(row_answer, terms):
                        matches.append(row_answer)
                if len(matches) >= limit:
                    break
        return matches

    def get(self, id: Id) -> Answered:
        """One question of before. Raises `NotFoundError` where it is not kept (any more)."""
        with self._store.read() as connection:
            row = questions.by_id(connection, id)
        if row is None:
            raise NotFoundError(
                f"There is no saved answer {id}.", "List them with: workbench answers"
            )
        return _to_record(row)

    def forget(self, *ids: Id, everything: bool = False) -> int:
        """Forget these questions with their answers, or all; returns how many there were."""

        def work(connection: sqlite3.Connection) -> int:
            count = questions.forget(connection, None if everything else ids)
            return changes.erased(connection, "answers forgotten", count, self._store.clock())

        return self._store.write(work)

    def export(
        self,
        answers: Answer | Sequence[Answer],
        form: Words = "",
        *,
        style: Words = "",
        file: str | Path | None = None,
    ) -> str:
        """An answer or a thread with its references as "markdown", or what it cites.

        That is the sources as "bibtex", "ris" or "csl". With a `style` (see `sources.cite`)
        Markdown cites by it. With a `file` it is written there, also as a Word document ("docx"),
        and the path returned; without a `form` the file's ending says which, and a file without one
        gets that of the form. Raises `UsageError` for another form, for a style as `sources.cite`
        does, and `InputError` where the file cannot be written.
        """
        form, target = named_form(form, file, forms())
        thread = (answers,) if isinstance(answers, Answer) else tuple(answers)
        return delivered(exported(thread, self._sources_of(thread), form, style), target)

    def _sources_of(self, answers: Sequence[Answer]) -> Mapping[int, SourceRow]:
        """The quoted sources that still exist."""
        quoted = (item.source.id for answer in answers for item in answer.evidence)
        with self._store.read() as connection:
            rows = sources.by_ids(connection, builtins.list(dict.fromkeys(quoted)))
            return {row.id: row for row in rows}


def _pieces(
    endpoint: "Server",
    chat: "ChatRequest",
    timing: "Timing",
    stop: Cancel,
    troubles: builtins.list[str],
) -> Generator["str | Reply", None, None]:
    from ingest.models import serving
    from workbench.models import server

    try:
        with server.input_errors():
            yield from serving.chat(endpoint, chat, timing=timing, check=stop.check)
    except InputError as error:
        troubles.append(error.reason)
        raise


def _to_record(row: questions.QuestionRow) -> Answered:
    record = questions.loaded(row.answer)
    return restore_answer(row.id, row.asked, row.question, row.scope, record)


def _matches(candidate: Answered, terms: list[str]) -> bool:
    """Whether all terms occur in what users see of an answer, not in its stored form."""
    visible = candidate.written or candidate.answer
    texts = [
        visible.question,
        visible.value or "",
        *(sentence.text for sentence in visible.sentences),
    ]
    texts += [f"{item.quote} {item.source.title}" for item in visible.evidence]
    text = " ".join(texts).casefold()
    return all(word in text for word in terms)
