"""Subthreshold recall: what a cue activates in part, and what that would activate.

Fired neurons are gathered by assembly. At the cue an assembly with more of them than by chance is
weakly active, so that concepts similar to the cue drive their own co-occurrences; in later steps
only ignited assemblies are active. Their output is summed for every assembly; the strongest 24
integrate it neuron by neuron and may ignite. The ranking is by drive, including assemblies that
stay silent.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, F64, I32, I64, U64
from workbench.brain.engine.assemblies import SLOTS
from workbench.brain.engine.connectivity import Connectivity, flat_ranges
from workbench.brain.engine.hashing import GOLDEN, mixed, ones, stirred
from workbench.brain.engine.kinship import SLOT, CodedAssemblies

#: Steps of a recall, those at which the cue is given, and its input current.
STEPS, VOLLEYS, CURRENT = 12, (0, 4, 8), 5.0
#: Neurons from which an assembly counts as ignited and its output saturates; weak activity needs
#: more than this many.
IGNITED, WEAK = 50, 3
#: The number of winners, and the share of the strongest drive that they need.
WINNERS, _SHARE = 24, 0.05
#: Gain at the cue, and its time constant in steps.
_GAIN, _GAIN_DECAY = 1.7, 3.0
#: Sources that a winner integrates: its strongest.
_MAX_SOURCES = 32
#: Constants of a neuron: leak, recovery, fatigue of a spike, base and range of thresholds.
_LEAK, _RECOVERY, _FATIGUE = np.float32(0.95), np.float32(0.99), np.float32(0.1)
_LOWEST, _SPREAD, _TINY = np.float32(0.7), np.float32(0.6 / 256), np.float32(1e-6)
_UNIT = 65536
_SALT, _STEP = np.uint64(5), np.uint64(0x1000003)
_G1, _G2, _G3, _G4 = (np.uint64((k * int(GOLDEN)) % (1 << 64)) for k in (1, 2, 3, 4))


@dataclass(frozen=True, slots=True)
class RecallMode:
    """Parameters of a recall: its steps, and the gate at the cue.

    The gate is `WEAK`, or `IGNITED` to leave out similar concepts. Drive counts `first` in the
    first step (0 leaves out the direct targets of the cue), and in step t `discount` to the power
    of t.
    """

    gate: int = WEAK
    steps: int = STEPS
    first: float = 1.0
    discount: float = 0.5


BROAD = RecallMode()
FOCUSED = RecallMode(gate=IGNITED, first=0.0)


@dataclass(frozen=True, slots=True)
class Volley:
    """The active assemblies of a step, by ids, and their output: 1 to 50."""

    emitting: I64
    output: I64


@dataclass(frozen=True, slots=True)
class RecallDrive:
    """The result of a recall: `score` float64[n], `best` int8[n] the step of most drive, or -1."""

    score: F64
    best: NDArray[np.int8]
    volleys: tuple[Volley, ...]


class SubthresholdNetwork:
    """The association cortex of one graph. Not thread-safe."""

    def __init__(self, graph: Connectivity, assemblies: CodedAssemblies) -> None:
        self.graph, self.assemblies = graph, assemblies
        size = SLOTS * SLOT
        variation = mixed(np.arange(size, dtype=np.uint64) + np.uint64(1)) & np.uint64(255)
        self._thresholds: F32 = variation.astype(np.float32) * _SPREAD + _LOWEST
        self._potential = np.zeros(size, np.float32)
        self._fatigue = np.zeros(size, np.float32)
        self._input = np.zeros(size, np.int64)
        self._live = np.zeros(size, np.bool_)
        self._fired = np.zeros(size, np.bool_)
        self._sorted: dict[int, tuple[I64, I64, I64]] = {}

    def recall(
        self, cue: Sequence[int], mode: RecallMode = BROAD, injected: tuple[I64, I64] | None = None
    ) -> RecallDrive:
        """Give the assemblies of a cue their volleys and sum up the drive of all assemblies.

        `injected` are sorted places and weights, int64[n] each, that receive input with every
        volley: concepts of the cue that have no assembly.
        """
        size = len(self.graph)
        for array in (self._potential, self._fatigue, self._input, self._live):
            array[:] = 0
        self._sorted.clear()
        score, peak = np.zeros(size), np.zeros(size)
        best = np.full(size, -1, np.int8)
        cue_neurons = np.unique(self.assemblies.neurons(np.array(cue, np.int64)))
        volleys: list[Volley] = []
        onset = 0
        for step in range(mode.steps):
            if step in VOLLEYS:
                onset = step
                self._input[cue_neurons] += round(CURRENT * _UNIT)
                self._live[cue_neurons] = True
            fired = self._fire()
            volley = self._gather(fired, mode.gate if step == onset else IGNITED)
            volleys.append(volley)
            places, output = self._output(volley)
            if injected is not None and step == onset:
                places, output = _summed(
                    np.concatenate([places, injected[0]]),
                    np.concatenate([output, injected[1] * IGNITED]),
                    len(self.graph.place_targets),
                )
            reached, drive = self._drive(volley, places, output)
            if not len(reached):
                continue
            top = float(drive.max())
            score[reached] += (mode.first if step == 0 else mode.discount**step) * (drive / top)
            more = drive > peak[reached]
            peak[reached[more]], best[reached[more]] = drive[more], step
            cut = _SHARE * top
            if len(drive) > WINNERS:
                cut = max(cut, float(np.partition(drive, len(drive) - WINNERS)[-WINNERS]))
            winning = drive >= cut
            gain = _GAIN * math.exp(-(step - onset) / _GAIN_DECAY)
            self._integrate(volley, reached[winning], drive[winning], top, gain)
        return RecallDrive(score, best, tuple(volleys))

    def sources(self, drive: RecallDrive, concept: int, limit: int = 3) -> list[int]:
        """The main drivers of a concept at the step of its highest drive, the strongest first."""
        if drive.best[concept] < 0:
            return []
        volley = drive.volleys[drive.best[concept]]
        source, weight = self._pairs(volley, np.array([concept]))[1:]
        strongest: list[int] = source[np.lexsort((source, -weight))[:limit]].tolist()
        return strongest

    # -- one step -------------------------------------------------------------------------------

    def _fire(self) -> I64:
        """Update the neurons that are not at rest; returns those that fire, in order."""
        live = np.flatnonzero(self._live)
        fatigue = self._fatigue[live]
        membrane = self._potential[live] * _LEAK
        membrane += self._input[live].astype(np.float32) * np.float32(1 / _UNIT)
        membrane -= fatigue
        membrane[np.abs(membrane) < _TINY] = 0
        fatigue *= _RECOVERY
        fires = membrane >= self._thresholds[live]
        membrane[fires] = 0
        fatigue[fires] += _FATIGUE
        self._potential[live], self._fatigue[live] = membrane, fatigue
        self._input[live] = 0
        return live[fires]

    def _gather(self, fired: I64, gate: int) -> Volley:
        """The active assemblies."""
        size = len(self.graph)
        count = np.bincount(self.assemblies.members_of(fired), minlength=size)[:size]
        if gate < IGNITED:
            # Three standard deviations above the neurons that fire by chance.
            chance = len(fired) / SLOT
            gate = max(gate, int(chance + 3 * math.sqrt(chance)))
            emitting = np.flatnonzero(count > gate)
            output = np.minimum(count[emitting] - gate, IGNITED)
        else:
            emitting = np.flatnonzero(count >= gate)
            output = np.full(len(emitting), IGNITED, np.int64)
        self._fired[:] = False
        self._fired[fired] = True
        return Volley(emitting, output.astype(np.int64))

    def _output(self, volley: Volley) -> tuple[I64, I64]:
        """The output of the active assemblies to places."""
        of, place, weight = self.graph.forth.entries(volley.emitting)
        return _summed(place, volley.output[of] * weight, len(self.graph.place_targets))

    def _drive(self, volley: Volley, places: I64, output: I64) -> tuple[I64, F64]:
        """The input of each target from places, without self-drive."""
        of, target, weight = self.graph.place_targets.entries(places)
        reached, drive = _summed(target, output[of] * weight, len(self.graph))
        at = np.searchsorted(reached, volley.emitting)
        inside = np.flatnonzero(at < len(reached))
        inside = inside[reached[at[inside]] == volley.emitting[inside]]
        drive[at[inside]] -= volley.output[inside] * self.graph.self_drive[volley.emitting[inside]]
        positive = drive > 0
        return reached[positive], drive[positive] * self.graph.gain[reached[positive]]

    def _pairs(self, volley: Volley, targets: I64) -> tuple[I64, I64, I64]:
        """Pairs of target and active source, with the input of each."""
        if id(volley) not in self._sorted:
            whose, place_ids, weight = self.graph.forth.entries(volley.emitting)
            order = np.argsort(place_ids, kind="stable")
            sorted_output = (volley.output[whose] * weight)[order]
            self._sorted[id(volley)] = (
                whose[order],
                place_ids[order].astype(np.int64),
                sorted_output,
            )
        of, place, output = self._sorted[id(volley)]
        target, spot, in_weight = self.graph.back.entries(targets)
        low = np.searchsorted(place, spot)
        sizes = np.searchsorted(place, spot, side="right") - low
        at = flat_ranges(low, sizes)
        emitter, whom = of[at], np.repeat(target, sizes)
        wide = max(len(volley.emitting), 1)
        keys, weights = _summed(
            whom * wide + emitter, output[at] * np.repeat(in_weight, sizes), wide * len(targets)
        )
        sources = volley.emitting[keys % wide] if len(keys) else keys
        distinct_ends = sources != targets[keys // wide]
        return keys[distinct_ends] // wide, sources[distinct_ends], weights[distinct_ends]

    def _integrate(self, volley: Volley, winning: I64, drive: F64, top: float, gain: float) -> None:
        """Add the input of their sources to every neuron of the winners."""
        target, source, weight = self._pairs(volley, winning)
        order = np.lexsort((source, -weight, target))
        target, source, weight = target[order], source[order], weight[order]
        rank = np.arange(len(target)) - np.searchsorted(target, target)
        selected = rank < _MAX_SOURCES
        target, source, weight = target[selected], source[selected], weight[selected]
        if not len(target):
            return
        distinct, index = np.unique(source, return_inverse=True)
        active = self._fired[self.assemblies.neurons(distinct)]
        share = weight * self.graph.gain[winning[target]] / drive[target]
        current = gain * share * np.sqrt(drive[target] / top)
        per_synapse = current / (0.25 * np.maximum(active.sum(axis=1), 1))[index]
        amount = (per_synapse * _UNIT).astype(np.int64)
        received = np.zeros((len(winning), SLOTS), np.int64)
        coincidences = _coincident(_packed(active)[index], source, winning[target])
        np.add.at(received, target, coincidences * amount[:, None])
        neurons = self.assemblies.neurons(winning)
        np.add.at(self._input, neurons, received)
        self._live[neurons] = True


def _summed(keys: I64 | I32, amounts: I64, size: int) -> tuple[I64, I64]:
    """The sorted distinct keys, all below `size`, and the sum of the amounts of each."""
    total = np.zeros(size, np.int64)
    np.add.at(total, keys, amounts)
    strongest = np.flatnonzero(total)
    return strongest, total[strongest]


def _packed(active: NDArray[np.bool_]) -> U64:
    """Pack a hundred booleans per row into bits of two numbers: uint64[n, 2]."""
    bits = np.zeros((len(active), 128), np.uint8)
    bits[:, :SLOTS] = active
    return np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _coincident(active: U64, sources: I64, targets: I64) -> I64:
    """Count the active neurons of each source that have a synapse to each slot of its target.

    A hash makes a quarter of all pairs synapses. `active` are bits uint64[n, 2]; returns int64[n,
    100].
    """
    slots = np.arange(SLOTS, dtype=np.uint64) * np.array(_G4)
    keys = mixed(sources.astype(np.uint64) * _STEP + targets.astype(np.uint64) * GOLDEN + _SALT)
    h = keys[:, None] + slots
    low = ones(stirred(h) & stirred(h + _G1) & active[:, 0][:, None])
    high = ones(stirred(h + _G2) & stirred(h + _G3) & active[:, 1][:, None])
    counts: I64 = (low + high).astype(np.int64)
    return counts
