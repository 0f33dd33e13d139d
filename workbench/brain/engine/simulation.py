"""One simulation: a cue, thirty steps, and the assemblies that fired.

Everything follows from the cue, the links and the seeds of the brain, so that a recall can be
repeated spike for spike on any machine, compiled or not.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import I64
from workbench.brain.engine import background, neurons
from workbench.brain.engine.assemblies import SLOTS, Assemblies, assemblies, room_for
from workbench.brain.engine.hashing import GOLDEN, mixed
from workbench.brain.engine.meaning import SHARED, WIDE, Similarity
from workbench.brain.engine.modulators import FOCUSED, Modulators
from workbench.brain.engine.neurons import UNIT, State, resting_state
from workbench.brain.engine.regions import ASSOCIATION, Layout, layout
from workbench.brain.engine.spreading import (
    FULL,
    GATE,
    IGNITED,
    Activity,
    Links,
    Network,
    Step,
    activity,
    blame,
    expand,
    firing_of,
    links,
    spread,
    untied,
)
from workbench.brain.engine.stations import NO_CONTEXT, Company, Stations
from workbench.brain.engine.synapses import MAX_WEIGHT, WEIGHT_UNIT, Synapses, freeze

# -- similarity -----------------------------------------------------------------------------------
# Activity spreads to similar concepts without a stored link, and along their links. Similar
# concepts share neurons (`meaning`), so that a cue partly activates them; those above chance drive
# the targets of their own links, in proportion to their activity. What several of them drive, or
# one strongly, wins a few extra places. This happens after the last volley of the cue, so that it
# does not compete with what the cue itself is linked to.


#: A similar concept shares at least `GATE` neurons with a cue, in more bands than expected by this
#: many deviations; so many of them may be active at most.
_DEVIATIONS, _MAX_WEAK = 5, 48
#: Concepts with more links than this do not project by similarity.
_TALKATIVE = 2048
#: Extra winners at most, and the share of the strongest drive that they need.
_WINNERS, _SIMILAR_SHARE = 2, 60
#: Gain of this input: part of a code counts for the whole.
_CLEAR = 12
#: Asserted links project directly and through a pair, about equally; the pairs of similar concepts
#: are silent, so their direct input counts for both.
_AMPLIFICATION = 2


@dataclass(frozen=True, slots=True)
class SimilarConcepts:
    """Concepts that a cue partly activates: ids int64[n], and the neurons each shares with it."""

    ids: I64
    shared: I64


#: No concept is similar.
NO_SIMILAR = SimilarConcepts(np.zeros(0, np.int64), np.zeros(0, np.int64))


def similar_to_cue(pools: Assemblies, fired: I64, lights: I64, cue: I64) -> SimilarConcepts:
    """The concepts that share neurons with a cue, most shared and fired neurons first.

    `lights` are the neurons of the cue.
    """
    ids, shared = pools.similar(np.intersect1d(fired, lights, assume_unique=True))
    if not len(ids):
        return NO_SIMILAR
    # A cue of many concepts, or few leaves, shares neurons with everybody: expected per whole band.
    expected = int(shared.sum()) / WIDE / max(pools.similarity.coded, 1)
    gate = max(GATE, WIDE * math.ceil(expected + _DEVIATIONS * math.sqrt(expected)))
    selected = (shared >= gate) & ~np.isin(ids, cue)
    ids, shared = ids[selected], shared[selected]
    best = np.lexsort((ids, -shared))[:_MAX_WEAK]
    return SimilarConcepts(ids[best], shared[best])


def cross(network: Network, fired: I64, similar: SimilarConcepts, cue: I64, step: Step) -> None:
    """Drive, once, the targets of the concepts similar to a cue; they fire in the next step."""
    state, pools, synapses, activation = network
    quiet = synapses.starts[similar.ids + 1] - synapses.starts[similar.ids] <= _TALKATIVE
    ids, shared = similar.ids[quiet], similar.shared[quiet]
    order = np.argsort(ids)
    ids, shared = ids[order], shared[order]
    np.maximum.at(activation.peak, ids, np.minimum(shared, SHARED).astype(np.uint8))
    sources, targets, weights = links(synapses, ids)
    # Exclude the targets of the cue itself.
    _, linked, _ = links(synapses, cue)
    new = (targets < pools.pairs.first) & (weights > 0) & ~np.isin(targets, linked)
    new &= ~np.isin(targets, cue)
    outgoing = Links(sources, targets, weights).where(new)
    sources, targets, weights = outgoing
    if not len(targets):
        return
    driven = np.minimum(shared[sources] * FULL // SHARED, FULL) * weights
    reached, place = np.unique(targets, return_inverse=True)
    drive = np.zeros(len(reached), np.int64)
    np.add.at(drive, place, driven)
    levels = untied(drive, reached)
    cut = -(-int(levels.max()) * _SIMILAR_SHARE // 100)
    if len(levels) > _WINNERS:
        cut = max(cut, int(np.partition(levels, -_WINNERS)[-_WINNERS]))
    wins = levels >= cut
    winning = reached[wins]
    activation.score[winning] += step.weight * drive[wins] / (FULL * WEIGHT_UNIT)
    blame(activation, ids[sources], targets, driven, winning)
    amplified = outgoing._replace(weights=np.minimum(_AMPLIFICATION * weights, MAX_WEIGHT))
    winners_only = amplified.where(np.isin(targets, winning))
    expand(
        state, pools, firing_of(fired, pools, ids), winners_only, round(step.gain * UNIT), _CLEAR
    )


# -- simulation ----------------------------------------

#: Steps of a recall; the steps at which the cue is given, and its input current.
STEPS, VOLLEYS, CURRENT = 30, (0, 4, 8), 5.0
#: One winner per so many neurons of a slot, so that assemblies that overlap by chance stay silent:
#: 24 winners need a tenth of the published size. At least three may win.
_SEPARATION, _MIN_WINNERS = 12, 3
#: Share of the strongest drive that a winner needs.
_SHARE = 0.45
#: Time constant of the weight of drive in the score.
_DECAY_STEPS = 1.5
#: Share of the association cortex that receives noise.
_NUDGED = 1 / 500


@dataclass(frozen=True, slots=True)
class Protocol:
    """How a cue is given: the steps of the recall, and those at which the cue comes (`volleys`).

    `part` is the share of each assembly's neurons in the cue, `inward` the weight of recurrent
    completion, `seed` that of the noise.
    """

    steps: int = STEPS
    part: float = 1.0
    inward: float = 0.0
    volleys: Sequence[int] = VOLLEYS
    seed: int = 0


#: Whole assemblies, three times.
STANDARD = Protocol()


@dataclass(frozen=True, slots=True)
class Frame:
    """One step: spikes of each region int64[10], and the active assemblies.

    `raster` uint8[10, 64] counts spikes in 64 parts of each region. `held` are the concepts in
    working memory, the least recently used first; `leading` is the one being answered, -1 for none
    yet.
    """

    spikes: I64
    emitting: I64
    raster: NDArray[np.uint8]
    held: tuple[int, ...] = ()
    leading: int = -1


@dataclass(frozen=True, slots=True)
class Ignited:
    """The assemblies that ignited in a recall: ids by descending score.

    `lit` is the step at which half of the neurons fired, `peak` the most of a hundred that fired at
    once, `via` the assembly that drove it, -1 for the cue. `similar` are concepts that the cue
    partly activated by similarity.
    """

    ids: I64
    score: NDArray[np.float64]
    lit: NDArray[np.int16]
    peak: NDArray[np.int16]
    via: NDArray[np.int32]
    frames: tuple[Frame, ...]
    spikes: int
    similar: SimilarConcepts = NO_SIMILAR


class Brain:
    """Two million neurons, or fewer, and their learned links. Not thread-safe."""

    def __init__(self, scale: float, concepts: int, pairs: int) -> None:
        """Make room for so many concepts and pairs. Raises `ValueError` for a wrong scale."""
        self.layout: Layout = layout(scale)
        self.pools: Assemblies = assemblies(self.layout, room_for(concepts), room_for(pairs))
        self._most_winners = max(_MIN_WINNERS, self.pools.concepts.slot // _SEPARATION)
        self.state: State = resting_state(self.layout)
        self.activation: Activity = activity(self.pools.room)
        empty = np.zeros(0, np.int64)
        self.synapses: Synapses = freeze(self.pools.room, empty, empty, np.zeros(0, np.float32))

    @property
    def bytes(self) -> int:
        """The size of the arrays."""
        return sum(
            item.bytes
            for item in (self.state, self.activation, self.synapses, self.pools.similarity)
        )

    def overlap(self, similarity: Similarity) -> None:
        """Overlap concepts by these codes from the next recall on."""
        self.pools = replace(self.pools, similarity=similarity)

    def recall(
        self,
        cue: Sequence[int],
        modulators: Modulators = FOCUSED,
        protocol: Protocol = STANDARD,
        *,
        company: Company = NO_CONTEXT,
        watch: Callable[[int, Frame], None] | None = None,
        frames: bool = False,
    ) -> Ignited:
        """Fire the assemblies of a cue and let activity spread.

        `company` is the context of the other regions (`stations`). `watch(step, frame)` is called
        after each step and may raise to stop; `frames` returns the frames too.
        """
        state, activation = self.state, self.activation
        network = Network(state, self.pools, self.synapses, activation)
        state.reset()
        activation.clear()
        lights = self._cue(cue, protocol.part)
        stations = Stations(state, self.pools, tuple(cue), company)
        history: list[Frame] = []
        onset, total = 0, 0
        final = max(protocol.volleys, default=-1)
        similar, cue_ids = NO_SIMILAR, np.unique(np.array(cue, np.int64))
        for number in range(protocol.steps):
            if number in protocol.volleys:
                neurons.excite(state, lights, CURRENT)
                onset = number
            if modulators.noise > 0:
                self._nudge(protocol.seed, number, modulators.noise)
            stations.feed(number, modulators)
            fired = neurons.fire(state)
            background.speak(state, fired)
            step = Step(
                number,
                modulators.gain * math.exp(-(number - onset) / modulators.fades),
                min(modulators.winners, self._most_winners),
                _SHARE,
                math.exp(-number / _DECAY_STEPS),
                protocol.inward,
            )
            emitting = spread(network, fired, step)
            if number == final:
                similar = similar_to_cue(self.pools, fired, lights, cue_ids)
                cross(network, fired, similar, cue_ids, step)
            stations.notice(number, emitting, activation.ignited_at, activation.score)
            modulators = modulators.after_step() if protocol.steps > STEPS else modulators
            total += len(fired)
            if watch is not None or frames:
                frame = self._frame(fired, emitting, stations)
                history.append(frame)
                if watch is not None:
                    watch(number, frame)
        return self._ignited(cue, tuple(history), total, similar)

    def _cue(self, cue: Sequence[int], part: float) -> I64:
        cued = max(1, round(SLOTS * part))
        lights = [self.pools.neurons(item)[:cued] for item in cue]
        return np.unique(np.concatenate(lights)) if lights else np.zeros(0, np.int64)

    def _nudge(self, seed: int, step: int, noise: float) -> None:
        base = int(self.layout.bases[ASSOCIATION])
        size = int(self.layout.sizes[ASSOCIATION])
        count = np.arange(max(1, int(size * _NUDGED)), dtype=np.uint64)
        start = np.array([seed * 1_000_003 + step + 1], np.uint64) * GOLDEN
        draw = mixed(count + mixed(start))
        nudged = np.unique(base + (draw % np.uint64(size)).astype(np.int64))
        neurons.excite(self.state, nudged, 10 * noise)

    def _frame(self, fired: I64, emitting: I64, stations: Stations) -> Frame:
        bases = self.layout.bases
        region = np.searchsorted(bases, fired, side="right") - 1
        place = (fired - bases[region]) * 64 // self.layout.sizes[region]
        raster = np.bincount(region * 64 + place, minlength=640).reshape(10, 64)
        return Frame(
            np.bincount(region, minlength=10),
            emitting,
            np.minimum(raster, 255).astype(np.uint8),
            tuple(stations.held),
            stations.leading,
        )

    def _ignited(
        self, cue: Sequence[int], frames: tuple[Frame, ...], spikes: int, similar: SimilarConcepts
    ) -> Ignited:
        activation = self.activation
        lit = np.flatnonzero(activation.ignited_at >= 0)
        lit = lit[~np.isin(lit, np.array(cue, np.int64))]
        order = lit[np.lexsort((lit, -activation.score[lit]))]
        return Ignited(
            order, activation.score[order], activation.ignited_at[order],
            activation.peak[order].astype(np.int16), activation.via[order],
            frames, spikes, similar,
        )  # fmt: skip


__all__ = ["IGNITED", "STEPS", "Brain", "Frame", "Ignited", "Protocol"]
