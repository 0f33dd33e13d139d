"""Merges words of the log with those of this library; all inside one transaction.

The last word on a key counts: the greatest (clock, desk). So any order, and any repetition, has the
same result. A clock is the time of a change in milliseconds, and later than that of the word it
replaces, so that a desk whose clock is wrong never loses what it has seen.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.marking import ALL_KINDS, NOTE_KINDS
from workbench.memory.group.log import Line
from workbench.memory.group.records import GroupConfig
from workbench.store import (
    collections,
    concept_mentions,
    details,
    facts,
    marks,
    meta,
    notes,
    removal,
    shared,
    sources,
    tags,
    verdicts,
)
from workbench.store.notes import NewNote
from workbench.store.shared import Word
from workbench.store.shared_state import (
    KINDS,
    Item,
    Value,
    View,
    canonical,
    digest,
    edited,
    highlight_key,
    key_of,
    note_row,
    scan,
)

# -- applying --------------------------------------------------------------------------------------
# Applies words of others to the rows of a library.
#
# What lacks its place (a tag of a source that has not come, a kind of a newer program) is left,
# and tried again later. Nothing here decides whose word counts: `merging` does.

#: Errors of rows with values that their columns cannot have.
_UNFIT = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError)
_NEVER = ((float("inf"), ""),)
_MARKS = ("kind", "priority", "expires", "trust")
#: Words that have no effect yet, by key; None is a deletion.
Waiting = Mapping[str, Value | None]


@dataclass(slots=True)
class Applying:
    """Applies words to a library inside a transaction. `state` is what it says."""

    connection: sqlite3.Connection
    view: View
    config: GroupConfig
    state: Mapping[str, Item]
    now: float
    #: Keys of collections that were deleted.
    deleted: frozenset[str]
    #: Keys of what went to the library's own scope, as its collection was deleted.
    moved: list[str] = field(default_factory=list)
    #: How many facts and notes were removed.
    removed: int = 0
    _grown: set[int] = field(default_factory=set)
    _retold: set[int] = field(default_factory=set)
    _rows: dict[str, int] = field(default_factory=dict)
    _said: dict[str, list[tuple[float, str]]] = field(default_factory=dict)

    def apply(self, waiting: Waiting) -> None:
        """Apply what can be applied: additions parents first, then deletions children first."""
        self._rows = {
            key: int(item.place[0])
            for key, item in self.state.items()
            if key.startswith(("fact/", "note/"))
        }
        by_kind: dict[str, dict[str, Value | None]] = defaultdict(dict)
        for key, value in waiting.items():
            by_kind[key.partition("/")[0]][key] = value
        for value in by_kind["said"].values():
            if value is not None:
                self._said.setdefault(value["fact"], []).append((value["told"], value["who"]))
        # In the order of telling, as if told here: what was told at once stays together.
        by_kind["fact"] = dict(
            sorted(by_kind["fact"].items(), key=lambda fact: min(self._said.get(fact[0], _NEVER)))
        )
        for kind in KINDS:
            put: Callable[[str, Value], object] = getattr(self, f"_put_{kind}")
            for key, value in by_kind[kind].items():
                if value is not None:
                    self._try(partial(put, key, value))
        for kind in reversed(KINDS):
            take: Callable[[Item], object] = getattr(self, f"_take_{kind}")
            for key, value in by_kind[kind].items():
                if value is None and key in self.state:
                    self._try(partial(take, self.state[key]))
        self._order_tellers()
        for scope in self._grown:
            facts.unsure_count(self.connection, scope)
        concept_mentions.settle(self.connection)

    def _try(self, work: Callable[[], object]) -> None:
        """Apply one word; what no row can have stops nothing else."""
        self.connection.execute("SAVEPOINT word")
        try:
            work()
        except (UsageError, NotFoundError, ValueError, TypeError, OverflowError, *_UNFIT):
            self.connection.execute("ROLLBACK TO word")
        self.connection.execute("RELEASE word")

    def _source(self, value: Value) -> int | None:
        return sources.id_by_hash(self.connection, value["hash"])

    def _home(self, kind: str, key: str, value: Value) -> tuple[str, Value]:
        """Where a fact or note goes: to the library's own scope if its collection was deleted."""
        uid = value["scope"]
        if self.view.scope(uid) is None and key_of("collection", {"uid": uid}) in self.deleted:
            self.moved.append(key)
            value = value | {"scope": ""}
            return key_of(kind, value), value
        return key, value

    # -- collections and sources ------------------------------------------------------------------

    def _put_collection(self, key: str, value: Value) -> None:
        id, name = self.view.scope(value["uid"]), value["name"].strip()
        if not all(isinstance(tag, str) for tag in json.loads(value["tags"])):
            raise ValueError("no tags")
        name = self._free_name(name, id)
        if id is None:
            id = collections.create(self.connection, name).id
            self.config.adopt(self.connection, value["uid"], id)
            self.view = self.config.view(self.connection)
        elif (current := collections.name_of(self.connection, id) or "") != name:
            collections.rename(self.connection, current, name)
        self.connection.execute(
            "UPDATE collection SET starts = ?, ends = ?, description = ?, tags = ? WHERE id = ?",
            (value["starts"], value["ends"], value["description"], value["tags"], id),
        )

    def _free_name(self, name: str, id: int | None) -> str:
        """The name, with a number if another collection has it."""
        free, number = name, 1
        while self.connection.execute(
            "SELECT 1 FROM collection WHERE name = ? AND id IS NOT ?", (free, id)
        ).fetchone():
            number += 1
            free = f"{name} ({number})"
        return free

    def _take_collection(self, item: Item) -> None:
        name = collections.name_of(self.connection, item.place[0])
        if name is not None:
            collections.remove(self.connection, name)

    def _put_source(self, key: str, value: Value) -> None:
        """Its text comes as a file of its own (`packs`)."""

    def _take_source(self, item: Item) -> None:
        removal.remove(self.connection, [item.place[0]])

    def _put_trashed(self, key: str, value: Value) -> None:
        source = self._source(value)
        if source is not None:
            sources.trash(self.connection, [source])

    def _take_trashed(self, item: Item) -> None:
        if self._source(item.value) is not None:
            sources.restore(self.connection, [item.place[0]])

    def _put_field(self, key: str, value: Value) -> None:
        source = self._source(value)
        if source is None or value["name"] not in (*details.COLUMNS, *details.METADATA):
            return
        details.edit(self.connection, [source], {value["name"]: value["text"]})

    def _take_field(self, item: Item) -> None:
        id, name = item.place
        if self._source(item.value) is not None:
            read = details.read_values(sources.by_id(self.connection, id))
            if name in read:
                details.edit(self.connection, [id], {name: read[name]})

    def _put_tag(self, key: str, value: Value) -> None:
        source = self._source(value)
        if source is not None:
            tags.take(self.connection, [source], value["fold"])
            tags.put(self.connection, [source], tags.normalised(value["name"]), self.now)

    def _take_tag(self, item: Item) -> None:
        tags.take(self.connection, [item.place[0]], item.place[1])

    def _put_member(self, key: str, value: Value) -> None:
        source, scope = self._source(value), self.view.scope(value["uid"])
        if source is not None and scope is not None:
            self.connection.execute(
                "INSERT OR IGNORE INTO membership(collection, source) VALUES (?, ?)",
                (scope, source),
            )

    def _take_member(self, item: Item) -> None:
        self.connection.execute(
            "DELETE FROM membership WHERE collection = ? AND source = ?", item.place
        )

    # -- facts and notes --------------------------------------------------------------------------

    def _put_fact(self, key: str, value: Value) -> None:
        said = self._said.get(key)
        home, value = self._home("fact", key, value)
        existing = self._rows.get(home)
        if existing is not None and home != key:
            return
        if existing is not None:
            self.connection.execute(
                "UPDATE fact SET at = ? WHERE engram = ?", (value["at"], existing)
            )
            return
        scope = self.view.scope(value["scope"])
        if scope is None or not said or not value["text"].strip():
            return
        told, who = min(said)
        at = told if value["at"] is None else value["at"]
        id = facts.add(
            self.connection, scope, [value["text"]], self.view.teller(who), recorded=told, at=at
        )
        if value["at"] == told:
            # Stored as said, not as the time of telling.
            self.connection.execute("UPDATE fact SET at = ? WHERE engram = ?", (at, id))
        self._rows[home] = self._rows[key] = id
        self._grown.add(scope)

    def _take_fact(self, item: Item) -> None:
        self.removed += facts.remove(self.connection, [item.place[0]])

    def _put_said(self, key: str, value: Value) -> None:
        id = self._rows.get(value["fact"])
        if id is None or not value["fact"].startswith("fact/"):
            return
        name, told = self.view.teller(value["who"]), value["told"]
        if not facts.add_teller(self.connection, id, name, told):
            facts.set_told(self.connection, id, name, told)
        self._retold.add(id)

    def _take_said(self, item: Item) -> None:
        facts.unsay(self.connection, [item.place[0]], item.place[1])
        self._retold.add(item.place[0])

    def _order_tellers(self) -> None:
        """Have the earliest teller first, so that a fact is equal everywhere."""
        for id in self._retold:
            facts.order_tellers(self.connection, id, self.view.who)

    def _put_note(self, key: str, value: Value) -> None:
        home, value = self._home("note", key, value)
        if home != key and home in self._rows:
            return
        scope, local = self.view.scope(value["scope"]), value["key"]
        if value["kind"] == notes.HIGHLIGHT:
            local = highlight_key(self.connection, local)
        if scope is None or local is None or value["kind"] not in NOTE_KINDS:
            return
        new = NewNote(value["kind"], local, value["name"], value["text"], value["intensity"])
        id = note_row(self.connection, scope, value["kind"], local)
        if id is None:
            id = notes.add(self.connection, scope, new, value["told"])
        else:
            notes.change(self.connection, id, new, value["changed"])
        self.connection.execute(
            "UPDATE note SET told = ?, changed = ? WHERE engram = ?",
            (value["told"], value["changed"], id),
        )
        self._rows[home] = self._rows[key] = id

    def _take_note(self, item: Item) -> None:
        self.removed += notes.remove(self.connection, [item.place[0]])

    def _put_mark(self, key: str, value: Value) -> None:
        id = self._rows.get(value["of"])
        name, is_kind = value["name"], value["value"] in ALL_KINDS
        if id is not None and name in _MARKS and (name != "kind" or is_kind):
            self._mark(id, value["name"], value["value"])

    def _take_mark(self, item: Item) -> None:
        name = item.value["name"]
        kind = self.connection.execute(
            "SELECT kind FROM engram WHERE id = ?", item.place
        ).fetchone()
        if kind is not None:
            self._mark(item.place[0], name, kind[0] if name == "kind" else None)

    def _mark(self, id: int, name: str, value: str | float | None) -> None:
        self.connection.execute(
            "INSERT OR IGNORE INTO mark(engram, kind) SELECT id, kind FROM engram WHERE id = ?",
            (id,),
        )
        self.connection.execute(f"UPDATE mark SET {name} = ? WHERE engram = ?", (value, id))

    def _put_label(self, key: str, value: Value) -> None:
        id = self._rows.get(value["of"])
        if id is not None and value["kind"] in ("tag", "project"):
            marks.unassign(self.connection, value["kind"], value["fold"], [id])
            marks.assign(self.connection, value["kind"], value["fold"], [id], value["name"])

    def _take_label(self, item: Item) -> None:
        value = item.value
        marks.unassign(self.connection, value["kind"], value["fold"], [item.place[0]])

    def _put_wording(self, key: str, value: Value) -> None:
        id = self._rows.get(value["of"])
        if id is None:
            return
        tellers = json.loads(value["tellers"])
        named = [[self.view.teller(str(who)), float(told)] for who, told in tellers]
        if key in self.state:
            self._take_wording(self.state[key])
        self.connection.execute(
            "INSERT INTO wording(engram, former, text, tellers, told, at, until) "
            "VALUES (?, 0, ?, ?, ?, ?, ?)",
            (
                id, value["text"], json.dumps(named), value["told"], value["at"], value["until"],
            ),
        )  # fmt: skip

    def _take_wording(self, item: Item) -> None:
        self.connection.execute("DELETE FROM wording WHERE id = ?", item.place)

    def _put_verdict(self, key: str, value: Value) -> None:
        ends = [value["head"], value["tail"]]
        (known,) = self.connection.execute(
            "SELECT count(*) FROM concept_key WHERE key IN (?, ?)", ends
        ).fetchone()
        if known == len(set(ends)) and value["verdict"] in (1, -1):
            keys = value["head"], value["type"], value["tail"]
            verdicts.judge(self.connection, keys, value["verdict"], self.now)

    def _take_verdict(self, item: Item) -> None:
        self.connection.execute(
            "DELETE FROM verdict WHERE head = ? AND type = ? AND tail = ?", item.place
        )
        meta.count(self.connection, meta.TAUGHT)


# -- merging ---------------------------------------------------------------------------------------

#: The member of a value that is text which people write.
_TEXTS = {"field": "text", "note": "text", "collection": "name"}


class Merging:
    """The words of a library, and what it says, inside a transaction."""

    def __init__(self, connection: sqlite3.Connection, config: GroupConfig, now: float) -> None:
        self.connection, self.config, self.now = connection, config, now
        self.words = shared.words(connection)
        self.state: Mapping[str, Item] = {}
        self._changed: dict[str, Word] = {}
        #: The keys of former wordings by their text, once they are needed.
        self._former: dict[str, list[str]] | None = None
        #: How many facts and notes others took away.
        self.removed = 0

    def record(self) -> None:
        """Note what was changed here since the last time as words of this desk."""
        view = self.config.view(self.connection)
        self.state, self._former = scan(self.connection, view), None
        for key, item in self.state.items():
            word = self.words.get(key)
            if item.private:
                continue
            now = digest(item.value)
            if word is None or now != word.seen:
                self._say(key, item, now)
        for key in self.words.keys() - self.state.keys():
            if self.words[key].seen is not None:
                self._say(key, None, None)

    def _say(self, key: str, item: Item | None, seen: str | None) -> None:
        """Have this desk say what the library says now."""
        word = self.words.get(key)
        if word is not None and word.waiting is not None and _seen(word) == seen:
            # It came by another way, such as with the text of its source.
            word.seen, word.waiting = seen, None
            self._changed[key] = word
            return
        moment = self.now
        if item is not None and item.owner:
            moment = edited(self.connection, item.owner) or moment
        last = 0 if word is None else word.clock
        is_own = word is not None and not word.sent and word.desk == self.config.desk
        base = word.base if word is not None and is_own else last
        clock = max(last + 1, int(moment * 1000))
        self.words[key] = self._changed[key] = Word(key, clock, self.config.desk, base, seen)

    def merge(self, lines: Iterable[Line]) -> None:
        """Take the words of others, where they are later."""
        for line in lines:
            word = self._merged(self.words.get(line.key), line)
            if word is not None:
                self.words[line.key] = self._changed[line.key] = word

    def _merged(self, word: Word | None, line: Line) -> Word | None:
        """The word after a line; None if it does not change."""
        if line.key.startswith("wording/") and line.value is not None:
            self._edited_twice(line)
        if word is not None and line.stamp <= word.stamp:
            if line.stamp == word.stamp:
                word.sent = 1
                return word
            # The writer of the later word had not seen this one.
            if word.base < line.clock and self._is_rival(word, line):
                word.other = canonical({"by": line.desk, "value": line.value})
                return word
            return None
        item = self.state.get(line.key)
        # Of a private thing nothing was said, and this is the first word.
        seen = word.seen if word is not None else item and digest(item.value)
        value = None if line.value is None else digest(line.value)
        waiting = None if value == seen else canonical(line.value)
        later = Word(line.key, line.clock, line.desk, line.base, seen, waiting, None, 1)
        if word is not None and line.base < word.clock and self._is_rival(word, line):
            later.other = canonical({"by": self.config.desk, "value": self.state[line.key].value})
        return later

    def _is_rival(self, word: Word, line: Line) -> bool:
        """Whether a line has another text than this desk wrote."""
        name = _TEXTS.get(line.key.partition("/")[0])
        item = self.state.get(line.key)
        if name is None or item is None or line.value is None or word.desk != self.config.desk:
            return False
        return bool(item.value[name].casefold() != line.value[name].casefold())

    def _edited_twice(self, line: Line) -> None:
        """Note if a fact that was edited here was edited otherwise elsewhere."""
        if self._former is None:
            self._former = {}
            for key, item in self.state.items():
                if key.startswith("wording/"):
                    self._former.setdefault(item.value["text"], []).append(key)
        for key in self._former.get(line.value["text"], ()):
            word, of = self.words.get(key), self.state[key].value["of"]
            is_mine = word is not None and word.desk == self.config.desk
            if word is not None and is_mine and of != line.value["of"]:
                word.other = canonical({"by": line.desk, "of": of, "rival": line.value["of"]})
                self._changed[key] = word

    def apply(self) -> None:
        """Apply the words that wait, as far as they have a place, and store all words."""
        waiting: dict[str, Value | None] = {
            word.key: json.loads(word.waiting)
            for word in self.words.values()
            if word.waiting is not None
        }
        if waiting:
            view = self.config.view(self.connection)
            deleted = frozenset(
                key for key, word in self.words.items()
                if key.startswith("collection/") and word.seen is None
                and word.waiting in (None, "null")
            )  # fmt: skip
            applying = Applying(self.connection, view, self.config, self.state, self.now, deleted)
            applying.apply(waiting)
            self.removed += applying.removed
            before = self.state
            self.state = scan(self.connection, self.config.view(self.connection))
            self._former = None
            for key in waiting:
                word, item = self.words[key], self.state.get(key)
                word.seen = None if item is None else digest(item.value)
                if word.seen == _seen(word):
                    word.waiting = None
                self._changed[key] = word
            for key in before.keys() - self.state.keys() - waiting.keys():
                # Nobody took it away: it has lost its place, and waits for another.
                homeless = self.words.get(key)
                if homeless is not None and homeless.seen is not None:
                    homeless.seen, homeless.waiting = None, canonical(before[key].value)
                    self._changed[key] = homeless
            for key in applying.moved:
                self.words[key].waiting = None
                self._changed[key] = self.words[key]
                self._say(key, None, None)
        shared.store(self.connection, self._changed.values())
        self._changed = {}
        self.config.save(self.connection)

    def mark_sent(self, lines: Iterable[Line]) -> None:
        """Note that the log has these words."""
        for line in lines:
            word = self.words[line.key]
            if word.stamp == line.stamp:
                word.sent = 1

    def unsent(self) -> list[Line]:
        """Words that the log does not have, in the order of time."""
        lines = []
        for word in sorted((w for w in self.words.values() if not w.sent), key=_order):
            item = self.state.get(word.key)
            if item is not None and item.private:
                continue
            if word.waiting is not None:
                value: Value | None = json.loads(word.waiting)
            elif word.seen != (item and digest(item.value)):
                # What applying has changed beside it is said the next time.
                continue
            else:
                value = None if item is None else item.value
            lines.append(Line(word.key, word.clock, word.desk, word.base, value))
        return lines


def _order(word: Word) -> tuple[int, int, str]:
    """In the order of time, of one time parents first."""
    kind = word.key.partition("/")[0]
    return word.clock, (KINDS.index(kind) if kind in KINDS else len(KINDS)), word.key


def _seen(word: Word) -> str | None:
    """The digest of what a waiting word says."""
    value = json.loads(word.waiting or "null")
    return None if value is None else digest(value)
