"""The index of told statements: which facts of a scope contain which words, and what replaced what.

Whoever looks for facts asks here and never the tables. What lies beneath are postings in memory and
in the cache, made from the texts: they follow the library at every question (removals, facts that
another program told), and are made anew where they are not those of this library. Words are given
as `reading.Token.word` or a form of it; ids are those of engrams, and of two the larger one was
told later.
"""

import itertools
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import numpy as np

from workbench.errors import LibraryError
from workbench.memory.facts import index_entries
from workbench.memory.facts.index_entries import Cue, stance
from workbench.memory.facts.parsing.parser import parse
from workbench.memory.facts.staleness import claims_of, stale
from workbench.memory.facts.telling_time import TellingTime
from workbench.memory.postings.entries import DENIAL, SAME, TOPIC, Entry, salted, salted_all
from workbench.memory.postings.index import Postings
from workbench.memory.strengths import Strengths
from workbench.store import claim_records, text
from workbench.store import facts as rows
from workbench.store.facts import FactRow, Standing
from workbench.store.store import Store
from workbench.version import __version__

#: Words are counted up to here where nobody says otherwise; beyond, a word is common.
COMMON = 4000
#: Facts beyond those in the cache that are worth writing it before the end.
_MUCH = 50_000
#: Marks by which a cache is known to be of this library.
_MARKS = 8
#: Records of claims that are written back in one transaction.
_ADOPT = 4096

#: Word → words that may stand for it.
Alike = Callable[[str], frozenset[str]]


def no_words(_word: str) -> frozenset[str]:
    """What is alike where nothing was learned."""
    return frozenset()


class FactIndex:
    """The index of one library's facts. Every method may be called from any thread.

    `alike` is what the library has learned about words, `strengths` what use has made of facts;
    `cache` None keeps the index in memory.
    """

    def __init__(
        self,
        store: Store,
        alike: Alike = no_words,
        cache: Path | None = None,
        strengths: Strengths | None = None,
    ) -> None:
        self.store = store
        self.alike = alike
        self.strengths = strengths or Strengths(store)
        self.time = TellingTime(store)
        self._folder = None if cache is None else cache / "facts"
        self._lock = threading.RLock()
        self._held: Postings | None = None
        #: The change of the library that was looked at last, and how far the facts had come then.
        self._seen = -1
        self._gone = 0
        self._moves = 0
        #: How many facts the cache held when it was written last.
        self._kept = 0
        #: Records of claims that the grammar has made anew, for the next who writes.
        self._records: dict[int, bytes] = {}

    # -- what holds what ------------------------------------------------------------------------

    def frequency(self, scope: int, words: Sequence[str], most: int = COMMON) -> int:
        """In how many facts of a scope the most frequent of these words stands, up to `most`."""
        if not words:
            return 0
        found = self.postings().frequency(index_entries.terms(scope, words))
        return min(int(found.max()), most)

    def holding(self, scope: int, groups: Sequence[Collection[str]]) -> list[bool]:
        """For each group of words whether a fact of the scope holds one of them."""
        terms = [index_entries.terms(scope, group) for group in groups]
        if not any(map(len, terms)):
            return [False] * len(terms)
        held = self.postings().frequency(np.concatenate(terms))
        ends = np.cumsum([len(each) for each in terms]).tolist()
        begins = [0, *ends[:-1]]
        return [bool(held[a:b].any()) for a, b in zip(begins, ends, strict=True)]

    def meeting(self, scope: int, groups: Iterable[Collection[str]], limit: int) -> list[int]:
        """The newest facts that hold a word of every group, newest first; all for `limit` -1."""
        chosen = list(dict.fromkeys(map(tuple, groups)))
        wanted = [index_entries.terms(scope, group) for group in chosen]
        found: list[int] = self.postings().meeting(wanted, limit).tolist()
        return found

    def each(self, scope: int, words: Sequence[str], most: int) -> list[list[int]]:
        """For each word the facts that hold it, newest first; none where more than `most` do."""
        if not words:
            return []
        postings = self.postings()
        terms = [index_entries.terms(scope, (word,)) for word in words]
        held = postings.frequency(np.concatenate(terms)).reshape(len(words), -1).max(axis=1)
        found = (
            postings.meeting([term], most + 1) if number <= most else None
            for term, number in zip(terms, held.tolist(), strict=True)
        )
        return [[] if ids is None or len(ids) > most else ids.tolist() for ids in found]

    def among(self, scope: int, word: str, ids: Collection[int]) -> list[int]:
        """Those of these facts that hold a word."""
        known = np.array(list(ids), np.int64)
        postings = self.postings()
        held = np.zeros(len(known), np.bool_)
        for term in index_entries.terms(scope, (word,)).tolist():
            held |= postings.holds(known, term)
        found: list[int] = known[held].tolist()
        return found

    def all(self, scope: int, limit: int = -1) -> list[int]:
        """The facts of a scope, the newest first."""
        found: list[int] = self.postings().meeting([index_entries.every(scope)], limit).tolist()
        return found

    def count(self, scope: int) -> int:
        """How many facts a scope holds."""
        return self.postings().count(int(index_entries.every(scope)[0]))

    def total(self) -> int:
        """How many facts all scopes hold."""
        collections = self.store.rows("SELECT id FROM collection")
        known = [rows.OWN, *(int(row[0]) for row in collections)]
        postings = self.postings()
        held = postings.frequency(np.concatenate([index_entries.every(scope) for scope in known]))
        return sum(self.count(scope) for scope in itertools.compress(known, held.tolist()))

    def scopes(self, cue: Cue = ()) -> list[int]:
        """The scopes that hold facts, those with most of a cue's words first.

        Of equals the library's own comes first, then those told to last.
        """
        collections = self.store.rows("SELECT id FROM collection")
        known = [rows.OWN, *(int(row[0]) for row in collections)]
        postings = self.postings()
        held = postings.frequency(np.concatenate([index_entries.every(scope) for scope in known]))
        order: dict[int, tuple[int, bool, int]] = {}
        hashes = np.array([number for group in cue for number, _ in group], np.uint64)
        groups = np.array([at for at, group in enumerate(cue) for _ in group], np.int64)
        for scope in itertools.compress(known, held.tolist()):
            newest = postings.meeting([index_entries.every(scope)], 1)
            if not len(newest):
                continue
            met = groups[postings.frequency(salted_all(hashes, scope)) > 0] if cue else groups
            order[scope] = -len(set(met.tolist())), scope != rows.OWN, -int(newest[0])
        return sorted(order, key=order.__getitem__)

    def best(
        self,
        scope: int,
        cue: Cue,
        limit: int,
        within: Sequence[int] | None = None,
    ) -> list[tuple[int, float]]:
        """The facts that meet most of a cue's weight, best first: (id, score from 0 to 1).

        Rare words weigh more; of equals the newest comes first.
        """
        terms, groups, levels = index_entries.sought(tuple(map(tuple, cue)), scope)
        if not groups:
            return []
        found = self.postings().best(terms, groups, levels, limit, within)
        if not found.whole:
            return []
        met = (1 - 0.5 * (1 - found.met / len(cue))) / found.whole
        return [
            (id, score * met)
            for id, score in zip(found.ids.tolist(), found.scores.tolist(), strict=True)
        ]

    def near(self, scope: int, word: str, limit: int = 4) -> list[str]:
        """Words one edit away from this one that facts of a scope hold; none for digits."""
        return self.postings().near(scope, word, limit)

    # -- what has taken whose place -------------------------------------------------------------

    def of_topic(self, scope: int, topic: int) -> list[int]:
        """The facts that claim something about a topic (`ClaimRow.topic`), oldest first."""
        ids, at = self.postings().of_topic(salted(topic, scope) if topic else 0)
        found: list[int] = ids[np.lexsort((ids, at))].tolist()
        return found

    def of_topics(self, found: Iterable[FactRow]) -> list[int]:
        """The facts that speak of what these speak of, these among them."""
        postings = self.postings()
        terms: set[int] = set()
        ids: set[int] = set()
        for row in found:
            ids.add(row.id)
            for claim in claims_of(row):
                if claim.topic:
                    terms.add(salted(claim.topic, row.scope) ^ TOPIC)
                for negative in (False, True):
                    terms.add(salted(stance(claim.content, negative), row.scope) ^ DENIAL)
        if terms:
            # One group: who speaks of any of it.
            ids.update(postings.meeting([np.array(sorted(terms), np.uint64)], -1).tolist())
        return sorted(ids)

    def stale_of(
        self,
        found: Sequence[FactRow],
        as_of: float | None = None,
    ) -> set[tuple[int, int]]:
        """Which claims of these facts something newer has taken the place of: (fact, place).

        `as_of` leaves out what holds only from later on.
        """
        if not found:
            return set()
        return stale(self.postings(), found, as_of)

    # -- following the library ------------------------------------------------------------------

    def postings(self) -> Postings:
        """The postings as the library is at this moment."""
        version = self.store.changes()
        if version != self._seen:
            with self._lock:
                with self.store.read() as connection:
                    self._follow(connection)
                self._seen = version
        held = self._held
        assert held is not None
        return held

    def postings_in(self, connection: sqlite3.Connection) -> Postings:
        """The postings as the library is inside a write, without what that has told itself."""
        held = self._held
        now = rows.standing(connection)
        if held is not None and now == (held.last_id, self._gone, self._moves):
            return held
        return self.postings()

    def append(self, entries: Sequence[Entry]) -> None:
        """Take in facts that were stored just now, in the order in which they were stored."""
        with self._lock:
            held = self._held
            if held is not None and entries and entries[0].id > held.last_id:
                held.append(entries)

    def adopt(self, connection: sqlite3.Connection) -> None:
        """Write down what the grammar has made anew of older facts, a part at a time."""
        if not self._records:
            return
        with self._lock:
            part = list(self._records.items())[:_ADOPT]
            rows.keep_claims(connection, part)
            for id, _ in part:
                self._records.pop(id, None)

    def settle(self) -> None:
        """Put into the cache what was taken in, where it is much beside what lies there."""
        with self._lock:
            held = self._held
            if held is None:
                return
            if held.size - self._kept >= max(_MUCH, self._kept // 2):
                self._write_down(held)
                self._kept = held.size

    def forget(self) -> None:
        """Let go of everything that the library does not hold any more, in the cache as well."""
        postings = self.postings()
        with self._lock:
            postings.note = self._note()
            postings.purge()

    def rebuild(self) -> None:
        """Make the index anew from the library, whatever the cache holds."""
        with self._lock:
            # From here on everybody waits for what comes below.
            self._seen = -1
            if self._held is not None:
                self._held.clear()
        self.postings()

    def close(self) -> None:
        """Keep in the cache what was taken in, so that the next program opens quickly."""
        self.strengths.close()
        try:
            while self._records and not self.store.read_only:
                # Not under the lock: who writes may be waiting for it.
                self.store.write(self.adopt)
        except LibraryError:
            # Locked or full to the end: the texts are there, and are read again the next time.
            self._records.clear()
        with self._lock:
            if self._held is not None:
                self._write_down(self._held)

    def _write_down(self, held: Postings) -> None:
        """Put what is in memory into the cache, but nothing that was forgotten meanwhile."""
        try:
            with self.store.read() as connection:
                self._let_go(connection, held, rows.standing(connection))
        except LibraryError:
            # Who cannot know of it writes nothing down.
            return
        held.note = self._note()
        held.freeze()

    def _follow(self, connection: sqlite3.Connection) -> None:
        """Take in and let go of what the library has told and forgotten since the last look."""
        now = rows.standing(connection)
        if self._held is None:
            self._held = self._opened(connection, now)
        held = self._held
        self._let_go(connection, held, now)
        if now.newest > held.last_id:
            self.time.forget()

            def feed(after: int, limit: int) -> list[Entry]:
                found = rows.feed(connection, after, limit)
                made, records = index_entries.replayed(found)
                self._records.update(records)
                return made

            held.catch_up(feed)

    def _let_go(self, connection: sqlite3.Connection, held: Postings, now: Standing) -> None:
        if self._moves != now.moves:
            held.clear()
            self._moves, self._gone = now.moves, now.gone
        if now.gone != self._gone:
            held.remove(np.array(rows.gone(connection, self._gone), np.int64))
            self._gone = now.gone

    def _opened(self, connection: sqlite3.Connection, now: Standing) -> Postings:
        """The postings of the cache where they are of this library, else empty ones."""
        # Another edition of the program may read the same texts otherwise.
        stamp = {
            "library": self.store.id,
            "records": claim_records.VERSION,
            "program": __version__,
        }
        held = Postings(self._folder, stamp)
        self._moves, self._gone = now.moves, now.gone
        if held.last_id:
            gone = self._seen_gone(connection, held, now)
            if gone is None:
                held.clear()
            else:
                self._gone, self._kept = gone, held.size
                if gone != now.gone:
                    # Whoever forgot did not get to the cache, which holds the words still.
                    self._let_go(connection, held, now)
                    held.note = self._note()
                    held.purge()
        return held

    def _seen_gone(
        self, connection: sqlite3.Connection, held: Postings, now: Standing
    ) -> int | None:
        """The last removal that a cache knows of; None where it is not of this library.

        A copy of a library has the same id, and with it the same cache, and may go other ways.
        """
        note = held.note if isinstance(held.note, dict) else {}
        gone = note.get("gone")
        if not isinstance(gone, int) or note.get("moves") != now.moves or gone > now.gone:
            return None
        if gone and rows.gone_at(connection, gone) != note.get("last"):
            return None
        marks = dict(held.marks[-_MARKS:])
        if max(marks, default=0) > text.last_engram(connection):
            return None
        found = rows.by_ids(connection, marks)
        if found:
            kept = parse([row.text for row in found])
            keys = (salted(each.same, row.scope) for row, each in zip(found, kept, strict=True))
            if any(key != marks[row.id] for row, key in zip(found, keys, strict=True)):
                return None
        return gone

    def _note(self) -> dict[str, int | None]:
        last = self.store.rows("SELECT fact FROM fact_gone WHERE place = ?", (self._gone,))
        return {
            "gone": self._gone,
            "last": int(last[0][0]) if last else None,
            "moves": self._moves,
        }

    def differences(self) -> list[str]:
        """What the index holds that the library does not, and the other way round, as sentences."""
        held = self.postings().ids()
        there = np.array([row[0] for row in self.store.rows("SELECT engram FROM fact")], np.int64)
        lost, strange = np.setdiff1d(there, held), np.setdiff1d(held, there)
        found: list[str] = []
        if len(lost):
            found.append(f"{len(lost)} facts are not in the index of facts.")
        if len(strange):
            found.append(f"The index of facts has {len(strange)} that are not there.")
        return found


def known_same(postings: Postings, scope: int, same: int) -> int | None:
    """The fact of a scope that holds since last of those that say the same; None for none."""
    found = postings.meeting([[salted(same, scope) ^ SAME]], -1)
    if not len(found):
        return None
    if len(found) == 1:
        return int(found[0])
    at = postings.at_of(found)
    return int(found[np.lexsort((found, at))[-1]])
