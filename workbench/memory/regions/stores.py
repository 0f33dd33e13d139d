"""Long-term stores by kind: which memories are consolidated, and their stability.

After neurram 0.1.0: the neocortex stores knowledge and episodes, the cerebellum skills, which decay
slowly, and the basal ganglia habits, whose stability depends on reward. New memories are in the
hippocampus until sleep consolidates them. Nothing is moved: the region follows from the kind and
the layer, so that undo is exact. Unlike in its model, consolidation does not require one of the
seven slots, and a reward counts once, when the fact is stored.
"""

from enum import StrEnum

from workbench.errors import UsageError
from workbench.memory.plasticity import Stage


class Region(StrEnum):
    """The brain region of a memory."""

    HIPPOCAMPUS = "hippocampus"
    NEOCORTEX = "neocortex"
    CEREBELLUM = "cerebellum"
    BASAL_GANGLIA = "basal_ganglia"


class Layer(StrEnum):
    """Whether a memory is consolidated."""

    WORKING = "working"
    LONG_TERM = "long_term"


#: Kinds of facts stored outside the neocortex.
_STORES = {
    "procedural": Region.CEREBELLUM,
    "workflow": Region.CEREBELLUM,
    "habitual": Region.BASAL_GANGLIA,
}
#: Minimum stability of a skill in hours; that of a habit without reward, and its increase by
#: reward.
_SKILL, _HABIT, _REWARDED = 5.0, 1.0, 4.0
#: The uses, salience and reward from which a memory is consolidated.
_USES, _STRIKING, _REWARD = 3, 0.8, 0.3
#: The salience added by a full reward.
_MATTERS = 0.2


def region(kind: str, layer: Layer) -> Region:
    """The region of a memory of a kind."""
    if layer is Layer.WORKING:
        return Region.HIPPOCAMPUS
    return _STORES.get(kind, Region.NEOCORTEX)


def lasting(stability: float, kind: str, reward: float, layer: Layer) -> float:
    """The stability in hours in the region of a memory; `stability` is that by use."""
    place = region(kind, layer)
    if place is Region.CEREBELLUM:
        return max(stability, _SKILL)
    if place is Region.BASAL_GANGLIA:
        return max(stability, _HABIT + _REWARDED * reward)
    return stability


def worthy(uses: int, salience: float, stage: Stage) -> bool:
    """Whether a memory qualifies for consolidation in sleep."""
    return uses >= _USES or salience >= _STRIKING or stage is Stage.SEMANTIC


def is_immediate(reward: float) -> bool:
    """Whether a reward consolidates a new fact without waiting for sleep."""
    return reward > _REWARD


def rewarded(salience: float, reward: float) -> float:
    """The salience of a fact with a reward."""
    return round(min(1.0, salience + _MATTERS * reward), 3)


def checked_reward(reward: float) -> float:
    """Validate a reward. Raises `UsageError` unless it is from 0 to 1."""
    if not 0 <= reward <= 1:
        raise UsageError(f"There is no reward of {reward:g}.", "Choose one from 0 to 1.")
    return reward
