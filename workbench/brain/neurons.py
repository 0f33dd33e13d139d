"""Adaptive leaky integrate-and-fire neurons, and the few of a region that fire in one step.

Each step a neuron's potential leaks, takes in what reaches it and loses its adaptation; where it
reaches the threshold it may fire. Of those the ones with the highest potential do, at most 1.2 % of
a region: the others are held down by inhibition and fall back to rest. Input is summed in whole
numbers, so that the order in which synapses speak changes nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.brain.hashing import mixed
from workbench.brain.kernel_set import BRAIN_KERNELS
from workbench.brain.regions import BLOCK, REGIONS, Layout

F32 = NDArray[np.float32]
I16 = NDArray[np.int16]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]

#: Units of learned and outer input that are a potential of one, and such potentials in one unit of
#: background input: a hundredth of a weight, at a twentieth of its strength.
UNIT = 65536
_LEARNED = np.float32(1 / UNIT)
_BACKGROUND = np.float32(0.05 / 100)
#: Background input moves a neuron by no more than this.
_CLAMP = np.float32(0.5)
_TINY = np.float32(1e-6)
_ZERO = np.float32(0)
#: At most this share of a region fires in one step; in a small brain, in which it would not be a
#: handful of assemblies, so many neurons, and no more than a quarter.
_SPARSE, _HANDFUL = 0.012, 1200
#: Thresholds of a region lie between 0.7 and 1.3 times its own, in 256 steps.
_LOWEST, _SPREAD = 0.7, 0.6


@dataclass(slots=True)
class State:
    """All that a brain of one layout keeps between two steps: 16 bytes a neuron.

    float32[n] `potential` and `fatigue`; int16[n] `background` and int32[n] `learned` input of the
    next step; uint8[n] `firmness` of the threshold; uint8[n / 80] `live`, 0 for a block at rest.
    """

    layout: Layout
    potential: F32
    fatigue: F32
    background: I16
    learned: I32
    firmness: U8
    live: U8
    hot: U8
    flags: U8
    constants: F32
    most: I64

    def rest(self) -> None:
        """Everything at rest, as at the beginning."""
        for array in (self.potential, self.fatigue, self.background, self.learned, self.live):
            array[:] = 0

    @property
    def bytes(self) -> int:
        """What the arrays take."""
        return sum(
            each.nbytes
            for each in (
                self.potential, self.fatigue, self.background, self.learned, self.firmness,
                self.live, self.hot, self.flags,
            )
        )  # fmt: skip


def at_rest(layout: Layout) -> State:
    """A brain in which nothing happens yet."""
    size = layout.neurons
    firmness = (mixed(np.arange(size, dtype=np.uint64) + np.uint64(1)) & np.uint64(255)).astype(
        np.uint8
    )
    constants = np.array(
        [
            (each.leak, each.recovery, each.fatigue, each.threshold * _LOWEST,
             each.threshold * _SPREAD / 256)
            for each in REGIONS
        ],
        np.float32,
    )  # fmt: skip
    blocks = size // BLOCK
    return State(
        layout=layout,
        potential=np.zeros(size, np.float32),
        fatigue=np.zeros(size, np.float32),
        background=np.zeros(size, np.int16),
        learned=np.zeros(size, np.int32),
        firmness=firmness,
        live=np.zeros(blocks, np.uint8),
        hot=np.zeros(blocks, np.uint8),
        flags=np.zeros(size, np.uint8),
        constants=constants,
        most=np.maximum(
            (layout.sizes * _SPARSE).astype(np.int64), np.minimum(layout.sizes // 4, _HANDFUL)
        ),
    )


def excite(state: State, neurons: I64, by: float) -> None:
    """Give these neurons input from outside, in potentials, for the next step."""
    np.add.at(state.learned, neurons, np.int32(round(by * UNIT)))
    state.live[neurons // BLOCK] = 1


def fire(state: State) -> I64:
    """One step of every neuron; returns those that fire, in order: int64[spikes]."""
    if kernels.ready(BRAIN_KERNELS):
        return _fire_compiled(state)
    return _fire(state)


def _fire_compiled(state: State) -> I64:
    bases = state.layout.bases
    _update(
        state.potential, state.fatigue, state.background, state.learned, state.firmness,
        state.live, state.hot, state.flags, bases, state.constants,
    )  # fmt: skip
    fired = np.empty(int(state.most.sum()), np.int64)
    count = _choose(
        state.hot, state.flags, state.potential, state.fatigue, bases, state.constants, state.most,
        fired,
    )  # fmt: skip
    return fired[:count]


def _fire(state: State) -> I64:
    """The same in NumPy, with the same results bit for bit."""
    found: list[I64] = []
    bases = state.layout.bases
    for region, (leak, recovery, fatigue, lowest, spread) in enumerate(state.constants):
        part = slice(int(bases[region]), int(bases[region + 1]))
        v, a = state.potential[part], state.fatigue[part]
        x = state.background[part].astype(np.float32) * _BACKGROUND
        x = np.minimum(np.maximum(x, -_CLAMP), _CLAMP)
        now = ((v * leak + x) + state.learned[part].astype(np.float32) * _LEARNED) - a
        now[np.abs(now) < _TINY] = 0
        tired = a * recovery
        tired[tired < _TINY] = 0
        state.background[part] = 0
        state.learned[part] = 0
        firm = state.firmness[part].astype(np.float32) * spread + lowest
        ready = np.flatnonzero(now >= firm)
        chosen = ready
        most = int(state.most[region])
        if len(ready) > most:
            levels = now[ready]
            cut = np.partition(levels, len(ready) - most)[len(ready) - most]
            above = levels > cut
            level = np.flatnonzero(levels == cut)[: most - int(above.sum())]
            above[level] = True
            chosen = ready[above]
        now[ready] = 0
        tired[chosen] += fatigue
        state.potential[part], state.fatigue[part] = now, tired
        found.append(chosen + part.start)
    return np.concatenate(found).astype(np.int64)


@kernels.long_kernel
def _update(
    potential: F32,
    fatigue: F32,
    background: I16,
    learned: I32,
    firmness: U8,
    live: U8,
    hot: U8,
    flags: U8,
    bases: I64,
    constants: F32,
) -> None:
    """Integrate every neuron of the blocks that are not at rest; flag those over threshold.

    Blocks that follow one another are done in one go: a loop from 0 over views is one that the
    compiler turns into vector instructions.
    """
    for region in range(len(bases) - 1):
        leak = constants[region, 0]
        recovery = constants[region, 1]
        lowest = constants[region, 3]
        spread = constants[region, 4]
        end = bases[region + 1] // BLOCK
        block = bases[region] // BLOCK
        while block < end:
            if live[block] == 0:
                hot[block] = 0
                block += 1
                continue
            begin = block
            while block < end and live[block]:
                block += 1
            part = slice(begin * BLOCK, block * BLOCK)
            v, a, x, y = potential[part], fatigue[part], background[part], learned[part]
            firm, over = firmness[part], flags[part]
            for i in range(len(v)):
                outer = np.float32(x[i]) * _BACKGROUND
                outer = min(max(outer, -_CLAMP), _CLAMP)
                now = ((v[i] * leak + outer) + np.float32(y[i]) * _LEARNED) - a[i]
                now = _ZERO if abs(now) < _TINY else now
                tired = a[i] * recovery
                x[i] = 0
                y[i] = 0
                v[i] = now
                a[i] = _ZERO if tired < _TINY else tired
                over[i] = now >= np.float32(firm[i]) * spread + lowest
            for at in range(block - begin):
                some = slice(at * BLOCK, at * BLOCK + BLOCK)
                flagged, busy = np.uint8(0), np.uint8(0)
                vs, as_, os_ = v[some], a[some], over[some]
                for i in range(BLOCK):
                    flagged |= os_[i]
                    busy |= np.uint8(vs[i] != _ZERO) | np.uint8(as_[i] != _ZERO)
                hot[begin + at] = flagged
                live[begin + at] = busy


@kernels.long_kernel
def _choose(
    hot: U8,
    flags: U8,
    potential: F32,
    fatigue: F32,
    bases: I64,
    constants: F32,
    most: I64,
    fired: I64,
) -> int:
    """Let the flagged neurons with the highest potential fire, and set back all flagged ones."""
    count = 0
    for region in range(len(bases) - 1):
        ready = 0
        for block in range(bases[region] // BLOCK, bases[region + 1] // BLOCK):
            if hot[block]:
                for i in range(block * BLOCK, block * BLOCK + BLOCK):
                    ready += flags[i]
        if ready == 0:
            continue
        candidates = np.empty(ready, np.int64)
        levels = np.empty(ready, np.float32)
        at = 0
        for block in range(bases[region] // BLOCK, bases[region + 1] // BLOCK):
            if hot[block]:
                for i in range(block * BLOCK, block * BLOCK + BLOCK):
                    if flags[i]:
                        candidates[at] = i
                        levels[at] = potential[i]
                        at += 1
        cut = np.float32(-1e30)
        level = ready
        if ready > most[region]:
            cut = np.partition(levels, ready - most[region])[ready - most[region]]
            level = most[region]
            for at in range(ready):
                if levels[at] > cut:
                    level -= 1
        for at in range(ready):
            i = candidates[at]
            potential[i] = _ZERO
            if levels[at] == cut:
                if level <= 0:
                    continue
                level -= 1
            elif levels[at] < cut:
                continue
            fired[count] = i
            count += 1
            fatigue[i] += constants[region, 2]
    return count


@kernels.warm_up
def _warm() -> None:
    one = np.zeros(BLOCK, np.float32)
    bases = np.array([0, BLOCK], np.int64)
    constants = np.ones((1, 5), np.float32)
    small, flags = np.ones(1, np.uint8), np.zeros(BLOCK, np.uint8)
    whole = np.zeros(BLOCK, np.int32)
    _update(one, one.copy(), whole.astype(np.int16), whole, flags, small, small.copy(),
            flags.copy(), bases, constants)  # fmt: skip
    _choose(small, flags, one, one.copy(), bases, constants, np.ones(1, np.int64),
            np.zeros(1, np.int64))  # fmt: skip
