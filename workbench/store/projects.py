"""Projects: collections with a start and an end, and the memories assigned to them."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from workbench.store.queries import Table, integers, select_number


class ProjectRow(NamedTuple):
    """A stored project; times in seconds since the epoch, `ends` None for an open end."""

    collection: int
    name: str
    starts: float
    ends: float | None
    description: str
    tags: tuple[str, ...]


_PROJECTS = Table(ProjectRow, "collection", collection="id")


def store(
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


def by_name(connection: sqlite3.Connection, name: str | None) -> ProjectRow | None:
    """The project of a collection's name, or None."""
    return _PROJECTS.first(connection, "WHERE starts IS NOT NULL AND name = ?", name)


def all_projects(connection: sqlite3.Connection) -> list[ProjectRow]:
    """All projects by their end, those with an open end last."""
    test = "WHERE starts IS NOT NULL ORDER BY ends IS NULL, ends, name COLLATE NOCASE"
    return _PROJECTS.select(connection, test)


def plain(project: ProjectRow) -> dict[str, Any]:
    """A project as JSON, without its collection."""
    return {
        "starts": project.starts,
        "ends": project.ends,
        "description": project.description,
        "tags": list(project.tags),
    }


def store_plain(connection: sqlite3.Connection, collection: int, record: dict[str, Any]) -> None:
    """Make a collection the project of a `plain` record. Raises `ValueError`."""
    ends, tags = record["ends"], record["tags"]
    if not isinstance(record["description"], str) or not isinstance(tags, list):
        raise ValueError("no project")
    end = None if ends is None else float(ends)
    description = record["description"], [str(tag) for tag in tags]
    store(connection, collection, float(record["starts"]), end, *description)


def end(connection: sqlite3.Connection, project: ProjectRow) -> None:
    """Make a project a plain collection; its memories stay there."""
    connection.execute(
        "UPDATE collection SET starts = NULL, ends = NULL, description = '', tags = '[]' "
        "WHERE id = ?",
        (project.collection,),
    )
    connection.execute("DELETE FROM label WHERE kind = 'project' AND fold = ?", (project.name,))


def rename(connection: sqlite3.Connection, name: str, new: str) -> None:
    """Update assignments to a project after its collection is renamed."""
    connection.execute(
        "UPDATE OR REPLACE label SET fold = ?1, name = ?1 WHERE kind = 'project' AND fold = ?2",
        (new, name),
    )


def members(connection: sqlite3.Connection, project: str, scope: int) -> list[int]:
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


def of_memory(connection: sqlite3.Connection, engram: int) -> tuple[str, ...]:
    """The projects of a memory, by name."""
    rows = connection.execute(
        "SELECT name FROM collection WHERE starts IS NOT NULL "
        "AND (name IN (SELECT fold FROM label WHERE engram = :engram AND kind = 'project') "
        "OR id = (SELECT scope FROM fact WHERE engram = :engram)) ORDER BY name COLLATE NOCASE",
        {"engram": engram},
    )
    return tuple(str(row[0]) for row in rows)
