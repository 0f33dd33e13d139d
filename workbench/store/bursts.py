"""Bursts: facts that one program tells one right after the other.

A commit of SQLite takes longer than all else that is done for a fact. So who has told several in a
row without looking at any keeps SQLite's lock for a moment (`SECONDS`, or `MOST` facts), writes
what comes into a journal beside the library and stores all of it in one transaction. A fact is
acknowledged when it stands in the journal, which the death of the process does not touch.

- *Nobody can tell.* Whoever borrows a connection of this process, or writes, has the burst stored
  first (`Writer.settle`); other programs read what has been stored and see the rest a moment later.
- *Nothing comes between.* Since the lock is held, nobody else gives ids, moves or forgets facts
  until the burst is stored: ids go up as in any transaction. Who wants the lock says so in the
  journal, and gets it with the next fact; no more bursts come for a while then (`_ALONE`).
- *Once.* With its facts the number of a burst is stored (`meta.TOLD`), in the same transaction.
  Where a process was killed, or the disk was full, the journal holds a burst whose number the
  library does not know: whoever opens the library for writing, or has the lock next, stores it
  before anything else (`Bursts.recover`), with the ids that were promised.
- *What goes, goes.* The bytes of a stored burst are overwritten by the next transaction, so that
  what is forgotten does not stay there, and the file is removed when the library is closed.

Who only reads a library cannot store what a killed program left; it is there with the first who
opens it for writing. Where there is no write-ahead log (network and cloud folders), where no
journal can be made, and in the first facts of a row it is done without (`one_by_one`).

Measured for 256 facts: 2 µs each for SQLite and 2 µs for the journal; one by one 35 µs each.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from workbench.store import checksums, meta, names
from workbench.store.facts import OWN, USER
from workbench.store.journal import NO_BURST, Entry, Journal

#: The ending of the journal's name.
ENDING = "-told"
#: Seconds after which a burst is stored, be it never so short, and facts in it at most.
SECONDS = 0.02
MOST = 256
#: Facts in a row, no longer apart than `SECONDS`, before a burst begins; twice as many each time
#: that one was wanted after a few, up to so many times.
_ROW = 8
_ROWS = 1 << 7
_FEW = 32
#: Characters of a fact that is stored on its own.
_LONG = 4096
#: Seconds without bursts after somebody else wanted to write.
_ALONE = 1.0
#: Facts in one statement: SQLite lets go of the interpreter once for all of them.
_STATEMENTS = (64, 8, 1)

_STANDING = (
    "SELECT (SELECT value FROM meta WHERE key = ?), (SELECT value FROM meta WHERE key = ?), "
    "(SELECT seq FROM sqlite_sequence WHERE name = 'engram')"
)
_PLAIN = "SELECT NOT EXISTS (SELECT 1 FROM capacity WHERE scope = ?1 AND most IS NOT NULL)"
_PLAIN_COLLECTION = f"{_PLAIN} AND EXISTS (SELECT 1 FROM collection WHERE id = ?1 AND name = ?2)"


class Bursts:
    """The bursts of one open library; `path` is None where there can be none.

    `add` and `store` may be called by several threads, of which only one may add; everything else
    is for whoever has the turn to write.
    """

    __slots__ = ("_alone", "_entries", "_journal", "_known", "_last", "_next", "_number",
                 "_plain", "_row", "_rows", "_wiped", "lock", "open")  # fmt: skip

    def __init__(self, path: Path | None) -> None:
        self._journal = None if path is None else Journal(path.with_name(path.name + ENDING))
        #: Held while a fact is added or all are stored; nobody waits for another lock meanwhile.
        self.lock = threading.Lock()
        #: Whether facts wait, and the writing connection is in their transaction.
        self.open = False
        self._entries: list[Entry] = []
        #: Scopes of which is known in this burst that nothing is unusual about them.
        self._plain: set[tuple[int, str | None]] = set()
        self._next = 0
        self._number = NO_BURST
        #: The last burst of which is known that the library has stored it; whether it is wiped.
        self._known = NO_BURST
        self._wiped = True
        self._row = 0
        self._rows = _ROW
        self._last = 0.0
        self._alone = 0.0

    # -- beginning ------------------------------------------------------------------------------

    def due(self) -> bool:
        """Whether what is told now is one of many, so that a burst is worth it."""
        now = time.monotonic()
        self._row = self._row + 1 if now - self._last < SECONDS else 1
        self._last = now
        return self._row > self._rows and now > self._alone and self._journal is not None

    def ready(self, connection: sqlite3.Connection) -> bool:
        """See to it that there is an empty journal; inside a transaction.

        False where none can be had: not now, or never.
        """
        journal = self._journal
        assert journal is not None
        if not journal.attach():
            library, _, _ = connection.execute(_STANDING, (meta.LIBRARY_ID, meta.TOLD)).fetchone()
            try:
                journal.make(str(library))
            except OSError:
                self._journal = None
                return False
        return True

    def begin(self, connection: sqlite3.Connection) -> bool:
        """Let facts come from now on; inside the transaction that will be theirs."""
        journal = self._journal
        assert journal is not None
        _, told, last = connection.execute(_STANDING, (meta.LIBRARY_ID, meta.TOLD)).fetchone()
        try:
            self._number = journal.begin(told or NO_BURST)
        except OSError:
            self._journal = None
            return False
        self._wiped = False
        self._next = (last or 0) + 1
        self._entries, self._plain = [], set()
        self.open = True
        return True

    # -- telling --------------------------------------------------------------------------------

    def add(
        self,
        connection: sqlite3.Connection,
        scope: int,
        collection: str | None,
        text: str,
        told: float,
        claims: bytes,
    ) -> int | None:
        """Take in a fact; its id. None where no burst is open any more or it is none for one.

        `collection` is the name of the scope.
        """
        with self.lock:
            journal = self._journal
            if not self.open or journal is None or len(text) > _LONG:
                return None
            if journal.wanted:
                self._alone = time.monotonic() + _ALONE
                return None
            if (scope, collection) not in self._plain:
                if not _is_plain(connection, scope, collection):
                    return None
                self._plain.add((scope, collection))
            entry = Entry(self._next, scope, text, told, claims)
            if not journal.add(entry):
                return None
            self._entries.append(entry)
            self._next += 1
            return entry.id

    @property
    def full(self) -> bool:
        """Whether it is time to store what was told."""
        return len(self._entries) >= MOST

    # -- storing --------------------------------------------------------------------------------

    def store(self, connection: sqlite3.Connection) -> None:
        """End the burst, and its transaction with it; `lock` is held.

        What `sqlite3` raises leaves its facts in the journal; see `recover`.
        """
        journal, entries = self._journal, self._entries
        assert journal is not None
        # Behind the commit it may be another's already.
        journal.end()
        if len(entries) >= _FEW:
            self._rows = _ROW
        else:
            # Whoever looks at what was told after each is better off without.
            self._rows = min(2 * self._rows, _ROW * _ROWS)
            self._row = 0
        try:
            if entries:
                _insert(connection, entries, self._number)
            connection.execute("COMMIT")
            self._known = self._number
        finally:
            # A full disk has ended the transaction already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._entries = []
            # Not before: whoever sees it takes the connection.
            self.open = False

    def ask(self) -> None:
        """Tell a program that is in a burst that its lock is wanted."""
        if self._journal is not None and self._journal.attach():
            self._journal.ask()

    def recover(self, connection: sqlite3.Connection) -> bool:
        """Store the burst that somebody has left; whether there was one. In a transaction.

        That has to be committed before anything else is done. Bytes of a burst that is stored are
        overwritten.
        """
        journal = self._journal
        if journal is None or not journal.attach():
            return False
        number, before = journal.numbers()
        if number == self._known and self._wiped:
            return False
        library, told, last = connection.execute(_STANDING, (meta.LIBRARY_ID, meta.TOLD)).fetchone()
        told = told or NO_BURST
        entries = journal.entries() if number != told else []
        if journal.library() != library or (entries and before != told):
            # Of another library, or this one is another than it was, such as a copy from before.
            try:
                journal.put_aside()
            except OSError:
                self._journal = None
            return False
        if not entries:
            # Where it cannot be overwritten now, the next transaction tries again.
            with contextlib.suppress(OSError):
                journal.wipe()
                self._known, self._wiped = number, True
            return False
        first = max(entries[0].id, (last or 0) + 1)
        _insert(connection, [e._replace(id=first + at) for at, e in enumerate(entries)], number)
        # Whether this is kept, the next who looks will find out.
        self._wiped = False
        return True

    def close(self, connection: sqlite3.Connection) -> None:
        """Take the journal from the disk, which holds nothing any more. In a transaction."""
        journal = self._journal
        if journal is None or not journal.attach():
            return
        _, told, _ = connection.execute(_STANDING, (meta.LIBRARY_ID, meta.TOLD)).fetchone()
        if journal.numbers()[0] == told or not journal.entries():
            try:
                journal.remove()
            except OSError:
                journal.detach()

    @property
    def attached(self) -> bool:
        """Whether there is a journal."""
        return self._journal is not None and self._journal.attach()

    def let_go(self) -> None:
        """Close the journal as it is."""
        if self._journal is not None:
            self._journal.detach()


def _is_plain(connection: sqlite3.Connection, scope: int, collection: str | None) -> bool:
    """Whether the scope is there under that name and keeps any number of facts."""
    if scope == OWN:
        found = connection.execute(_PLAIN, (scope,))
    else:
        name = "" if collection is None else names.askable(collection)
        found = connection.execute(_PLAIN_COLLECTION, (scope, name))
    return bool(found.fetchone()[0])


def _insert(connection: sqlite3.Connection, entries: Sequence[Entry], number: bytes) -> None:
    """Store facts, and which burst they were."""
    meta.put(connection, meta.TOLD, number)
    begin = 0
    for count in _STATEMENTS:
        while len(entries) - begin >= count:
            part = entries[begin : begin + count]
            begin += count
            engrams, facts = _statements(count)
            connection.execute(
                engrams, list(chain.from_iterable((e.id, len(e.text), e.text) for e in part))
            )
            connection.execute(facts, list(chain.from_iterable(map(_fact, part))))


def _fact(entry: Entry) -> tuple[object, ...]:
    id, scope, text, told, claims = entry
    return id, scope, told, claims, checksums.of_fact(id, scope, told, None, USER, claims, text)


@cache
def _statements(count: int) -> tuple[str, str]:
    """The two statements that store so many facts."""
    engrams = ",".join(["(?, 'fact', 0, ?, ?)"] * count)
    facts = ",".join([f"(?, ?, ?, NULL, {USER}, ?, ?)"] * count)
    return (
        f"INSERT INTO engram(id, kind, start, end, text) VALUES {engrams}",
        f"INSERT INTO fact(engram, scope, told, at, teller, claims, sum) VALUES {facts}",
    )
