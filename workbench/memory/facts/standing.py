"""What something newer has taken the place of, as far as the user has not said otherwise."""

import sqlite3
from collections.abc import Sequence

from workbench.memory.facts.index import FactIndex
from workbench.memory.postings.index import Postings
from workbench.store import conflicts
from workbench.store.facts import FactRow


def taken_over(
    index: FactIndex,
    connection: sqlite3.Connection,
    found: Sequence[FactRow],
    until: float | None = None,
    postings: Postings | None = None,
) -> set[tuple[int, int]]:
    """`FactIndex.stale_of`, without what the user has said to hold all the same."""
    stale = index.stale_of(found, until, postings)
    if stale:
        both = conflicts.both_true(connection, {fact for fact, _ in stale})
        stale = {each for each in stale if each[0] not in both}
    return stale
