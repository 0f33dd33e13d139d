"""Learns which topics follow one another in questions (as NeuralMemory's guide, v2.6).

Two questions of a scope within ten minutes pair each topic of the first with each new one of the
second; three such pairs make a pattern. A question is kept only until its topics have been written,
off the read path, along with the strengths of use. Answers never depend on these patterns.
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
    """A topic that often follows another one.

    `after` is the key of the topic it follows, `times` how often it did, `last` the last time, in
    seconds since the epoch.
    """

    topic: str
    after: str
    times: int
    last: float


#: Maximum seconds between two questions that form a pair.
MAX_GAP = 600.0
#: Occurrences of a pair that make a pattern.
MIN_COUNT = 3
#: Patterns per topic, and suggestions per call.
PATTERNS, SUGGESTIONS = 20, 5
#: Stored followers per topic, and pairs per scope.
_FOLLOWER_LIMIT, _PAIRS = 60, 2_000
#: Queue length: more questions within a second are not typed by a person.
_WAITING = 64
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class _Question:
    """A queued question; `follows` is False if earlier ones were dropped."""

    scope: str
    text: str
    at: float
    has_answer: bool
    sureness: float | None
    follows: bool


class QueryPatterns:
    """The topic patterns of one library. Thread-safe."""

    def __init__(
        self, store: Store, strengths: Strengths, settings: Callable[[], BrainConfig]
    ) -> None:
        self._store = store
        self._strengths = strengths
        self._settings = settings
        self._waiting = Waiting[_Question](strengths, self._write, _WAITING)
        self._dropped: set[str] = set()

    def note(
        self,
        scope: str | None,
        text: str,
        *,
        has_answer: bool,
        sureness: float | None = None,
        cue: bool = False,
    ) -> None:
        """Record a question asked in a scope; `sureness` is the confidence of its answer, 0 to 1.

        A question without an answer leaves no words: they may be secret, such as the name of
        something in the vault. A `cue` to recall is not a question, and always leaves its topics.
        """
        if self._store.read_only:
            return
        name, timestamp = _name(scope), self._store.clock()
        if len(self._waiting) >= _WAITING:
            self._dropped.add(name)
            return
        words = names.without_surrogates(text[:_LONGEST]) if has_answer or cue else ""
        follows = name not in self._dropped
        self._dropped.discard(name)
        self._waiting.add(_Question(name, words, timestamp, has_answer, sureness, follows))

    def _write(self, connection: sqlite3.Connection, waiting: Sequence[_Question]) -> None:
        settings = self._settings()
        if settings.learning and settings.query_patterns:
            for question in waiting:
                _learn(connection, question)
            rows.thin_scopes(connection)

    # -- suggestions ---------------------------------------------------------------------------

    def suggest(self, text: str, scope: str | None, limit: int = SUGGESTIONS) -> list[FollowUp]:
        """The topics that usually follow those of a text, most frequent first."""
        keys = {topic.key for topic in topics(text)}
        if not keys:
            return []
        self._settle()
        with self._store.read() as connection:
            followers = rows.followers(connection, _name(scope), MIN_COUNT, PATTERNS, keys)
        best: dict[str, FollowUp] = {}
        for row in followers:
            if row.next not in keys:
                best.setdefault(row.next, FollowUp(row.name, row.topic, row.times, row.last))
        return list(best.values())[: max(limit, 0)]

    def listing(self, scope: str | None, limit: int) -> list[FollowUp]:
        """The patterns of a scope, most frequent first."""
        self._settle()
        with self._store.read() as connection:
            followers = rows.followers(connection, _name(scope), MIN_COUNT, limit)
        return [FollowUp(row.name, row.topic, row.times, row.last) for row in followers]

    def forget(self, scope: str | None, *, everywhere: bool = False) -> int:
        """Delete the patterns of a scope, or everywhere; returns how many."""
        self._settle()
        name = None if everywhere else _name(scope)
        return self._store.write(lambda connection: rows.forget(connection, name))

    def keys(self, scope: str | None) -> set[str]:
        """The keys of all stored topics of a scope."""
        self._settle()
        with self._store.read() as connection:
            return rows.keys(connection, _name(scope))

    def forget_topics(self, keys: Collection[str], scope: str | None) -> None:
        """Delete these topics, as topics and as followers, in a scope."""
        self._store.write(lambda c: rows.forget_topics(c, _name(scope), keys))

    def _settle(self) -> None:
        if not self._store.read_only and self._waiting:
            self._strengths.flush()


def _name(scope: str | None) -> str:
    return "" if scope is None else names.without_surrogates(scope).strip()


def _learn(connection: sqlite3.Connection, question: _Question) -> None:
    current = topics(question.text)
    previous = rows.latest(connection, question.scope)
    if (
        current
        and previous is not None
        and question.follows
        and 0 <= question.at - previous.at <= MAX_GAP
    ):
        old = {key for key, _ in previous.topics}
        new = [topic for topic in current if topic.key not in old]
        pairs = [(key, topic) for key in sorted(old) for topic in new]
        if pairs:
            rows.follow(
                connection,
                question.scope,
                pairs,
                question.at,
                per_topic=_FOLLOWER_LIMIT,
                limit=_PAIRS,
            )
    if current or previous is None:
        topics_stored: tuple[rows.Topic, ...] = current
        at = question.at
    else:
        topics_stored, at = previous.topics, previous.at
    rows.set_previous(
        connection,
        question.scope,
        at,
        topics_stored,
        answered=question.has_answer,
        sureness=question.sureness,
    )
