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
from workbench.brain.engine.meaning import NOTHING, Meant
from workbench.brain.engine.modulators import BROAD, FOCUSED, Modulators
from workbench.brain.engine.regions import LARGEST, SMALLEST, Layout, layout
from workbench.brain.engine.simulation import STEPS, Frame, Ignited
from workbench.brain.engine.spreading import LIT
from workbench.brain.engine.stations import ALONE, Company
from workbench.brain.library.links import Wired, wired
from workbench.errors import Cancelled, LibraryError
from workbench.jobs import Cancel
from workbench.models import machine
from workbench.store import association_rows
from workbench.store.store import Store

#: Associations up to which all is wired anew once one has changed and no more are being drawn.
_AT_ONCE = 20_000
#: Seconds after which who waits for another recall looks whether it is still wanted.
_LOOK = 0.05
#: How long links are left alone after they were wired anew, as a multiple of what that took.
_SELDOM = 10.0
#: Free memory in bytes from which on the whole brain is simulated, and the size otherwise.
_ROOMY, _SMALL = 3_000_000_000, 0.1
#: Without compiled loops a step of the whole brain takes too long to wait for.
_PLAIN = 0.02


@dataclass(frozen=True, slots=True)
class Came:
    """A concept that lit up: `cover` is the share of its neurons that fired at once.

    `strength` is from 0 to 1 for the strongest of the recall, `step` when half of its neurons had
    fired. `trail` are the concepts that passed the activity on, from one of the cue to this one;
    `stated` says that a statement stands behind every hop of it; `across` that nobody wrote of the
    first hop: the concept after the cue is its kin by meaning.
    """

    concept: int
    strength: float
    cover: float
    step: int
    trail: tuple[int, ...]
    stated: bool
    across: bool = False

    @property
    def links(self) -> tuple[tuple[int, int], ...]:
        """The hops of the trail that run along links."""
        return tuple(pairwise(self.trail))[self.across :]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A recall of the brain: what it was asked, what lit up, strongest first, and how it went.

    `spikes` int64[steps, 10] are those of each region, `raster` uint8[steps, 10, 64] where in it,
    `speaking` the concepts that spoke in each step. `held` are those in mind in each step, the
    least recently used first, and `leading` the one being answered, -1 before there is one. With
    the same `moves`, `company`, `taught` (what was learned from asking) and `meant` (the codes by
    which concepts overlap, "" before there are any) it is the same again. `kin` are the concepts
    that the cue half-lit by overlap alone, with how many of their hundred neurons it shares.
    """

    cue: tuple[int, ...]
    mode: str
    levels: Modulators
    came: tuple[Came, ...]
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
    meant: str = ""
    kin: tuple[tuple[int, int], ...] = ()


def fitting_scale() -> float:
    """The size of brain that this machine has memory for: 1 or 0.1."""
    return LARGEST if (machine.memory() or _ROOMY) >= _ROOMY else _SMALL


class Thinking:
    """The brain of one library. Any thread may call; one recall runs at a time."""

    def __init__(self, store: Store, meant: Callable[[], Meant] = lambda: NOTHING) -> None:
        """`meant` gives the codes by which concepts overlap, those at hand; it never waits."""
        self._store = store
        self._meant = meant
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
        calm: bool = True,
        cancel: Cancel | None = None,
        watch: Callable[[int, Frame], None] | None = None,
    ) -> Recalled:
        """Fire the concepts of a cue: one keeps it narrow, several make it wide.

        `company` is what else is at hand, see `workbench.brain.engine.stations`. Where it is not
        `calm`, associations are being drawn: then nothing is wired anew that would be outdated.
        `watch(step, frame)` is called after every step. Raises `Cancelled`.
        """
        stop = cancel or Cancel()
        levels = modulators or (FOCUSED if len(cue) <= 1 else BROAD)
        began = time.perf_counter()
        with self._held(stop), self._ready(stop, calm) as loaded:
            known = [each for each in dict.fromkeys(cue) if each < loaded.concepts]

            def look(number: int, frame: Frame) -> None:
                stop.check()
                if watch is not None:
                    watch(number, frame)

            started = time.perf_counter()
            lit = loaded.brain.recall(known, levels, seed=seed, company=company, watch=look)
            self._step = 1000 * (time.perf_counter() - started) / STEPS
            came = self._standing(loaded, tuple(self._came(loaded, lit, known)))
            return Recalled(
                cue=tuple(known),
                mode="focused" if levels.width < 0.5 else "broad",
                levels=levels,
                came=came,
                spikes=np.stack([frame.spikes for frame in lit.frames]),
                raster=np.stack([frame.raster for frame in lit.frames]),
                speaking=tuple(
                    tuple(each for each in frame.speaking.tolist() if each < loaded.concepts)
                    for frame in lit.frames
                ),
                held=tuple(frame.held for frame in lit.frames),
                leading=tuple(frame.leading for frame in lit.frames),
                scale=loaded.brain.layout.scale,
                seed=seed,
                moves=loaded.moves,
                milliseconds=1000 * (time.perf_counter() - began),
                taught=loaded.taught.version,
                meant=loaded.brain.pools.meant.version,
                kin=tuple(zip(lit.kin.ids.tolist(), lit.kin.shared.tolist(), strict=True)),
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

    def at_hand(self, patience: float) -> bool:
        """Whether a recall waits for no links, or no longer than so many seconds.

        Those of a large library are begun with in the background.
        """
        if self._loaded is None:
            with self._store.read() as connection:
                few = association_rows.count(connection) <= _AT_ONCE
            if not few:
                self._follow(self._fitting())
                self.settle(patience)
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
    def _held(self, cancel: Cancel) -> Iterator[None]:
        """The lock; who is cancelled does not wait for it, as long as loading may take another."""
        while not self._lock.acquire(timeout=_LOOK):
            cancel.check()
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _ready(self, cancel: Cancel, calm: bool = True) -> Iterator[Wired]:
        with self._store.read() as connection:
            moves, scale = association_rows.moves(connection), self._fitting()
            now = self._loaded
            if now is None or now.brain.layout.scale != scale:
                self._loaded = None
                now = self._adopt(wired(connection, scale, cancel))
            if now.taught.stale(connection) or now.moves != moves:
                if calm and association_rows.count(connection) <= _AT_ONCE:
                    now = self._adopt(wired(connection, scale, cancel, now.brain))
                else:
                    self._follow(scale)
            now.taught.renew(connection, self._store.clock())
        # Codes change between two recalls, never within one; nobody waits for them.
        codes = self._meant()
        if codes is not now.brain.pools.meant:
            now.brain.overlap(codes)
        yield now

    def _fitting(self) -> float:
        """The scale that is simulated by now."""
        # Compiling takes long: that is for `prepare`, or for the background of the window.
        if kernels.made(BRAIN_KERNELS):
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
            begun = threading.Thread(
                target=self._wire, args=(scale,), name="brain-wiring", daemon=True
            )
            begun.start()
            self._wiring = begun

    def _wire(self, scale: float) -> None:
        began = time.monotonic()
        now = self._loaded
        try:
            with self._store.read() as connection:
                fresh = wired(connection, scale, self._stop, None if now is None else now.brain)
        except (Cancelled, LibraryError):
            # The library is being closed, or another program holds it: it is tried another time.
            return
        with self._lock:
            if self._loaded is now:
                self._adopt(fresh)
        self._next = time.monotonic() + _SELDOM * (time.monotonic() - began)

    def _standing(self, loaded: Wired, came: tuple[Came, ...]) -> tuple[Came, ...]:
        """Those that came on ways that there are by now: a source that went took its share."""
        with self._store.read() as connection:
            if association_rows.moves(connection) == loaded.moves:
                return came
            known: dict[tuple[int, int], bool] = {}
            for hop in {hop for each in came for hop in each.links}:
                known[hop] = loaded.taught.joins(*hop) or association_rows.joined(connection, *hop)
        return tuple(each for each in came if all(known[hop] for hop in each.links))

    def _came(self, loaded: Wired, lit: Ignited, cue: Collection[int]) -> Iterator[Came]:
        most = loaded.concepts
        found = loaded.brain.found
        kept = [
            (id, score)
            for id, score in zip(lit.ids.tolist(), lit.score.tolist(), strict=True)
            if id < most
        ]
        top = kept[0][1] if kept else 1.0
        meant = loaded.brain.pools.meant
        kin = {
            each: max(cue, key=lambda one: (meant.shared(one, each), -one))
            for each in lit.kin.ids.tolist()
        }
        for id, score in kept:
            trail, across = _trail(loaded, found.via, id, cue, kin)
            yield Came(
                concept=id,
                strength=score / top if top > 0 else 0.0,
                cover=min(1.0, int(found.peak[id]) / (2 * LIT)),
                step=int(found.lit[id]),
                trail=trail,
                stated=(
                    trail[0] in cue
                    and not across
                    and all(loaded.says(a, b) for a, b in pairwise(trail))
                ),
                across=across,
            )


def _trail(
    loaded: Wired,
    via: NDArray[np.int32],
    concept: int,
    cue: Collection[int],
    kin: Mapping[int, int],
) -> tuple[tuple[int, ...], bool]:
    """The concepts through which activity came, the cue first; pairs stand for their subject.

    Where no links lead back to the cue, it came across by one of its `kin`, of whom each is like a
    concept of the cue; whether it did.
    """
    first, most = loaded.brain.pools.pairs.first, loaded.concepts
    way, here, seen = [concept], concept, {concept}
    while here not in cue:
        here = int(via[here])
        if here < 0 or here in seen:
            break
        seen.add(here)
        named = loaded.subject(here) if here >= first else here
        if named < most and named != way[-1]:
            way.append(named)
            if named in cue:
                break
    if way[-1] not in cue:
        met = next((at for at, each in enumerate(way) if each in kin), None)
        if met is not None:
            return (kin[way[met]], *reversed(way[: met + 1])), True
    return tuple(reversed(way)), False
