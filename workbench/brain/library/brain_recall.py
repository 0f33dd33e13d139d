"""Recall in the brain of a library: from a cue to ranked associations.

The links follow from the associations, which are counted from what sources say; so a source that
goes takes its share along, and nothing has to be saved. They are made when somebody first asks the
brain, and made anew when associations have changed; in a large library that happens in the
background, and nobody waits for it: until then nothing comes on a way that is gone.
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
from workbench.store import association_rows, row_counts
from workbench.store.store import Store

#: Associations up to which all is wired anew once one has changed and no more are being drawn.
_FOREGROUND_LIMIT = 20_000
#: Seconds after which who waits for another recall looks whether it is still wanted.
_POLL_SECONDS = 0.05
#: How long links are left alone after they were wired anew, as a multiple of what that took.
_SELDOM = 10.0
#: Free memory in bytes from which on the whole brain is simulated, and the size otherwise.
_ROOMY, _SMALL = 3_000_000_000, 0.1
#: Without compiled loops a step of the whole brain takes too long to wait for.
_PLAIN = 0.02


@dataclass(frozen=True, slots=True)
class Activated:
    """A concept that lit up: `cover` is the share of its neurons that fired at once.

    `strength` is from 0 to 1 for the strongest of the recall, `step` when half of its neurons had
    fired. `trail` are the concepts that passed the activity on, from one of the cue to this one;
    `asserted` says that a statement stands behind every hop of it; `by_similarity` that nobody
    wrote of the first hop: the concept after the cue is its kin by meaning.
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
        """The hops of the trail that run along links."""
        return tuple(pairwise(self.trail))[self.by_similarity :]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recall of the brain: what it was asked, what lit up, strongest first, and how it went.

    `spikes` int64[steps, 10] are those of each region, `raster` uint8[steps, 10, 64] where in it,
    `speaking` the concepts that spoke in each step. `held` are those in mind in each step, the
    least recently used first, and `leading` the one being answered, -1 before there is one. With
    the same `moves`, `company`, `taught` (what was learned from asking) and `similarity` (the codes
    by which concepts overlap, "" before there are any) it is the same again. `similar` are the
    concepts that the cue half-lit by overlap alone, with how many of their hundred neurons it
    shares.
    """

    cue: tuple[int, ...]
    mode: str
    levels: Modulators
    activated: tuple[Activated, ...]
    spikes: Spikes
    raster: Raster
    speaking: tuple[tuple[int, ...], ...]
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
    """What a recall starts from beside its cue.

    Without `modulators` one concept keeps it narrow and several make it wide; `seed` is that of
    the noise, `company` what else is at hand (`workbench.brain.engine.stations`).
    """

    modulators: Modulators | None = None
    seed: int = 0
    company: Company = NO_CONTEXT


#: Nothing but the cue.
CUE_ALONE = Conditions()


def fitting_scale() -> float:
    """The size of brain that this machine has memory for: 1 or 0.1."""
    return LARGEST if (machine.memory() or _ROOMY) >= _ROOMY else _SMALL


class Thinking:
    """The brain of one library. Any thread may call; one recall runs at a time."""

    def __init__(
        self, store: Store, similarity: Callable[[], Similarity] = lambda: NO_CODES
    ) -> None:
        """`similarity` gives the codes by which concepts overlap, those at hand; it never waits."""
        self._store = store
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
        """The size of the brain: as the settings say, or by the memory of this machine."""
        if not self._scale:
            configured = settings.load().brain_scale
            self._scale = (
                min(max(configured, SMALLEST), LARGEST) if configured > 0 else fitting_scale()
            )
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
        conditions: Conditions = CUE_ALONE,
        *,
        calm: bool = True,
        cancel: Cancel | None = None,
        watch: Callable[[int, Frame], None] | None = None,
    ) -> Recalled:
        """Fire the concepts of a cue, and rank what lights up.

        Where it is not `calm`, associations are being drawn: then nothing is wired anew that would
        be outdated.
        `watch(step, frame)` is called after every step. Raises `Cancelled`.
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
                speaking=tuple(
                    tuple(item for item in frame.speaking.tolist() if item < loaded.concepts)
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
        """Go on from one concept to the next that lights up, with noise: each with its surprise.

        Surprise is in bits: how unlikely the chosen one was among all that lit up.
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
        """Where the assemblies of this library lie; loads the brain where it is not there yet."""
        with self._lock, self._ready(Cancel()) as loaded:
            return loaded.brain.pools, loaded.brain.layout

    def forget(self) -> None:
        """Let go of what was loaded."""
        with self._lock:
            self._loaded = None

    def at_hand(self, seconds: float) -> bool:
        """Whether a recall waits for no links, or no longer than so many seconds.

        Those of a large library are begun with in the background.
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
        """Wait until nothing is wired in the background; whether that is so."""
        thread = self._wiring
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def close(self) -> None:
        """End what runs in the background."""
        self._stop.set()
        with self._turn:
            pass  # What was just being begun is there to be waited for.
        self.settle()

    # -- loading --------------------------------------------------------------------------------

    @contextmanager
    def _locked(self, cancel: Cancel) -> Iterator[None]:
        """The lock; who is cancelled does not wait for it, as long as loading may take another."""
        while not self._lock.acquire(timeout=_POLL_SECONDS):
            cancel.check()
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _ready(self, cancel: Cancel, calm: bool = True) -> Iterator[Wired]:
        with self._store.read() as connection:
            moves, scale = association_rows.moves(connection), self._fitting()
            active = self._loaded
            if active is None or active.brain.layout.scale != scale:
                self._loaded = None
                active = self._adopt(wired(connection, scale, cancel))
            if active.taught.stale(connection) or active.moves != moves:
                if calm and row_counts.count(connection, "association") <= _FOREGROUND_LIMIT:
                    active = self._adopt(wired(connection, scale, cancel, active.brain))
                else:
                    self._follow(scale)
            active.taught.renew(connection, self._store.clock())
        # Codes change between two recalls, never within one; nobody waits for them.
        codes = self._meant()
        if codes is not active.brain.pools.similarity:
            active.brain.overlap(codes)
        yield active

    def _fitting(self) -> float:
        """The scale that is simulated by now."""
        # Compiling takes long: that is for `prepare`, or for the background of the window.
        if kernels.is_cached(BRAIN_KERNELS):
            kernels.load(BRAIN_KERNELS)
        return self.scale if kernels.ready(BRAIN_KERNELS) else min(self.scale, _PLAIN)

    def _adopt(self, fresh: Wired) -> Wired:
        fresh.brain.synapses = fresh.synapses
        self._loaded = fresh
        return fresh

    def _follow(self, scale: float) -> None:
        """Wire everything anew in the background, where that was not done just now."""
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
                    connection, scale, self._stop, None if active is None else active.brain
                )
        except (Cancelled, LibraryError):
            # The library is being closed, or another program holds it: it is tried another time.
            return
        with self._lock:
            if self._loaded is active:
                self._adopt(fresh)
        self._next = time.monotonic() + _SELDOM * (time.monotonic() - start)

    def _with_current_links(
        self, loaded: Wired, activated: tuple[Activated, ...]
    ) -> tuple[Activated, ...]:
        """Those that came on ways that there are by now: a source that went took its share."""
        with self._store.read() as connection:
            if association_rows.moves(connection) == loaded.moves:
                return activated
            valid: dict[tuple[int, int], bool] = {}
            for hop in {hop for item in activated for hop in item.links}:
                valid[hop] = loaded.taught.joins(*hop) or association_rows.joined(connection, *hop)
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

    Where no links lead back to the cue, it came across by one of its `similar`, of whom each is
    like a concept of the cue; whether it did.
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
