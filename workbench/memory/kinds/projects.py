"""Projects: collections with a start and an end.

A project in a collection is a nested one (`C__name`), which `recall_across` searches, too. A fact
assigned to a project stays in its scope. Recall can be limited to a project, or to a tag.
"""

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from workbench.arguments import Words
from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts import facts, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, FactQuery
from workbench.memory.kinds import marked
from workbench.memory.kinds.records import Project
from workbench.store import collections, marks, names
from workbench.store import facts as fact_rows
from workbench.store.collections import ProjectRow

_DAY_SECONDS = 86_400
_MAX_DAYS = 365_000
_LONGEST = 2000


def add(
    index: FactIndex,
    name: Words,
    *,
    duration_days: float | None = None,
    starts: Words | float | None = None,
    description: Words = "",
    tags: Sequence[Words] = (),
    collection: Words | None = None,
) -> Project:
    """Create a project, or change the dates and words of an existing one.

    It is a collection of that name, inside `collection` if given, which ends `duration_days` after
    `starts` (None: now; no days: never). Raises `UsageError`.
    """
    if duration_days is not None and not (
        math.isfinite(duration_days) and 0 < duration_days <= _MAX_DAYS
    ):
        raise UsageError(
            f"A project cannot last {duration_days:g} days.", "Give a number of days above 0."
        )
    text = " ".join(names.without_surrogates(description).split())
    if len(text) > _LONGEST:
        raise UsageError(
            f"A description has {_LONGEST} characters at most.", "Say it in fewer words."
        )
    full_name = marked.inside(names.givable(name), collection)
    begin = index.store.clock() if starts is None else remembering.parse_time(starts)
    ends = None if duration_days is None else begin + duration_days * _DAY_SECONDS
    labels_given = marks.plain((tags,) if isinstance(tags, str) else tags)

    def work(connection: sqlite3.Connection) -> str:
        if collection is not None:
            collections.create(connection, collection)
        created = collections.create(connection, full_name)
        collections.store_project(connection, created.id, begin, ends, text, labels_given)
        return created.name

    stored_name = index.store.write(work, act="project added")
    with index.store.read() as connection:
        row = collections.project_named(connection, stored_name)
    if row is None:
        raise _missing(name)
    return _to_project(index, row)


def info(index: FactIndex, name: str, *, collection: str | None = None) -> Project:
    """One project. Raises `NotFoundError`."""
    with index.store.read() as connection:
        row = marked.find_project(connection, name, collection)
    if row is None:
        raise _missing(name)
    return _to_project(index, row)


def listing(index: FactIndex, *, collection: str | None = None) -> list[Project]:
    """All projects, or those in a collection, ordered by end."""
    with index.store.read() as connection:
        rows = collections.all_projects(connection)
    if collection is not None:
        begin = marked.inside("", collection).casefold()
        rows = [row for row in rows if row.name.casefold().startswith(begin)]
    return [_to_project(index, row) for row in rows]


def end(index: FactIndex, name: str, *, collection: str | None = None) -> None:
    """Turn a project into a plain collection; its memories stay. Raises `NotFoundError`."""

    def work(connection: sqlite3.Connection) -> None:
        collections.end_project(connection, marked.project(connection, name, collection))

    index.store.write(work, act="project ended")


def assign(
    index: FactIndex,
    name: str,
    match: str,
    *,
    collection: str | None = None,
    remove: bool = False,
) -> int:
    """Assign the facts that contain these words to a project, or remove them; returns how many.

    Raises `NotFoundError` for an unknown project, `UsageError` for a match without words.
    """
    _, ids = facts.containing(index, match, collection=collection)

    def work(connection: sqlite3.Connection) -> int:
        row = marked.project(connection, name, collection)
        if remove:
            marks.unassign(connection, "project", row.name, ids)
        else:
            marks.assign(connection, "project", row.name, ids, row.name)
        return len(ids)

    return index.store.write(work, act="project changed")


def _to_project(index: FactIndex, row: ProjectRow) -> Project:
    timestamp = index.store.clock()
    with index.store.read() as connection:
        member_count = collections.count_assigned(connection, row)
        sources = len(collections.source_ids(connection, row.name))
    return Project(
        name=marked.short(row.name),
        collection=row.name,
        starts=row.starts,
        ends=row.ends,
        days_left=None if row.ends is None else round((row.ends - timestamp) / _DAY_SECONDS, 4),
        ended=row.ends is not None and row.ends <= timestamp,
        description=row.description,
        tags=row.tags,
        memories=member_count + index.count(row.collection),
        sources=sources,
    )


def _missing(name: str) -> NotFoundError:
    return NotFoundError(
        f"There is no project called “{names.printable(name)}”.", "See `workbench project list`."
    )


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
        scope = fact_rows.scope_id(connection, collection)
        if project is None:
            scopes[collection] = None
        else:
            row = marked.project(connection, project, collection)
            if scope is not None:
                scopes[collection] = collections.project_members(connection, row.name, scope)
            scopes[row.name] = None
        if tag is not None:
            for name, members in scopes.items():
                place = fact_rows.scope_id(connection, name)
                having = [] if place is None else marks.tagged(connection, place, tag)
                scopes[name] = having if members is None else sorted({*having} & {*members})
    matches = [
        fact
        for name, members in scopes.items()
        for fact in facts.recall(index, cue, replace(query, collection=name, within=members))
    ]
    if len(scopes) > 1:
        matches.sort(key=lambda fact: -round(fact.score, 6))
    return matches[: max(query.limit, 0)]
