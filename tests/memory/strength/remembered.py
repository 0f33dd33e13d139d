"""A clock that is moved by hand, and sources that came when it says, for tests of strength."""

from collections.abc import Sequence

from tests.memory.memory_shelf import put_into
from workbench.library import Library


def read(library: Library, statements: Sequence[str], title: str = "A Book") -> list[int]:
    """Add a source that says this; returns the ids of its sentences."""
    store = library._store
    source = put_into(store, statements, title=title)
    now = store.clock()
    store.write(
        lambda c: c.execute(
            "UPDATE source SET added = ?, state = 'verified' WHERE id = ?", (now, source)
        )
    )
    rows = store.rows(
        "SELECT e.id FROM engram e JOIN extent x ON e.id BETWEEN x.first AND x.last "
        "WHERE x.source = ? ORDER BY e.id",
        (source,),
    )
    return [int(row[0]) for row in rows]
