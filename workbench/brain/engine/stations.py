"""Activity of the regions that do not represent concepts, during a recall.

The association cortex represents concepts and the hippocampus pairs. In every other region a
concept has a mirror of a hundred neurons, computed like its assembly; which mirrors fire depends on
the function of the region: working memory, salience, prediction, answer. Cells that fire at one
step each keep time, as in the cerebellum; four groups of the brainstem fire in proportion to the
modulators; codes of pictures and speech arrive by latency, the largest number first (Thorpe,
Delorme, Van Rullen 2001).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, I64
from workbench.brain.engine.assemblies import SLOTS, Assemblies
from workbench.brain.engine.hashing import GOLDEN, mixed
from workbench.brain.engine.modulators import Modulators
from workbench.brain.engine.neurons import State, excite
from workbench.brain.engine.regions import NAMES, Layout

#: Capacity of working memory; the least recently used item is evicted.
IN_MIND = 7
(VISUAL, AUDITORY, PREDICTIVE, PREFRONTAL, AMYGDALA, MOTOR, BRAINSTEM, CEREBELLUM) = map(
    NAMES.index,
    ("visual", "auditory", "predictive", "prefrontal", "amygdala", "motor", "brainstem",
     "cerebellum"),
)  # fmt: skip
#: Input that fires a rested neuron, and the input of codes (as in the published Cortex).
_STRONG, _SENSED = 5.0, 3.0
#: Steps between refreshes of working memory, between answers, and before the first answer.
_REFRESHED, _ANSWER_EVERY, _ANSWER_FROM = 3, 4, 4
#: Priming by working memory from before the cue, always subthreshold: with the leak of the
#: association cortex it settles at 0.4, and the lowest threshold is 0.7.
_PRIMED = 0.02
#: Steps over which a code arrives.
_LATENCY = 20
#: Largest share of a brainstem group that fires, and its minimum in a small brain: these spikes do
#: not affect the recall, and each costs a thousand synapses.
_DRIVEN, _MIN_DRIVEN = 0.01, 8


def _no_salience(_concept: int) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Code:
    """Sensory input: numbers float32[d] from 0 to 1, by the index of a region."""

    region: int
    numbers: F32


@dataclass(frozen=True, slots=True)
class Company:
    """The context of a cue: concepts by their ids.

    `held` were in working memory, the least recently used first; `expected` are predicted, each
    with a probability; `salience` returns the importance of a concept from 0 to 1, and is called
    when it ignites.
    """

    held: tuple[int, ...] = ()
    expected: tuple[tuple[int, float], ...] = ()
    codes: tuple[Code, ...] = ()
    salience: Callable[[int], float] = _no_salience


#: No context.
NO_CONTEXT = Company()


def mirror(layout: Layout, region: int, concept: int) -> I64:
    """The neurons of a concept in a region that does not represent concepts: int64[100], sorted."""
    slot = max(1, int(layout.sizes[region]) * 4 // 5 // SLOTS)
    numbers = np.arange(SLOTS, dtype=np.uint64)
    draw = mixed(numbers + mixed(np.array([concept * 16 + region + 1], np.uint64) * GOLDEN))
    places = np.arange(SLOTS) * slot + (draw % np.uint64(slot)).astype(np.int64)
    mirrored: I64 = int(layout.bases[region]) + places
    return mirrored


class Stations:
    """The other regions during one recall."""

    def __init__(
        self, state: State, pools: Assemblies, cue: tuple[int, ...], company: Company
    ) -> None:
        self._state = state
        self._pools = pools
        self._cue = frozenset(cue)
        self._company = company
        represented = [
            concept_id for concept_id in company.held if concept_id < pools.concepts.room
        ]
        self._primed = [pools.neurons(concept_id) for concept_id in represented]
        self._mirrors: dict[tuple[int, int], I64] = {}
        self._moved: list[tuple[int, float]] = []
        self._arrived: dict[int, None] = {}
        #: Working memory, the least recently used first, and the concept being answered, or -1.
        self.held: list[int] = list(dict.fromkeys((*represented, *cue)))[-IN_MIND:]
        self.leading = -1

    def feed(self, step: int, levels: Modulators) -> None:
        """Give the regions their input before the neurons of this step are updated."""
        if step % _REFRESHED == 0:
            for concept_id in self.held:
                self._light(PREFRONTAL, concept_id)
        for neurons in self._primed:
            excite(self._state, neurons, _PRIMED)
        for concept_id, certainty in self._company.expected if step % _ANSWER_EVERY == 0 else ():
            self._light(PREDICTIVE, concept_id, certainty)
        for concept_id, matters in self._moved:
            self._light(AMYGDALA, concept_id, matters)
        if self.leading >= 0 and step >= _ANSWER_FROM and step % _ANSWER_EVERY == 0:
            self._light(MOTOR, self.leading)
        self._light(CEREBELLUM, step)
        self._modulate(step, levels)
        for code in self._company.codes:
            self._sense(step, code)

    def notice(
        self, step: int, emitting: I64, ignited_at: NDArray[np.int16], score: NDArray[np.float64]
    ) -> None:
        """Record the active assemblies of this step: ids, with the step at which they ignited."""
        concepts = emitting[emitting < self._pools.pairs.first]
        fresh = concepts[ignited_at[concepts] == step].tolist()
        self._moved = [(concept_id, self._company.salience(concept_id)) for concept_id in fresh]
        for concept_id in fresh:
            if concept_id in self.held:
                self.held.remove(concept_id)
            self.held.append(concept_id)
            if concept_id not in self._cue:
                self._arrived[concept_id] = None
        del self.held[:-IN_MIND]
        if self._arrived:
            self.leading = max(
                self._arrived, key=lambda concept_id: (float(score[concept_id]), -concept_id)
            )

    def _light(self, region: int, concept: int, share: float = 1.0) -> None:
        neurons = self._mirrors.get((region, concept))
        if neurons is None:
            neurons = mirror(self._state.layout, region, concept)
            self._mirrors[region, concept] = neurons
        active_count = round(len(neurons) * min(max(share, 0.0), 1.0))
        if active_count:
            excite(self._state, neurons[:active_count], _STRONG)

    def _modulate(self, step: int, levels: Modulators) -> None:
        layout = self._state.layout
        size = max(1, int(layout.sizes[BRAINSTEM]) * 4 // 5 // 4)
        up = (levels.dopamine, levels.acetylcholine, levels.noradrenaline, levels.serotonin)
        limit = max(size * _DRIVEN, _MIN_DRIVEN) / 2
        counts = [round(limit * min(max(level, 0.0), 2.0)) for level in up]
        group = np.repeat(np.arange(len(up)), counts)
        number = np.concatenate([np.arange(count, dtype=np.uint64) for count in counts])
        draw = mixed(number + (1000 * step + group).astype(np.uint64))
        places = group * size + (draw % np.uint64(size)).astype(np.int64)
        excite(self._state, int(layout.bases[BRAINSTEM]) + places, _STRONG)

    def _sense(self, step: int, code: Code) -> None:
        """Fire each number of a code once, the larger the earlier; 0 stays silent."""
        strength = np.clip(code.numbers, 0, 1)
        due = np.flatnonzero((np.rint((1 - strength) * _LATENCY) == step) & (strength > 0))
        if not len(due):
            return
        layout = self._state.layout
        part = max(1, int(layout.sizes[code.region]) * 4 // 5 // len(code.numbers))
        offsets = np.arange(min(part, SLOTS // 4), dtype=np.int64)
        base = int(layout.bases[code.region])
        excite(self._state, (base + due[:, None] * part + offsets).reshape(-1), _SENSED)
