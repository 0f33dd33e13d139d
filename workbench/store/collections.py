"""Collections: named scopes of sources. A source can be in many; names ignore case.

Projects are collections with a start and an end, and the memories assigned to them.
"""

import json
import sqlite3
import time
from collections.abc import Iterable
from typing import Any, NamedTuple

from workbench.errors import UsageError
from workbench.store import facts, names, notes, questions, versions, vital
from workbench.store import sources as catalogue
from workbench.store.queries import (
    Table,
    integers,
    select_number,
    select_one,
    select_records,
    select_value,
)
from workbench.store.records import CollectionRow

_ROWS = """
SELECT c.id, c.name, count(s.id) FROM collection c
LEFT JOIN membership m ON m.collection = c.id
LEFT JOIN source s ON s.id = m.source AND s.trashed IS NULL
"""


def all_collections(connection: sqlite3.Connection) -> list[CollectionRow]:
    """The collections by name."""
    return select_records(
        connection, CollectionRow, f"{_ROWS} GROUP BY c.id ORDER BY c.name COLLATE NOCASE"
    )


def by_name(connection: sqlite3.Connection, name: str) -> CollectionRow:
    """The collection of this name. Raises `NotFoundError`."""
    row = select_one(connection, f"{_ROWS} WHERE c.name = ? GROUP BY c.id", names.askable(name))
    if row is None:
        raise names.unknown(name)
    return CollectionRow(*row)


def create(connection: sqlite3.Connection, name: str) -> CollectionRow:
    """Create a collection, or return the existing one.

    Raises `UsageError` for an empty name and for control characters.
    """
    name = names.givable(name)
    connection.execute(
        "INSERT INTO collection(name, created) VALUES (?, ?) ON CONFLICT(name) DO NOTHING",
        (name, time.time()),
    )
    return by_name(connection, name)


def scope(connection: sqlite3.Connection, name: str | None) -> int:
    """The scope of a collection, which is created if need be; None is the library's own.

    Raises `UsageError` for an empty name.
    """
    return facts.OWN if name is None else create(connection, name).id


def exist(connection: sqlite3.Connection) -> bool:
    """Whether any collection exists."""
    return select_one(connection, "SELECT 1 FROM collection LIMIT 1") is not None


def is_used(connection: sqlite3.Connection, scope: int) -> bool:
    """Whether a collection has sources, statements or notes."""
    (used,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM membership WHERE collection = :id) "
        "OR EXISTS (SELECT 1 FROM fact WHERE scope = :id) "
        "OR EXISTS (SELECT 1 FROM note WHERE scope = :id)",
        {"id": scope},
    ).fetchone()
    return bool(used)


def name_of(connection: sqlite3.Connection, scope: int) -> str | None:
    """The name of the collection of a scope; None for the library's own."""
    return select_value(connection, "SELECT name FROM collection WHERE id = ?", scope)


def beginning(connection: sqlite3.Connection, begin: str) -> list[str]:
    """The names of collections with this prefix, ignoring case, sorted."""
    rows = connection.execute(
        "SELECT name FROM collection WHERE substr(name, 1, length(?1)) = ?1 COLLATE NOCASE "
        "ORDER BY name COLLATE NOCASE",
        (begin,),
    )
    return [str(name) for (name,) in rows]


def assign(connection: sqlite3.Connection, sources: Iterable[int], name: str) -> None:
    """Add sources to a collection, which is created if need be.

    Raises `NotFoundError` if one of them does not exist; then none is added.
    """
    requested = list(sources)
    catalogue.check_all(connection, requested)
    collection = create(connection, name).id
    connection.executemany(
        "INSERT OR IGNORE INTO membership(collection, source) VALUES (?, ?)",
        [(collection, source) for source in requested],
    )


def unassign(connection: sqlite3.Connection, sources: Iterable[int], name: str) -> None:
    """Remove sources from a collection. Raises `NotFoundError`."""
    collection = by_name(connection, name).id
    connection.executemany(
        "DELETE FROM membership WHERE collection = ? AND source = ?",
        [(collection, source) for source in sources],
    )


def rename(connection: sqlite3.Connection, name: str, new: str) -> CollectionRow:
    """Rename a collection; a change of case is allowed.

    Raises `NotFoundError`, and `UsageError` for an empty or existing name.
    """
    collection, new = by_name(connection, name).id, names.givable(" ".join(new.split()))
    used = select_one(
        connection, "SELECT name FROM collection WHERE name = ? AND id <> ?", new, collection
    )
    if used is not None:
        raise UsageError(
            f"There is a collection called “{used[0]}” already.",
            "Choose another name, or put the sources into that one.",
        )
    connection.execute("UPDATE collection SET name = ? WHERE id = ?", (new, collection))
    rename_project(connection, name.strip(), new)
    questions.rename_asked(connection, name.strip(), new)
    follow_name(connection, name.strip(), new)
    return by_name(connection, new)


def follow_name(connection: sqlite3.Connection, name: str, new: str) -> None:
    """Update the collection's name in queued jobs and watched folders."""
    connection.execute(
        "UPDATE job SET collection = ? WHERE collection = ? COLLATE NOCASE", (new, name)
    )
    connection.execute(
        "UPDATE meta SET value = json_set(value, '$[0]', ?) WHERE key GLOB 'watched:*' "
        "AND value ->> 0 = ? COLLATE NOCASE",
        (new, name),
    )


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Remove a collection; its sources stay, and its facts and notes move to the library's own.

    Raises `NotFoundError`.
    """
    row = by_name(connection, name)
    project = project_named(connection, row.name)
    if project is not None:
        end_project(connection, project)
    # Ids of collections are reused.
    versions.clear(connection, row.id)
    connection.execute("DELETE FROM summary WHERE scope = ?", (row.id,))
    vital.remove_alerts(connection, row.id)
    questions.forget_asked(connection, row.name)
    connection.execute("DELETE FROM collection WHERE id = ?", (row.id,))
    facts.move(connection, row.id, facts.OWN)
    notes.move(connection, row.id, facts.OWN, row.name)
    for table in ("review", "strength"):
        connection.execute(
            f"UPDATE {table} SET place = ? WHERE place = ?", (-1 - facts.OWN, -1 - row.id)
        )
    facts.remove_capacity(connection, row.id)
    facts.unsure_count(connection, facts.OWN)


def source_ids(connection: sqlite3.Connection, name: str) -> list[int]:
    """The sources of a collection, without the trash. Raises `NotFoundError`."""
    return integers(
        connection,
        "SELECT m.source FROM membership m JOIN source s ON s.id = m.source "
        "WHERE m.collection = ? AND s.trashed IS NULL ORDER BY m.source",
        by_name(connection, name).id,
    )


class ProjectRow(NamedTuple):
    """A stored project; times in seconds since the epoch, `ends` None for an open end."""

    collection: int
    name: str
    starts: float
    ends: float | None
    description: str
    tags: tuple[str, ...]


_PROJECTS = Table(ProjectRow, "collection", collection="id")


def store_project(
    connection: sqlite3.Connection,
    collection: int,
    starts: float,
    ends: float | None,
    description: str,
    tags: Iterable[str],
) -> None:
    """Make a collection a project, or update it."""
    connection.execute(
        "UPDATE collection SET starts = ?, ends = ?, description = ?, tags = ? WHERE id = ?",
        (starts, ends, description, json.dumps(list(tags), ensure_ascii=False), collection),
    )


def project_named(connection: sqlite3.Connection, name: str | None) -> ProjectRow | None:
    """The project of a collection's name, or None."""
    return _PROJECTS.first(connection, "WHERE starts IS NOT NULL AND name = ?", name)


def all_projects(connection: sqlite3.Connection) -> list[ProjectRow]:
    """All projects by their end, those with an open end last."""
    test = "WHERE starts IS NOT NULL ORDER BY ends IS NULL, ends, name COLLATE NOCASE"
    return _PROJECTS.select(connection, test)


def plain_project(project: ProjectRow) -> dict[str, Any]:
    """A project as JSON, without its collection."""
    return {
        "starts": project.starts,
        "ends": project.ends,
        "description": project.description,
        "tags": list(project.tags),
    }


def store_plain_project(
    connection: sqlite3.Connection, collection: int, record: dict[str, Any]
) -> None:
    """Make a collection the project of a `plain` record. Raises `ValueError`."""
    ends, tags = record["ends"], record["tags"]
    if not isinstance(record["description"], str) or not isinstance(tags, list):
        raise ValueError("no project")
    end = None if ends is None else float(ends)
    description = record["description"], [str(tag) for tag in tags]
    store_project(connection, collection, float(record["starts"]), end, *description)


def end_project(connection: sqlite3.Connection, project: ProjectRow) -> None:
    """Make a project a plain collection; its memories stay there."""
    connection.execute(
        "UPDATE collection SET starts = NULL, ends = NULL, description = '', tags = '[]' "
        "WHERE id = ?",
        (project.collection,),
    )
    connection.execute("DELETE FROM label WHERE kind = 'project' AND fold = ?", (project.name,))


def rename_project(connection: sqlite3.Connection, name: str, new: str) -> None:
    """Update assignments to a project after its collection is renamed."""
    connection.execute(
        "UPDATE OR REPLACE label SET fold = ?1, name = ?1 WHERE kind = 'project' AND fold = ?2",
        (new, name),
    )


def project_members(connection: sqlite3.Connection, project: str, scope: int) -> list[int]:
    """The facts of a scope assigned to a project."""
    return integers(
        connection,
        "SELECT m.engram FROM label m CROSS JOIN fact f ON f.engram = m.engram "
        "WHERE m.kind = 'project' AND m.fold = ? AND f.scope = ? ORDER BY m.engram",
        project,
        scope,
    )


def count_assigned(connection: sqlite3.Connection, project: ProjectRow) -> int:
    """The number of memories assigned to a project from outside its collection."""
    return select_number(
        connection,
        "SELECT count(*) FROM label m LEFT JOIN fact f ON f.engram = m.engram "
        "WHERE m.kind = 'project' AND m.fold = ? AND f.scope IS NOT ?",
        project.name,
        project.collection,
    )


def projects_of(connection: sqlite3.Connection, engram: int) -> tuple[str, ...]:
    """The projects of a memory, by name."""
    rows = connection.execute(
        "SELECT name FROM collection WHERE starts IS NOT NULL "
        "AND (name IN (SELECT fold FROM label WHERE engram = :engram AND kind = 'project') "
        "OR id = (SELECT scope FROM fact WHERE engram = :engram)) ORDER BY name COLLATE NOCASE",
        {"engram": engram},
    )
    return tuple(str(row[0]) for row in rows)
