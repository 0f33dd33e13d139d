"""A question to a library: answered from what was read and told, within the scope asked for."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.jobs import Cancel
from workbench.recall.clauses import apart, clauses, joined
from workbench.recall.misspelt import remark, respelled
from workbench.recall.records import Answer
from workbench.recall.small_talk import plainly
from workbench.recall.verbatim import sought
from workbench.store import collections, facts
from workbench.store import sources as catalogue

if TYPE_CHECKING:
    from workbench.library.library import Library
    from workbench.recall.thread import Thread


def ask(
    library: "Library",
    question: str,
    *,
    collection: str | None,
    sources: Sequence[int] | None,
    limit: int,
    explain: bool,
    as_of: str | float | None,
    depth: str | None,
    turns: Sequence[Answer] | None,
    about: str,
    read: bool,
    cancel: Cancel | None,
) -> Answer:
    """Answer as `Library.ask` says."""
    core = library._core
    wanted = _searched(library, collection, sources, as_of)
    named = None if sources is None else list(sources)
    given = {"collection": collection, "sources": named, "as_of": as_of}
    scope = {name: value for name, value in given.items() if value is not None}

    def spelt(question: str, thread: "Thread | None") -> Answer:
        answer = core.recall.ask(
            question, sources=wanted, limit=limit, explain=explain, read=read, thread=thread,
            cancel=cancel,
        )  # fmt: skip
        if sources is None:
            answer = _with_told(library, answer, question, collection, limit, as_of, depth, read)
        return answer

    def answered(question: str, thread: "Thread | None" = None) -> Answer:
        answer = spelt(question, thread)
        slips = core.recall.slips(question, sources=wanted) if answer.abstained else {}
        if not slips or any(_tells(library, word) for word in slips):
            return answer
        meant = respelled(question, slips)
        note = remark(question, slips, wanted is not None)
        return replace(spelt(meant, thread), question=question, asked_as=meant, note=note)

    def one(question: str, turns: Sequence[Answer] | None) -> Answer:
        overview = core.overviews.answer(question, wanted, turns or (), limit, answered)
        if overview is not None:
            return overview
        if (turns is None and not about) or sought(question):
            # What stands in marks is looked for as it is, whatever was asked before.
            return answered(question)
        # What reads a follow-up is loaded by the first, not to open a library.
        from workbench.recall.conversation import followed

        return followed(core.store, core.lexicon, question, turns or (), about, wanted, answered)

    answers: list[Answer] = []
    plain, before = plainly(question), None if turns is None else list(apart(turns))
    pieces = clauses(plain)
    for each in pieces if 0 < len(pieces) <= limit else (plain,):
        answers.append(one(each, [*(before or ()), *answers] if before or answers else before))
    answer = answers[0]
    if len(answers) > 1:
        answer = joined(question, answers, limit)
        quoted = core.recall.quoted(answer.evidence)
        answer = replace(answer, coverage=replace(answer.coverage, **quoted))
    if read:
        core.asked.note(
            collection, question, answered=not answer.abstained, sureness=answer.confidence
        )
    if read and as_of is None and not answer.abstained and answer.evidence:
        # What answers first is used by that; the rest is when somebody opens it.
        core.answered_by(*answer.evidence[0].engrams)
    return replace(answer, question=question, scope=scope)


def _tells(library: "Library", word: str) -> bool:
    """Whether somebody told of something by this word."""
    scopes = library.facts.scopes(about=word)
    found = (fact for each in scopes for fact in library.facts.recall(word, collection=each))
    return any(word.casefold() in fact.text.casefold() for fact in found)


def _searched(
    library: "Library",
    collection: str | None,
    sources: Sequence[int] | None,
    as_of: str | float | None,
) -> set[int] | None:
    """The sources that may count, None for all. Raises `NotFoundError`, `UsageError`."""
    store = library._core.store
    wanted: set[int] | None = None if sources is None else set(sources)
    if sources is not None:
        with store.read() as connection:
            catalogue.check_searched(connection, sources)
    if collection is not None:
        with store.read() as connection:
            inside = set(collections.source_ids(connection, collection))
        wanted = inside if wanted is None else wanted & inside
    if as_of is not None:
        from workbench.memory.facts.remembering import moment

        before = {row.id for row in library.sources.list() if row.added <= moment(as_of)}
        wanted = before if wanted is None else wanted & before
    return wanted


def _with_told(
    library: "Library",
    answer: Answer,
    question: str,
    collection: str | None,
    limit: int,
    as_of: str | float | None,
    depth: str | None,
    read: bool,
) -> Answer:
    """The answer of the sources with what was told, and what comes to mind at a `depth`."""
    core = library._core
    with core.store.read() as connection:
        anything = facts.standing(connection).newest > 0
    if not anything and depth is None:
        return answer
    from workbench.recall.told_answers import (
        by_reading,
        told,
        told_about,
        with_closest,
        with_recalled,
        with_told,
        with_told_about,
    )

    begun = time.perf_counter()
    scopes = [collection] if collection is not None else library.facts.scopes(about=question)
    meaning = core.fact_meaning if read else None
    value = told(core.fact_index, question, scopes, as_of=as_of, meaning=meaning)
    about = [] if value else told_about(core.fact_index, question, scopes, limit, as_of=as_of)
    if not about and value is None and answer.abstained and meaning is not None and as_of is None:
        value = by_reading(meaning, question, scopes)
    answer = with_told_about(with_told(answer, value), about)
    if depth is not None:
        from workbench.memory.reflex.deepening import valued

        recalled = library.facts.reflex(
            question, depth=depth, collection=collection, limit=limit, as_of=as_of
        )
        answer = with_recalled(answer, recalled, valued(core.fact_index, recalled))
    answer = with_closest(answer, question, core.fact_index, scopes, as_of, meaning)
    took = answer.milliseconds + 1000 * (time.perf_counter() - begun)
    return replace(answer, milliseconds=took)
