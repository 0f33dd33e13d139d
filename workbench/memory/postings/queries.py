"""Looking into the index of facts: what holds which words, which hold best, and since when.

Each method looks at the state of one moment; whoever changes the index replaces that as a whole.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from workbench.arrays import F64, I64, U64, Flags
from workbench.memory.hashing import word_hashes
from workbench.memory.postings import ranking, spelling, weighing
from workbench.memory.postings.entries import TOPIC, salted_all
from workbench.memory.postings.memtable import Memtable
from workbench.memory.postings.ranking import NEWEST, ORDINAL_BITS, Held
from workbench.memory.segment import Ordinals, Segment

#: Terms, as salted numbers.
Terms = Sequence[int] | U64

NOTHING: I64 = np.zeros(0, np.int64)


class State(NamedTuple):
    """The index at one moment: the facts from the ordinal `base` up to `size` are in the memtable.

    `ids`, `at` and `live` say of every ordinal, and of more, the id of its fact, since when that
    holds, and whether it is there still.
    """

    segments: tuple[Segment, ...]
    memtable: Memtable
    base: int
    size: int
    ids: I64
    at: F64
    live: Flags

    def ordinals(self, ids: I64 | Sequence[int]) -> Ordinals:
        """The ordinals of facts that can be found; -1 for others."""
        wanted, own = np.asarray(ids, np.int64), self.ids[: self.size]
        if not len(own):
            return np.full(len(wanted), -1, np.int32)
        at = np.minimum(own.searchsorted(wanted), len(own) - 1)
        return np.where((own[at] == wanted) & self.live[at], at, -1).astype(np.int32)

    def parts(self, terms: U64) -> Iterator[tuple[range, list[Ordinals]]]:
        """The ordinals of each of these terms by parts of the index, the newest first."""
        if self.size > self.base:
            found = [self.memtable.lookup(term, self.size) for term in terms.tolist()]
            yield range(self.base, self.size), found
        for part in reversed(self.segments):
            yield part.span, part.lookups(terms)

    def frequency(self, terms: U64) -> I64:
        """How many facts hold each of these terms; removed ones count until their terms leave."""
        found = np.array(
            [len(self.memtable.lookup(t, self.size)) for t in terms.tolist()], np.int64
        )
        for part in self.segments:
            found += part.counts(terms)
        return found

    def only(self, within: I64 | Sequence[int] | None) -> Flags:
        """Which ordinals count where the facts `within` are the only ones."""
        if within is None:
            return self.live
        chosen = np.zeros(self.size, np.bool_)
        ordinals = self.ordinals(within)
        chosen[ordinals[ordinals >= 0]] = True
        return chosen


class Best(NamedTuple):
    """The best facts with their scores, best first.

    `met` is how many groups any fact meets, `whole` the score of a fact that meets all of them.
    """

    ids: I64
    scores: I64
    met: int
    whole: int


_NONE = Best(NOTHING, NOTHING, 0, 0)


class Looking:
    """What can be looked up in an index; `Postings` is one."""

    _state: State

    def best(
        self,
        terms: U64,
        groups: Sequence[int],
        levels: Sequence[float],
        limit: int,
        within: I64 | Sequence[int] | None = None,
    ) -> Best:
        """The best facts of a scope, of equals the newest first.

        `terms[0]` is what all its facts hold, which tells their number; the groups and levels are
        of the others. A fact scores the weight of its best term in each group, added up; see
        `weighing`. `within` are the ids of the only facts that count.
        """
        state = self._state
        parts = list(state.parts(terms))
        frequencies = np.zeros(len(terms), np.int64)
        for _, lists in parts:
            frequencies += np.fromiter(map(len, lists), np.int64, len(lists))
        total, *rest = frequencies.tolist()
        if not total:
            return _NONE
        weights = weighing.weights(rest, groups, levels, total)
        heaviest: dict[int, int] = {}
        for group, weight in zip(groups, weights, strict=True):
            heaviest[group] = max(weight, heaviest.get(group, 0))
        whole = sum(heaviest.values())
        chosen = weighing.heaviest(weights)
        if not chosen or limit <= 0:
            return Best(NOTHING, NOTHING, sum(map(bool, heaviest.values())), whole)
        live = state.only(within)
        winners = NOTHING
        for span, lists in parts:
            held = [Held(lists[at + 1], weights[at], groups[at]) for at in chosen]
            winners = ranking.top(held, span, live, winners, limit)
        winners = winners[::-1]
        met = sum(map(bool, heaviest.values()))
        return Best(state.ids[winners & NEWEST], winners >> ORDINAL_BITS, met, whole)

    def meeting(
        self, groups: Sequence[Terms], limit: int, within: I64 | Sequence[int] | None = None
    ) -> I64:
        """The ids of the newest facts that hold a term of every group, newest first.

        All of them where `limit` is negative.
        """
        state = self._state
        if not groups or not all(map(len, groups)):
            return NOTHING
        terms = np.concatenate([np.asarray(group, np.uint64) for group in groups])
        ends = np.cumsum([len(group) for group in groups]).tolist()
        live = state.only(within)
        found = [NOTHING]
        for span, lists in state.parts(terms):
            if limit == 0:
                break
            held = [lists[a:b] for a, b in zip([0, *ends], ends, strict=False)]
            some = ranking.meet(held, span, live, limit)
            found.append(state.ids[some])
            limit -= len(some) if limit > 0 else 0
        return np.concatenate(found)

    def frequency(self, terms: Terms) -> I64:
        """How many facts hold each of these terms; removed ones count until their terms leave."""
        return self._state.frequency(np.asarray(terms, np.uint64))

    def count(self, term: int) -> int:
        """How many facts hold a term, without those that are removed."""
        state = self._state
        lists = (found for _, (found,) in state.parts(np.array([term], np.uint64)))
        return sum(int(np.count_nonzero(state.live[found])) for found in lists)

    def holds(self, ids: I64 | Sequence[int], term: int) -> Flags:
        """Which of these facts hold a term."""
        state = self._state
        ordinals = state.ordinals(ids)
        lists = [found for _, (found,) in state.parts(np.array([term], np.uint64))]
        order = np.argsort(ordinals, kind="stable")
        held = np.zeros(len(ordinals), np.bool_)
        for found in lists:
            held[order] |= ranking.among(ordinals[order], found)
        return held

    def of_topic(self, key: int) -> tuple[I64, F64]:
        """The facts that claim something about a topic, oldest first, and since when they hold."""
        ids = self.meeting([[key ^ TOPIC]], -1)[::-1] if key else NOTHING
        return ids, self.at_of(ids)

    def at_of(self, ids: I64 | Sequence[int]) -> F64:
        """Since when facts hold, seconds since 1970; not a number for one that is not here."""
        state = self._state
        ordinals = state.ordinals(ids)
        if not state.size:
            return np.full(len(ordinals), np.nan)
        return np.where(ordinals >= 0, state.at[ordinals], np.nan)

    def near(self, scope: int, word: str, limit: int) -> list[str]:
        """Words one edit away that facts of a scope hold; none for a word with digits.

        Those that begin alike come first.
        """
        if not spelling.fits(word) or limit <= 0:
            return []
        known = spelling.edits(word)
        terms = salted_all(word_hashes(known), scope)
        # In order they are looked up much quicker among millions.
        order = np.argsort(terms)
        held = np.sort(order[self.frequency(terms[order]) > 0])
        return [known[at] for at in held[:limit].tolist()]
