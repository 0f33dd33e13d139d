"""Names of project collections, also inside another collection."""

import sqlite3

from workbench.store import names, projects
from workbench.store.projects import ProjectRow

#: What stands between the name of a scope and that of one inside it (see `notes.scopes`).
_CHILD = "__"


def inside(name: str, collection: str | None) -> str:
    """The name of the collection of a project, of another collection where that is named."""
    return name if collection is None else f"{collection}{_CHILD}{name}"


def found(connection: sqlite3.Connection, name: str, collection: str | None) -> ProjectRow | None:
    """The project of that name inside a collection, else the one of the library's own."""
    row = None
    if collection is not None:
        row = projects.by_name(connection, names.askable(inside(name, collection)))
    return row or projects.by_name(connection, names.askable(name))


def short(name: str) -> str:
    """How a project is called where it is known inside which collection it is."""
    return name.rpartition(_CHILD)[2]
