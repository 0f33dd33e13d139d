"""Recall in the brain of a library: from a cue to ranked associations.

Links are derived from the associations, so removing a source removes its share, and nothing has to
be saved. They are built with the first recall, and again when associations have changed; in a large
library in the background, without blocking: until then results over deleted associations are left
out.
"""

import math
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workbench import kernels, settings
from workbench.arrays import Raster, Spikes
from workbench.brain.engine.assemblies import Assemblies
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.meaning import NO_CODES, Similarity
from workbench.brain.engine.modulators import BROAD, FOCUSED, Modulators
from workbench.brain.engine.regions import LARGEST, SMALLEST, Layout, layout
from workbench.brain.engine.simulation import STEPS, Frame, Ignited, Protocol
from workbench.brain.engine.spreading import IGNITED
from workbench.brain.engine.stations import NO_CONTEXT, Company
from workbench.brain.library.links import Wired, wired
from workbench.errors import Cancelled, LibraryError
from workbench.jobs import Cancel
from workbench.models import machine
from workbench.store import graph_rows, row_counts
from workbench.store.store import Store

#: Associations up to which links are rebuilt in the foreground.
_FOREGROUND_LIMIT = 20_000
#: Seconds between checks for cancellation while another recall runs.
_POLL_SECONDS = 0.05
#: Shortest time between two rebuilds, as a multiple of the time of one.
_SELDOM = 10.0
#: Free memory in bytes for the full-size brain, and the scale below it.
_ROOMY, _SMALL = 3_000_000_000, 0.1
#: Scale without compiled loops, which would take too long at full size.
_PLAIN = 0.02


@dataclass(frozen=True, slots=True)
class Activated:
    """A concept that ignited: `cover` is the share of its neurons that fired at once.

    `strength` is from 0 to 1 for the strongest of the recall, `step` when half of its neurons had
    fired. `trail` are the concepts that passed the activity on, from one of the cue to this one.
    `asserted` says that a statement supports every hop, `by_similarity` that the first hop is
    similarity and not a link.
    """

    concept: int
    strength: float
    cover: float
    step: int
    trail: tuple[int, ...]
    asserted: bool
    by_similarity: bool = False

    @property
    def links(self) -> tuple[tuple[int, int], ...]:
        """The hops of the trail that are links."""
        return tuple(pairwise(self.trail))[self.by_similarity :]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recall: its cue, what ignited, strongest first, and its course.

    `spikes` int64[steps, 10] and `raster` uint8[steps, 10, 64] are those of each region and of its
    parts, `emitting` the active concepts of each step. `held` is working memory in each step, the
    least recently used first, and `leading` the concept being answered, -1 for none yet. It is
    reproducible from `moves`, `company`, `taught` (learned from feedback) and `similarity` (the
    version of the codes, "" without any). `similar` are the concepts that the cue activated by
    overlap alone, with the number of neurons shared.
    """

    cue: tuple[int, ...]
    mode: str
    levels: Modulators
    activated: tuple[Activated, ...]
    spikes: Spikes
    raster: Raster
    emitting: tuple[tuple[int, ...], ...]
    held: tuple[tuple[int, ...], ...]
    leading: tuple[int, ...]
    scale: float
    seed: int
    moves: int
    milliseconds: float
    taught: int = 0
    similarity: str = ""
    similar: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a recall apart from its cue.

    Without `modulators` one concept narrows it and several widen it; `seed` is that of the noise,
    `company` the context (`workbench.brain.engine.stations`).
    """

    modulators: Modulators | None = None
    seed: int = 0
    company: Company = NO_CONTEXT


#: No context.
CUE_ALONE = Conditions()


def fitting_scale() -> float:
    """The scale that fits the memory of this machine: 1 or 0.1."""
    return LARGEST if (machine.memory() or _ROOMY) >= _ROOMY else _SMALL


class Thinking:
    """The brain of one library. Thread-safe; one recall runs at a time."""

    def __init__(
        self,
        store: Store,
        roads: graph_rows.Roads,
        similarity: Callable[[], Similarity] = lambda: NO_CODES,
    ) -> None:
        """`roads` yields the associations that count.

        `similarity` returns the current codes by which concepts overlap, without waiting.
        """
        self._store = store
        self._roads = roads
        self._meant = similarity
        self._lock = threading.Lock()
        self._loaded: Wired | None = None
        self._scale = 0.0
        self._step = 0.0
        self._stop = Cancel()
        self._wiring: threading.Thread | None = None
        self._turn = threading.Lock()
        self._next = 0.0

    # -- what it is -----------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """The scale, by the settings or the memory of this machine."""
        if not self._scale:
            configured = settings.load().brain_scale
            self._scale = (
                min(max(configured, SMALLEST), LARGEST) if configured > 0 else fitting_scale()
            )
        return self._scale

    @property
    def layout(self) -> Layout:
        """The number of neurons of each region."""
        return layout(self.scale)

    def resize(self, scale: float) -> None:
        """Change the scale, 0.01 to 1, while this library is open."""
        with self._lock:
            self._scale = min(max(scale, SMALLEST), LARGEST)
            self._loaded = None

    def links(self) -> int:
        """The number of learned links, each for about 2,500 synapses; 0 before loading."""
        loaded = self._loaded
        return 0 if loaded is None else len(loaded.brain.synapses)

    def bytes(self) -> int:
        """Memory in use; 0 before loading."""
        loaded = self._loaded
        return 0 if loaded is None else loaded.brain.bytes

    def step_milliseconds(self) -> float:
        """Milliseconds per step of the last recall; 0 before the first."""
        return self._step

    @staticmethod
    def prepare() -> bool:
        """Compile the loops for this machine, once; False if that is not possible.

        Until then a smaller brain with the same regions answers.
        """
        return kernels.load(BRAIN_KERNELS)

    # -- what it does ---------------------------------------------------------------------------

    def recall(
        self,
        cue: Sequence[int],
        conditions: Conditions = CUE_ALONE,
        *,
        calm: bool = True,
        cancel: Cancel | None = None,
        watch: Callable[[int, Frame], None] | None = None,
    ) -> Recalled:
        """Fire the concepts of a cue, and rank what ignites.

        Unless `calm`, associations are being extracted, and links are not rebuilt since they would
        be outdated at once. `watch(step, frame)` is called after every step. Raises `Cancelled`.
        """
        stop = cancel or Cancel()
        levels = conditions.modulators or (FOCUSED if len(cue) <= 1 else BROAD)
        start = time.perf_counter()
        with self._locked(stop), self._ready(stop, calm) as loaded:
            valid = [item for item in dict.fromkeys(cue) if item < loaded.concepts]

            def observe(number: int, frame: Frame) -> None:
                stop.check()
                if watch is not None:
                    watch(number, frame)

            started = time.perf_counter()
            ignited = loaded.brain.recall(
                valid,
                levels,
                Protocol(seed=conditions.seed),
                company=conditions.company,
                watch=observe,
            )
            self._step = 1000 * (time.perf_counter() - started) / STEPS
            activated = self._with_current_links(
                loaded, tuple(self._activated(loaded, ignited, valid))
            )
            return Recalled(
                cue=tuple(valid),
                mode="focused" if levels.width < 0.5 else "broad",
                levels=levels,
                activated=activated,
                spikes=np.stack([frame.spikes for frame in ignited.frames]),
                raster=np.stack([frame.raster for frame in ignited.frames]),
                emitting=tuple(
                    tuple(item for item in frame.emitting.tolist() if item < loaded.concepts)
                    for frame in ignited.frames
                ),
                held=tuple(frame.held for frame in ignited.frames),
                leading=tuple(frame.leading for frame in ignited.frames),
                scale=loaded.brain.layout.scale,
                seed=conditions.seed,
                moves=loaded.moves,
                milliseconds=1000 * (time.perf_counter() - start),
                taught=loaded.taught.version,
                similarity=loaded.brain.pools.similarity.version,
                similar=tuple(
                    zip(ignited.similar.ids.tolist(), ignited.similar.shared.tolist(), strict=True)
                ),
            )

    def dream(
        self, concept: int, *, hops: int = 6, seed: int = 0, cancel: Cancel | None = None
    ) -> Iterator[tuple[Activated, float]]:
        """Associate freely: step from one concept to the next that ignites, with noise.

        Each has its surprise in bits: how unlikely the choice was among all that ignited.
        """
        chance = np.random.default_rng(seed)
        restless = replace(BROAD, serotonin=0.2)
        visited = {concept}
        current = concept
        for hop in range(hops):
            result = self.recall([current], Conditions(restless, seed + hop), cancel=cancel)
            candidates = [item for item in result.activated if item.concept not in visited]
            if not candidates:
                return
            odds = np.array([item.strength for item in candidates])
            odds /= odds.sum()
            at = int(chance.choice(len(candidates), p=odds))
            visited.add(candidates[at].concept)
            yield candidates[at], max(0.0, -math.log2(float(odds[at])))
            current = candidates[at].concept

    def pools(self) -> tuple[Assemblies, Layout]:
        """The positions of the assemblies; loads the brain if necessary."""
        with self._lock, self._ready(Cancel()) as loaded:
            return loaded.brain.pools, loaded.brain.layout

    def forget(self) -> None:
        """Unload the brain."""
        with self._lock:
            self._loaded = None

    def at_hand(self, seconds: float) -> bool:
        """Whether a recall can start within so many seconds.

        Links of a large library are built in the background.
        """
        if self._loaded is None:
            with self._store.read() as connection:
                is_small = row_counts.count(connection, "association") <= _FOREGROUND_LIMIT
            if not is_small:
                self._follow(self._fitting())
                self.settle(seconds)
                return self._loaded is not None
        return True

    def settle(self, seconds: float | None = None) -> bool:
        """Wait for background building; returns whether it has finished."""
        thread = self._wiring
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def close(self) -> None:
        """Stop background work."""
        self._stop.set()
        with self._turn:
            pass  # What was just being begun is there to be waited for.
        self.settle()

    # -- loading --------------------------------------------------------------------------------

    @contextmanager
    def _locked(self, cancel: Cancel) -> Iterator[None]:
        """Acquire the lock, checking for cancellation, since loading may take long."""
        while not self._lock.acquire(timeout=_POLL_SECONDS):
            cancel.check()
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _ready(self, cancel: Cancel, calm: bool = True) -> Iterator[Wired]:
        with self._store.read() as connection:
            moves, scale = graph_rows.association_version(connection), self._fitting()
            active = self._loaded
            if active is None or active.brain.layout.scale != scale:
                self._loaded = None
                active = self._adopt(wired(connection, scale, self._roads, cancel))
            if active.taught.stale(connection) or active.moves != moves:
                if calm and row_counts.count(connection, "association") <= _FOREGROUND_LIMIT:
                    active = self._adopt(
                        wired(connection, scale, self._roads, cancel, active.brain)
                    )
                else:
                    self._follow(scale)
            active.taught.renew(connection, self._store.clock())
        # Codes change between two recalls, never within one.
        codes = self._meant()
        if codes is not active.brain.pools.similarity:
            active.brain.overlap(codes)
        yield active

    def _fitting(self) -> float:
        """The scale to simulate now."""
        # Compiling takes long: it is left to `prepare`, or to the background of the window.
        if kernels.is_cached(BRAIN_KERNELS):
            kernels.load(BRAIN_KERNELS)
        return self.scale if kernels.ready(BRAIN_KERNELS) else min(self.scale, _PLAIN)

    def _adopt(self, fresh: Wired) -> Wired:
        fresh.brain.synapses = fresh.synapses
        self._loaded = fresh
        return fresh

    def _follow(self, scale: float) -> None:
        """Rebuild links in the background, unless that was done recently."""
        with self._turn:
            if self._stop.is_set or not self.settle(0) or time.monotonic() < self._next:
                return
            worker = threading.Thread(
                target=self._wire, args=(scale,), name="brain-wiring", daemon=True
            )
            worker.start()
            self._wiring = worker

    def _wire(self, scale: float) -> None:
        start = time.monotonic()
        active = self._loaded
        try:
            with self._store.read() as connection:
                fresh = wired(
                    connection, scale, self._roads, self._stop,
                    None if active is None else active.brain,
                )  # fmt: skip
        except (Cancelled, LibraryError):
            # The library is closing or locked by another program: try again later.
            return
        with self._lock:
            if self._loaded is active:
                self._adopt(fresh)
        self._next = time.monotonic() + _SELDOM * (time.monotonic() - start)

    def _with_current_links(
        self, loaded: Wired, activated: tuple[Activated, ...]
    ) -> tuple[Activated, ...]:
        """Keep only what was reached over associations that still exist."""
        with self._store.read() as connection:
            if graph_rows.association_version(connection) == loaded.moves:
                return activated
            valid: dict[tuple[int, int], bool] = {}
            for hop in {hop for item in activated for hop in item.links}:
                valid[hop] = loaded.taught.joins(*hop) or graph_rows.joined(connection, *hop)
        return tuple(item for item in activated if all(valid[hop] for hop in item.links))

    def _activated(
        self, loaded: Wired, ignited: Ignited, cue: Collection[int]
    ) -> Iterator[Activated]:
        limit = loaded.concepts
        result = loaded.brain.activation
        ranked = [
            (id, score)
            for id, score in zip(ignited.ids.tolist(), ignited.score.tolist(), strict=True)
            if id < limit
        ]
        top = ranked[0][1] if ranked else 1.0
        similarity = loaded.brain.pools.similarity
        similar = {
            item: max(cue, key=lambda member: (similarity.shared(member, item), -member))
            for item in ignited.similar.ids.tolist()
        }
        for id, score in ranked:
            trail, by_similarity = _trail(loaded, result.via, id, cue, similar)
            yield Activated(
                concept=id,
                strength=score / top if top > 0 else 0.0,
                cover=min(1.0, int(result.peak[id]) / (2 * IGNITED)),
                step=int(result.ignited_at[id]),
                trail=trail,
                asserted=(
                    trail[0] in cue
                    and not by_similarity
                    and all(loaded.asserts(a, b) for a, b in pairwise(trail))
                ),
                by_similarity=by_similarity,
            )


def _trail(
    loaded: Wired,
    via: NDArray[np.int32],
    concept: int,
    cue: Collection[int],
    similar: Mapping[int, int],
) -> tuple[tuple[int, ...], bool]:
    """The concepts through which activity came, the cue first; pairs stand for their subject.

    Where no link leads back to the cue it came by one of its `similar`, each of which is like a
    concept of the cue; the second value says so.
    """
    first, limit = loaded.brain.pools.pairs.first, loaded.concepts
    path, current, visited = [concept], concept, {concept}
    while current not in cue:
        current = int(via[current])
        if current < 0 or current in visited:
            break
        visited.add(current)
        subject = loaded.subject(current) if current >= first else current
        if subject < limit and subject != path[-1]:
            path.append(subject)
            if subject in cue:
                break
    if path[-1] not in cue:
        crossing = next((at for at, item in enumerate(path) if item in similar), None)
        if crossing is not None:
            return (similar[path[crossing]], *reversed(path[: crossing + 1])), True
    return tuple(reversed(path)), False
