"""Causes of alerts: the seven types of NeuralMemory's guide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.memory.reflex.settings import BrainConfig
from workbench.memory.vital.survey import Survey
from workbench.store.vital import MANY, Touched

#: The types, in the order in which alerts of one severity are shown.
TYPES = (
    "expired_memories", "low_connectivity", "high_orphan_ratio", "stale_fibers",
    "high_neuron_count", "high_fiber_count", "high_synapse_count",
)  # fmt: skip
SEVERITIES = ("critical", "warning", "info")
#: Told memories below which none of them are called stale.
_FEW = 10
#: How many times over the limit a number is a warning, and critical.
_MUCH, _VERY_MUCH = 2.0, 10.0
_RAISE = "Or raise the limit: {} of the library's settings."
_GROWN = (
    "Nothing is lost, and everything is still found. Move what you no longer need to the trash, "
    "or split the library by subject. "
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What gives rise to an alert of a type, in words and numbers."""

    type: str
    severity: str
    message: str
    advice: str
    value: float
    limit: float


def causes(found: Survey, limits: BrainConfig, stale_before: float) -> list[Cause]:
    """What is over its limits here, the most severe first; each type at most once.

    The guide of NeuralMemory warns from 2,000 neurons, 500 fibers and 5,000 synapses on, where it
    grew slow. One novel has more of each, and nothing here grows slow by that: these limits warn
    where nobody has measured any more how fast recall is. Those of links and shares are its own.
    """
    there: dict[str, Cause] = {}
    for cause in (*_sizes(found, limits), *_shares(found, limits, stale_before)):
        there.setdefault(cause.type, cause)
    return sorted(
        there.values(), key=lambda each: (SEVERITIES.index(each.severity), TYPES.index(each.type))
    )


def _sizes(found: Survey, limits: BrainConfig) -> Iterator[Cause]:
    counted = (
        ("high_neuron_count", "memories", found.memories, limits.alert_memories),
        ("high_neuron_count", "concepts", found.concepts, limits.alert_concepts),
        ("high_fiber_count", "fibers", found.fibers, limits.alert_fibers),
        ("high_synapse_count", "associations", found.associations, limits.alert_associations),
    )
    for type, what, number, limit in counted:
        if number is not None and number > limit:
            yield Cause(
                type,
                _severity(number, limit),
                f"There are {number:,} {what}, more than {limit:,.0f}.",
                _GROWN + _RAISE.format(f"alert_{what}"),
                number,
                limit,
            )
    if found.expired > limits.alert_expired:
        many = f"More than {MANY:,}" if found.expired >= MANY else f"{found.expired:,}"
        few = found.expired == 1
        yield Cause(
            "expired_memories",
            _severity(found.expired, limits.alert_expired),
            f"{many} {'memory has' if few else 'memories have'} expired and "
            f"{'answers' if few else 'answer'} nothing any more.",
            "Forget them, or keep them valid (`workbench mark WORDS --expires-days never`).",
            found.expired,
            limits.alert_expired,
        )


def _shares(found: Survey, limits: BrainConfig, stale_before: float) -> Iterator[Cause]:
    links, alone = found.connectivity, found.orphans
    if links is not None and links < limits.alert_connectivity:
        yield Cause(
            "low_connectivity",
            "warning",
            f"Memories have few connections: {links:.2g} links for each concept and memory, "
            f"fewer than {limits.alert_connectivity:g}.",
            "Tell in whole sentences who did what, where and why; merge concepts that are one "
            "(`workbench concept A --merge B`).",
            links,
            limits.alert_connectivity,
        )
    if alone is not None and alone > limits.alert_orphans:
        yield Cause(
            "high_orphan_ratio",
            "warning",
            f"{alone:.0%} of the concepts lead nowhere, more than {limits.alert_orphans:.0%}.",
            "Mention them together with others, or merge them with concepts that mean the same.",
            alone,
            limits.alert_orphans,
        )
    stale = stale_share(found.touched, stale_before)
    if stale is not None and stale > limits.alert_stale:
        yield Cause(
            "stale_fibers",
            "info",
            f"{stale:.0%} of your statements have not been used for "
            f"{limits.alert_stale_days:g} days, more than {limits.alert_stale:.0%}.",
            "Nothing is lost. Review what is still worth knowing (`workbench reviews`), "
            "and forget the rest.",
            stale,
            limits.alert_stale,
        )


def stale_share(touched: Sequence[Touched], before: float, few: int = _FEW) -> float | None:
    """The share of told memories that nobody touched since; None where they are too few.

    What is pinned never fades, and is never stale.
    """
    fading = [each for each in touched if not each.pinned]
    if len(fading) < few:
        return None
    return sum(each.last < before for each in fading) / len(fading)


def _severity(number: float, limit: float) -> str:
    over = number / max(limit, 1.0)
    if over > _VERY_MUCH:
        return "critical"
    return "warning" if over > _MUCH else "info"
