"""Recall of facts at a depth."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import UsageError
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, FactQuery, Value
from workbench.memory.reflex.records import Hit, Recollection
from workbench.memory.reflex.reflex_recall import RecallRequest, Reflexes

#: Memories read for each one requested if only some qualify.
_SIFTED = 8


def facts_by_depth(
    reflexes: Reflexes,
    index: FactIndex,
    cue: str,
    *,
    depth: str,
    query: FactQuery,
    default_order: bool,
) -> list[Fact]:
    """The facts of a scope that a cue activates at this depth, best first.

    Raises `UsageError` for any other than the `default_order`.
    """
    if not default_order:
        raise UsageError(
            "With a depth, facts are ranked by what leads to them.",
            "Leave out the depth, or order, project, tag and what has expired.",
        )
    sifted = query.kind is not None or query.min_priority > 0
    limit = max(query.limit, 1) * (_SIFTED if sifted else 1)
    recollection = reflexes.recall(
        RecallRequest(cue, depth, query.collection, limit, as_of=query.as_of, notes_only=True)
    )
    hits = [
        hit
        for hit in recollection.hits
        if query.kind in (None, hit.kind) and (hit.priority or 0) >= query.min_priority
    ][: max(query.limit, 0)]
    return _facts(index, hits)


def value_by_depth(
    reflexes: Reflexes,
    index: FactIndex,
    question: str,
    *,
    depth: str,
    collection: str | None,
    as_of: str | float | None,
) -> Value | None:
    """The value that a question asks for; otherwise the fact that surely answers."""
    request = RecallRequest(question, depth, collection, 1, as_of=as_of, notes_only=True)
    return valued(index, reflexes.recall(request))


def valued(index: FactIndex, recollection: Recollection) -> Value | None:
    """The value of a recollection, or else a fact that surely answers, as a quotation."""
    if recollection.answer is not None:
        return recollection.answer
    if (
        recollection.abstained
        or not recollection.hits
        or not recollection.hits[0].origin.is_statement
    ):
        return None
    first = _facts(index, recollection.hits[:1])
    if not first:  # forgotten meanwhile
        return None
    return Value(recollection.cue, None, recollection.confidence, first[0], 0, len(first[0].text))


def _facts(index: FactIndex, hits: Sequence[Hit]) -> list[Fact]:
    by_id = {fact.id: fact for fact in facts.by_ids(index, [hit.id for hit in hits])}
    return [
        replace(by_id[hit.id], score=hit.score, current=hit.current)
        for hit in hits
        if hit.id in by_id
    ]
