"""Answers a question to a library from sources and told statements in a scope."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from workbench.jobs import Cancel
from workbench.library.told import told as told_in
from workbench.memory.facts.facts import scopes as fact_scopes
from workbench.memory.facts.records import Meant, Value
from workbench.recall.missing import (
    capitalized,
    missing_from_statements,
    remark,
    respelled,
    unclear,
)
from workbench.recall.question_forms import plainly, quoted_phrase
from workbench.recall.question_parts import clauses, joined, split_turns
from workbench.recall.records import LIKELY, Answer
from workbench.recall.search import Request, Thread
from workbench.store import collections, facts
from workbench.store import sources as catalogue

#: Confidence from which sources are shown beside a statement that answers.
_CONFIDENT = 0.75
#: The probability from which the statement nearest in meaning may answer, and the most confidence
#: of what may answer. Of 90 questions in other words than the notes it shows a statement for 47,
#: the right one for 39, and for 25 of 173 to which there is no answer; from .3 on for 59, 47, 55.
_MAY_ANSWER, _UNSURE = 0.5, LIKELY - 0.01

if TYPE_CHECKING:
    from workbench.library.core import Core
    from workbench.library.library import Library


@dataclass(frozen=True, slots=True)
class AskRequest:
    """Everything but the question; see `Library.ask`."""

    collection: str | None
    sources: Sequence[int] | None
    limit: int
    explain: bool
    as_of: str | float | None
    depth: str | None
    turns: Sequence[Answer] | None
    about: str
    read: bool
    cancel: Cancel


def ask(library: "Library", question: str, request: AskRequest) -> Answer:
    """Answer a question, see `Library.ask`."""
    sources, turns, limit = request.sources, request.turns, request.limit
    core = library._core
    source_ids = _searched(library, request)
    options = {
        "collection": request.collection,
        "sources": None if sources is None else list(sources),
        "as_of": request.as_of,
    }
    scope = {name: value for name, value in options.items() if value is not None}

    def told(question: str) -> Value | None:
        scopes = _scopes(core, question, request.collection)
        scopes = core.statements.concerned(question, scopes, has_answer=True)
        if not scopes:
            return None
        return told_in(core, question, scopes, as_of=request.as_of, exact=True).value

    def spelt(question: str, thread: Thread | None) -> Answer:
        answer = core.recall.ask(
            Request(
                question,
                sources=source_ids,
                limit=limit,
                explain=request.explain,
                read=request.read,
                thread=thread,
                cancel=request.cancel,
                told=partial(told, question),
            )
        )
        return (
            answer if sources is not None else _with_statements(library, answer, question, request)
        )

    def respond(question: str, thread: Thread | None = None) -> Answer:
        answer = spelt(question, thread)
        if "never mention" in answer.suggestion and any(
            _has_statement(library, name) for name in capitalized(question)
        ):
            # A note has the name that no source mentions.
            answer = replace(answer, suggestion=unclear(source_ids is not None))
        slips = core.recall.slips(question, sources=source_ids) if not answer.found else {}
        if not slips or any(_has_statement(library, word) for word in slips):
            return answer
        rewritten = respelled(question, slips)
        note = remark(question, slips, source_ids is not None)
        return replace(spelt(rewritten, thread), question=question, asked_as=rewritten, note=note)

    def answer_part(question: str, turns: Sequence[Answer] | None) -> Answer:
        overview = core.overviews.answer(question, source_ids, turns or (), limit)
        if overview is not None:
            return overview
        if (turns is None and not request.about) or quoted_phrase(question):
            # A quoted phrase is searched verbatim, independent of earlier turns.
            return respond(question)
        # Imported on first use, not when a library opens.
        from workbench.recall.conversation import FollowUp, followed

        follow_up = FollowUp(question, turns or (), request.about, source_ids)
        return followed(core.store, core.lexicon, follow_up, respond)

    answers: list[Answer] = []
    plain, history = plainly(question), None if turns is None else list(split_turns(turns))
    pieces = clauses(plain)
    for turn in pieces if 0 < len(pieces) <= limit else (plain,):
        answers.append(
            answer_part(turn, [*(history or ()), *answers] if history or answers else history)
        )
    answer = answers[0]
    if len(answers) > 1:
        answer = joined(question, answers, limit)
        quoted = core.recall.quoted(answer.evidence)
        answer = replace(answer, coverage=replace(answer.coverage, **quoted))
    if request.read:
        core.query_patterns.note(
            request.collection,
            question,
            has_answer=answer.found,
            sureness=answer.confidence,
        )
    if request.read and request.as_of is None and answer.found and answer.evidence:
        # Only the first answer counts as used; others do when opened.
        core.mark_answers_read(*answer.evidence[0].engrams)
    return replace(answer, question=question, scope=scope)


def _has_statement(library: "Library", word: str) -> bool:
    """Whether a told statement contains a word."""
    scopes = fact_scopes(library._core.fact_index, word)
    answer = (
        fact for sentence in scopes for fact in library.facts.recall(word, collection=sentence)
    )
    return any(word.casefold() in fact.text.casefold() for fact in answer)


def _searched(library: "Library", request: AskRequest) -> set[int] | None:
    """The ids of the sources to search, None for all. Raises `NotFoundError`, `UsageError`."""
    store, sources, collection = library._core.store, request.sources, request.collection
    requested: set[int] | None = None if sources is None else set(sources)
    if sources is not None:
        with store.read() as connection:
            catalogue.check_searched(connection, sources)
    if collection is not None:
        with store.read() as connection:
            inside = set(collections.source_ids(connection, collection))
        requested = inside if requested is None else requested & inside
    if request.as_of is not None:
        from workbench.memory.facts.remembering import parse_time

        history = {
            row.id for row in library.sources.list() if row.added <= parse_time(request.as_of)
        }
        requested = history if requested is None else requested & history
    return requested


def _with_statements(
    library: "Library", answer: Answer, question: str, request: AskRequest
) -> Answer:
    """The answer of the sources with told statements, and reflex recall at a `depth`."""
    core, collection, as_of = library._core, request.collection, request.as_of
    with core.store.read() as connection:
        no_statements = facts.revision(connection).newest == 0
    if no_statements and request.depth is None:
        return answer
    start = time.perf_counter()
    statements, meant = core.statements, Meant()
    scopes = _scopes(core, question, collection)
    scopes = statements.concerned(
        question, scopes, any_question=answer.mode == "none", has_answer=_is_confident(answer)
    )
    if scopes:
        exact = not request.read or (answer.found and not answer.possible)
        meant = told_in(core, question, scopes, as_of=as_of, exact=exact)
        value = meant.value
        on_topic = (
            [] if value else statements.quotations(question, scopes, request.limit, as_of=as_of)
        )
        if value is not None and meant.probability and answer.found:
            # Neither is sure: both are shown.
            answer = replace(answer, told=value, confidence=_UNSURE)
        else:
            answer = with_topic(with_statement(answer, value), on_topic)
        if as_of is None:
            answers = answer.value is not None or len(answer.facts) == 1
            for place, fact in enumerate(answer.facts):
                core.strengths.recalled(fact.collection, [fact.id], credit=answers and place == 0)
    if request.depth is not None:
        from workbench.memory.reflex.deepening import valued

        recalled = library.facts.reflex(
            question,
            depth=request.depth,
            collection=collection,
            limit=request.limit,
            as_of=as_of,
        )
        value = valued(core.fact_index, recalled)
        if value is not None and (not answer.found or answer.told is not None):
            # Reflex recall searches further than claims do.
            answer = with_statement(answer, value)
        answer = replace(answer, depth=str(recalled.depth), recalled=recalled.hits)
    likely = meant.probability >= _MAY_ANSWER
    if scopes and answer.told is None and (likely or not answer.found):
        evidence = answer.mode != "none"
        facts_nearby = (
            list(meant.nearest[:1])
            if likely and evidence
            else statements.closest(
                question, scopes, as_of=as_of, with_sources=evidence, nearest=meant.nearest
            )
        )
        if facts_nearby and likely:
            unsure = max(answer.confidence, min(meant.probability, _UNSURE))
            answer = replace(
                answer,
                mode="quotes",
                abstained=False,
                confidence=unsure,
                near=tuple(facts_nearby),
                suggestion="",
            )
        elif facts_nearby or not evidence:
            # After a search in sources, their suggestion says more.
            missing = answer.suggestion
            if not evidence:
                missing = missing_from_statements(
                    question,
                    lambda name: bool(statements.concerned(name, scopes, has_answer=True)),
                )
            answer = replace(answer, mode="quotes", near=tuple(facts_nearby), suggestion=missing)
    elapsed = answer.milliseconds + 1000 * (time.perf_counter() - start)
    return replace(answer, milliseconds=elapsed)


def _scopes(core: "Core", question: str, collection: str | None) -> Sequence[str | None]:
    return [collection] if collection is not None else fact_scopes(core.fact_index, question)


def _is_confident(answer: Answer) -> bool:
    """Whether the sources are confident enough to be shown beside a statement that answers."""
    return not answer.abstained and answer.confidence >= _CONFIDENT


def with_statement(answer: Answer, value: Value | None) -> Answer:
    """The answer with a told statement, whose value it takes.

    If the sources abstained, the statement answers. Uncertain passages without its value are
    dropped, unless they contradict it: sharing words with the question does not make them a second
    opinion.
    """
    if value is None:
        return answer
    if value.also is not None:
        answer = replace(answer, also_told=(value.also, *answer.also_told))
    is_compared = value.value in answer.differs
    if is_compared or _is_confident(answer) or (answer.found and _quotes(answer, value)):
        confidence = max(answer.confidence, value.confidence)
        return replace(answer, value=value.value or answer.value, told=value, confidence=confidence)
    return replace(
        answer,
        mode="quotes",
        abstained=False,
        confidence=value.confidence,
        value=value.value,
        told=value,
        sentences=(),
        evidence=(),
        suggestion="",
        note="",
        coverage=replace(answer.coverage, passages=0),
    )


def with_topic(answer: Answer, values: Sequence[Value]) -> Answer:
    """The answer with statements on the topic of the question, besides the sources."""
    if not values:
        return answer
    if not answer.found:
        answer = with_statement(answer, values[0])
    else:
        confidence = max(answer.confidence, values[0].confidence)
        answer = replace(answer, told=values[0], confidence=confidence)
    return replace(answer, also_told=tuple(values[1:]))


def _quotes(answer: Answer, value: Value) -> bool:
    """Whether a quote contains the value of a statement."""
    phrase = (value.value or value.fact.text).casefold()
    quotes = (" ".join(evidence.quote.split()).casefold() for evidence in answer.evidence)
    return any(phrase in quote for quote in quotes)
