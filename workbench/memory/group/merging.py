"""Merges words of the log with those of this library; all inside one transaction.

The last word on a key counts: the greatest (clock, desk). So any order, and any repetition, has the
same result. A clock is the time of a change in milliseconds, and later than that of the word it
replaces, so that a desk whose clock is wrong never loses what it has seen.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from workbench.memory.group.applying import Applying
from workbench.memory.group.log import Line
from workbench.memory.group.records import GroupConfig
from workbench.store import shared
from workbench.store.shared import Word
from workbench.store.shared_state import KINDS, Item, Value, canonical, digest, edited, scan

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
