"""The index of facts: which facts of a scope hold which words, and what has taken whose place.

Whoever looks for facts asks here and never the tables, so that what lies beneath can change. A word
is asked for by its `key`; ids are those of engrams, and of two the larger one was told later.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from workbench.memory.facts import topics
from workbench.memory.strengths import Strengths
from workbench.store import facts as rows
from workbench.store.store import Store

#: Words are counted up to here where nobody says otherwise; beyond, a word is common.
COMMON = 4000
#: Conditions that are looked at for one cue, the rarest of them.
_MOST_GROUPS = 8


@lru_cache(maxsize=200_000)
def key(word: str) -> int:
    """What a word is asked for by; `word` is one of `reading.Token.word` or a form of it."""
    return topics.number(word)


#: Word → words that may stand for it.
Alike = Callable[[str], frozenset[str]]


def no_words(_word: str) -> frozenset[str]:
    """What is alike where nothing was learned."""
    return frozenset()


class FactIndex:
    """The index of one library's facts. Every method may be called from any thread.

    `alike` is what the library has learned about words, `strengths` what use has made of facts.
    """

    def __init__(self, store: Store, alike: Alike = no_words) -> None:
        self.store = store
        self.alike = alike
        self.strengths = Strengths(store)

    def frequency(self, scope: int, words: Sequence[int], most: int = COMMON) -> int:
        """In how many facts of a scope any of these words stands; counted up to `most`."""
        with self.store.read() as connection:
            return rows.frequency(connection, scope, words, most)

    def meeting(self, scope: int, groups: Iterable[Sequence[int]], limit: int) -> list[int]:
        """The newest facts that hold a word of every group, newest first; all for `limit` -1."""
        with self.store.read() as connection:
            counted = sorted(
                (rows.frequency(connection, scope, group, COMMON), group)
                for group in dict.fromkeys(map(tuple, groups))
            )
            if not counted or not counted[0][0]:
                return []
            rarest = [group for _, group in counted[:_MOST_GROUPS]]
            return rows.holding(connection, scope, rarest, limit)

    def each(self, scope: int, words: Sequence[int], most: int) -> list[list[int]]:
        """For each word the facts that hold it, newest first; none where more than `most` do."""
        found = (self.meeting(scope, [(word,)], most + 1) for word in words)
        return [ids if len(ids) <= most else [] for ids in found]

    def among(self, scope: int, word: int, ids: Collection[int]) -> list[int]:
        """Those of these facts that hold a word."""
        with self.store.read() as connection:
            return rows.among(connection, scope, word, ids)

    def of_topic(self, scope: int, topic: int) -> list[int]:
        """The facts that claim something about a topic (`ClaimRow.topic`), oldest first."""
        with self.store.read() as connection:
            return rows.of_topic(connection, scope, topic)

    def stale(self, ids: Collection[int], as_of: float | None = None) -> set[tuple[int, int]]:
        """Which claims of these facts something newer has taken the place of: (fact, place).

        `as_of` leaves out what holds only from later on.
        """
        with self.store.read() as connection:
            return rows.stale(connection, ids, as_of)
