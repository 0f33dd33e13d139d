"""What a library says, as values by key: that which a shared log carries.

A key is a kind and a digest of what identifies a thing everywhere: the hash of a source, the words
of a fact in its collection. Numbers of rows stay in the library. Left out are what is derived, and
what belongs to one person alone: strengths, reviews, questions, the vault.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from workbench.store import details, facts, notes
from workbench.store.queries import select_dicts, select_one

#: A value; what it has depends on the kind of its key.
Value = dict[str, Any]
#: Kinds of keys, in the order in which values can be applied: parents before children.
KINDS = (
    "collection", "source", "trashed", "field", "tag", "member", "fact", "said", "note", "mark",
    "label", "wording", "verdict",
)  # fmt: skip
_MARKS = ("kind", "priority", "expires", "trust")
_HIGHLIGHT = re.compile(r"([0-9a-f]{64}):(\d+-\d+\??)")


class Item(NamedTuple):
    """A value, where it is in the library, and the engram or source (below 0) that it is about.

    What is `private` never enters a log.
    """

    value: Value
    place: tuple[Any, ...]
    owner: int
    private: bool


#: Who joined without a name, for those who have one.
_SOMEBODY = "somebody"


class View(NamedTuple):
    """How a desk sees a library.

    `uids` are the shared names of collections by id, `person` is what others call the user ("" if
    all desks are the user's own), `private` are collections that never enter the log.
    """

    uids: Mapping[int, str]
    person: str
    private: frozenset[int]

    def scope(self, uid: str) -> int | None:
        """The collection of a shared name, None if it is not there."""
        if not uid:
            return facts.OWN
        return next((id for id, name in self.uids.items() if name == uid), None)

    def who(self, teller: str) -> str:
        """What others call a teller."""
        return "" if self.person and teller == _SOMEBODY else teller or self.person

    def teller(self, who: str) -> str:
        """What this library calls somebody, "" the user."""
        return "" if who == self.person else who or _SOMEBODY


#: One encoder: making it anew would take as long as encoding.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON of a value, equal for equal values."""
    return _ENCODER.encode(value)


def digest(value: Mapping[str, Any]) -> str:
    """A digest of a value, the same on every machine."""
    return _digest([part for name in sorted(value) for part in (name, value[name])])


def _digest(parts: Iterable[Any]) -> str:
    text = "\0".join([part if part.__class__ is str else f"\0{part!r}" for part in parts])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def named(name: str) -> str:
    """What a collection of this name is called everywhere, so that equal names meet."""
    return _digest(["collection", name.casefold()])


def key_of(kind: str, value: Value) -> str:
    """The key of a value. Raises `KeyError` if it lacks what identifies it."""
    return f"{kind}/{_digest([value[name] for name in _IDENTITY[kind]])}"


#: What identifies a value of each kind.
_IDENTITY: Mapping[str, tuple[str, ...]] = {
    "collection": ("uid",),
    "source": ("hash",),
    "trashed": ("hash",),
    "field": ("hash", "name"),
    "tag": ("hash", "fold"),
    "member": ("uid", "hash"),
    "fact": ("scope", "text"),
    "said": ("fact", "who"),
    "note": ("scope", "kind", "key"),
    "mark": ("of", "name"),
    "label": ("of", "kind", "fold"),
    "wording": ("of", "text", "until"),
    "verdict": ("head", "type", "tail"),
}
_TEXT, _NUMBER, _MAYBE = (str,), (int, float), (int, float, type(None))
#: The members of each kind, and their types.
_MEMBERS: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "collection": {
        "uid": _TEXT, "name": _TEXT, "starts": _MAYBE, "ends": _MAYBE, "description": _TEXT,
        "tags": _TEXT,
    },
    "source": {"hash": _TEXT},
    "trashed": {"hash": _TEXT},
    "field": {"hash": _TEXT, "name": _TEXT, "text": _TEXT},
    "tag": {"hash": _TEXT, "fold": _TEXT, "name": _TEXT},
    "member": {"uid": _TEXT, "hash": _TEXT},
    "fact": {"scope": _TEXT, "text": _TEXT, "at": _MAYBE},
    "said": {"fact": _TEXT, "who": _TEXT, "told": _NUMBER},
    "note": {
        "scope": _TEXT, "kind": _TEXT, "key": _TEXT, "name": _TEXT, "text": _TEXT,
        "told": _NUMBER, "changed": _NUMBER, "intensity": _MAYBE,
    },
    "mark": {"of": _TEXT, "name": _TEXT, "value": (str, int, float)},
    "label": {"of": _TEXT, "kind": _TEXT, "fold": _TEXT, "name": _TEXT},
    "wording": {
        "of": _TEXT, "text": _TEXT, "tellers": _TEXT, "told": _NUMBER, "at": _NUMBER,
        "until": _NUMBER,
    },
    "verdict": {"head": _TEXT, "type": (int,), "tail": _TEXT, "verdict": (int,)},
}  # fmt: skip


def is_sound(key: str, value: Any) -> bool:
    """Whether a value of a known kind has the right members, and belongs to its key."""
    kind = key.partition("/")[0]
    if kind not in _MEMBERS:
        # Of a newer program; it waits.
        return isinstance(value, dict | None)
    if value is None:
        return True
    if not isinstance(value, dict) or value.keys() != _MEMBERS[kind].keys():
        return False
    typed = all(
        isinstance(value[name], types) and not isinstance(value[name], bool)
        for name, types in _MEMBERS[kind].items()
    )
    texts = "".join(part for part in value.values() if isinstance(part, str))
    return typed and "\0" not in texts and key_of(kind, value) == key


class _Scan:
    """Reads a library into `items`."""

    def __init__(self, connection: sqlite3.Connection, view: View) -> None:
        self.connection, self.view = connection, view
        self.items: dict[str, Item] = {}
        self.hashes: dict[int, str] = {}
        self.hidden_sources = set(self._ids("SELECT source, collection FROM membership"))
        #: Facts and notes: key, and whether they are private.
        self.told: dict[int, tuple[str, bool]] = {}

    def _ids(self, query: str) -> Collection[int]:
        return [id for id, scope in self.connection.execute(query) if scope in self.view.private]

    def put(
        self, kind: str, value: Value, place: tuple[Any, ...], owner: int, private: bool
    ) -> str:
        key = key_of(kind, value)
        self.items.setdefault(key, Item(value, place, owner, private))
        return key

    def collections(self) -> None:
        query = "SELECT id, name, starts, ends, description, tags FROM collection"
        for row in select_dicts(self.connection, query):
            id = row.pop("id")
            value = {"uid": self.view.uids[id], **row}
            self.put("collection", value, (id,), 0, id in self.view.private)

    def sources(self) -> None:
        for row in select_dicts(
            self.connection,
            "SELECT id, hash, trashed, tags, metadata, title, author, date, language "
            "FROM source WHERE verified IS NOT NULL ORDER BY id",
        ):
            id, of = row["id"], {"hash": row["hash"]}
            self.hashes[id] = row["hash"]
            hidden = id in self.hidden_sources
            self.put("source", of, (id,), -id, hidden)
            if row["trashed"] is not None:
                self.put("trashed", of, (id,), -id, hidden)
            for fold, (name, _) in json.loads(row["tags"]).items():
                self.put("tag", of | {"fold": fold, "name": name}, (id, fold), -id, hidden)
            known = json.loads(row["metadata"])
            current = known | {name: row[name] for name in details.COLUMNS}
            for name in json.loads(known.get(details.AS_READ, "{}")):
                value = of | {"name": name, "text": current.get(name, "")}
                self.put("field", value, (id, name), -id, hidden)
        for collection, source in self.connection.execute(
            "SELECT collection, source FROM membership"
        ):
            if source in self.hashes:
                value = {"uid": self.view.uids[collection], "hash": self.hashes[source]}
                hidden = source in self.hidden_sources
                self.put("member", value, (collection, source), -source, hidden)

    def facts(self) -> None:
        names = dict(self.connection.execute("SELECT id, name FROM teller"))
        names[facts.USER] = ""
        tellings = []
        for id, scope, text, told, at, teller in self.connection.execute(
            "SELECT f.engram, f.scope, e.text, f.told, f.at, f.teller FROM fact f "
            "JOIN engram e ON e.id = f.engram ORDER BY f.engram"
        ):
            value = {"scope": self.view.uids.get(scope, ""), "text": text, "at": at}
            if (key := key_of("fact", value)) in self.items:
                # Said again after a collection was removed: the first one counts.
                continue
            hidden = scope in self.view.private
            self.items[key] = Item(value, (id,), id, hidden)
            self.told[id] = key, hidden
            tellings.append((id, teller, told))
        tellings += self.connection.execute("SELECT fact, teller, told FROM said ORDER BY told")
        for id, teller, told in tellings:
            if id not in self.told:
                continue
            key, hidden = self.told[id]
            name = names[teller]
            value = {"fact": key, "who": self.view.who(name), "told": told}
            self.put("said", value, (id, name), id, hidden)

    def notes(self) -> None:
        for value in select_dicts(
            self.connection,
            "SELECT n.engram, n.scope, n.kind, n.key, n.name, e.text, n.told, n.changed, "
            "n.intensity FROM note n JOIN engram e ON e.id = n.engram ORDER BY n.engram",
        ):
            id, scope = value.pop("engram"), value["scope"]
            hidden = scope in self.view.private
            if value["kind"] == notes.HIGHLIGHT:
                source, _, rest = value["key"].partition(":")
                hash = self.hashes.get(int(source))
                if hash is None:
                    continue
                value["key"] = f"{hash}:{rest}"
                hidden = hidden or int(source) in self.hidden_sources
            elif self.view.person:
                # Instructions, stances and variables are a person's own.
                hidden = True
            value["scope"] = self.view.uids.get(scope, "")
            self.told[id] = self.put("note", value, (id,), id, hidden), hidden

    def annotations(self) -> None:
        for id, own, *values in self.connection.execute(
            "SELECT m.engram, e.kind, m.kind, m.priority, m.expires, m.trust FROM mark m "
            "JOIN engram e ON e.id = m.engram WHERE e.passage IS NULL"
        ):
            of, hidden = self.told.get(id, (None, True))
            for name, value in zip(_MARKS, values, strict=True):
                if of is not None and value is not None and (name != "kind" or value != own):
                    self.put("mark", {"of": of, "name": name, "value": value}, (id,), id, hidden)
        for row in select_dicts(self.connection, "SELECT engram, kind, fold, name FROM label"):
            id = row.pop("engram")
            of, hidden = self.told.get(id, (None, True))
            if of is not None:
                self.put("label", {"of": of, **row}, (id,), id, hidden)
        query = "SELECT id, engram, text, tellers, told, at, until FROM wording"
        for row in select_dicts(self.connection, query):
            place, id = row.pop("id"), row.pop("engram")
            of, hidden = self.told.get(id, (None, True))
            if of is not None:
                named = [[self.view.who(name), time] for name, time in json.loads(row["tellers"])]
                value = {"of": of, **row, "tellers": canonical(named)}
                self.put("wording", value, (place,), id, hidden)

    def verdicts(self) -> None:
        for value in select_dicts(self.connection, "SELECT head, type, tail, verdict FROM verdict"):
            head, type, tail, _ = value.values()
            hidden = bool(self.view.private) and not (self._public(head) and self._public(tail))
            self.put("verdict", value, (head, type, tail), 0, hidden)

    def _public(self, concept_key: str) -> bool:
        """Whether a concept is mentioned outside the private collections and their sources."""
        places = self.connection.execute(
            "SELECT DISTINCT place FROM mention WHERE concept = "
            "(SELECT concept FROM concept_key WHERE key = ?)",
            (concept_key,),
        )
        private = {*self.hidden_sources, *(-1 - scope for scope in self.view.private)}
        return any(place not in private for (place,) in places)


def scan(connection: sqlite3.Connection, view: View) -> dict[str, Item]:
    """Everything that the library says, by key."""
    reading = _Scan(connection, view)
    reading.collections()
    reading.sources()
    reading.facts()
    reading.notes()
    reading.annotations()
    reading.verdicts()
    return reading.items


def highlight_key(connection: sqlite3.Connection, key: str) -> str | None:
    """The local key of a shared highlight; None without its source."""
    match = _HIGHLIGHT.fullmatch(key)
    if match is None:
        return None
    row = select_one(connection, "SELECT id FROM source WHERE hash = ?", match[1])
    return None if row is None else f"{row[0]}:{match[2]}"


def edited(connection: sqlite3.Connection, owner: int) -> float:
    """When the rows of an engram or a source were last changed by an act; 0 if that is unknown."""
    (moment,) = connection.execute(
        "SELECT coalesce(max(max(c.begun, coalesce(c.ended, 0))), 0) FROM change_item i "
        "JOIN change c ON c.id = i.change WHERE i.owner = ?",
        (owner,),
    ).fetchone()
    return float(moment)


def note_row(connection: sqlite3.Connection, scope: int, kind: str, key: str) -> int | None:
    """The id of the note with this key."""
    row = notes.by_key(connection, scope, kind, key)
    return None if row is None else row.id
