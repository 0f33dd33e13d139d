"""Learns which topics follow one another in questions (as NeuralMemory's guide, v2.6).

Two questions of a scope within ten minutes pair each topic of the first with each new one of the
second; three such pairs make a pattern. A question is kept only until its topics have been written,
off the read path, along with the strengths of use. Answers never depend on these patterns.

The topics of a question are its content words and names. Words are compared by their concept keys,
so that `token` and `tokens` are one topic. So is a proper name of several words: adjacent
capitalised words, which needs no language model. Linear in the length of the text, which is read up
to a limit.
"""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.language.word_lists import classes
from workbench.memory.concepts.keys import key_of
from workbench.memory.reflex.settings import BrainConfig
from workbench.memory.strengths import Strengths, Waiting
from workbench.memory.vocabulary import STOP, carries
from workbench.memory.words import Token, fold, tokens
from workbench.store import names
from workbench.store import questions as rows
from workbench.store.store import Store

#: Topics per question, and characters that are read.
_TOPICS, _READ = 8, 1000
_TOPIC_LENGTH = 60
_POSSESSIVE = re.compile(r"['’]s?$")
#: Words that phrase questions, never their topics.
_QUESTION_WORDS = classes("memory.txt")["asked_topics_asking"]


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
        return self._store.write(lambda connection: rows.forget_asked(connection, name))

    def keys(self, scope: str | None) -> set[str]:
        """The keys of all stored topics of a scope."""
        self._settle()
        with self._store.read() as connection:
            return rows.topic_keys(connection, _name(scope))

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
    previous = rows.previous_question(connection, question.scope)
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
            rows.count_follow_ups(
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


class Topic(NamedTuple):
    """A topic: its key, and its spelling."""

    key: str
    name: str


def topics(text: str) -> tuple[Topic, ...]:
    """The topics of a question in order, without duplicates; at most eight."""
    read = text[:_READ]
    by_key: dict[str, Topic] = {}
    for run in _runs(read):
        name = _POSSESSIVE.sub("", read[run[0].start : run[-1].end])
        if len(run) > 1 and len(name) <= _TOPIC_LENGTH:
            key = key_of(name, plural=False)
            by_key.setdefault(key, Topic(key, name))
            continue
        for token in run:
            word = fold(token.raw)
            key = key_of(word)
            if key and len(word) <= _TOPIC_LENGTH:
                by_key.setdefault(key, Topic(key, word))
    return tuple(by_key.values())[:_TOPICS]


def _runs(text: str) -> Iterator[list[Token]]:
    """Yield the content words, those of one proper name together."""
    # Text in capitals throughout marks no names.
    naming = not text.isupper()
    name: list[Token] = []
    for token in tokens(text):
        is_content = bool(token.words) and carries(token) and _is_content(token)
        if name and not (is_content and naming and token.capital):
            yield name
            name = []
        if not is_content:
            continue
        if not (naming and token.capital):
            yield [token]
            continue
        name.append(token)
        ends = text[token.end : token.end + 1].strip()
        if ends or _POSSESSIVE.search(token.raw):
            yield name
            name = []
    if name:
        yield name


def _is_content(token: Token) -> bool:
    word = fold(token.raw)
    if word in _QUESTION_WORDS or (word in STOP and not token.capital):
        return False
    return len(word) > 1 or token.capital or not word.isascii()
