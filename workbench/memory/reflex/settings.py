"""The settings of how recall spreads and learns, under the names that NeuralMemory gives them.

One frozen record, kept with each library; see `configure`. Where the published guide and version
4.63 of the package differ, the guide's number is the default.
"""

import json
import math
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

from workbench.errors import UsageError
from workbench.store import meta
from workbench.store.store import Store

#: How activation may spread; see `recall`.
STRATEGIES = ("hybrid", "reflex", "classic")


@dataclass(frozen=True, slots=True)
class BrainConfig:
    """Every constant of reflex recall.

    Levels, weights and factors have no unit. `decay_rate` is what learned ease loses a day,
    `reinforcement_delta` the rate of Hebb's rule; `default_refractory_ms` are milliseconds,
    `max_spread_hops` steps over associations, `max_context_tokens` tokens (1.3 a word). `learning`
    says whether recall learns at all.
    """

    decay_rate: float = 0.1
    reinforcement_delta: float = 0.05
    activation_threshold: float = 0.2
    max_spread_hops: int = 4
    max_context_tokens: int = 1500
    default_synapse_weight: float = 0.5
    sigmoid_steepness: float = 6.0
    default_firing_threshold: float = 0.3
    default_refractory_ms: float = 500.0
    lateral_inhibition_k: int = 10
    lateral_inhibition_factor: float = 0.3
    weight_normalization_budget: float = 5.0
    novelty_boost_max: float = 3.0
    novelty_decay_rate: float = 0.06
    rrf_k: int = 60
    sufficiency_threshold: float = 0.7
    activation_strategy: str = "hybrid"
    learning: bool = True
    query_patterns: bool = True
    alert_memories: int = 1_000_000
    alert_concepts: int = 1_000_000
    alert_fibers: int = 1_000_000
    alert_associations: int = 10_000_000
    alert_connectivity: float = 1.5
    alert_orphans: float = 0.25
    alert_expired: int = 10
    alert_stale: float = 0.3
    alert_stale_days: float = 90.0
    alert_cooldown_hours: float = 6.0


DEFAULTS = BrainConfig()

#: The least and the most that a number may be.
_LIMITS: dict[str, tuple[float, float]] = {
    "decay_rate": (0.0, 10.0),
    "reinforcement_delta": (0.0, 1.0),
    "activation_threshold": (0.0, 1.0),
    "max_spread_hops": (1, 10),
    "max_context_tokens": (20, 1_000_000),
    "default_synapse_weight": (0.0, 1.0),
    "sigmoid_steepness": (0.1, 100.0),
    "default_firing_threshold": (0.0, 1.0),
    "default_refractory_ms": (0.0, 3_600_000.0),
    "lateral_inhibition_k": (1, 10_000),
    "lateral_inhibition_factor": (0.0, 1.0),
    "weight_normalization_budget": (0.1, 1000.0),
    "novelty_boost_max": (0.0, 100.0),
    "novelty_decay_rate": (0.0, 100.0),
    "rrf_k": (1, 10_000),
    "sufficiency_threshold": (0.0, 1.0),
    "alert_memories": (0, 1_000_000_000),
    "alert_concepts": (0, 1_000_000_000),
    "alert_fibers": (0, 1_000_000_000),
    "alert_associations": (0, 1_000_000_000),
    "alert_connectivity": (0.0, 1000.0),
    "alert_orphans": (0.0, 1.0),
    "alert_expired": (0, 1_000_000_000),
    "alert_stale": (0.0, 1.0),
    "alert_stale_days": (1.0, 36_500.0),
    "alert_cooldown_hours": (0.0, 8760.0),
}


def changed(config: BrainConfig, given: dict[str, Any]) -> BrainConfig:
    """The settings with these changes. Raises `UsageError` for a name or value that cannot be."""
    known = {field.name for field in fields(BrainConfig)}
    for name, value in given.items():
        if name not in known:
            near = ", ".join(sorted(known))
            raise UsageError(f"There is no setting called “{name}”.", f"There are: {near}.")
        _check(name, value)
    whole = {n: int(v) for n, v in given.items() if isinstance(getattr(DEFAULTS, n), int)}
    real = {n: float(v) for n, v in given.items() if isinstance(getattr(DEFAULTS, n), float)}
    switches = {n: bool(v) for n, v in given.items() if isinstance(getattr(DEFAULTS, n), bool)}
    return replace(config, **{**given, **whole, **real, **switches})


def _check(name: str, value: Any) -> None:
    usual = getattr(DEFAULTS, name)
    if isinstance(usual, bool):
        if not isinstance(value, bool):
            raise UsageError(f"“{name}” is on or off.", "Give true or false.")
        return
    if isinstance(usual, str):
        if value not in STRATEGIES:
            raise UsageError(f"“{name}” is one of {', '.join(STRATEGIES)}.")
        return
    low, high = _LIMITS[name]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not low <= value <= high:
        raise UsageError(f"“{name}” is a number from {low:g} to {high:g}.")
    if isinstance(usual, int) and value != int(value):
        raise UsageError(f"“{name}” is a whole number from {low:g} to {high:g}.")


def packed(config: BrainConfig) -> str:
    """The settings that are not the usual ones, as they are kept with a library."""
    return json.dumps({n: v for n, v in asdict(config).items() if v != getattr(DEFAULTS, n)})


@lru_cache(maxsize=32)
def unpacked(kept: str) -> BrainConfig:
    """Settings as they were kept; what this version does not know or allow is the usual one."""
    try:
        found = json.loads(kept)
    except ValueError:
        return DEFAULTS
    config = DEFAULTS
    for name, value in found.items() if isinstance(found, dict) else ():
        try:
            config = changed(config, {name: value})
        except UsageError:
            # From a newer version, or damaged: a library opens whatever its settings say.
            continue
    return config


def brain_config(store: Store) -> BrainConfig:
    """The settings that are kept with a library."""
    with store.read() as connection:
        kept = meta.get(connection, meta.BRAIN_CONFIG)
    return DEFAULTS if kept is None else unpacked(str(kept))
