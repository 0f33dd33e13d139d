"""Applies the learning rule (`engine.eligibility`): recalls leave traces, rewards use them.

A recall costs next to nothing more: it hands over which concepts spoke when, and on which ways
activity came; traces are worked out from that. They stand in memory and fade within minutes. What
a reward changes is written along with the strengths of use, with a record by which it can be taken
back, and each recall is kept for sleep to go through again. Where the library does not learn from
asking, or can only be read, nothing of this happens.
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
from workbench.store import lessons as kept
from workbench.store.lessons import LessonRow
from workbench.store.store import Store

#: Recalls whose traces are kept; concepts that lit up whose ways leave traces, of one recall.
_RECALLS, _MAX_PATHS = 8, 64
#: Rewards that wait to be written at most.
_WAITING = 1000
_REASONS = {True: "confirmed", False: "rejected"}


@dataclass(frozen=True, slots=True)
class _Left:
    """What one recall has left: traces, and for each concept that lit up how strongly and how."""

    at: float
    levels: Modulators
    cue: tuple[int, ...]
    eligible: Mapping[Link, float]
    paths: Mapping[int, tuple[Link, ...]]
    strength: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Reward:
    """Something turned out good or bad at a moment, with the recalls that may have led to it."""

    at: float
    reward: float
    reason: str
    subject: str
    left: tuple[_Left, ...]
    engrams: tuple[int, ...] = ()
    link: Link | None = None


class Lessons:
    """What asking teaches the brain of one library. Any thread may call."""

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
        """Memories turned out good or bad: the ways to what they speak of learn."""
        self._rewarded(reward, reason, "", engrams=tuple(ids))

    def edge(self, head: int, tail: int, reward: float, subject: str) -> None:
        """A link was judged, or (0) that was taken back, with what it had taught."""
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
        # Where nothing is eligible there is nothing to learn, only what to take back.
        if (not left and not subject) or (reward and not self._learns()):
            return
        timestamp = self._store.clock()
        self._rewards.add(_Reward(timestamp, reward, reason, subject, left, engrams, link))

    def forget(self) -> int:
        """Forget all that asking has taught, and the recalls that sleep would go through."""
        with self._lock:
            self._recent.clear()
        self._episodes.clear()
        self._rewards.clear()

        def work(connection: sqlite3.Connection) -> int:
            links = synapses.load(connection)
            synapses.store(connection, dict.fromkeys(links, 0.0), self._store.clock())
            kept.forget_all(connection)
            kept.forget_episodes(connection)
            return len(links)

        return self._store.write(work)


def _store_episodes(connection: sqlite3.Connection, episodes: Sequence[_Left]) -> None:
    for left in episodes:
        kept.add_episode(connection, left.at, left.cue, left.eligible)


def _learn(connection: sqlite3.Connection, rewards: Sequence[_Reward]) -> None:
    for item in rewards:
        if item.subject:
            take_back(connection, kept.of_edge(connection, item.subject))
        if item.reward:
            _teach(connection, item)


def left_by(result: Recalled, timestamp: float) -> _Left:
    """What a recall leaves: traces of the links on the ways to what it lit, in both directions."""
    paths = {item.concept: item.links for item in result.activated[:_MAX_PATHS] if item.links}
    hops = dict.fromkeys(hop for path in paths.values() for hop in path)
    directed = [*hops, *((b, a) for a, b in hops)]
    return _Left(
        at=timestamp,
        levels=result.levels,
        cue=result.cue,
        eligible=traces(result.speaking, directed, result.levels),
        paths=paths,
        strength={item.concept: item.strength for item in result.activated[:_MAX_PATHS]},
    )


def _teach(connection: sqlite3.Connection, reward: _Reward) -> None:
    """Turn traces into weights: those on the ways to what was rewarded."""
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
        # The latest recall that led there has the credit.
        for link, delta in result.items():
            by.setdefault(link, delta)
    previous = synapses.of(connection, by.keys())
    after = {link: bounded(previous[link], by[link]) for link in previous}
    changed = {link for link in after if after[link] != previous[link]}
    if changed:
        with changes.act(
            connection, kept.KIND, reward.at, why=reward.reason, report={"about": reward.subject}
        ):
            synapses.store(connection, {link: after[link] for link in changed}, reward.at)


def _concepts(connection: sqlite3.Connection, engrams: Sequence[int]) -> set[int]:
    fibers = graph.fibers(connection, engrams).values()
    return {step.concept for fiber in fibers for step in fiber.pathway.steps}


def _links(left: _Left, concepts: Iterable[int], link: Link | None) -> Iterable[tuple[Link, float]]:
    """The links that a reward is about, both ways, with how much it was expected."""
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
    """Take lessons back, the newest first: each link is weaker again by what they had added.

    Returns how many links that were. To be called in a write.
    """
    return sum(undo.undo(connection, row.id).tables.get("synapse", 0) for row in rows)
