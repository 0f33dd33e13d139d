"""What is usual about scopes, known for as long as nobody writes: they exist, and have no limit.

Asking the library costs a tenth of telling it a sentence. Whoever is writing sees by two numbers
whether anything else was written since: one that other programs move, one that counts the turns of
this one.
"""

import sqlite3

from workbench.store import capacity
from workbench.store import facts as rows
from workbench.store.store import version_of


class Usual:
    """The scopes of one library that keep any number of facts; for whoever is writing."""

    __slots__ = ("_known", "_moment", "_version")

    def __init__(self) -> None:
        self._known: dict[str | None, int] = {}
        self._version = 0
        #: Written by others, turns of this program, the newest fact: when it was known.
        self._moment: tuple[int, int, int] | None = None

    def guess(self, collection: str | None) -> int | None:
        """The scope that a collection's name stood for last; anybody may ask."""
        return rows.OWN if collection is None else self._known.get(collection)

    def still(self, connection: sqlite3.Connection, turns: int, newest: int) -> bool:
        """Whether nothing was written since `wrote`, this turn being the next; else all is new."""
        self._version = version_of(connection)
        if self._moment == (self._version, turns - 1, newest):
            return True
        self._known.clear()
        return False

    def scope(self, connection: sqlite3.Connection, collection: str | None) -> int | None:
        """The scope of that name; None where there is none yet, or it keeps so many facts only."""
        scope = self._known.get(collection)
        if scope is None:
            scope = rows.scope_id(connection, collection)
            if scope is None or capacity.of_scope(connection, scope).most is not None:
                return None
            self._known[collection] = scope
        return scope

    def wrote(self, turns: int, newest: int) -> None:
        """In this turn, after `still`, a fact came to a known scope, and nothing else."""
        self._moment = self._version, turns, newest
