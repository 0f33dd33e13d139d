"""The spiking brain at full scale, measured in a process of its own.

    python -m tests.benchmarks.brain_child measure '{"triples": 300000, …}'

Random graphs: cue a subject; are its objects lit, and theirs;
what of concepts that have nothing to do with it. Concepts mean something too: they lie in kindred
groups, so that assemblies overlap as those of a library do, whatever the graph says. Prints one
line of JSON; times are CPU time of one thread in milliseconds, memory in megabytes.
"""

import gc
import statistics
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.processes import Figures, answer
from workbench import kernels
from workbench.arrays import F32, I64
from workbench.brain.engine import background, neurons
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.meaning import codes, similarity
from workbench.brain.engine.modulators import FOCUSED
from workbench.brain.engine.simulation import IGNITED, Brain, Protocol
from workbench.brain.engine.synapses import MAX_WEIGHT, WEIGHT_UNIT
from workbench.brain.library.links import pairs_of, wire

_RELATIONS = 200
#: Unrelated concepts that are looked at for each cue, and two-hop neighbours at most.
_UNRELATED, _FARTHER, _STRONGEST = 1000, 20, 24
#: Steps that are timed, and concepts that are completed.
_TIMED, _COMPLETED, _SINGLE = 15, 30, 200
_INWARD = 1.3
#: Concepts of a kindred group, numbers of a vector, and how far apart those of a group lie: their
#: cosine is 0.6, that of a concept of five books and its nearest 0.65.
_GROUP, _WIDE, _APART = 8, 100, 0.8


def resident() -> float:
    """What this process has in memory, in megabytes; 0 where that cannot be told."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    (line,) = (x for x in status.read_text("utf-8").splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class _Graph:
    """Random triples, and what leads where in them."""

    def __init__(self, triples: int, concepts: int, seed: int) -> None:
        chance = np.random.default_rng(seed)
        self.concepts = concepts
        self.subjects: I64 = chance.integers(0, concepts, triples)
        self.objects: I64 = chance.integers(0, concepts, triples)
        drawn = (_RELATIONS * chance.random(triples) ** 2).astype(np.int64)
        self.relations: I64 = concepts + np.minimum(drawn, _RELATIONS - 1)
        order = np.argsort(self.subjects, kind="stable")
        self._sorted, self._after = self.subjects[order], self.objects[order]

    def objects_of(self, subject: int) -> set[int]:
        low = np.searchsorted(self._sorted, subject)
        high = np.searchsorted(self._sorted, subject, side="right")
        return set(self._after[low:high].tolist())


def measure(triples: int, concepts: int, scale: float, cues: int, seed: int) -> Figures:
    """Teach one brain a graph, and ask it."""
    graph = _Graph(triples, concepts, seed)
    gc.collect()
    before = resident()
    # The program has these loaded before its brain is asked.
    kernels.load(BRAIN_KERNELS)
    pairs, _, _ = pairs_of(graph.subjects, graph.relations)
    brain = Brain(scale, graph.concepts + _RELATIONS, len(pairs))
    began = time.thread_time()
    wired = wire(
        brain.pools.room, brain.pools.pairs.first, graph.subjects, graph.relations, graph.objects,
        np.ones(len(graph.subjects), np.float32),
    )  # fmt: skip
    learned = len(graph.subjects) / (time.thread_time() - began)
    brain.synapses = wired.synapses
    brain.overlap(similarity(np.arange(graph.concepts), codes(_vectors(graph.concepts))))
    del wired, pairs
    brain.recall([0])
    gc.collect()
    return {
        "memory": resident() - before,
        "neurons": brain.layout.neurons,
        "synapses": brain.layout.synapses,
        "links": len(brain.synapses),
        "learned": learned,
        **_single(brain, graph),
        **_quality(brain, graph, cues, seed),
        **_completion(brain),
        **_steps(brain, seed),
    }


def _vectors(concepts: int) -> F32:
    """Where concepts lie: float32[concepts, 100] of length one, those of a group near each other.

    Who is of a group has nothing to do with who is linked: numbers that leave the same rest when
    divided by the number of groups are.
    """
    chance = np.random.default_rng(17)
    groups = max(concepts // _GROUP, 1)
    middle = chance.standard_normal((groups, _WIDE)).astype(np.float32)
    found = middle[np.arange(concepts) % groups]
    found += np.float32(_APART) * chance.standard_normal(found.shape).astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def _single(brain: Brain, graph: _Graph) -> Figures:
    """One triple more, learned and ready for the next recall."""
    chance = np.random.default_rng(9)
    first = brain.pools.pairs.first
    taken: list[float] = []
    for subject, object_, pair in zip(
        chance.integers(0, graph.concepts, _SINGLE).tolist(),
        chance.integers(0, graph.concepts, _SINGLE).tolist(),
        chance.integers(0, brain.pools.pairs.room, _SINGLE).tolist(),
        strict=True,
    ):
        learned = {
            (subject, object_): 0.7, (first + pair, object_): 0.8, (subject, first + pair): 0.5
        }  # fmt: skip
        before = {link: brain.synapses.weight(*link) for link in learned}
        began = time.perf_counter()
        for link, weight in learned.items():
            brain.synapses.set_weight(
                *link, min(brain.synapses.weight(*link) + round(weight * WEIGHT_UNIT), MAX_WEIGHT)
            )
        taken.append(1000 * (time.perf_counter() - began))
        for link, own in before.items():
            brain.synapses.set_weight(*link, own)
    return {"single": statistics.median(taken)}


def _quality(brain: Brain, graph: _Graph, cues: int, seed: int) -> Figures:
    chance = np.random.default_rng(seed + 1)
    direct: list[bool] = []
    farther: list[bool] = []
    strongest: list[bool] = []
    cover: list[float] = []
    above: list[float] = []
    taken: list[float] = []
    for at in chance.integers(0, len(graph.subjects), cues).tolist():
        cue = int(graph.subjects[at])
        near = graph.objects_of(cue) - {cue}
        began = time.thread_time()
        brain.recall([cue], FOCUSED)
        taken.append(1000 * (time.thread_time() - began))
        peak, score = brain.activation.peak, brain.activation.score
        second = set().union(*map(graph.objects_of, near)) - near - {cue}
        third = set().union(*map(graph.objects_of, second))
        known = near | second | third | {cue}
        known |= set().union(*map(graph.objects_of, third))
        # What is kin of these has something to do with them.
        groups = max(graph.concepts // _GROUP, 1)
        kin = {each % groups for each in near | second | {cue}}
        direct += [bool(peak[each] >= IGNITED) for each in near]
        ranked = sorted(second, key=lambda each: (-score[each], each))
        farther += [bool(peak[each] >= IGNITED) for each in sorted(second)[:_FARTHER]]
        strongest += [bool(peak[each] >= IGNITED) for each in ranked[:_STRONGEST]]
        others = [u for u in chance.integers(0, graph.concepts, _UNRELATED) if u not in known]
        others = [each for each in others if each % groups not in kin]
        cover.append(float(peak[others].mean()))
        above.append(float((peak[others] >= 5).mean()))
    return {
        "direct": 100 * statistics.fmean(direct),
        "farther": 100 * statistics.fmean(farther or [0]),
        "strongest": 100 * statistics.fmean(strongest or [0]),
        "cover": statistics.fmean(cover),
        "above": 100 * statistics.fmean(above),
        "recall": statistics.median(taken),
    }


def _completion(brain: Brain) -> Figures:
    peaks = []
    for concept in range(_COMPLETED):
        brain.recall([concept], protocol=Protocol(6, 0.3, _INWARD, (0,)))
        peaks.append(int(brain.activation.peak[concept]))
    return {"completion": statistics.fmean(peaks)}


def _steps(brain: Brain, seed: int) -> Figures:
    """One step of everything in which this share of all neurons fires."""
    chance = np.random.default_rng(seed)
    found = {}
    size = brain.layout.neurons
    for name, share in (("quiet", 0.001), ("busy", 0.02)):
        brain.state.reset()
        fired = np.sort(chance.choice(size, int(size * share), replace=False)).astype(np.int64)
        taken = []
        for _ in range(_TIMED):
            began = time.thread_time()
            background.speak(brain.state, fired)
            neurons.fire(brain.state)
            taken.append(1000 * (time.thread_time() - began))
        found[name] = statistics.median(taken)
    return found


if __name__ == "__main__":
    answer(measure)
