"""The settings of spreading and learning, with the names of NeuralMemory.

One frozen record, stored with each library; see `configure`. Where the published guide and version
4.63 of the package differ, the default is the guide's.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

from workbench.memory import stored_settings
from workbench.memory.stored_settings import number, word
from workbench.store import meta
from workbench.store.store import Store

#: The strategies of spreading; see `recall`.
STRATEGIES = ("hybrid", "reflex", "classic")


@dataclass(frozen=True, slots=True)
class BrainConfig:
    """The constants of reflex recall.

    Levels, weights and factors have no unit. `decay_rate` is the loss of learned ease per day,
    `reinforcement_delta` the rate of Hebb's rule; `default_refractory_ms` is in milliseconds,
    `max_spread_hops` in steps over associations, `max_context_tokens` in tokens (1.3 per word).
    `learning` enables learning from recall.
    """

    decay_rate: float = number(0.1, 0.0, 10.0)
    reinforcement_delta: float = number(0.05, 0.0, 1.0)
    activation_threshold: float = number(0.2, 0.0, 1.0)
    max_spread_hops: int = number(4, 1, 10)
    max_context_tokens: int = number(1500, 20, 1_000_000)
    default_synapse_weight: float = number(0.5, 0.0, 1.0)
    sigmoid_steepness: float = number(6.0, 0.1, 100.0)
    default_firing_threshold: float = number(0.3, 0.0, 1.0)
    default_refractory_ms: float = number(500.0, 0.0, 3_600_000.0)
    lateral_inhibition_k: int = number(10, 1, 10_000)
    lateral_inhibition_factor: float = number(0.3, 0.0, 1.0)
    weight_normalization_budget: float = number(5.0, 0.1, 1000.0)
    novelty_boost_max: float = number(3.0, 0.0, 100.0)
    novelty_decay_rate: float = number(0.06, 0.0, 100.0)
    rrf_k: int = number(60, 1, 10_000)
    sufficiency_threshold: float = number(0.7, 0.0, 1.0)
    activation_strategy: str = word("hybrid", STRATEGIES)
    learning: bool = True
    query_patterns: bool = True
    alert_memories: int = number(1_000_000, 0, 1_000_000_000)
    alert_concepts: int = number(1_000_000, 0, 1_000_000_000)
    alert_fibers: int = number(1_000_000, 0, 1_000_000_000)
    alert_associations: int = number(10_000_000, 0, 1_000_000_000)
    alert_connectivity: float = number(1.25, 0.0, 1000.0)
    alert_orphans: float = number(0.25, 0.0, 1.0)
    alert_expired: int = number(10, 0, 1_000_000_000)
    alert_stale: float = number(0.3, 0.0, 1.0)
    alert_stale_days: float = number(90.0, 1.0, 36_500.0)
    alert_cooldown_hours: float = number(6.0, 0.0, 8760.0)


DEFAULTS = BrainConfig()


def packed(config: BrainConfig) -> str:
    """The settings other than defaults, as stored with a library."""
    return json.dumps(stored_settings.unusual(config))


@lru_cache(maxsize=32)
def unpacked(text: str) -> BrainConfig:
    """The settings from their stored form."""
    try:
        return stored_settings.stored(DEFAULTS, json.loads(text))
    except ValueError:
        return DEFAULTS


def brain_config(store: Store) -> BrainConfig:
    """The settings stored with a library."""
    with store.read() as connection:
        text = meta.get(connection, meta.BRAIN_CONFIG)
    return DEFAULTS if text is None else unpacked(str(text))
