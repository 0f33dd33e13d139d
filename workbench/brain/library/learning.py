"""Applies the learning rule (`engine.eligibility`): recalls leave traces, rewards use them.

A recall records which concepts were active when, and the trails; traces are computed from that in
memory and decay within minutes. The changes of a reward are written with the strengths of use and
can be undone, and each recall is stored for replay during sleep. Nothing happens in read-only
libraries or if learning is off.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.brain.engine.eligibility import (
    Link,
    bounded,
    change,
    faded,
    surprise,
    traces,
)
from workbench.brain.engine.modulators import Modulators
from workbench.brain.library.brain_recall import Recalled
from workbench.memory.strengths import Strengths, Waiting
from workbench.store import changes, graph, synapses, undo
from workbench.store.store import Store
from workbench.store.synapses import LessonRow

#: Recent recalls that have traces, and trails per recall that leave them.
_RECALLS, _MAX_PATHS = 8, 64
#: Pending rewards at most.
_WAITING = 1000
_REASONS = {True: "confirmed", False: "rejected"}


@dataclass(frozen=True, slots=True)
class _Left:
    """What one recall left: traces, and for each ignited concept its strength and trail."""

    at: float
    levels: Modulators
    cue: tuple[int, ...]
    eligible: Mapping[Link, float]
    paths: Mapping[int, tuple[Link, ...]]
    strength: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Reward:
    """A reward or punishment at a moment, with the recalls that may have led to it."""

    at: float
    reward: float
    reason: str
    subject: str
    left: tuple[_Left, ...]
    engrams: tuple[int, ...] = ()
    link: Link | None = None


class Lessons:
    """What feedback teaches the brain of one library. Thread-safe."""

    def __init__(self, store: Store, strengths: Strengths, learns: Callable[[], bool]) -> None:
        self._store = store
        self._learns = learns
        self._lock = threading.Lock()
        self._recent: deque[_Left] = deque(maxlen=_RECALLS)
        self._episodes = Waiting[_Left](strengths, _store_episodes, _WAITING)
        self._rewards = Waiting[_Reward](strengths, _learn, _WAITING)

    # -- what happens ---------------------------------------------------------------------------

    def recalled(self, result: Recalled) -> None:
        """Let a recall leave its traces."""
        if self._store.read_only or not self._learns():
            return
        left = left_by(result, self._store.clock())
        if not left.cue:
            return
        with self._lock:
            if left.eligible:
                self._recent.append(left)
        self._episodes.add(left)

    def engrams(self, ids: Sequence[int], reward: float, reason: str) -> None:
        """Reward memories: the trails to their concepts learn."""
        self._rewarded(reward, reason, "", engrams=tuple(ids))

    def edge(self, head: int, tail: int, reward: float, subject: str) -> None:
        """Reward or punish a link, or, with 0, take back what that taught."""
        self._rewarded(reward, _REASONS[reward > 0] if reward else "", subject, link=(head, tail))

    def _rewarded(
        self,
        reward: float,
        reason: str,
        subject: str,
        *,
        engrams: tuple[int, ...] = (),
        link: Link | None = None,
    ) -> None:
        if self._store.read_only:
            return
        with self._lock:
            left = tuple(self._recent)
        # Without traces there is nothing to learn, only to take back.
        if (not left and not subject) or (reward and not self._learns()):
            return
        timestamp = self._store.clock()
        self._rewards.add(_Reward(timestamp, reward, reason, subject, left, engrams, link))

    def forget(self) -> int:
        """Forget everything learned from feedback, and the recalls to be replayed."""
        with self._lock:
            self._recent.clear()
        self._episodes.clear()
        self._rewards.clear()

        def work(connection: sqlite3.Connection) -> int:
            links = synapses.load(connection)
            synapses.store(connection, dict.fromkeys(links, 0.0), self._store.clock())
            synapses.forget_lessons(connection)
            synapses.forget_episodes(connection)
            return len(links)

        return self._store.write(work)


def _store_episodes(connection: sqlite3.Connection, episodes: Sequence[_Left]) -> None:
    for left in episodes:
        synapses.add_episode(connection, left.at, left.cue, left.eligible)


def _learn(connection: sqlite3.Connection, rewards: Sequence[_Reward]) -> None:
    for item in rewards:
        if item.subject:
            take_back(connection, synapses.lessons_of_edge(connection, item.subject))
        if item.reward:
            _teach(connection, item)


def left_by(result: Recalled, timestamp: float) -> _Left:
    """The traces of a recall: on the links of its trails, in both directions."""
    paths = {item.concept: item.links for item in result.activated[:_MAX_PATHS] if item.links}
    hops = dict.fromkeys(hop for path in paths.values() for hop in path)
    directed = [*hops, *((b, a) for a, b in hops)]
    return _Left(
        at=timestamp,
        levels=result.levels,
        cue=result.cue,
        eligible=traces(result.emitting, directed, result.levels),
        paths=paths,
        strength={item.concept: item.strength for item in result.activated[:_MAX_PATHS]},
    )


def _teach(connection: sqlite3.Connection, reward: _Reward) -> None:
    """Turn traces into weights on the trails to what was rewarded."""
    by: dict[Link, float] = {}
    concepts = _concepts(connection, reward.engrams)
    for left in reversed(reward.left):
        result: dict[Link, float] = {}
        for link, expected in _links(left, concepts, reward.link):
            trace = faded(left.eligible.get(link, 0.0), reward.at - left.at, left.levels)
            if trace:
                delta = change(surprise(reward.reward, expected), trace, left.levels)
                if abs(delta) > abs(result.get(link, 0.0)):
                    result[link] = delta
        # The latest recall that led there gets the credit.
        for link, delta in result.items():
            by.setdefault(link, delta)
    previous = synapses.of(connection, by.keys())
    after = {link: bounded(previous[link], by[link]) for link in previous}
    changed = {link for link in after if after[link] != previous[link]}
    if changed:
        with changes.act(
            connection,
            synapses.LESSON,
            reward.at,
            why=reward.reason,
            report={"about": reward.subject},
        ):
            synapses.store(connection, {link: after[link] for link in changed}, reward.at)


def _concepts(connection: sqlite3.Connection, engrams: Sequence[int]) -> set[int]:
    fibers = graph.fibers(connection, engrams).values()
    return {step.concept for fiber in fibers for step in fiber.pathway.steps}


def _links(left: _Left, concepts: Iterable[int], link: Link | None) -> Iterable[tuple[Link, float]]:
    """The links a reward is about, in both directions, with their expectation."""
    if link is not None:
        expected = left.strength.get(link[1], left.strength.get(link[0], 0.0))
        yield link, expected
        yield (link[1], link[0]), expected
    for concept in concepts:
        for a, b in left.paths.get(concept, ()):
            yield (a, b), left.strength[concept]
            yield (b, a), left.strength[concept]


# -- taking back -----------------------------------------------------------------------------------


def take_back(connection: sqlite3.Connection, rows: Sequence[LessonRow]) -> int:
    """Undo lessons, newest first: each link loses what they added.

    Returns the number of links. Call within a write.
    """
    return sum(undo.undo(connection, row.id).tables.get("synapse", 0) for row in rows)
