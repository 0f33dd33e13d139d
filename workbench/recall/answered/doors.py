"""The doors of questions and answers of before, as the library opens them."""

import json
from collections.abc import Mapping
from dataclasses import replace

from workbench.arguments import Id, Limit, Words
from workbench.errors import NotFoundError, UsageError
from workbench.recall.answered.export import FORMS, bibtex, csl
from workbench.recall.answered.saved import Answered, answered, record_of
from workbench.recall.records import Answer
from workbench.recall.wording import markdown
from workbench.store import questions, sources
from workbench.store.records import SourceRow
from workbench.store.store import Store

#: Answers that are kept; the oldest go first.
_MOST = 5000


class AnsweredDoors:
    """What a library keeps of being asked; `Library` is one. Any thread may call these."""

    _store: Store

    def keep_answer(self, answer: Answer, written: Answer | None = None) -> Answer:
        """Keep an answer, and what a model wrote to it; the answer with its `id`.

        One that has an id already is kept in its place. A library that can only be read keeps
        none. What people told is never in it.
        """
        if self._store.read_only:
            return answer
        kept = json.dumps(record_of(answer, written), ensure_ascii=False)
        id_ = self._store.write(
            lambda c: questions.keep(c, answer.id, answer.question, answer.scope, kept, _MOST)
        )
        return replace(answer, id=id_)

    def kept_answers(
        self,
        words: Words = "",
        *,
        collection: Words | None = None,
        conversation: Words | None = None,
        limit: Limit = 50,
    ) -> list[Answered]:
        """Questions of before, newest first: those that hold all these words, they or the answer.

        With a `collection` or a `conversation` only what was asked in it.
        """
        wanted = words.casefold().split()
        found: list[Answered] = []
        with self._store.read() as connection:
            for row in questions.newest(connection):
                if all(word in f"{row.question} {row.answer}".casefold() for word in wanted):
                    made = _answered(row)
                    inside = collection is None or made.collection == collection
                    inside &= conversation in (None, made.answer.scope.get("conversation"))
                    if inside and _holds(made, wanted):
                        found.append(made)
                if len(found) >= limit:
                    break
        return found

    def kept_answer(self, id: Id) -> Answered:
        """One question of before. Raises `NotFoundError` where it is not kept (any more)."""
        with self._store.read() as connection:
            row = questions.one(connection, id)
        if row is None:
            raise NotFoundError(f"No answer {id} is kept.", "List them: workbench answers")
        return _answered(row)

    def forget_answers(self, *ids: Id, everything: bool = False) -> int:
        """Forget these questions with their answers, or all; returns how many there were."""
        if everything:
            return self._store.write(questions.forget_all)
        return self._store.write(lambda c: questions.forget(c, ids))

    def export_answer(self, answer: Answer, form: Words = "markdown") -> str:
        """An answer with its references: "markdown", or the sources cited as "bibtex" or "csl".

        Raises `UsageError` for another form.
        """
        if form not in FORMS:
            raise UsageError(f"There is no form “{form}”.", f"One of: {', '.join(FORMS)}.")
        rows = self._sources_of(answer)
        if form == "bibtex":
            return bibtex(answer, rows)
        if form == "csl":
            return csl(answer, rows)
        return markdown(answer, {id: row.author for id, row in rows.items()})

    def _sources_of(self, answer: Answer) -> Mapping[int, SourceRow]:
        """The sources that an answer quotes and that are still there."""
        wanted = list(dict.fromkeys(item.source.id for item in answer.evidence))
        with self._store.read() as connection:
            return {row.id: row for row in sources.by_ids(connection, wanted)}


def _answered(row: questions.QuestionRow) -> Answered:
    kept = questions.loaded(row.answer)
    return answered(row.id, row.asked, row.question, row.scope, kept)


def _holds(found: Answered, wanted: list[str]) -> bool:
    """Whether the words are in what a person sees of it, and not in the form it is kept in."""
    shown = found.written or found.answer
    said = [shown.question, shown.value or "", *(each.text for each in shown.sentences)]
    said += [f"{item.quote} {item.source.title}" for item in shown.evidence]
    text = " ".join(said).casefold()
    return all(word in text for word in wanted)
