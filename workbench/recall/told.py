"""What a question finds among the facts that people told, beside what it finds in sources."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Value
from workbench.memory.reflex.records import Recollection
from workbench.recall.records import Answer
from workbench.store import facts as rows

#: Scopes that are asked for one question, the first ones.
_MOST_SCOPES = 64
#: From this sureness on what sources say stands beside a fact that answers, too.
_BESIDE = 0.75


def told(
    index: FactIndex,
    question: str,
    scopes: Iterable[str | None],
    *,
    as_of: str | float | None = None,
) -> Value | None:
    """The surest value that facts of these scopes give; of equals the one told last.

    `as_of` answers as it was then. The fact that gives it grows stronger by that.
    """
    found: Value | None = None
    for _, scope in zip(range(_MOST_SCOPES), scopes, strict=False):
        value = facts.value(index, question, collection=scope, as_of=as_of)
        if value is not None and (found is None or _order(value) > _order(found)):
            found = value
    if found is not None and as_of is None:
        index.strengths.recalled(found.fact.collection, [found.fact.id])
    return found


def _order(value: Value) -> tuple[float, float, int]:
    return value.confidence, value.fact.at, value.fact.id


def with_told(answer: Answer, value: Value | None) -> Answer:
    """The answer with what was told: it gives the value, and an answer where sources have none.

    Passages that were only the nearest ones go: next to a fact that answers they say nothing. So
    do those that are far from sure and do not say its value: a sentence of a book that is near to
    the question by its words is no second opinion.
    """
    if value is None:
        return answer
    if not answer.abstained and (answer.confidence >= _BESIDE or _says(answer, value)):
        confidence = max(answer.confidence, value.confidence)
        return replace(answer, value=value.value, told=value, confidence=confidence)
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
        coverage=replace(answer.coverage, passages=0),
    )


def _says(answer: Answer, value: Value) -> bool:
    """Whether the sources quote what was told."""
    said = value.value.casefold()
    return any(said in " ".join(each.quote.split()).casefold() for each in answer.evidence)


def without_sources(
    answer: Answer, index: FactIndex, scopes: Iterable[str | None]
) -> Answer:  # fmt: skip
    """The answer where there was nothing to read, but something was told that does not say it."""
    if answer.mode != "none" or not _anything_told(index, scopes):
        return answer
    suggestion = "Ask in other words, tell it, or add a source that covers it."
    return replace(answer, mode="quotes", suggestion=suggestion)


def _anything_told(index: FactIndex, scopes: Iterable[str | None]) -> bool:
    with index.store.read() as connection:
        numbers = [rows.scope_id(connection, scope) for scope in scopes]
    return any(number is not None and index.count(number) for number in numbers)


def with_recalled(answer: Answer, found: Recollection, value: Value | None) -> Answer:
    """The answer with the memories that came to mind.

    What recall by reflex gives, `value`, takes the place of what facts gave without it.
    """
    if value is not None and (answer.abstained or answer.told is not None):
        answer = with_told(answer, value)
    return replace(answer, depth=str(found.depth), recalled=found.hits)
