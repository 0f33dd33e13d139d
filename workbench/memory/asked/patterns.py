"""Learns which topics are asked about one after another (as NeuralMemory's guide, v2.6).

Two questions of a scope within ten minutes make a pair of each topic of the first and each new one
of the second; three times make a pattern. A question is kept in mind only until its topics have
been written, off the path of reading, along with the strengths of use. Nothing that answers a
question reads what is learned here.
"""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from workbench.memory.asked.topics import topics
from workbench.memory.reflex.settings import BrainConfig
from workbench.memory.strengths import Strengths, Waiting
from workbench.store import names
from workbench.store import question_pairs as rows
from workbench.store.store import Store


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A topic that is asked for soon after another one.

    `after` is the topic it follows, as it is compared; `times` says how often it did, `last` when
    it did last, in seconds since the epoch.
    """

    topic: str
    after: str
    times: int
    last: float


#: Seconds between two questions of which the second may follow from the first.
APART = 600.0
#: How often two topics follow one another before that is a pattern.
LEAST = 3
#: Patterns of one topic, and suggestions at a time.
PATTERNS, SUGGESTIONS = 20, 5
#: Followers of one topic that are counted, and pairs of one scope.
_COUNTED, _PAIRS = 60, 5_000
#: Questions that wait to be written: more within a second is no person asking.
_WAITING = 64
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question on its way; `follows` is False where others before it were let go."""

    scope: str
    text: str
    at: float
    answered: bool
    sureness: float | None
    follows: bool


class QueryPatterns:
    """Which topics follow one another in one library. Any thread may call its methods."""

    def __init__(
        self, store: Store, strengths: Strengths, settings: Callable[[], BrainConfig]
    ) -> None:
        self._store = store
        self._strengths = strengths
        self._settings = settings
        self._waiting = Waiting[_Asked](strengths, self._write, _WAITING)
        self._lost: set[str] = set()

    def note(
        self,
        scope: str | None,
        text: str,
        *,
        answered: bool,
        sureness: float | None = None,
        cue: bool = False,
    ) -> None:
        """A question was asked in a scope; `sureness` is how sure its answer is, 0 to 1.

        One that found nothing leaves no words: they may be nobody else's, such as the name of
        something in the vault. A `cue` to recall is no question, and leaves its topics always.
        """
        if self._store.read_only:
            return
        name, now = _name(scope), self._store.clock()
        if len(self._waiting) >= _WAITING:
            self._lost.add(name)
            return
        words = names.whole(text[:_LONGEST]) if answered or cue else ""
        follows = name not in self._lost
        self._lost.discard(name)
        self._waiting.add(_Asked(name, words, now, answered, sureness, follows))

    def _write(self, connection: sqlite3.Connection, waiting: Sequence[_Asked]) -> None:
        settings = self._settings()
        if settings.learning and settings.query_patterns:
            for one in waiting:
                _learn(connection, one)
            rows.thin_scopes(connection)

    # -- telling -------------------------------------------------------------------------------

    def suggest(self, text: str, scope: str | None, limit: int = SUGGESTIONS) -> list[FollowUp]:
        """What is usually asked for after these topics, most often first."""
        about = {topic.key for topic in topics(text)}
        if not about:
            return []
        self._settle()
        with self._store.read() as connection:
            found = rows.followers(connection, _name(scope), about, LEAST, PATTERNS)
        best: dict[str, FollowUp] = {}
        for row in found:
            if row.next not in about:
                best.setdefault(row.next, FollowUp(row.name, row.topic, row.times, row.last))
        return list(best.values())[: max(limit, 0)]

    def listing(self, scope: str | None, limit: int) -> list[FollowUp]:
        """The patterns of a scope, the most frequent first."""
        self._settle()
        with self._store.read() as connection:
            found = rows.all_followers(connection, _name(scope), LEAST, limit)
        return [FollowUp(row.name, row.topic, row.times, row.last) for row in found]

    def forget(self, scope: str | None, *, everywhere: bool = False) -> int:
        """Forget what was asked in a scope, or everywhere; returns how many patterns went."""
        self._settle()
        name = None if everywhere else _name(scope)
        return self._store.write(lambda connection: rows.forget(connection, name))

    def keys(self, scope: str | None) -> set[str]:
        """The keys of all topics that are kept of a scope."""
        self._settle()
        with self._store.read() as connection:
            return rows.keys(connection, _name(scope))

    def forget_topics(self, keys: Collection[str], scope: str | None) -> None:
        """Suggest none of these topics any more, and nothing after them, in a scope."""
        self._store.write(lambda c: rows.forget_topics(c, _name(scope), keys))

    def _settle(self) -> None:
        if not self._store.read_only and self._waiting:
            self._strengths.flush()


def _name(scope: str | None) -> str:
    return "" if scope is None else names.whole(scope).strip()


def _learn(connection: sqlite3.Connection, one: _Asked) -> None:
    about = topics(one.text)
    before = rows.last(connection, one.scope)
    if about and before is not None and one.follows and 0 <= one.at - before.at <= APART:
        old = {key for key, _ in before.topics}
        new = [topic for topic in about if topic.key not in old]
        pairs = [(key, topic) for key in sorted(old) for topic in new]
        rows.follow(connection, one.scope, pairs, one.at)
        if pairs:
            rows.thin(connection, one.scope, sorted(old), _COUNTED)
            rows.thin_topics(connection, one.scope, _PAIRS)
    if about or before is None:
        kept: tuple[rows.Topic, ...] = about
        at = one.at
    else:
        kept, at = before.topics, before.at
    rows.put_last(connection, one.scope, at, kept, answered=one.answered, sureness=one.sureness)
