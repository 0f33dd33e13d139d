"""What told statements give to a question: a value, or those nearest to it in meaning."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.memory.facts import facts
from workbench.memory.facts.records import MEANT, Fact, FactQuery, Meant
from workbench.store import facts as rows

if TYPE_CHECKING:
    from workbench.library.core import Core

#: The score of a match by words below which the meaning decides, the least cosine of what is near
#: then (a word alone is .22 near to what it does not mean), and how many are.
WEAK, _NEAR, _NEAREST = 0.7, 0.25, 5


def told(
    core: "Core",
    question: str,
    scopes: Iterable[str | None],
    *,
    as_of: str | float | None = None,
    exact: bool = False,
) -> Meant:
    """The surest value in these scopes, in other words only unless `exact`, and what is nearest.

    What was asked for as past is not replaced by what holds now. Raises `UsageError` for a date.
    """
    from ingest.language.questions import asks_of_past

    searched = list(scopes)
    if as_of is None and asks_of_past(question):
        former = (facts.value(core.fact_index, question, collection=scope) for scope in searched)
        stated = [value for value in former if value is not None and value.value is not None]
        if stated:
            surest = max(stated, key=lambda value: (value.confidence, value.fact.at, value.fact.id))
            return Meant(surest)
    value = core.statements.value(question, searched, as_of=as_of)
    if value is not None or exact or as_of is not None or not _may_answer(core, question, searched):
        return Meant(value)
    return core.statements.meant(question, searched)


def _may_answer(core: "Core", question: str, scopes: Sequence[str | None]) -> bool:
    """Whether a statement has a word of a question, or is near to it in meaning."""
    for scope in scopes:
        if facts.recall(core.fact_index, question, FactQuery(scope, 1)):
            return True
        ranked = _ranked(core, question, scope, 1)
        if not core.statement_vectors.encoder() or any(c >= MEANT for _, c in ranked):
            return True
    return False


def nearest(core: "Core", cue: str, scope: str | None, limit: int) -> list[Fact]:
    """The statements in force nearest to a cue in meaning; `score` is the cosine."""
    cosines = {id: c for id, c in _ranked(core, cue, scope, min(limit, _NEAREST)) if c >= _NEAR}
    near = {fact.id: fact for fact in facts.in_scope(core.fact_index, list(cosines), scope)}
    return [
        replace(near[id], score=round(float(cosine), 4))
        for id, cosine in cosines.items()
        if id in near and not near[id].expired
    ]


def _ranked(core: "Core", cue: str, scope: str | None, limit: int) -> Sequence[tuple[int, float]]:
    with core.store.read() as connection:
        number = rows.scope_id(connection, scope)
    ids = [] if number is None else core.fact_index.all(number)
    return core.statement_vectors.nearest(cue, ids, limit) if ids else ()
