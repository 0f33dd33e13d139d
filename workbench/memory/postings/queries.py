"""Looking into the index of facts: what holds which words, which hold best, and since when.

Each method looks at the state of one moment; whoever changes the index replaces that as a whole.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from workbench.memory.postings import reading
from workbench.memory.postings.arrays import F64, I64, U64, Flags
from workbench.memory.postings.batch import DENIAL, SAME, TOPIC
from workbench.memory.postings.reading import NOTHING, State

#: Terms, as salted numbers.
Terms = Sequence[int] | U64

_ONE_GROUP = np.array([0, 1])


class Best(NamedTuple):
    """The best facts with their scores, best first.

    `met` is how many groups any fact meets, `whole` the score of a fact that meets all of them.
    """

    ids: I64
    scores: I64
    met: int
    whole: int


class Looking:
    """What can be looked up in an index; `Postings` is one."""

    _state: State

    def top(
        self,
        terms: Terms,
        groups: Sequence[int],
        levels: Sequence[float],
        limit: int,
        total: int,
        within: I64 | Sequence[int] | None = None,
    ) -> tuple[I64, I64]:
        """The ids and scores of the best facts, best first, of equals the newest first.

        A fact scores the weight of its best term in each group, added up; see `weighing` for
        `levels` and `total`, the number of facts that the terms' scope has. `within` are the ids
        of the only facts that count.
        """
        wanted = np.asarray(terms, np.uint64)
        if not len(wanted) or limit <= 0:
            return NOTHING, NOTHING
        state = self._state
        only = None if within is None else reading.within(state, np.asarray(within, np.int64))
        ordinals, scores = reading.top(state, wanted, groups, levels, limit, total, only)
        return reading.ids_of(state, ordinals), scores

    def best(
        self,
        terms: U64,
        groups: Sequence[int],
        levels: Sequence[float],
        limit: int,
        within: I64 | Sequence[int] | None = None,
    ) -> Best:
        """`top` of a scope: `terms[0]` is what all its facts hold, which tells their number."""
        state = self._state
        only = None if within is None else reading.within(state, np.asarray(within, np.int64))
        # Room is made for all that are asked for, and nobody can have more than there are.
        limit = min(limit, max(1, state.base + state.size))
        found, met, whole = reading.best(state, terms, groups, levels, limit, only)
        return Best(reading.ids_of(state, found[0]), found[1], met, whole)

    def meeting(
        self, groups: Sequence[Terms], limit: int, within: I64 | Sequence[int] | None = None
    ) -> I64:
        """The ids of the newest facts that hold a term of every group, newest first.

        All of them where `limit` is negative.
        """
        state = self._state
        if not groups or not all(map(len, groups)) or limit == 0:
            return NOTHING
        terms = np.concatenate([np.asarray(group, np.uint64) for group in groups])
        starts = np.zeros(len(groups) + 1, np.int64)
        np.cumsum([len(group) for group in groups], out=starts[1:])
        only = None if within is None else reading.within(state, np.asarray(within, np.int64))
        return reading.ids_of(state, reading.meet(state, terms, starts, limit, only))

    def frequency(self, terms: Terms) -> I64:
        """How many facts hold each of these terms."""
        return reading.frequencies(self._state, np.asarray(terms, np.uint64))

    def count(self, term: int) -> int:
        """How many facts hold a term, without those that are removed."""
        state = self._state
        terms = np.array([term], np.uint64)
        dead = any(part.dead() for part in state.segments)
        if not dead and state.tail.live[: state.size].all():
            return int(reading.frequencies(state, terms)[0])
        return len(reading.meet(state, terms, _ONE_GROUP, -1))

    def holds(self, ids: I64 | Sequence[int], term: int) -> Flags:
        """Which of these facts hold a term."""
        state = self._state
        ordinals = reading.ordinals_of(state, np.asarray(ids, np.int64))
        return reading.holding(state, ordinals, np.uint64(term))

    def newest_same(self, key: int) -> int | None:
        """The newest fact with this dedup key."""
        state = self._state
        found = reading.ids_of(state, self._of(state, key, SAME, 1))
        return int(found[0]) if len(found) else None

    def of_topic(self, key: int) -> tuple[I64, F64]:
        """The facts that claim something about a topic, oldest first, and since when they hold."""
        return self._dated(key, TOPIC)

    def denials_of(self, key: int) -> tuple[I64, F64]:
        """The facts that deny this, oldest first, and since when they do."""
        return self._dated(key, DENIAL)

    def at_of(self, ids: I64 | Sequence[int]) -> F64:
        """Since when facts hold, seconds since 1970; not a number for one that is not here."""
        state = self._state
        return reading.at_of(state, reading.ordinals_of(state, np.asarray(ids, np.int64)))

    def _of(self, state: State, key: int, mark: np.uint64, limit: int) -> I64:
        """The ordinals of a key that is no word, newest first; all for -1."""
        if not key:
            return NOTHING
        return reading.meet(state, np.array([key], np.uint64) ^ mark, _ONE_GROUP, limit)

    def _dated(self, key: int, mark: np.uint64) -> tuple[I64, F64]:
        """The ids of a key that is no word, oldest first, and since when they hold."""
        state = self._state
        ordinals = self._of(state, key, mark, -1)[::-1].copy()
        return reading.ids_of(state, ordinals), reading.at_of(state, ordinals)
