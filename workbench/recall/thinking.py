"""The brain of one library: what it knows becomes links, a cue becomes what comes to mind.

The links follow from the associations, which are counted from what sources say; so a source that
goes takes its share along, and nothing has to be saved. They are made when somebody first asks the
brain, and again when associations have changed.
"""

import math
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workbench import kernels, settings
from workbench.brain.assemblies import Assemblies
from workbench.brain.kernel_set import BRAIN_KERNELS
from workbench.brain.modulators import BROAD, FOCUSED, Modulators
from workbench.brain.regions import LARGEST, SMALLEST, Layout, layout
from workbench.brain.simulation import STEPS, Brain, Frame, Ignited
from workbench.brain.spreading import LIT
from workbench.brain.stations import ALONE, Company
from workbench.brain.synapses import freeze
from workbench.brain.wiring import wire
from workbench.jobs import Cancel
from workbench.memory.graph.roads import strengths
from workbench.recall.taught import Taught
from workbench.store import roads, verdicts
from workbench.store.store import Store
from workbench.store.verdicts import MERE

I64 = NDArray[np.int64]

#: Ids kept free above those of concepts: relations have theirs there.
_RELATIONS = 256
#: How strongly what merely stands together speaks, and what is said the other way round.
_BESIDE, _BACK = 0.35, 0.4
#: Free memory in bytes from which on the whole brain is simulated, and the size otherwise.
_ROOMY, _SMALL = 3_000_000_000, 0.1
#: Without compiled loops a step of the whole brain takes too long to wait for.
_PLAIN = 0.02


@dataclass(frozen=True, slots=True)
class Came:
    """A concept that lit up: `cover` is the share of its neurons that fired at once.

    `strength` is from 0 to 1 for the strongest of the recall, `step` when half of its neurons had
    fired. `trail` are the concepts that passed the activity on, from one of the cue to this one;
    `stated` says that a statement stands behind every hop of it.
    """

    concept: int
    strength: float
    cover: float
    step: int
    trail: tuple[int, ...]
    stated: bool


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recall of the brain: what it was asked, what lit up, strongest first, and how it went.

    `spikes` int64[steps, 10] are those of each region, `raster` uint8[steps, 10, 64] where in it,
    `speaking` the concepts that spoke in each step. `held` are those in mind in each step, the
    least recently used first, and `leading` the one being answered, -1 before there is one. With
    the same `moves`, `company` and `taught` (what was learned from asking) it is the same again.
    """

    cue: tuple[int, ...]
    mode: str
    levels: Modulators
    came: tuple[Came, ...]
    spikes: I64
    raster: NDArray[np.uint8]
    speaking: tuple[tuple[int, ...], ...]
    held: tuple[tuple[int, ...], ...]
    leading: tuple[int, ...]
    scale: float
    seed: int
    moves: int
    milliseconds: float
    taught: int = 0


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A brain with the links of a library as it was at `moves`.

    `subjects` are those of its pairs; `stated` has, sorted, both ends of what a statement joins,
    `taught` lays over the links what was learned since.
    """

    brain: Brain
    moves: int
    subjects: I64
    stated: I64
    taught: Taught

    def says(self, one: int, other: int) -> bool:
        """Whether a statement joins two concepts."""
        key = _joined(np.array([one]), np.array([other]))[0]
        at = int(np.searchsorted(self.stated, key))
        return at < len(self.stated) and bool(self.stated[at] == key)


def fitting_scale() -> float:
    """The size of brain that this machine has memory for: 1 or 0.1."""
    names = getattr(os, "sysconf_names", {})
    if not {"SC_PHYS_PAGES", "SC_PAGE_SIZE"}.issubset(names):
        return LARGEST
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return LARGEST if memory >= _ROOMY else _SMALL


class Thinking:
    """The brain of one library. Any thread may call; one recall runs at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._scale = 0.0
        self._step = 0.0

    # -- what it is -----------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """The size of the brain: as the settings say, or by the memory of this machine."""
        if not self._scale:
            chosen = settings.load().brain_scale
            self._scale = min(max(chosen, SMALLEST), LARGEST) if chosen > 0 else fitting_scale()
        return self._scale

    @property
    def layout(self) -> Layout:
        """How many neurons there are of each region."""
        return layout(self.scale)

    def resize(self, scale: float) -> None:
        """Take another size, from 0.01 to 1, for this library while it is open."""
        with self._lock:
            self._scale = min(max(scale, SMALLEST), LARGEST)
            self._loaded = None

    @property
    def warm(self) -> bool:
        """Whether a recall takes no longer than its steps do."""
        return self._loaded is not None and kernels.ready(BRAIN_KERNELS)

    def links(self) -> int:
        """Learned links, of which each stands for about 2,500 synapses; 0 before it is loaded."""
        loaded = self._loaded
        return 0 if loaded is None else len(loaded.brain.synapses)

    def bytes(self) -> int:
        """What the brain takes in memory; 0 before it is loaded."""
        loaded = self._loaded
        return 0 if loaded is None else loaded.brain.bytes

    def step_milliseconds(self) -> float:
        """How long a step of the last recall took; 0 before the first."""
        return self._step

    @staticmethod
    def prepare() -> bool:
        """Compile the loops for this machine, once; False where that is not possible here.

        Until then a small brain answers, one of the same regions.
        """
        return kernels.load(BRAIN_KERNELS)

    # -- what it does ---------------------------------------------------------------------------

    def recall(
        self,
        cue: Sequence[int],
        *,
        modulators: Modulators | None = None,
        seed: int = 0,
        company: Company = ALONE,
        cancel: Cancel | None = None,
        watch: Callable[[int, Frame], None] | None = None,
    ) -> Recalled:
        """Fire the concepts of a cue: one keeps it narrow, several make it wide.

        `company` is what else is at hand, see `workbench.brain.stations`.
        `watch(step, frame)` is called after every step. Raises `Cancelled`.
        """
        stop = cancel or Cancel()
        levels = modulators or (FOCUSED if len(cue) <= 1 else BROAD)
        began = time.perf_counter()
        with self._lock, self._ready(stop) as loaded:
            known = [each for each in dict.fromkeys(cue) if each < loaded.brain.pools.concepts.room]

            def look(number: int, frame: Frame) -> None:
                stop.check()
                if watch is not None:
                    watch(number, frame)

            started = time.perf_counter()
            lit = loaded.brain.recall(known, levels, seed=seed, company=company, watch=look)
            self._step = 1000 * (time.perf_counter() - started) / STEPS
            came = tuple(self._came(loaded, lit, known))
            return Recalled(
                cue=tuple(known),
                mode="focused" if levels.width < 0.5 else "broad",
                levels=levels,
                came=came,
                spikes=np.stack([frame.spikes for frame in lit.frames]),
                raster=np.stack([frame.raster for frame in lit.frames]),
                speaking=tuple(
                    tuple(
                        each
                        for each in frame.speaking.tolist()
                        if each < loaded.brain.pools.concepts.room - _RELATIONS
                    )
                    for frame in lit.frames
                ),
                held=tuple(frame.held for frame in lit.frames),
                leading=tuple(frame.leading for frame in lit.frames),
                scale=loaded.brain.layout.scale,
                seed=seed,
                moves=loaded.moves,
                milliseconds=1000 * (time.perf_counter() - began),
                taught=loaded.taught.version,
            )

    def dream(
        self, concept: int, *, hops: int = 6, seed: int = 0, cancel: Cancel | None = None
    ) -> Iterator[tuple[Came, float]]:
        """Go on from one concept to the next that lights up, with noise: each with its surprise.

        Surprise is in bits: how unlikely the chosen one was among all that lit up.
        """
        chance = np.random.default_rng(seed)
        restless = replace(BROAD, serotonin=0.2)
        seen = {concept}
        here = concept
        for hop in range(hops):
            found = self.recall([here], modulators=restless, seed=seed + hop, cancel=cancel)
            near = [each for each in found.came if each.concept not in seen]
            if not near:
                return
            odds = np.array([each.strength for each in near])
            odds /= odds.sum()
            at = int(chance.choice(len(near), p=odds))
            seen.add(near[at].concept)
            yield near[at], max(0.0, -math.log2(float(odds[at])))
            here = near[at].concept

    def pools(self) -> tuple[Assemblies, Layout]:
        """Where the assemblies of this library lie; loads the brain where it is not there yet."""
        with self._lock, self._ready(Cancel()) as loaded:
            return loaded.brain.pools, loaded.brain.layout

    def forget(self) -> None:
        """Let go of what was loaded."""
        with self._lock:
            self._loaded = None

    # -- loading --------------------------------------------------------------------------------

    @contextmanager
    def _ready(self, cancel: Cancel) -> Iterator[_Loaded]:
        # Compiling takes long: that is for `prepare`, or for the background of the window.
        if kernels.made(BRAIN_KERNELS):
            kernels.load(BRAIN_KERNELS)
        with self._store.read() as connection:
            moves = roads.moves(connection)
            scale = self.scale if kernels.ready(BRAIN_KERNELS) else min(self.scale, _PLAIN)
            now = self._loaded
            if (
                now is None
                or (now.moves, now.brain.layout.scale) != (moves, scale)
                or now.taught.stale(connection)
            ):
                self._loaded = None
                self._loaded = now = _wired(connection, scale, moves, cancel)
            now.taught.renew(connection)
        yield now

    def _came(self, loaded: _Loaded, lit: Ignited, cue: Collection[int]) -> Iterator[Came]:
        most = loaded.brain.pools.concepts.room - _RELATIONS
        found = loaded.brain.found
        kept = [
            (id, score)
            for id, score in zip(lit.ids.tolist(), lit.score.tolist(), strict=True)
            if id < most
        ]
        top = kept[0][1] if kept else 1.0
        for id, score in kept:
            trail = _trail(loaded, found.via, id, cue)
            yield Came(
                concept=id,
                strength=score / top if top > 0 else 0.0,
                cover=min(1.0, int(found.peak[id]) / (2 * LIT)),
                step=int(found.lit[id]),
                trail=trail,
                stated=trail[0] in cue and all(loaded.says(a, b) for a, b in pairwise(trail)),
            )


def _trail(
    loaded: _Loaded, via: NDArray[np.int32], concept: int, cue: Collection[int]
) -> tuple[int, ...]:
    """The concepts through which activity came, the cue first; pairs stand for their subject."""
    first, most = loaded.brain.pools.pairs.first, loaded.brain.pools.concepts.room - _RELATIONS
    way, here, seen = [concept], concept, {concept}
    while here not in cue:
        here = int(via[here])
        if here < 0 or here in seen:
            break
        seen.add(here)
        named = int(loaded.subjects[here - first]) if here >= first else here
        if named < most and named != way[-1]:
            way.append(named)
            if named in cue:
                break
    return tuple(reversed(way))


def _wired(connection: sqlite3.Connection, scale: float, moves: int, cancel: Cancel) -> _Loaded:
    """A brain with the associations of a library; those that the user rejected say nothing."""
    parts: list[I64] = []
    for part in roads.every(connection):
        cancel.check()
        parts.append(np.array(part, np.int64))
    rows = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    banned = verdicts.rejected(connection)
    if banned:
        keep = [tuple(row[:3]) not in banned for row in rows.tolist()]
        rows = rows[np.array(keep, bool)]
    head, kind, tail = rows[:, 0], rows[:, 1], rows[:, 2]
    strength = strengths(kind.astype(np.uint8), rows[:, 3])
    beside = np.isin(kind, MERE)
    highest = int(max(head.max(initial=0), tail.max(initial=0)))
    brain = Brain(scale, highest + 1 + _RELATIONS, int((~beside).sum()))
    cancel.check()
    relation = brain.pools.concepts.room - _RELATIONS + kind
    said = ~beside
    wired = wire(
        brain.pools.room, brain.pools.pairs.first, head[said], relation[said], tail[said],
        strength[said],
    )  # fmt: skip
    rowed = wired.synapses
    sources = np.repeat(np.arange(rowed.size), np.diff(rowed.starts))
    both = np.float32(_BESIDE) * strength[beside]
    brain.synapses = freeze(
        brain.pools.room,
        np.concatenate([sources, tail[said], head[beside], tail[beside]]),
        np.concatenate([rowed.targets.astype(np.int64), head[said], tail[beside], head[beside]]),
        np.concatenate(
            [
                rowed.weights.astype(np.float32) / np.float32(127),
                np.float32(_BACK) * strength[said],
                both,
                both,
            ]
        ),
    )
    return _Loaded(
        brain,
        moves,
        wired.subjects,
        np.unique(_joined(head[said], tail[said])),
        Taught(connection, brain.synapses),
    )


def _joined(one: I64, other: I64) -> I64:
    """One number for both ends, whichever is first."""
    return np.minimum(one, other) << 32 | np.maximum(one, other)
