"""The value that told statements give to a question."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbench.memory.facts import facts
from workbench.memory.facts.records import Value

if TYPE_CHECKING:
    from workbench.library.core import Core


def told_value(
    core: "Core",
    question: str,
    scopes: Iterable[str | None],
    *,
    as_of: str | float | None = None,
    exact: bool = False,
) -> Value | None:
    """The surest value in these scopes, see `Statements.value`.

    What was asked for as past is not replaced by what holds now. Raises `UsageError` for a date.
    """
    from ingest.language.questions import asks_of_past

    searched = list(scopes)
    if as_of is None and asks_of_past(question):
        former = (facts.value(core.fact_index, question, collection=scope) for scope in searched)
        stated = [value for value in former if value is not None and value.value is not None]
        if stated:
            return max(stated, key=lambda value: (value.confidence, value.fact.at, value.fact.id))
    return core.statements.value(question, searched, as_of=as_of, exact=exact)
