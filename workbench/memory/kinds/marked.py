"""Sets kind, priority, expiry, tags, trust, project and review of facts as they are saved.

To be called inside the write that stores them.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from workbench.errors import NotFoundError
from workbench.memory.facts.marking import NEVER, PLAIN, Mark
from workbench.memory.kinds import reviewing
from workbench.store import collections, marks, names, reviews
from workbench.store.collections import ProjectRow
from workbench.store.reviews import ReviewRow

_DAY_SECONDS = 86_400


def note(
    connection: sqlite3.Connection,
    collection: str | None,
    ids: Sequence[int],
    *,
    guessed: Mapping[int, str],
    mark: Mark,
    timestamp: float,
) -> None:
    """Set the given metadata of new and known facts `ids`, and the guessed kind of new ones.

    `guessed` is that kind by id. Raises `NotFoundError` for an unknown project.
    """
    if mark.kind is None:
        for id, kind in guessed.items():
            marks.store(connection, [id], kind, mark.priority, mark.expires(timestamp, kind))
    if mark == PLAIN:
        return
    if (mark.kind, mark.priority, mark.days) != (None, None, None):
        unguessed = ids if mark.kind is not None else [id for id in ids if id not in guessed]
        marks.store(connection, unguessed, mark.kind, mark.priority, mark.expires(timestamp))
    if mark.days == NEVER:
        marks.set_expiry(connection, ids, None)
    if mark.tags:
        marks.tag(connection, ids, mark.tags)
    if mark.trust is not None:
        marks.set_trust(connection, ids, mark.trust)
    if mark.project is not None:
        project_row = project(connection, mark.project, collection)
        marks.assign(connection, "project", project_row.name, ids, project_row.name)
    if mark.priority is not None and mark.priority >= reviewing.AUTOMATIC_PRIORITY:
        schedule_review(connection, ids, timestamp)


def project(connection: sqlite3.Connection, name: str, collection: str | None) -> ProjectRow:
    """A project, in a collection or top-level. Raises `NotFoundError`."""
    row = find_project(connection, name, collection)
    if row is None:
        raise NotFoundError(
            f"There is no project called “{names.printable(name)}”.",
            "See `workbench project list`, or begin it with `workbench project add`.",
        )
    return row


def schedule_review(
    connection: sqlite3.Connection, engrams: Iterable[int], timestamp: float
) -> None:
    """Schedule engrams for review from tomorrow on, unless they have been scheduled before."""
    reviews.begin(connection, (ReviewRow(id, timestamp + _DAY_SECONDS) for id in engrams))


#: The separator between a scope and a scope inside it (see `notes.scopes`).
_CHILD = "__"


def inside(name: str, collection: str | None) -> str:
    """The name of the collection of a project, which may be inside another collection."""
    return name if collection is None else f"{collection}{_CHILD}{name}"


def find_project(
    connection: sqlite3.Connection, name: str, collection: str | None
) -> ProjectRow | None:
    """The project of that name inside a collection, else the top-level one."""
    row = None
    if collection is not None:
        row = collections.project_named(connection, names.askable(inside(name, collection)))
    return row or collections.project_named(connection, names.askable(name))


def short(name: str) -> str:
    """The name of a project without that of its collection."""
    return name.rpartition(_CHILD)[2]
