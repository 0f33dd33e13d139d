"""Spreading activity between assemblies: first by concept, then neuron by neuron.

Spikes are gathered by assembly; one with at least eight of its hundred neurons firing at once
becomes active (as dendrites detect coincidence). Its output is summed for each target assembly; the
best 27, above a share of the strongest, win by lateral inhibition. Only winners receive input,
through the quarter of all pairs of neurons that a hash selects as synapses. Integer arithmetic
throughout.
"""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F64, I16, I32, I64, U8, U64
from workbench.brain.engine.assemblies import BAND_OF, CODE_SLOTS, SLOTS, Assemblies
from workbench.brain.engine.connectivity import flat_ranges
from workbench.brain.engine.hashing import GOLDEN, mixed, ones, stirred
from workbench.brain.engine.meaning import STRIDE, WIDE
from workbench.brain.engine.neurons import DRIVEN, UNIT, State
from workbench.brain.engine.regions import BLOCK
from workbench.brain.engine.synapses import WEIGHT_UNIT, Synapses

#: Neurons of an assembly that must fire at once for it to be active, and the number at which its
#: output saturates.
GATE, FULL = 8, 50
#: Neurons of an assembly that count as ignition.
IGNITED = 50
#: Links expanded into neurons, assemblies compared with what fired, and assemblies of fired neurons
#: at a time: in a small brain most assemblies fire at once.
_AT_A_TIME, _COMPARED, _GATHERED = 256, 2048, 200_000
_TIE, _SALT, _STEP = np.uint64(77), np.uint64(5), np.uint64(0x1000003)
_LOW, _63, _1 = np.uint64(1023), np.uint64(63), np.uint64(1)
_G1, _G2, _G3, _G4 = (np.uint64((k * int(GOLDEN)) % (1 << 64)) for k in (1, 2, 3, 4))


@dataclass(slots=True)
class Activity:
    """The activity of every assembly during one recall, in arrays over ids.

    `peak` uint8 is the most neurons that fired at once, `ignited_at` int16 the step at which half
    did, or -1, `score` float64 the discounted drive, `via` int32 the assembly that contributed most
    of it while winning, or -1, and `strongest` int32 that contribution. Between two steps `active`
    uint8, the number of fired neurons, and `drive` int64, the input, are zero.
    """

    active: U8
    drive: I64
    peak: U8
    ignited_at: I16
    score: F64
    via: I32
    strongest: I32

    @property
    def bytes(self) -> int:
        """The size of the arrays."""
        return sum(getattr(self, each.name).nbytes for each in fields(self))

    def clear(self) -> None:
        """Reset before a recall."""
        self.peak[:] = 0
        self.ignited_at[:] = -1
        self.score[:] = 0
        self.via[:] = -1
        self.strongest[:] = 0


def activity(size: int) -> Activity:
    """The arrays for so many assemblies, all at rest."""
    return Activity(
        active=np.zeros(size, np.uint8),
        drive=np.zeros(size, np.int64),
        peak=np.zeros(size, np.uint8),
        ignited_at=np.full(size, -1, np.int16),
        score=np.zeros(size),
        via=np.full(size, -1, np.int32),
        strongest=np.zeros(size, np.int32),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """The parameters of one step: number, gain, number of winners, and share of the best they need.

    `weight` discounts drive in the score, `inward` is the weight of recurrent completion.
    """

    number: int
    gain: float
    winners: int
    share: float
    weight: float
    inward: float = 0.0


class Network(NamedTuple):
    """The substrate of activity: neurons, assemblies, learned links, and their state."""

    state: State
    pools: Assemblies
    synapses: Synapses
    activation: Activity


class Links(NamedTuple):
    """Learned links, int64[n] each: source (index among the active), target, weight."""

    sources: I64
    targets: I64
    weights: I64

    def where(self, selected: NDArray[np.bool_]) -> "Links":
        """The links selected by a mask bool[n]."""
        return Links(self.sources[selected], self.targets[selected], self.weights[selected])


class Firing(NamedTuple):
    """Assemblies int64[n], and their fired neurons as bits: uint64[n, 2]."""

    assemblies: I64
    bits: U64


def spread(network: Network, fired: I64, step: Step) -> I64:
    """Spread activity by one step; returns the active assemblies, sorted: int64[n]."""
    state, pools, synapses, activation = network
    gain, inward = round(step.gain * UNIT), round(step.inward * WEIGHT_UNIT)
    emitting, counts = _gathered(fired, pools, activation)
    fresh = emitting[(counts >= IGNITED) & (activation.ignited_at[emitting] < 0)]
    activation.ignited_at[fresh] = step.number
    outgoing = links(synapses, emitting)
    sources, targets, weights = outgoing
    output = np.minimum(counts, FULL)[sources]
    driven = output * weights
    np.add.at(activation.drive, targets, driven)
    reached = np.unique(targets[driven > 0])
    drives = untied(activation.drive[reached], reached)
    cut = _cut(drives, step.winners, round(step.share * 100))
    winning = reached[drives >= cut] if len(reached) else reached
    activation.score[winning] += step.weight * activation.drive[winning] / (FULL * WEIGHT_UNIT)
    blame(activation, emitting[sources], targets, driven, winning)
    pairs = np.isin(targets, winning) & (driven > 0)
    firing = firing_of(fired, pools, emitting)
    expand(state, pools, firing, outgoing.where(pairs), gain)
    if inward > 0:
        inner = np.full(len(emitting), inward, np.int64)
        expand(state, pools, firing, Links(np.arange(len(emitting)), emitting, inner), gain)
    activation.drive[reached] = 0
    return emitting


def _gathered(fired: I64, pools: Assemblies, activation: Activity) -> tuple[I64, I64]:
    """The assemblies with enough fired neurons to be active, sorted, and the number of them.

    Neurons shared by meaning count only if enough private ones fired.
    """
    values = pools.similarity.values
    for pool in (pools.concepts, pools.pairs):
        inside = fired[(fired >= pool.base) & (fired < pool.base + SLOTS * pool.slot)] - pool.base
        # In a small brain many assemblies share a neuron.
        step = 1 + _GATHERED // pool.sharing
        for low in range(0, len(inside), step):
            local = inside[low : low + step]
            slot = local // pool.slot
            place = (local - slot * pool.slot) * pool.sharing
            index = (place - pool.shift[slot])[:, None] + np.arange(pool.sharing)
            index += pool.room * (index < 0)
            ids = index * pool.back[slot][:, None] % pool.room + pool.first
            if pool is pools.concepts and len(values):
                shared = np.flatnonzero(slot % STRIDE == 0)
                shared_ids = ids[shared]
                band = (slot[shared] // STRIDE // WIDE)[:, None]
                unshared = np.ones(ids.shape, np.bool_)
                unshared[shared] = (shared_ids >= len(values)) | (
                    values[np.minimum(shared_ids, len(values) - 1), band] < 0
                )
                ids = ids[unshared]
            np.add.at(activation.active, ids.reshape(-1), np.uint8(1))
    np.maximum(activation.peak, activation.active, out=activation.peak)
    ids = np.flatnonzero(activation.active >= GATE)
    active = activation.active[ids].astype(np.int64)
    activation.active[:] = 0
    indexed = np.flatnonzero(ids < len(values))
    for low in range(0, len(indexed), _COMPARED):
        part = indexed[low : low + _COMPARED]
        coded = values[ids[part]][:, BAND_OF] >= 0
        firing = _is_member(pools.of(ids[part])[:, CODE_SLOTS], fired)
        active[part] += (coded & firing).sum(axis=1)
    activation.peak[ids] = np.maximum(activation.peak[ids], active.astype(np.uint8))
    return ids, active


def _is_member(neurons: I64, fired: I64) -> NDArray[np.bool_]:
    """Whether each neuron is in the sorted `fired`."""
    if not len(fired):
        return np.zeros(neurons.shape, np.bool_)
    at = np.minimum(np.searchsorted(fired, neurons), len(fired) - 1)
    activation: NDArray[np.bool_] = fired[at] == neurons
    return activation


def firing_of(fired: I64, pools: Assemblies, assemblies: I64) -> Firing:
    """Which of the hundred neurons of each assembly are in the sorted `fired`."""
    bits = _1 << (np.arange(SLOTS, dtype=np.uint64) & _63)
    fired_bits = np.zeros((len(assemblies), 2), np.uint64)
    for low in range(0, len(assemblies), _COMPARED):
        part = slice(low, low + _COMPARED)
        places = np.where(_is_member(pools.of(assemblies[part]), fired), bits, np.uint64(0))
        for half, of in enumerate((places[:, :64], places[:, 64:])):
            fired_bits[part, half] = np.bitwise_or.reduce(of, axis=1)
    return Firing(assemblies, fired_bits)


def links(synapses: Synapses, emitting: I64) -> Links:
    """The links of the active assemblies."""
    low, high = synapses.starts[emitting], synapses.starts[emitting + 1]
    sizes = high - low
    sources = np.repeat(np.arange(len(emitting)), sizes)
    at = flat_ranges(low, sizes)
    targets, weights = synapses.targets[at].astype(np.int64), synapses.weights[at].astype(np.int64)
    more = [
        (place, *link)
        for place, source in enumerate(emitting.tolist() if synapses.added else ())
        for link in synapses.added.get(source, {}).items()
    ]
    if more:
        added = np.array(more, np.int64).T
        sources, targets, weights = (
            np.concatenate(pair) for pair in zip((sources, targets, weights), added, strict=True)
        )
    return Links(sources, targets, weights)


def untied(drives: I64, ids: I64) -> I64:
    """Break ties between drives by a hash of the assembly."""
    chance: I64 = (mixed(ids.astype(np.uint64) + _TIE) & _LOW).astype(np.int64)
    return drives * 1024 + chance


def _cut(drives: I64, winners: int, share: int) -> int:
    """The drive from which an assembly wins."""
    if not len(drives):
        return 0
    cut = -(-int(drives.max()) * share // 100)
    if len(drives) > winners:
        cut = max(cut, int(np.partition(drives, -winners)[-winners]))
    return cut


def blame(activation: Activity, sources: I64, targets: I64, driven: I64, winning: I64) -> None:
    """Record for each winner its strongest driver, if stronger than before."""
    of_winners = np.isin(targets, winning)
    order = np.lexsort((sources[of_winners], -driven[of_winners], targets[of_winners]))
    targets, sources, driven = (
        targets[of_winners][order],
        sources[of_winners][order],
        driven[of_winners][order],
    )
    _, first = np.unique(targets, return_index=True)
    for at in first.tolist():
        target = targets[at]
        if driven[at] > activation.strongest[target] and activation.ignited_at[target] < 0:
            activation.strongest[target] = driven[at]
            activation.via[target] = sources[at]


def expand(
    state: State, pools: Assemblies, firing: Firing, links: Links, gain: int, clear: int = 2
) -> None:
    """Add the input of the firing neurons to the neurons of each target.

    `gain` is in units of `UNIT`. With `clear` 2, a quarter of fifty active neurons saturate.
    """
    emitting, fired_bits = firing
    sources, targets, weights = links
    slots = np.arange(SLOTS, dtype=np.uint64) * np.array(_G4)
    for low in range(0, len(sources), _AT_A_TIME):
        part = slice(low, low + _AT_A_TIME)
        ends = emitting[sources[part]].astype(np.uint64), targets[part].astype(np.uint64)
        h = mixed(ends[0] * _STEP + ends[1] * GOLDEN + _SALT)[:, None] + slots
        low_half = stirred(h) & stirred(h + _G1) & fired_bits[sources[part], 0][:, None]
        high_half = stirred(h + _G2) & stirred(h + _G3) & fired_bits[sources[part], 1][:, None]
        coincident = (ones(low_half) + ones(high_half)).astype(np.int64)
        current = (
            gain * weights[part][:, None] * np.minimum(clear * coincident, 25) // (25 * WEIGHT_UNIT)
        )
        hearing = pools.of(targets[part])
        np.add.at(state.synaptic, hearing, current.astype(np.int32))
        state.live[hearing // BLOCK] |= np.uint8(DRIVEN)
