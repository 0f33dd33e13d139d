"""The limits of alerts, by short names.

The guide of NeuralMemory warns from 2,000 neurons, 500 fibers and 5,000 synapses on, where it grew
slow. One novel has more of each, and nothing here grows slow by that: these warn only where nobody
has measured any more how fast recall is. That of links is the seed's; so are the shares.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from workbench.errors import UsageError
from workbench.memory.reflex.settings import BrainConfig

_DAY, _HOUR = 86_400.0, 3600.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be: numbers of things, the least number of links, and shares from 0 to 1."""

    memories: float
    concepts: float
    fibers: float
    associations: float
    connectivity: float
    orphans: float
    expired: float
    stale: float


def limits_of(config: BrainConfig, given: Mapping[str, float] | None = None) -> Limits:
    """The limits as they are set, or as they are given for once. Raises `UsageError`."""
    usual = Limits(*(float(getattr(config, f"alert_{each.name}")) for each in fields(Limits)))
    wanted = dict(given or {})
    names = [each.name for each in fields(Limits)]
    for name, value in wanted.items():
        if name not in names:
            raise UsageError(
                f"There is no limit called “{name}”.", f"There are: {', '.join(names)}."
            )
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or value < 0:
            raise UsageError(f"The limit of {name} is a number from 0.")
    return replace(usual, **{name: float(value) for name, value in wanted.items()})


def stale_before(config: BrainConfig, now: float) -> float:
    """The moment since when nobody has touched what is stale."""
    return now - config.alert_stale_days * _DAY


def cooldown(config: BrainConfig) -> float:
    """Seconds within which an alert that comes back is the same one."""
    return config.alert_cooldown_hours * _HOUR
