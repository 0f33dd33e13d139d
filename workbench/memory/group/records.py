"""Records of a shared library: how a desk takes part, and what a synchronisation did."""

import platform
import sqlite3
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from workbench.store import meta, shared
from workbench.store.shared_state import View, digest, named


@dataclass(frozen=True, slots=True)
class Peer:
    """Another desk: its name, its person ("" the user), and how many pieces of it were merged."""

    desk: str
    name: str
    person: str
    pieces: int


@dataclass(frozen=True, slots=True)
class GroupStatus:
    """How a library takes part in a group.

    `unsent` are changes that the others do not have, `waiting` changes that have no place here yet
    (their source has not come, or the program is too old), `conflicts` texts that two changed at
    the same time. `synced` is in seconds since the epoch, None for never.
    """

    place: str
    name: str
    person: str
    peers: tuple[Peer, ...]
    unsent: int
    waiting: int
    conflicts: int
    private: tuple[str, ...]
    synced: float | None


@dataclass(frozen=True, slots=True)
class GroupSync:
    """What a synchronisation did: changes received and sent, sources that came.

    `missing` are pieces of the log that come after one that is not there yet, `problems` sentences
    about what could not be read.
    """

    received: int
    sent: int
    sources: int
    waiting: int
    missing: int
    conflicts: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupConflict:
    """A text that two desks changed at the same time.

    `id` names it, `what` says of what it is, `current` is what counts now, `other` the other text,
    written at the desk `by`.
    """

    id: str
    what: str
    current: str
    other: str
    by: str


@dataclass(slots=True)
class GroupConfig:
    """How this library takes part: stored in `meta` as JSON.

    `home` tells a copy of the file from the file. `number` and `head` are of the last piece written
    here, `cursor` is how far a server's log was read. `uids` maps shared names of collections to
    [id, created], `private` are the shared names of those that stay here, `peers` maps desks to
    [name, person].
    """

    place: str
    desk: str
    home: str
    name: str
    person: str = ""
    number: int = 0
    head: str = ""
    cursor: int = 0
    mark: list[Any] = field(default_factory=list)
    uids: dict[str, list[Any]] = field(default_factory=dict)
    private: list[str] = field(default_factory=list)
    peers: dict[str, list[str]] = field(default_factory=dict)
    synced: float | None = None

    @staticmethod
    def load(connection: sqlite3.Connection) -> "GroupConfig | None":
        """How the library takes part; None if it does not."""
        stored = meta.load(connection, shared.CONFIG)
        return None if stored is None else GroupConfig(**stored)

    def save(self, connection: sqlite3.Connection) -> None:
        """Store it."""
        meta.dump(connection, shared.CONFIG, asdict(self))

    def view(self, connection: sqlite3.Connection) -> View:
        """How this desk sees the library; names collections that have no shared name yet."""
        rows = dict(connection.execute("SELECT id, created FROM collection").fetchall())
        # Numbers of collections are used again.
        self.uids = {
            uid: place for uid, place in self.uids.items() if rows.get(place[0]) == place[1]
        }
        known = {place[0] for place in self.uids.values()}
        for id, name in connection.execute("SELECT id, name FROM collection ORDER BY id"):
            if id not in known:
                uid = named(name)
                if uid in self.uids:
                    uid = uuid.uuid4().hex
                self.uids[uid] = [id, rows[id]]
        private = frozenset(self.uids[uid][0] for uid in self.private if uid in self.uids)
        return View({place[0]: uid for uid, place in self.uids.items()}, self.person, private)

    def adopt(self, connection: sqlite3.Connection, uid: str, id: int) -> None:
        """Give a collection its shared name."""
        (created,) = connection.execute(
            "SELECT created FROM collection WHERE id = ?", (id,)
        ).fetchone()
        self.uids = {u: place for u, place in self.uids.items() if place[0] != id}
        self.uids[uid] = [id, created]

    def at_home(self, place: str) -> None:
        """Take a new identity if this is a copy of the library, opened elsewhere."""
        if self.home != home(place):
            self.desk, self.home = new_desk(), home(place)
            self.number, self.head = 0, ""


def new_desk() -> str:
    """A new identity of a desk."""
    return uuid.uuid4().hex[:16]


def home(path: str) -> str:
    """What tells this library from a copy of it: machine and path."""
    return digest({"machine": platform.node(), "path": path})
