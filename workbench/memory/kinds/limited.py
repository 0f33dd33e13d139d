"""Recall limited to a project or a tag."""

from collections.abc import Sequence

from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.kinds import marked
from workbench.store import facts as rows
from workbench.store import labels, projects


def recall(
    index: FactIndex,
    cue: str,
    *,
    collection: str | None,
    limit: int,
    kind: str | None,
    min_priority: int,
    include_expired: bool,
    by: str,
    project: str | None,
    tag: str | None,
    as_of: str | float | None,
) -> list[Fact]:
    """The facts relevant to a cue, best first, limited to a project and a tag if given.

    Those of a project are the facts of the scope assigned to it, and all of its collection. Raises
    `NotFoundError` for an unknown project, and the errors of `facts.recall`.
    """

    def inside(scope: str | None, members: Sequence[int] | None) -> list[Fact]:
        return facts.recall(
            index, cue, collection=scope, limit=limit, kind=kind, min_priority=min_priority,
            include_expired=include_expired, by=by, within=members, as_of=as_of,
        )  # fmt: skip

    if project is None and tag is None:
        return inside(collection, None)
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
    matches = [fact for name, members in scopes.items() for fact in inside(name, members)]
    if len(scopes) > 1:
        matches.sort(key=lambda fact: -round(fact.score, 6))
    return matches[: max(limit, 0)]
