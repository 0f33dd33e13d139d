"""The operations of fibers, synapses, trails and reflex recall, for the portable cases."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests import reflex_states as states
from tests.reflex_states import Fiber, NeuronState, Synapse
from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory.concepts.records import AssociationType
from workbench.memory.reflex import activation
from workbench.memory.reflex import context as budget
from workbench.memory.reflex.depth import depth_of
from workbench.memory.reflex.reflex_recall import co_activated

Steps = Sequence[Sequence[Any]]


class ReflexCases:
    """What the adapter can do with single fibers, synapses and states, and recall by reflex."""

    _library: Library

    def ask_by_reflex(self, scope: str, question: str, depth: str, as_of: str | None) -> Any:
        try:
            found = self._library.facts.reflex(question, collection=scope, depth=depth, as_of=as_of)
        except UsageError:
            # A question without a word: there is nothing to say.
            return {"value": None, "text": None, "confidence": 0.0, "abstained": True}
        first = found.hits[0] if found.hits and not found.abstained else None
        return {
            "value": None if found.answer is None else found.answer.value,
            "text": None if first is None else first.text,
            "confidence": found.confidence,
            "abstained": found.abstained,
            "source": "" if first is None else ", ".join(first.origin.sources),
            "depth": str(found.depth),
        }

    def context(self, scope: str, cue: str, max_tokens: int) -> dict[str, Any]:
        found = self._library.facts.context(cue, collection=scope, max_tokens=max_tokens)
        return {
            "text": found.text,
            "tokens": found.tokens,
            "items": [{"text": each.text, "score": each.score} for each in found.items],
            "dropped": found.dropped,
        }

    def fiber(
        self, neurons: Sequence[str], anchor: str, pathway: Sequence[str], do: Steps
    ) -> dict[str, Any]:
        try:
            first = Fiber(frozenset(neurons), anchor, tuple(pathway))
            now = first
            for method, given in do:
                now = _FIBER[method](now, **given)
        except UsageError as error:
            return {"error": str(error)}
        return {**_fiber(now), "original": _fiber(first)}

    def synapse(self, type: str, weight: float, do: Steps) -> dict[str, Any]:
        now = Synapse(AssociationType[type.upper()], weight)
        for method, given in do:
            now = getattr(now, method)(**given)
        return {
            "weight": now.weight,
            "reinforced_count": now.reinforced_count,
            "bidirectional": now.bidirectional,
            "inverse_type": None if now.inverse is None else now.inverse.name.lower(),
        }

    def neuron_state(self, do: Steps) -> dict[str, Any]:
        now, clock = NeuronState(), 0.0
        for method, given in do:
            if method == "activate":
                clock = given.get("at_ms", clock)
                now = now.activate(given["level"], clock)
            elif method == "set_level":
                now = now.with_level(given["level"])
            else:
                now = now.decay(given["days"])
        return {"level": now.level, "access": now.access, "fired": now.fired}

    def depth_of(self, question: str) -> str:
        spans = self._library._core.graph.trace(question).spans
        names = sum(span.type in (1, 2, 3) for span in spans)
        return str(depth_of(question, names, len(spans) - names))

    def trail(
        self,
        pathway: Sequence[str],
        start: Sequence[str],
        conductivity: float,
        hours_since: float | None,
    ) -> dict[str, Any]:
        found = activation.trail(pathway, start, activation.step(conductivity, hours_since))
        return {name: {"level": each.level, "hops": each.hops} for name, each in found.items()}

    def coactivate(self, sets: Sequence[Mapping[str, float]]) -> list[dict[str, Any]]:
        return [
            {"name": each.concept, "count": each.count, "strength": each.strength}
            for each in co_activated(sets)
        ]


def _fiber(fiber: Fiber) -> dict[str, Any]:
    return {
        "conductivity": fiber.conductivity,
        "salience": fiber.salience,
        "frequency": fiber.frequency,
        "pathway_length": len(fiber.pathway),
        "positions": {each: fiber.pathway.index(each) for each in fiber.pathway},
        "tags": sorted(fiber.tags),
        "last_conducted": fiber.last_conducted,
    }


_FIBER: dict[str, Callable[..., Fiber]] = {
    "conduct": lambda fiber, reinforce=True: fiber.conduct(1.0, reinforce=reinforce),
    "with_conductivity": lambda fiber, value: fiber.with_conductivity(value),
    "with_salience": lambda fiber, value: fiber.with_salience(value),
    "add_tags": lambda fiber, tags: fiber.add_tags(*tags),
}

MATHS: dict[str, Callable[..., Any]] = {
    "edge_time_decay": lambda weight, hours, reinforced=0: activation.time_decay(
        weight, hours, reinforced
    ),
    "level_decay": lambda level, rate, days, tier="warm": activation.level_decay(
        level, rate, days, tier
    ),
    "trail_time_factor": lambda hours: activation.time_factor(hours),
    "spread_seed": lambda similarity, strength, salience: states.spread_seed(
        similarity, strength, salience
    ),
    "spread_hop": lambda activation, weight, hops: states.spread_hop(activation, weight, hops),
    "freshness": lambda days: budget.freshness(days),
    "context_score": lambda **factors: budget.score(**factors),
}
