"""Background synapses: a thousand per neuron, computed instead of stored.

The targets and weights of a spike follow from a hash of the neuron and a counter, so they are the
same each time (procedural graph: Knight, Nowotny 2021). A patch is a run of 16 adjacent
neurons within one cache line; one addition updates four of them, packed into one number. A fifth of
each region is inhibitory, with four times the weight, so that excitation and inhibition balance.
Tracts connect regions with one synapse per projecting neuron.
"""

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.arrays import I32, I64, U8, U64
from workbench.brain.engine.hashing import GOLDEN, mixed, stirred
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.neurons import DRIVEN, STIRRED, UNIT, State
from workbench.brain.engine.regions import BLOCK, LINE, NAMES, PATCHES, TRACTS

_SALT, _TRACT_SALT = np.uint64(12345), np.uint64(0xABCD1234567)
_32, _16 = np.uint64(32), np.uint64(16)
_WEIGHTS, _FOUR = 4096, 4
_LOW, _MASK = np.uint64(_WEIGHTS // _FOUR - 1), np.uint64(0xFFFF)
_1, _2, _3, _4 = (np.uint64(k) for k in (1, 2, 3, _FOUR))
#: Weight of an inhibitory synapse relative to an excitatory one.
_BALANCE = 4


def _weight_table() -> NDArray[np.int16]:
    """Weights from 0.01 to 0.3, in hundredths, excitatory and inhibitory: int16[2, 4096 + 16].

    Any 16 in a row serve a patch, starting at multiples of four.
    """
    draw = mixed(np.arange(_WEIGHTS, dtype=np.uint64) + np.uint64(99)) >> np.uint64(40)
    table = np.rint(1 + 29 * draw.astype(np.float64) / (1 << 24))
    excite = np.concatenate([table, table[:LINE]]).astype(np.int16)
    return np.stack([excite, np.int16(-_BALANCE) * excite])


def _fours(table: NDArray[np.int16]) -> U64:
    """Pack four adjacent weights into one number: uint64[2, 1024 + 4]."""
    places = np.array([1 << 16 * k for k in range(_FOUR)], np.int64)
    summed = (table.astype(np.int64).reshape(2, -1, _FOUR) * places).sum(axis=2)
    fours: U64 = summed.astype(np.uint64)
    return fours


WEIGHTS = _weight_table()
_FOURS = _fours(WEIGHTS)
#: From, to, share of 65536, lowest weight and weight range in units: int64[tracts, 5], sorted.
_TRACTS = np.array(
    sorted(
        (NAMES.index(a), NAMES.index(b), round(share * 65536), round(low * UNIT),
         round((high - low) * UNIT))
        for a, b, share, low, high in TRACTS
    ),
    np.int64,
)  # fmt: skip


def speak(state: State, fired: I64) -> None:
    """Add the input that the fired neurons cause through background synapses and tracts."""
    if not len(fired):
        return
    bases = state.layout.bases
    if kernels.ready(BRAIN_KERNELS):
        _patches(fired, bases, state.background.view(np.uint64), state.live, _FOURS)
        _follow(fired, bases, state.synaptic, state.live, _TRACTS)
        return
    _speak(state, fired)
    _project(state, fired)


def _speak(state: State, fired: I64) -> None:
    bases = state.layout.bases
    region = np.searchsorted(bases, fired, side="right") - 1
    base, sizes = bases[region], np.diff(bases)[region]
    seeds = mixed(fired.astype(np.uint64) * GOLDEN + _SALT)
    kind = (fired - base >= sizes * 4 // 5).astype(np.int64)[:, None]
    lines = (sizes // LINE).astype(np.uint64)
    reach = np.arange(LINE)
    for patch in range(PATCHES):
        draw: U64 = stirred(seeds + np.uint64(patch) * np.array(GOLDEN))
        first = base + LINE * (((draw >> _32) * lines) >> _32).astype(np.int64)
        weights = WEIGHTS[kind, _FOUR * (draw & _LOW).astype(np.int64)[:, None] + reach]
        # Flat, since `np.add.at` is ten times slower with two-dimensional indices.
        to = (first[:, None] + reach).ravel()
        np.add.at(state.background, to, weights.astype(np.uint16).ravel())
        state.live[first // BLOCK] |= np.uint8(STIRRED)


def _project(state: State, fired: I64) -> None:
    bases = state.layout.bases
    region = np.searchsorted(bases, fired, side="right") - 1
    for number, (source, target, share, low, wide) in enumerate(_TRACTS.tolist()):
        sources = fired[region == source].astype(np.uint64)
        draw: U64 = mixed(sources * GOLDEN + np.uint64(number + 1) * np.array(_TRACT_SALT))
        draw = draw[(draw & _MASK) < np.uint64(share)]
        size = np.uint64(bases[target + 1] - bases[target])
        to = bases[target] + (((draw >> _32) * size) >> _32).astype(np.int64)
        weight = low + ((wide * ((draw >> _16) & _MASK).astype(np.int64)) >> 16)
        np.add.at(state.synaptic, to, weight.astype(np.int32))
        state.live[to // BLOCK] |= np.uint8(DRIVEN)


@kernels.kernel
def _patches(fired: I64, bases: I64, fours: U64, live: U8, weights: U64) -> None:
    """Add the weights of each patch to the sums, four per element of `fours`.

    All targets of a neuron are computed first, in a loop that the compiler vectorises.
    """
    firsts, offsets = np.empty(PATCHES, np.uint64), np.empty(PATCHES, np.uint64)
    low = 0
    for region in range(len(bases) - 1):
        high = low
        while high < len(fired) and fired[high] < bases[region + 1]:
            high += 1
        if high == low:
            continue
        part = fours[bases[region] // _FOUR : bases[region + 1] // _FOUR]
        awake = live[bases[region] // BLOCK : bases[region + 1] // BLOCK]
        size = bases[region + 1] - bases[region]
        lines = np.uint64(size // LINE)
        # With so many patches nearly every block is hit.
        dense = (high - low) * PATCHES >= len(awake)
        if dense:
            for block in range(len(awake)):
                awake[block] |= np.uint8(STIRRED)
        for at in range(low, high):
            seed = mixed(np.uint64(fired[at]) * GOLDEN + _SALT)
            row_weights = weights[1] if fired[at] - bases[region] >= size * 4 // 5 else weights[0]
            for patch in range(PATCHES):
                draw = stirred(seed + np.uint64(patch) * GOLDEN)
                firsts[patch] = (((draw >> _32) * lines) >> _32) * _4
                offsets[patch] = draw & _LOW
            for patch in range(PATCHES):
                first, begin = firsts[patch], offsets[patch]
                part[first] += row_weights[begin]
                part[first + _1] += row_weights[begin + _1]
                part[first + _2] += row_weights[begin + _2]
                part[first + _3] += row_weights[begin + _3]
            if not dense:
                for patch in range(PATCHES):
                    awake[np.int64(firsts[patch]) * _FOUR // BLOCK] |= np.uint8(STIRRED)
        low = high


@kernels.kernel
def _follow(fired: I64, bases: I64, synaptic: I32, live: U8, tracts: I64) -> None:
    region, first, stop = -1, 0, 0
    for at in range(len(fired)):
        neuron = fired[at]
        while region < 0 or neuron >= bases[region + 1]:
            # Tracts are sorted by source region.
            region += 1
            first = stop
            while stop < len(tracts) and tracts[stop, 0] == region:
                stop += 1
        for number in range(first, stop):
            draw = mixed(np.uint64(neuron) * GOLDEN + np.uint64(number + 1) * _TRACT_SALT)
            if (draw & _MASK) >= np.uint64(tracts[number, 2]):
                continue
            target = tracts[number, 1]
            size = np.uint64(bases[target + 1] - bases[target])
            to = bases[target] + np.int64(((draw >> _32) * size) >> _32)
            spread = (tracts[number, 4] * np.int64((draw >> _16) & _MASK)) >> 16
            synaptic[to] += np.int32(tracts[number, 3] + spread)
            live[to // BLOCK] |= np.uint8(DRIVEN)


@kernels.warm_up
def _warm() -> None:
    bases = np.array([0, BLOCK], np.int64)
    zeros, live = np.zeros(BLOCK, np.int32), np.zeros(1, np.uint8)
    _patches(np.zeros(1, np.int64), bases, np.zeros(BLOCK // _FOUR, np.uint64), live, _FOURS)
    _follow(np.zeros(1, np.int64), bases, zeros, live, np.zeros((1, 5), np.int64))
