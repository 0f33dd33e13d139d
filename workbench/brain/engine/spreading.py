"""How active assemblies drive others: by concept, then neuron by neuron.

Spikes are gathered by assembly; where at least eight of its hundred neurons fired at once, it
speaks (as dendrites do that wait for coincidence). What it says is summed for each assembly that it
reaches; the best 27 by that drive, and no weaker than a share of the strongest, win, since
interneurons hold the others down. Only to winners does activity go on, through the quarter of all
pairs of neurons that a hash makes synapses. All is counted in whole numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.brain.engine.assemblies import MEANT_SLOTS, SLOTS, Assemblies
from workbench.brain.engine.hashing import GOLDEN, U64, mixed, ones, stirred
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.meaning import EVERY, WIDE
from workbench.brain.engine.neurons import I32, I64, TOLD, U8, UNIT, State
from workbench.brain.engine.regions import BLOCK
from workbench.brain.engine.synapses import ONE, Synapses

I16 = NDArray[np.int16]
F64 = NDArray[np.float64]

#: Neurons of an assembly that must fire at once for it to speak; from so many on it says no more.
GATE, FULL = 8, 50
#: Neurons of an assembly that count as the whole of it being lit.
LIT = 50
#: Links whose neurons are looked at together, where there is no kernel.
_AT_A_TIME = 256
_TIE, _SALT, _STEP = np.uint64(77), np.uint64(5), np.uint64(0x1000003)
_LOW, _63, _1 = np.uint64(1023), np.uint64(63), np.uint64(1)
_G1, _G2, _G3, _G4 = (np.uint64((k * int(GOLDEN)) % (1 << 64)) for k in (1, 2, 3, 4))


@dataclass(slots=True)
class Activity:
    """What became of every assembly during one recall, arrays over their ids.

    `peak` uint8 is the most of its neurons that fired at once, `lit` int16 the step at which half
    did, or -1, `score` float64 its drive, later drive counting less, `via` int32 the assembly that
    drove it most while it won, or -1, `strongest` int32 how much that was. The rest is zero between
    two steps: `active` uint8, how many of its neurons fired, `drive` int64 what it hears, and
    `lead` int64 from whom most.
    """

    active: U8
    drive: I64
    lead: I64
    peak: U8
    lit: I16
    score: F64
    via: I32
    strongest: I32

    @property
    def bytes(self) -> int:
        """What the arrays take."""
        return sum(
            each.nbytes
            for each in (
                self.active, self.drive, self.lead, self.peak, self.lit, self.score, self.via,
                self.strongest,
            )
        )  # fmt: skip

    def clear(self) -> None:
        """As before a recall."""
        self.peak[:] = 0
        self.lit[:] = -1
        self.score[:] = 0
        self.via[:] = -1
        self.strongest[:] = 0


def activity(size: int) -> Activity:
    """For so many assemblies; nothing is active."""
    return Activity(
        active=np.zeros(size, np.uint8),
        drive=np.zeros(size, np.int64),
        lead=np.zeros(size, np.int64),
        peak=np.zeros(size, np.uint8),
        lit=np.full(size, -1, np.int16),
        score=np.zeros(size),
        via=np.full(size, -1, np.int32),
        strongest=np.zeros(size, np.int32),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What holds for one step: its number, the gain, how many win, and how near to the best.

    `weight` is what drive counts for the score, `inward` the weight within an assembly, by which it
    completes itself.
    """

    number: int
    gain: float
    winners: int
    share: float
    weight: float
    inward: float = 0.0


def spread(
    state: State, fired: I64, pools: Assemblies, synapses: Synapses, found: Activity, step: Step
) -> I64:
    """Pass the activity on; returns the assemblies that spoke, sorted: int64[n]."""
    numbers = np.array(
        [step.number, round(step.gain * UNIT), step.winners, round(step.share * 100),
         round(step.inward * ONE)],
        np.int64,
    )  # fmt: skip
    if kernels.ready(BRAIN_KERNELS):
        geometry, forth, back, shift = pools.tables
        spoke: I64 = _spread_compiled(
            fired, geometry, forth, back, shift, pools.meant.values,
            synapses.starts, synapses.targets, synapses.weights,
            synapses.heads, synapses.nexts, synapses.more, synapses.strong,
            found.active, found.drive, found.lead, found.peak, found.lit, found.score, found.via,
            found.strongest, state.learned, state.live, numbers, step.weight,
        )  # fmt: skip
        return spoke
    return _spread(state, fired, pools, synapses, found, step, numbers.tolist())


def _spread(
    state: State,
    fired: I64,
    pools: Assemblies,
    synapses: Synapses,
    found: Activity,
    step: Step,
    numbers: list[int],
) -> I64:
    """The same in NumPy, with the same results bit for bit."""
    number, gain, winners, share, inward = numbers
    touched, active = _gathered(fired, pools)
    found.peak[touched] = np.maximum(found.peak[touched], active.astype(np.uint8))
    speaking: I64 = touched[active >= GATE]
    said = active[active >= GATE]
    fresh = speaking[(said >= LIT) & (found.lit[speaking] < 0)]
    found.lit[fresh] = number
    sources, targets, weights = links(synapses, speaking)
    loud = np.minimum(said, FULL)[sources]
    driven = loud * weights
    np.add.at(found.drive, targets, driven)
    reached = np.unique(targets[driven > 0])
    drives = untied(found.drive[reached], reached)
    cut = _cut(drives, winners, share)
    winning = reached[drives >= cut] if len(reached) else reached
    found.score[winning] += step.weight * found.drive[winning] / (FULL * ONE)
    blame(found, speaking[sources], targets, driven, winning)
    pairs = np.isin(targets, winning) & (driven > 0)
    held = masks(fired, pools, speaking)
    among = np.arange(len(speaking))
    expand(state, pools, held, speaking, sources[pairs], targets[pairs], weights[pairs], gain)
    if inward > 0:
        own = np.full(len(speaking), inward, np.int64)
        expand(state, pools, held, speaking, among, speaking, own, gain)
    found.drive[reached] = 0
    return speaking


def _gathered(fired: I64, pools: Assemblies) -> tuple[I64, I64]:
    """The assemblies of which any neuron fired, sorted, and how many did of each.

    What an assembly has by meaning, others have too: it counts where enough fired of its own.
    """
    touched: list[I64] = []
    values = pools.meant.values
    for pool in (pools.concepts, pools.pairs):
        local = fired[(fired >= pool.base) & (fired < pool.base + SLOTS * pool.slot)] - pool.base
        slot = local // pool.slot
        place = (local - slot * pool.slot) * pool.sharing
        own = (place[:, None] + np.arange(pool.sharing) - pool.shift[slot][:, None]) % pool.room
        ids = own * pool.back[slot][:, None] % pool.room + pool.first
        if pool is pools.concepts and len(values):
            coded = values[np.minimum(ids, len(values) - 1), (slot // EVERY // WIDE)[:, None]] >= 0
            ids = ids[~((slot % EVERY == 0)[:, None] & (ids < len(values)) & coded)]
        touched.append(ids.reshape(-1))
    ids, active = np.unique(np.concatenate(touched), return_counts=True)
    enough = np.flatnonzero((active >= GATE) & (ids < len(values)))
    if len(enough):
        coded = values[ids[enough]][:, np.arange(len(MEANT_SLOTS)) // WIDE] >= 0
        firing = np.isin(pools.of(ids[enough])[:, MEANT_SLOTS], fired)
        active[enough] += (coded & firing).sum(axis=1)
    return ids, active


def masks(fired: I64, pools: Assemblies, speaking: I64) -> U64:
    """Which of the hundred neurons of each fired, as bits: uint64[n, 2]."""
    among = np.isin(pools.of(speaking), fired)
    bits = _1 << (np.arange(SLOTS, dtype=np.uint64) & _63)
    held = np.where(among, bits, np.uint64(0))
    low, high = held[:, :64], held[:, 64:]
    return np.stack([np.bitwise_or.reduce(low, axis=1), np.bitwise_or.reduce(high, axis=1)], axis=1)


def links(synapses: Synapses, speaking: I64) -> tuple[I64, I64, I64]:
    """All links of the assemblies that speak: the place of the source, the target, the weight."""
    low, high = synapses.starts[speaking], synapses.starts[speaking + 1]
    sizes = high - low
    sources = np.repeat(np.arange(len(speaking)), sizes)
    at = np.arange(int(sizes.sum())) + np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    targets, weights = synapses.targets[at].astype(np.int64), synapses.weights[at].astype(np.int64)
    more: list[tuple[int, int, int]] = []
    for place, source in enumerate(speaking.tolist()):
        chain = int(synapses.heads[source])
        while chain >= 0:
            more.append((place, int(synapses.more[chain]), int(synapses.strong[chain])))
            chain = int(synapses.nexts[chain])
    if more:
        added = np.array(more, np.int64).T
        sources, targets, weights = (
            np.concatenate(both) for both in zip((sources, targets, weights), added, strict=True)
        )
    return sources, targets, weights


def untied(drives: I64, ids: I64) -> I64:
    """Drives that a hash of the assembly keeps from being equal."""
    chance: I64 = (mixed(ids.astype(np.uint64) + _TIE) & _LOW).astype(np.int64)
    return drives * 1024 + chance


def _cut(drives: I64, winners: int, share: int) -> int:
    """The drive from which on an assembly wins."""
    if not len(drives):
        return 0
    cut = -(-int(drives.max()) * share // 100)
    if len(drives) > winners:
        cut = max(cut, int(np.partition(drives, len(drives) - winners)[len(drives) - winners]))
    return cut


def blame(found: Activity, sources: I64, targets: I64, driven: I64, winning: I64) -> None:
    """Note for each winner who drove it most, if that was more than ever before."""
    mine = np.isin(targets, winning)
    order = np.lexsort((sources[mine], -driven[mine], targets[mine]))
    targets, sources, driven = targets[mine][order], sources[mine][order], driven[mine][order]
    _, first = np.unique(targets, return_index=True)
    for at in first.tolist():
        target = targets[at]
        if driven[at] > found.strongest[target] and found.lit[target] < 0:
            found.strongest[target] = driven[at]
            found.via[target] = sources[at]


def expand(
    state: State,
    pools: Assemblies,
    held: U64,
    speaking: I64,
    sources: I64,
    targets: I64,
    weights: I64,
    gain: int,
    clear: int = 2,
) -> None:
    """Let every neuron of the targets hear those neurons of the sources that it is joined to.

    `sources` are places among those `speaking`. With `clear` 2, a quarter of fifty active neurons
    say all there is to say.
    """
    slots = np.arange(SLOTS, dtype=np.uint64) * np.array(_G4)
    for low in range(0, len(sources), _AT_A_TIME):
        part = slice(low, low + _AT_A_TIME)
        ends = speaking[sources[part]].astype(np.uint64), targets[part].astype(np.uint64)
        h = mixed(ends[0] * _STEP + ends[1] * GOLDEN + _SALT)[:, None] + slots
        one = stirred(h) & stirred(h + _G1) & held[sources[part], 0][:, None]
        two = stirred(h + _G2) & stirred(h + _G3) & held[sources[part], 1][:, None]
        heard = (ones(one) + ones(two)).astype(np.int64)
        given = gain * weights[part][:, None] * np.minimum(clear * heard, 25) // (25 * ONE)
        hearing = pools.of(targets[part])
        np.add.at(state.learned, hearing, given.astype(np.int32))
        state.live[hearing // BLOCK] |= np.uint8(TOLD)


@kernels.inner
def _gather(
    fired: I64, geometry: I64, back: I64, shift: I64, values: I16, active: U8, touched: I32
) -> int:  # fmt: skip
    """Count the spikes of each assembly; returns how many were touched."""
    count = 0
    for at in range(len(fired)):
        for pool in range(2):
            local = fired[at] - geometry[pool, 0]
            slot_size = geometry[pool, 1]
            if local < 0 or local >= SLOTS * slot_size:
                continue
            size, first = geometry[pool, 3], geometry[pool, 4]
            slot = local // slot_size
            place = (local - slot * slot_size) * geometry[pool, 2] - shift[pool, slot]
            onward = back[pool, slot]
            own = (place % size) * onward % size
            # In a slot that follows the meaning who has a code has no neuron of its own.
            coded = len(values) if pool == 0 and slot % EVERY == 0 else 0
            band = slot // EVERY // WIDE
            for _ in range(geometry[pool, 2]):
                id_ = own + first
                if id_ < coded and values[id_, band] >= 0:
                    own += onward
                    if own >= size:
                        own -= size
                    continue
                if active[id_] == 0:
                    touched[count] = id_
                    count += 1
                active[id_] += 1
                own += onward
                if own >= size:
                    own -= size
    return count


@kernels.inner
def _place(
    geometry: I64, forth: I64, shift: I64, values: I16, id_: np.int64, neurons: I64
) -> None:  # fmt: skip
    """The hundred neurons of an assembly, in order."""
    pool = 1 if id_ >= geometry[1, 4] else 0
    base, slot_size, sharing = geometry[pool, 0], geometry[pool, 1], geometry[pool, 2]
    size, own = geometry[pool, 3], id_ - geometry[pool, 4]
    for slot in range(SLOTS):
        place = (forth[pool, slot] * own + shift[pool, slot]) % size
        neurons[slot] = base + slot * slot_size + place // sharing
    if id_ < len(values):
        for slot in range(0, SLOTS, EVERY):
            leaf = np.int64(values[id_, slot // EVERY // WIDE])
            if leaf >= 0:
                place = (forth[0, slot] * leaf + shift[0, slot]) % slot_size
                neurons[slot] = base + slot * slot_size + place


@kernels.inner
def _meant(fired: I64, values: I16, id_: np.int64, neurons: I64) -> int:
    """How many of the neurons fired that an assembly has by meaning."""
    count = 0
    for slot in range(0, SLOTS, EVERY):
        if values[id_, slot // EVERY // WIDE] >= 0:
            at = np.searchsorted(fired, neurons[slot])
            if at < len(fired) and fired[at] == neurons[slot]:
                count += 1
    return count


@kernels.inner
def _mark(fired: I64, neurons: I64, masks: U64, at: np.int64) -> None:
    """Set the bits of those of an assembly's neurons that fired; both are in order."""
    low, high = 0, len(fired)
    for slot in range(SLOTS):
        wanted = neurons[slot]
        here, there = low, high
        while here < there:
            middle = (here + there) >> 1
            if fired[middle] < wanted:
                here = middle + 1
            else:
                there = middle
        low = here
        if here < high and fired[here] == wanted:
            masks[at, slot >> 6] |= _1 << np.uint64(slot & 63)


@kernels.kernel
def _spread_compiled(
    fired: I64,
    geometry: I64,
    forth: I64,
    back: I64,
    shift: I64,
    values: I16,
    starts: I64,
    row_targets: I32,
    row_weights: U8,
    heads: I32,
    nexts: I32,
    more: I32,
    strong: U8,
    active: U8,
    drive: I64,
    lead: I64,
    peak: U8,
    lit: I16,
    score: F64,
    via: I32,
    strongest: I32,
    learned: I32,
    live: U8,
    numbers: I64,
    weight_of_step: float,
) -> I64:
    number, gain, winners = numbers[0], numbers[1], numbers[2]
    share, inward = numbers[3], numbers[4]
    # Spikes to assemblies.
    room = 1
    for at in range(len(fired)):
        for pool in range(2):
            local = fired[at] - geometry[pool, 0]
            if 0 <= local < SLOTS * geometry[pool, 1]:
                room += geometry[pool, 2]
    touched = np.empty(room, np.int32)
    count = _gather(fired, geometry, back, shift, values, active, touched)
    neurons = np.empty(SLOTS, np.int64)
    # Those of which enough fired speak.
    speaking = np.empty(count, np.int64)
    spoke = 0
    links = 0
    for at in range(count):
        id_ = touched[at]
        many = active[id_]
        if many >= GATE and id_ < len(values):
            _place(geometry, forth, shift, values, np.int64(id_), neurons)
            many += _meant(fired, values, np.int64(id_), neurons)
            active[id_] = many
        if many > peak[id_]:
            peak[id_] = many
        if many < GATE:
            active[id_] = 0
            continue
        speaking[spoke] = id_
        spoke += 1
        if many >= LIT and lit[id_] < 0:
            lit[id_] = number
        links += starts[id_ + 1] - starts[id_]
        chain = heads[id_]
        while chain >= 0:
            links += 1
            chain = nexts[chain]
    speaking = np.sort(speaking[:spoke])
    # What they say, summed for each they reach.
    sources = np.empty(links, np.int32)
    targets = np.empty(links, np.int64)
    weights = np.empty(links, np.int64)
    reached = np.empty(links, np.int64)
    links = 0
    reach = 0
    for at in range(spoke):
        id_ = speaking[at]
        loud = np.int64(min(active[id_], FULL))
        active[id_] = 0
        row = starts[id_]
        chain = heads[id_]
        while row < starts[id_ + 1] or chain >= 0:
            if row < starts[id_ + 1]:
                target = np.int64(row_targets[row])
                weight = np.int64(row_weights[row])
                row += 1
            else:
                target = np.int64(more[chain])
                weight = np.int64(strong[chain])
                chain = nexts[chain]
            driven = loud * weight
            if driven == 0:
                continue
            if drive[target] == 0:
                reached[reach] = target
                reach += 1
            drive[target] += driven
            # Who drives it most: of equals the one with the lower id, which comes first.
            if driven > lead[target] >> 32:
                lead[target] = (driven << 32) | id_
            sources[links] = at
            targets[links] = target
            weights[links] = weight
            links += 1
    # The best of them win.
    cut = np.int64(0)
    if reach:
        drives = np.empty(reach, np.int64)
        highest = np.int64(0)
        for at in range(reach):
            id_ = reached[at]
            drives[at] = drive[id_] * 1024 + np.int64(mixed(np.uint64(id_) + _TIE) & _LOW)
            highest = max(highest, drives[at])
        cut = -((-highest * share) // 100)
        if reach > winners:
            cut = max(cut, np.int64(np.partition(drives, reach - winners)[reach - winners]))
        for at in range(reach):
            id_ = reached[at]
            if drives[at] >= cut:
                score[id_] += weight_of_step * drive[id_] / (FULL * ONE)
                if lead[id_] >> 32 > strongest[id_] and lit[id_] < 0:
                    strongest[id_] = lead[id_] >> 32
                    via[id_] = lead[id_] & 0xFFFFFFFF
            else:
                # It lost: nothing goes on to it.
                drive[id_] = -1
    masks = np.zeros((spoke, 2), np.uint64)
    amounts = np.empty(SLOTS, np.int64)
    marked = np.int64(-1)
    for at in range(links + (spoke if inward > 0 else 0)):
        if at < links:
            source, target, weight = np.int64(sources[at]), targets[at], weights[at]
            if drive[target] < 0:
                continue
        else:
            source = np.int64(at - links)
            target, weight = speaking[source], inward
        if source != marked:
            # Links lie by where they come from.
            marked = source
            if masks[source, 0] == 0 and masks[source, 1] == 0:
                _place(geometry, forth, shift, values, speaking[source], neurons)
                _mark(fired, neurons, masks, source)
        key = mixed(np.uint64(speaking[source]) * _STEP + np.uint64(target) * GOLDEN + _SALT)
        low, high = masks[source, 0], masks[source, 1]
        for slot in range(SLOTS):
            h = key + np.uint64(slot) * _G4
            heard = np.int64(
                ones(stirred(h) & stirred(h + _G1) & low)
                + ones(stirred(h + _G2) & stirred(h + _G3) & high)
            )
            amounts[slot] = gain * weight * min(2 * heard, 25)
        _place(geometry, forth, shift, values, target, neurons)
        for slot in range(SLOTS):
            neuron = neurons[slot]
            learned[neuron] += amounts[slot] // (25 * ONE)
            live[neuron // BLOCK] |= np.uint8(TOLD)
    for at in range(reach):
        drive[reached[at]] = 0
        lead[reached[at]] = 0
    return speaking


@kernels.warm_up
def _warm() -> None:
    geometry = np.array([(0, 1, 1, 1, 0), (100, 1, 1, 1, 1)], np.int64)
    per_slot = np.ones((2, SLOTS), np.int64)
    none = np.zeros(0, np.int32)
    small, whole = np.zeros(2, np.uint8), np.zeros(2, np.int32)
    _spread_compiled(
        np.zeros(0, np.int64), geometry, per_slot, per_slot, per_slot,
        np.zeros((0, 10), np.int16),
        np.zeros(3, np.int64), none, np.zeros(0, np.uint8), np.full(2, -1, np.int32), none, none,
        np.zeros(0, np.uint8), small, np.zeros(2, np.int64),
        np.zeros(2, np.int64), small.copy(), np.zeros(2, np.int16), np.zeros(2), whole,
        whole.copy(), np.zeros(200, np.int32), np.zeros(3, np.uint8),
        np.zeros(5, np.int64), 1.0,
    )  # fmt: skip
