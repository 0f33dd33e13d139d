"""Facts that are told one by one: each is one statement of SQLite, a transaction by itself.

To begin and to end a transaction, to ask whether anybody has written and to insert into two tables
are five statements, for each of which the interpreter is let go of; and to count the last id that
was given costs a page of the log more than the fact itself. So ids are set aside, some at a time,
and one INSERT into a view does all, where nothing has happened meanwhile that matters to it: nobody
has given an id to anything, no facts were moved, the scope is there and keeps any number of them.
"""

import sqlite3

from workbench.store import checksums, meta, names
from workbench.store.facts import OWN, USER

#: Ids that are set aside at a time; a program that is killed leaves a gap of fewer.
_IDS = 256

_VIEW = (
    "CREATE TEMP VIEW IF NOT EXISTS told_alone AS "
    "SELECT 0 AS id, 0 AS scope, '' AS text, 0 AS size, 0.0 AS told, x'' AS claims, 0 AS sum"
)
_TRIGGER = f"""
CREATE TEMP TRIGGER IF NOT EXISTS told_alone_comes INSTEAD OF INSERT ON told_alone
BEGIN
  INSERT INTO engram(id, kind, start, end, text) VALUES (new.id, 'fact', 0, new.size, new.text);
  INSERT INTO fact(engram, scope, told, at, teller, claims, sum)
  VALUES (new.id, new.scope, new.told, NULL, {USER}, new.claims, new.sum);
END
"""
_ADD = (
    "INSERT INTO told_alone(id, scope, text, size, told, claims, sum) "
    "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 "
    "WHERE (SELECT seq FROM sqlite_sequence WHERE rowid = ?8) = ?9 "
    f"AND (SELECT value FROM meta WHERE key = '{meta.FACT_MOVES}') IS ?10 "
    "AND NOT EXISTS (SELECT 1 FROM capacity WHERE scope = ?2 AND most IS NOT NULL)"
)
_ADD_TO_COLLECTION = f"{_ADD} AND EXISTS (SELECT 1 FROM collection WHERE id = ?2 AND name = ?11)"


class OneByOne:
    """The ids that are set aside in one library; for whoever has the turn to write."""

    __slots__ = ("_end", "_moves", "_next", "_place", "_ready")

    def __init__(self) -> None:
        self._next = 1
        #: The last one of them, 0 where there are none.
        self._end = 0
        #: Where the library counts the ids of engrams, and what it said of moved facts.
        self._place = 0
        self._moves: object = None
        self._ready = False

    @property
    def waits(self) -> bool:
        """Whether ids are set aside of which some were not given yet."""
        return self._next <= self._end

    def set_aside(self, connection: sqlite3.Connection) -> None:
        """Set ids aside for what comes next; an engram has to be there. Inside a transaction.

        Whoever calls it knows all facts that were told so far.
        """
        self._moves = meta.get(connection, meta.FACT_MOVES)
        ((place, end),) = connection.execute(
            "UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'engram' RETURNING rowid, seq",
            (_IDS,),
        ).fetchall()
        self._next, self._end, self._place = end - _IDS + 1, end, place

    def give_back(self, connection: sqlite3.Connection) -> None:
        """Let ids that were not given be those of whatever is written next. In a transaction.

        Where others have been given some since, they stay a gap.
        """
        connection.execute(
            "UPDATE sqlite_sequence SET seq = ? WHERE rowid = ? AND seq = ?",
            (self._next - 1, self._place, self._end),
        )
        self._end = 0

    def add(
        self,
        connection: sqlite3.Connection,
        scope: int,
        collection: str | None,
        text: str,
        told: float,
        claims: bytes,
    ) -> int | None:
        """Store a fact that the user tells a scope and that holds from now on; its id.

        `collection` is the name of the scope. Not inside a transaction: it is one. None where
        something has happened since ids were set aside, or none are left; nothing is stored then.
        """
        id = self._next
        if id > self._end:
            return None
        if not self._ready:
            connection.execute(_VIEW)
            connection.execute(_TRIGGER)
            self._ready = True
        before = connection.total_changes
        sum = checksums.of_fact(id, scope, told, None, USER, claims, text)
        fact = (id, scope, text, len(text), told, claims, sum)
        told_of = (*fact, self._place, self._end, self._moves)
        if scope == OWN:
            connection.execute(_ADD, told_of)
        else:
            name = "" if collection is None else names.askable(collection)
            connection.execute(_ADD_TO_COLLECTION, (*told_of, name))
        if connection.total_changes == before:
            self._end = 0
            return None
        self._next = id + 1
        return id
