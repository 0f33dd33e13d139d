"""The facts in the inverted index: which statements of a scope contain which words.

All searches for facts go through this class instead of the tables. Facts are rows of the shared
index, under their own keys (`told_words`); each call first applies what was stored, deleted and
moved since the last one. Words are given unnormalised; ids are those of engrams, and the larger of
two is the later.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice

import numpy as np

from workbench.arrays import I64, U64, Flags
from workbench.memory import spelling, term_scoring, told_words
from workbench.memory.concordance import Concordance
from workbench.memory.facts.statement_clock import StatementClock
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Ordinals, Segment
from workbench.memory.snapshot import Snapshot
from workbench.memory.strengths import Strengths
from workbench.memory.term_scoring import FULL, ORDINAL_BITS, TermPostings
from workbench.memory.told_words import Term
from workbench.store import facts, modelled, text
from workbench.store import facts as rows

#: Statements of one call from which it is an import.
IMPORT = 500
#: The newest statements that are read at a question while nothing has judged them.
_PENDING = 256


@dataclass(slots=True)
class Unjudged:
    """The newest statements that nothing has judged, as far as they are known. Thread-safe."""

    #: The last judged fact, the last known one, and those between that belong to no import.
    judged: int = 0
    known: int = 0
    ids: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def since(self, connection: sqlite3.Connection) -> list[int]:
        """The ids of the newest unjudged statements, in order."""
        _, judged = modelled.judged_upto(connection)
        newest = rows.revision(connection).newest
        with self.lock:
            if judged != self.judged or newest < self.known:
                self.judged, self.known, self.ids = judged, judged, []
            if newest > self.known:
                new = rows.singly_told(connection, self.known, IMPORT)
                self.ids, self.known = [*self.ids, *new][-_PENDING:], newest
            return list(self.ids)


#: The default limit of counts; beyond, a word is common.
COMMON = 4000

#: Weight of terms that only break ties.
DECIDING = 0.05

#: Word → similar words.
SimilarWords = Callable[[str], frozenset[str]]
#: For each word of a cue its matching terms and their weights: 1 for the word itself.
Cue = Sequence[Sequence[tuple[Term, float]]]


def no_words(_word: str) -> frozenset[str]:
    """No similar words: nothing was learned."""
    return frozenset()


class FactIndex:
    """The facts of one library's index. Thread-safe.

    `similar_words` returns what the library has learned about a word, `strengths` are those of use.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        similar_words: SimilarWords = no_words,
        strengths: Strengths | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.store = lexicon.store
        self.similar_words = similar_words
        self.strengths = strengths or Strengths(self.store)
        self.time = StatementClock(self.store)
        self.unjudged = Unjudged()
        self._superseded: tuple[object, dict[int, bool]] = None, {}
        #: By scope and word, for one version of the index.
        self._respelled: tuple[int, dict[tuple[int, str], list[str]]] = -1, {}
        #: Whether a statement has a date of its own, and up to which one none has.
        self._dated, self._undated = False, 0
        #: The newest known statement.
        self._newest = 0
        #: A snapshot, a scope, and the ordinals of that scope.
        self._live: tuple[Snapshot, int, Flags] | None = None
        #: The words of statements not indexed yet, by the end of their segment.
        self._concordances: dict[int, Concordance] = {}
        self._lock = threading.Lock()
        #: The snapshot that a thread reads from, while it reads (`reading`).
        self._own = threading.local()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Borrow a connection; until then this thread reads one snapshot of the index, too.

        Whether the library has changed is looked up once instead of for each word.
        """
        with self.store.read() as connection:
            if getattr(self._own, "snapshot", None) is not None:
                yield connection
                return
            self._own.snapshot = self._refresh()
            try:
                yield connection
            finally:
                self._own.snapshot = None

    # -- queries --------------------------------------------------------------------------------

    def frequency(self, scope: int, words: Sequence[str], limit: int = COMMON) -> int:
        """The document frequency of the most frequent of these words in a scope, up to `limit`."""
        terms = [term for word in words for term in told_words.form_terms(word)]
        return min(max(self._counts(self._refresh(), scope, terms), default=0), limit)

    def rare(self, scope: int, words: Sequence[str], limit: int) -> list[str]:
        """Those of these words that fewer than `limit` statements of a scope contain."""
        terms = told_words.word_terms(words)
        counts = self._counts(self._refresh(), scope, terms) if terms else []
        return [word for word, count in zip(words, counts, strict=True) if count < limit]

    def meeting(self, scope: int, groups: Iterable[Collection[str]], limit: int) -> list[int]:
        """The newest statements with a word of every group, newest first; all for -1."""
        return self._meeting(scope, groups, limit, None)

    def postings(self, scope: int, words: Sequence[str], limit: int) -> list[list[int]]:
        """The statements of each word, newest first; empty if more than `limit`."""
        lists = (self.meeting(scope, [(word,)], limit + 1) for word in words)
        return [ids if len(ids) <= limit else [] for ids in lists]

    def containing(self, scope: int, word: str, ids: Collection[int]) -> list[int]:
        """Those of these statements that contain a word."""
        return self._meeting(scope, [(word,)], -1, ids)

    def same(
        self, scope: int, texts: Sequence[str], write: sqlite3.Connection | None = None
    ) -> dict[int, list[int]]:
        """Equal statements of each text, by its position, newest first.

        Inside a `write`, without what that transaction stored.
        """
        snapshot = self._refresh(write)
        live = self._of_scope(snapshot, scope)
        matches: dict[int, list[int]] = {}
        keys = np.array(told_words.same_keys(texts), np.uint64)
        for part in reversed(snapshot.segments):
            lists = part.lookups(keys) if part.indexed else self._equals(part, texts)
            for place, ordinals in enumerate(lists):
                if len(ordinals):
                    ids = (ordinals[live[ordinals]][::-1] + 1).tolist()
                    matches.setdefault(place, []).extend(ids)
        return {place: ids for place, ids in matches.items() if ids}

    def all(self, scope: int, limit: int = -1) -> list[int]:
        """The statements of a scope, newest first."""
        ids = np.flatnonzero(self._of_scope(self._refresh(), scope))[::-1] + 1
        newest_first: list[int] = (ids if limit < 0 else ids[:limit]).tolist()
        return newest_first

    def adjacent(self, scope: int, id: int, steps: int) -> list[int]:
        """The next `steps` statements of a scope after one, or before it if negative.

        Nearest first, fewer at the ends of the scope.
        """
        live = self._of_scope(self._refresh(), scope)
        if steps < 0:
            preceding: list[int] = (np.flatnonzero(live[: id - 1])[steps:][::-1] + 1).tolist()
            return preceding
        following: list[int] = (np.flatnonzero(live[id:])[:steps] + 1 + id).tolist()
        return following

    def count(self, scope: int) -> int:
        """The number of statements in a scope."""
        return self._refresh().told.get(scope, 0)

    def total(self) -> int:
        """The number of statements in all scopes."""
        return sum(self._refresh().told.values())

    def scopes(self, cue: Cue = ()) -> list[int]:
        """The scopes with statements, those with most words of a cue first.

        Of equals the library's own comes first, then the one with the newest statement.
        """
        snapshot = self._refresh()
        if not snapshot.told:
            return []
        ordinals = np.flatnonzero(snapshot.places < 0)
        newest = np.zeros(max(snapshot.told) + 1, np.int64)
        # With repeated indices, NumPy keeps the last assignment.
        newest[-1 - snapshot.places[ordinals]] = ordinals
        matches = np.zeros(len(newest), np.int64)
        for group in cue if len(snapshot.told) > 1 else ():
            matching = np.zeros(len(newest), np.bool_)
            for _, lists in self._parts(snapshot, [term for term, _ in group]):
                places = snapshot.places[np.concatenate(lists)]
                matching[-1 - places[places < 0]] = True
            matches += matching
        return sorted(
            snapshot.told, key=lambda scope: (-matches[scope], scope != facts.OWN, -newest[scope])
        )

    def best(
        self, scope: int, cue: Cue, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The statements that match most of a cue's weight, best first: (id, score from 0 to 1).

        Rare words weigh more; of equals the newest comes first.
        """
        snapshot = self._refresh()
        terms = [term for group in cue for term, _ in group]
        groups = [at for at, group in enumerate(cue) for _ in group]
        levels = [level * FULL for group in cue for _, level in group]
        parts = list(self._parts(snapshot, terms))
        frequencies = self._counts_in(snapshot, scope, parts, len(terms))
        total = snapshot.told.get(scope, 0)
        weights = term_scoring.weights(frequencies, groups, levels, total)
        heaviest: dict[int, int] = {}
        for group, weight in zip(groups, weights, strict=True):
            heaviest[group] = max(weight, heaviest.get(group, 0))
        total_weight = sum(heaviest.values())
        words = [at for at, group in enumerate(cue) if group[0][1] > DECIDING]
        if not total_weight or limit <= 0:
            return []
        live = self._live_in(snapshot, scope, allowed)
        best = np.zeros(0, np.int64)
        places = term_scoring.heaviest(weights)
        for span, lists in parts:
            postings = [TermPostings(lists[at], weights[at], groups[at]) for at in places]
            best = term_scoring.top(postings, span, live, best, limit)
        share = sum(heaviest[at] > 0 for at in words) / max(len(words), 1)
        factor = (1 - 0.5 * (1 - share)) / total_weight
        return [
            ((key & term_scoring.NEWEST) + 1, (key >> ORDINAL_BITS) * factor)
            for key in best[::-1].tolist()
        ]

    def respellings(self, scope: int, word: str) -> list[str]:
        """At most four words of statements of a scope one edit away from this one; none for digits.

        Those with the same beginning come first.
        """
        if not spelling.fits(word):
            return []
        snapshot = self._refresh()
        if self._respelled[0] != self.lexicon.version:
            self._respelled = self.lexicon.version, {}
        known = self._respelled[1]
        if (scope, word) not in known:
            edits = spelling.edits(word)
            counts = self._counts(snapshot, scope, told_words.word_terms(edits))
            found = [edit for edit, count in zip(edits, counts, strict=True) if count]
            known[scope, word] = found[:4]
        return known[scope, word]

    def superseded(self, until: float | None) -> dict[int, bool]:
        """Which facts are known to be superseded now, or not; to be added to.

        Empty after any change of the library, and each second, as statements expire. As of another
        time (`until`) nothing is remembered.
        """
        state = self.lexicon.version, int(self.store.clock())
        if until is not None:
            return {}
        if self._superseded[0] != state:
            self._superseded = state, {}
        return self._superseded[1]

    def is_dated(self, connection: sqlite3.Connection) -> bool:
        """Whether any statement holds since another time than that of its telling."""
        if not self._dated:
            newest = facts.revision(connection).newest
            self._dated = facts.is_dated(connection, self._undated)
            self._undated = newest
        return self._dated

    # -- updates --------------------------------------------------------------------------------

    def forget(self) -> None:
        """Drop everything that the library no longer contains, in the cache as well."""
        self.lexicon.forget()
        with self._lock:
            self._concordances.clear()

    def close(self) -> None:
        """Write pending uses of memories."""
        self.strengths.close()

    def differences(self) -> list[str]:
        """The differences between index and library, as sentences."""
        places = self._refresh().places
        with self.store.read() as connection:
            rows = np.array(facts.scopes(connection), np.int64).reshape(-1, 2)
        indexed = np.flatnonzero(places < 0) + 1
        missing, extra = np.setdiff1d(rows[:, 0], indexed), np.setdiff1d(indexed, rows[:, 0])
        indexed_rows = rows[np.isin(rows[:, 0], indexed)]
        misplaced = int(np.count_nonzero(places[indexed_rows[:, 0] - 1] != -1 - indexed_rows[:, 1]))
        sentences: list[str] = []
        if len(missing):
            sentences.append(f"{len(missing)} facts are not in the index.")
        if len(extra):
            sentences.append(f"The index has {len(extra)} facts that are not there.")
        if misplaced:
            sentences.append(f"The index takes {misplaced} facts for those of another collection.")
        return sentences

    def acknowledge(self, id: int) -> None:
        """Record the id of a statement that the caller stored."""
        self._newest = max(self._newest, id)

    def _refresh(self, write: sqlite3.Connection | None = None) -> Snapshot:
        """The index, up to date with the library, or that of `reading`."""
        held: Snapshot | None = getattr(self._own, "snapshot", None)
        if held is not None and write is None:
            return held
        snapshot = self.lexicon.refresh() if write is None else self.lexicon.refresh_in(write)
        if len(snapshot.places) > self._newest:
            self.acknowledge(len(snapshot.places))
            self.time.forget()
        if self._concordances:
            with self._lock:
                ends = {part.end for part in snapshot.unindexed}
                for end in self._concordances.keys() - ends:
                    del self._concordances[end]
        return snapshot

    # -- posting lists --------------------------------------------------------------------------

    def _meeting(
        self, scope: int, groups: Iterable[Collection[str]], limit: int, ids: Collection[int] | None
    ) -> list[int]:
        groups_of_words = [[told_words.split(word) for word in group] for group in groups]
        if not groups_of_words or not all(any(group) for group in groups_of_words):
            return []
        terms = [term for group in groups_of_words for words in group for word in words
                 for term in told_words.form_terms(word)]  # fmt: skip
        snapshot = self._refresh()
        live = self._live_in(snapshot, scope, ids)
        matches: list[int] = []
        for span, lists in self._parts(snapshot, terms):
            if limit == 0:
                break
            postings = iter(lists)
            holders = [
                [o for words in group for o in _holders(words, postings)]
                for group in groups_of_words
            ]
            ordinals = term_scoring.meet(holders, span, live, limit)
            matches += (ordinals + 1).tolist()
            limit -= len(ordinals) if limit > 0 else 0
        return matches

    def _of_scope(self, snapshot: Snapshot, scope: int) -> Flags:
        """A mask of the ordinals in a scope."""
        live = self._live
        if live is None or live[0] is not snapshot or live[1] != scope:
            live = self._live = snapshot, scope, snapshot.places == text.place_of(scope)
        return live[2]

    def _live_in(self, snapshot: Snapshot, scope: int, ids: Collection[int] | None) -> Flags:
        """A mask of the ordinals in a scope, restricted to `ids` if given."""
        live = self._of_scope(snapshot, scope)
        if ids is None:
            return live
        ordinals = np.array([id - 1 for id in ids if id <= len(live)], np.int64)
        allowed = np.zeros(len(live), np.bool_)
        allowed[ordinals] = live[ordinals]
        return allowed

    def _counts(self, snapshot: Snapshot, scope: int, terms: Sequence[Term]) -> list[int]:
        return self._counts_in(snapshot, scope, self._parts(snapshot, terms), len(terms))

    def _counts_in(
        self,
        snapshot: Snapshot,
        scope: int,
        parts: Iterable[tuple[range, Sequence[Ordinals]]],
        size: int,
    ) -> list[int]:
        """The number of statements of a scope that contain each term."""
        counts: I64 = np.zeros(size, np.int64)
        is_unmixed = snapshot.told.keys() == {scope} and not self.lexicon.holds_removed
        unmixed = {part.first for part in snapshot.segments if part.indexed and is_unmixed}
        live = self._of_scope(snapshot, scope)
        for span, lists in parts:
            whole = span.start in unmixed
            lengths = [len(o) if whole or not len(o) else np.count_nonzero(live[o]) for o in lists]
            counts += np.array(lengths, np.int64)
        numbers: list[int] = counts.tolist()
        return numbers

    def _parts(
        self, snapshot: Snapshot, terms: Sequence[Term]
    ) -> Iterator[tuple[range, list[Ordinals]]]:
        """Yield the segments, newest first: the span of each, and the ordinals for each term."""
        keys: U64 = np.array([term.key for term in terms], np.uint64)
        for part in reversed(snapshot.segments):
            if part.indexed:
                yield part.span, part.lookups(keys)
            else:
                yield part.span, self._concordance(part).lookups(terms, part.span)

    def _equals(self, part: Segment, texts: Sequence[str]) -> list[Ordinals]:
        """For each text its equal statements in an unindexed segment."""
        concordance = self._concordance(part)
        candidates = [concordance.same_words(text) for text in texts]
        with self.store.read() as connection:
            ids = [id for ordinals in candidates for id in (ordinals + 1).tolist()]
            stored = facts.texts(connection, ids)
        normalized = {id - 1: told_words.normalized(words) for id, words in stored.items()}
        return [
            np.array(
                [
                    ordinal
                    for ordinal in ordinals.tolist()
                    if ordinal in part.span
                    and normalized.get(ordinal) == told_words.normalized(text)
                ],
                np.int32,
            )
            for text, ordinals in zip(texts, candidates, strict=True)
        ]

    def _concordance(self, part: Segment) -> Concordance:
        """The concordance of an unindexed segment, whose start moves as it is indexed."""
        with self._lock:
            concordance = self._concordances.get(part.end)
            if concordance is None or concordance.first > part.first:
                with self.store.read() as connection:
                    rows = facts.texts_between(connection, part.first, part.end)
                concordance = self._concordances[part.end] = Concordance(part.first, rows)
            return concordance


def _holders(words: Sequence[str], lists: Iterator[Ordinals]) -> list[Ordinals]:
    """Intersect the posting lists of some words, each the union over its forms.

    `lists` are those of each form of each word.
    """
    of_words = [list(islice(lists, len(told_words.form_terms(word)))) for word in words]
    if len(of_words) == 1:
        return of_words[0]
    return [reduce(np.intersect1d, map(term_scoring.union, of_words))] if of_words else []
