"""Adaptive leaky integrate-and-fire neurons with k-winners-take-all inhibition per region.

Each step a potential leaks, integrates its input and loses its adaptation; at the threshold the
neuron may fire. Of those above it the highest potentials do, at most 1.2 % of a region; inhibition
resets the others. Input is summed in integers, so that the order of synapses does not matter.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from workbench import kernels
from workbench.arrays import F32, I32, I64, U8, U16
from workbench.brain.engine.hashing import mixed
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.regions import BLOCK, REGIONS, Layout

#: Offset of background input: four sums are packed into 64 bits, and none may become negative and
#: borrow from its neighbour.
QUIET = 1 << 15
#: Bit flags of a block that is not at rest: potential or background input, fatigue, learned input.
STIRRED, TIRED, DRIVEN = 1, 2, 4
#: Blocks updated together, by the union of their flags: long loops without branches are faster than
#: short ones that skip some.
_GROUP = 16

#: Units of learned and external input per potential of one, and such potentials per unit of
#: background input: a hundredth of a weight, at a twentieth of its strength.
UNIT = 65536
_SYNAPTIC = np.float32(1 / UNIT)
_BACKGROUND = np.float32(0.05 / 100)
#: Limit of the background input of one step.
_CLAMP = np.float32(0.5)
_TINY = np.float32(1e-6)
_ZERO = np.float32(0)
#: Largest share of a region that fires in one step; in a small brain, where that is less than a
#: handful of assemblies, this many neurons, but at most a quarter.
_SPARSE, _HANDFUL = 0.012, 1200
#: Thresholds of a region lie between 0.7 and 1.3 times its mean, in 256 steps.
_LOWEST, _SPREAD = 0.7, 0.6
#: 16-bit numbers per cache line.
_CACHE_LINE = 32


@dataclass(slots=True)
class State:
    """The state of a brain between two steps: 15 bytes per neuron.

    float32[n] `potential` and `fatigue`; uint16[n] `background` (offset by `QUIET`) and int32[n]
    `synaptic` input of the next step; uint8[n] `firmness` of the threshold; uint8[n / 80] `live`,
    the flags of a block, 0 at rest.
    """

    layout: Layout
    potential: F32
    fatigue: F32
    background: U16
    synaptic: I32
    firmness: U8
    live: U8
    constants: F32
    max_spikes: I64

    def reset(self) -> None:
        """Set everything to rest."""
        for array in (self.potential, self.fatigue, self.synaptic, self.live):
            array[:] = 0
        self.background[:] = QUIET

    @property
    def bytes(self) -> int:
        """The size of the arrays."""
        return sum(
            item.nbytes
            for item in (
                self.potential, self.fatigue, self.background, self.synaptic, self.firmness,
                self.live,
            )
        )  # fmt: skip


def resting_state(layout: Layout) -> State:
    """A brain at rest."""
    size = layout.neurons
    firmness = (mixed(np.arange(size, dtype=np.uint64) + np.uint64(1)) & np.uint64(255)).astype(
        np.uint8
    )
    constants = np.array(
        [
            (item.leak, item.recovery, item.fatigue, item.threshold * _LOWEST,
             item.threshold * _SPREAD / 256)
            for item in REGIONS
        ],
        np.float32,
    )  # fmt: skip
    blocks = size // BLOCK
    return State(
        layout=layout,
        potential=np.zeros(size, np.float32),
        fatigue=np.zeros(size, np.float32),
        background=_lines(size),
        synaptic=np.zeros(size, np.int32),
        firmness=firmness,
        live=np.zeros(blocks, np.uint8),
        constants=constants,
        max_spikes=np.maximum(
            (layout.sizes * _SPARSE).astype(np.int64), np.minimum(layout.sizes // 4, _HANDFUL)
        ),
    )


def _lines(size: int) -> U16:
    """Background input aligned to a cache line, so that no patch spans two."""
    buffer = np.full(size + _CACHE_LINE, QUIET, np.uint16)
    begin = -buffer.ctypes.data // 2 % _CACHE_LINE
    return buffer[begin : begin + size]


def excite(state: State, neurons: I64, by: float) -> None:
    """Add external input to these neurons, in potentials, for the next step."""
    if kernels.ready(BRAIN_KERNELS):
        _excite(state.synaptic, state.live, neurons, round(by * UNIT))
        return
    np.add.at(state.synaptic, neurons, np.int32(round(by * UNIT)))
    state.live[neurons // BLOCK] |= np.uint8(DRIVEN)


def fire(state: State) -> I64:
    """Update all neurons; returns those that fire, in order: int64[spikes]."""
    if not kernels.ready(BRAIN_KERNELS):
        return _fire(state)
    fired = np.empty(int(state.max_spikes.sum()), np.int64)
    arrays = _Arrays(
        state.potential, state.fatigue, state.background, state.synaptic, state.firmness, state.live
    )
    count = _update(arrays, state.layout.bases, state.constants, state.max_spikes, fired)
    return fired[:count]


def _fire(state: State) -> I64:
    """The NumPy version of `_update`, equal bit for bit."""
    spikes: list[I64] = []
    bases = state.layout.bases
    for region, (leak, recovery, fatigue, lowest, spread) in enumerate(state.constants):
        part = slice(int(bases[region]), int(bases[region + 1]))
        v, a = state.potential[part], state.fatigue[part]
        x = (state.background[part].astype(np.int32) - QUIET).astype(np.float32) * _BACKGROUND
        x = np.minimum(np.maximum(x, -_CLAMP), _CLAMP)
        membrane = ((v * leak + x) + state.synaptic[part].astype(np.float32) * _SYNAPTIC) - a
        membrane[np.abs(membrane) < _TINY] = 0
        tired = a * recovery
        tired[tired < _TINY] = 0
        state.background[part] = QUIET
        state.synaptic[part] = 0
        firm = state.firmness[part].astype(np.float32) * spread + lowest
        ready = np.flatnonzero(membrane >= firm)
        winners = ready
        max_spikes = int(state.max_spikes[region])
        if len(ready) > max_spikes:
            levels = membrane[ready]
            cut = np.partition(levels, len(ready) - max_spikes)[len(ready) - max_spikes]
            above = levels > cut
            level = np.flatnonzero(levels == cut)[: max_spikes - int(above.sum())]
            above[level] = True
            winners = ready[above]
        membrane[ready] = 0
        tired[winners] += fatigue
        state.potential[part], state.fatigue[part] = membrane, tired
        spikes.append(winners + part.start)
    # This version updates all blocks, so it does not track which are at rest.
    state.live[:] = STIRRED | TIRED | DRIVEN
    return np.concatenate(spikes).astype(np.int64)


@kernels.kernel
def _excite(synaptic: I32, live: U8, neurons: I64, amount: int) -> None:
    for at in range(len(neurons)):
        neuron = neurons[at]
        synaptic[neuron] += amount
        live[neuron // BLOCK] |= np.uint8(DRIVEN)


class _Arrays(NamedTuple):
    """The arrays of a `State`, as a record that numba compiles."""

    potential: F32
    fatigue: F32
    background: U16
    synaptic: I32
    firmness: U8
    live: U8


@kernels.kernel
def _update(arrays: _Arrays, bases: I64, constants: F32, max_spikes: I64, fired: I64) -> int:
    """Integrate all neurons in blocks that are not at rest, and fire those of highest potential.

    Loops from 0 over views are vectorised by the compiler.
    """
    potential, fatigue, background, synaptic, firmness, live = arrays
    count = 0
    widest = 0
    for region in range(len(bases) - 1):
        widest = max(widest, bases[region + 1] - bases[region])
    candidates = np.empty(widest, np.int32)
    levels = np.empty(widest, np.float32)
    flags = np.zeros(_GROUP * BLOCK, np.uint8)
    eights = flags.view(np.uint64)
    for region in range(len(bases) - 1):
        leak = constants[region, 0]
        recovery = constants[region, 1]
        lowest = constants[region, 3]
        spread = constants[region, 4]
        end = bases[region + 1] // BLOCK
        block = bases[region] // BLOCK
        ready = 0
        while block < end:
            begin = block
            block = min(block + _GROUP, end)
            has = np.uint8(0)
            for at in range(begin, block):
                has |= live[at]
            if has == 0:
                continue
            part = slice(begin * BLOCK, block * BLOCK)
            v, x, firm = potential[part], background[part], firmness[part]
            busy = np.int32(0)
            if has == STIRRED:
                for i in range(len(v)):
                    outer = np.float32(np.int32(x[i]) - np.int32(QUIET)) * _BACKGROUND
                    outer = min(max(outer, -_CLAMP), _CLAMP)
                    membrane = v[i] * leak + outer
                    membrane = _ZERO if abs(membrane) < _TINY else membrane
                    x[i] = QUIET
                    v[i] = membrane
                    flags[i] = membrane >= np.float32(firm[i]) * spread + lowest
                    busy |= np.int32(membrane != _ZERO)
            elif has < DRIVEN:
                a = fatigue[part]
                for i in range(len(v)):
                    outer = np.float32(np.int32(x[i]) - np.int32(QUIET)) * _BACKGROUND
                    outer = min(max(outer, -_CLAMP), _CLAMP)
                    membrane = (v[i] * leak + outer) - a[i]
                    membrane = _ZERO if abs(membrane) < _TINY else membrane
                    tired = a[i] * recovery
                    tired = _ZERO if tired < _TINY else tired
                    x[i] = QUIET
                    v[i] = membrane
                    a[i] = tired
                    flags[i] = membrane >= np.float32(firm[i]) * spread + lowest
                    busy |= np.int32(membrane != _ZERO) | (np.int32(tired != _ZERO) << 1)
            else:
                a, y = fatigue[part], synaptic[part]
                for i in range(len(v)):
                    outer = np.float32(np.int32(x[i]) - np.int32(QUIET)) * _BACKGROUND
                    outer = min(max(outer, -_CLAMP), _CLAMP)
                    membrane = ((v[i] * leak + outer) + np.float32(y[i]) * _SYNAPTIC) - a[i]
                    membrane = _ZERO if abs(membrane) < _TINY else membrane
                    tired = a[i] * recovery
                    tired = _ZERO if tired < _TINY else tired
                    x[i] = QUIET
                    y[i] = 0
                    v[i] = membrane
                    a[i] = tired
                    flags[i] = membrane >= np.float32(firm[i]) * spread + lowest
                    busy |= np.int32(membrane != _ZERO) | (np.int32(tired != _ZERO) << 1)
            for at in range(begin, block):
                live[at] = np.uint8(busy)
            # Few neurons are above threshold: test eight at a time.
            for at in range(len(v) // 8):
                if eights[at] == 0:
                    continue
                for i in range(at * 8, at * 8 + 8):
                    if flags[i]:
                        candidates[ready] = begin * BLOCK + i
                        levels[ready] = v[i]
                        v[i] = _ZERO
                        ready += 1
        # Of the neurons above threshold those with the highest potential fire.
        cut = np.float32(-1e30)
        level = ready
        if ready > max_spikes[region]:
            cut = np.partition(levels[:ready], ready - max_spikes[region])[
                ready - max_spikes[region]
            ]
            level = max_spikes[region]
            for at in range(ready):
                if levels[at] > cut:
                    level -= 1
        for at in range(ready):
            if levels[at] < cut:
                continue
            if levels[at] == cut:
                if level <= 0:
                    continue
                level -= 1
            neuron = candidates[at]
            fired[count] = neuron
            count += 1
            fatigue[neuron] += constants[region, 2]
            live[neuron // BLOCK] |= np.uint8(TIRED)
    return count


@kernels.warm_up
def _warm() -> None:
    unit = np.zeros(BLOCK, np.float32)
    bases = np.array([0, BLOCK], np.int64)
    zeros, live = np.zeros(BLOCK, np.int32), np.ones(1, np.uint8)
    _update(
        _Arrays(unit, unit.copy(), zeros.astype(np.uint16), zeros, np.zeros(BLOCK, np.uint8), live),
        bases,
        np.ones((1, 5), np.float32),
        np.ones(1, np.int64),
        np.zeros(1, np.int64),
    )
    _excite(zeros, live, np.zeros(1, np.int64), 1)
