"""Recall limited to a project or a tag."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, FactQuery
from workbench.memory.kinds import marked
from workbench.store import facts as rows
from workbench.store import labels, projects


def recall(
    index: FactIndex,
    cue: str,
    query: FactQuery,
    *,
    project: str | None,
    tag: str | None,
) -> list[Fact]:
    """The facts relevant to a cue, best first, limited to a project, a tag, or both.

    Those of a project are the facts of the scope assigned to it, and all of its collection. Raises
    `NotFoundError` for an unknown project, and the errors of `facts.recall`.
    """
    collection = query.collection
    scopes: dict[str | None, Sequence[int] | None] = {}
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if project is None:
            scopes[collection] = None
        else:
            row = marked.project(connection, project, collection)
            if scope is not None:
                scopes[collection] = projects.members(connection, row.name, scope)
            scopes[row.name] = None
        if tag is not None:
            for name, members in scopes.items():
                place = rows.scope_id(connection, name)
                having = [] if place is None else labels.tagged(connection, place, tag)
                scopes[name] = having if members is None else sorted({*having} & {*members})
    matches = [
        fact
        for name, members in scopes.items()
        for fact in facts.recall(index, cue, replace(query, collection=name, within=members))
    ]
    if len(scopes) > 1:
        matches.sort(key=lambda fact: -round(fact.score, 6))
    return matches[: max(query.limit, 0)]
