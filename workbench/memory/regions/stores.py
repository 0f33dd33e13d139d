"""Long-term stores by kind: what is moved there, and how stable it becomes.

After neurram 0.1.0: the neocortex keeps knowledge and episodes, the cerebellum skills, which are
hard to unlearn, and the basal ganglia habits, which last by their reward. What is new lies in the
hippocampus until sleep keeps it for long. Nothing is moved: where a memory lies follows from its
kind and from whether it was kept, so that taking that back is exact. Unlike in its model nothing
has to be in one of the seven slots to earn its place, and a reward counts once, when it is told.
"""

from enum import StrEnum

from workbench.errors import UsageError
from workbench.memory.stages import Stage


class Region(StrEnum):
    """Where a memory lies."""

    HIPPOCAMPUS = "hippocampus"
    NEOCORTEX = "neocortex"
    CEREBELLUM = "cerebellum"
    BASAL_GANGLIA = "basal_ganglia"


class Layer(StrEnum):
    """Whether a memory was kept for long."""

    WORKING = "working"
    LONG_TERM = "long_term"


#: Kinds of facts that are not kept in the neocortex.
_STORES = {
    "procedural": Region.CEREBELLUM,
    "workflow": Region.CEREBELLUM,
    "habitual": Region.BASAL_GANGLIA,
}
#: Hours of stability that a skill has at least, and a habit without and by its reward.
_SKILL, _HABIT, _REWARDED = 5.0, 1.0, 4.0
#: Uses, salience and reward from which a memory is kept for long.
_USES, _STRIKING, _REWARD = 3, 0.8, 0.3
#: How much a full reward adds to the salience.
_MATTERS = 0.2


def region(kind: str, layer: Layer) -> Region:
    """Where a memory of a kind lies."""
    if layer is Layer.WORKING:
        return Region.HIPPOCAMPUS
    return _STORES.get(kind, Region.NEOCORTEX)


def lasting(stability: float, kind: str, reward: float, layer: Layer) -> float:
    """The stability in hours that a memory has where it lies; `stability` is what it has of use."""
    place = region(kind, layer)
    if place is Region.CEREBELLUM:
        return max(stability, _SKILL)
    if place is Region.BASAL_GANGLIA:
        return max(stability, _HABIT + _REWARDED * reward)
    return stability


def worthy(uses: int, salience: float, stage: Stage) -> bool:
    """Whether a memory has earned that sleep keeps it for long."""
    return uses >= _USES or salience >= _STRIKING or stage is Stage.SEMANTIC


def is_immediate(reward: float) -> bool:
    """Whether a reward has what is told kept for long without waiting for sleep."""
    return reward > _REWARD


def rewarded(salience: float, reward: float) -> float:
    """How much what is told matters with a reward."""
    return round(min(1.0, salience + _MATTERS * reward), 3)


def checked_reward(reward: float) -> float:
    """The reward. Raises `UsageError` where it is none."""
    if not 0 <= reward <= 1:
        raise UsageError(f"There is no reward of {reward:g}.", "Choose one from 0 to 1.")
    return reward
