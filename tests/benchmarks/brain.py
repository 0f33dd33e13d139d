"""The suite `brain`: the whole brain at 300,000 and at a million triples.

Each brain is measured in a process of its own; graphs, cues and seeds are not those that any
constant was chosen on.
"""

from collections.abc import Mapping

from tests.benchmarks.processes import measured
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench import kernels
from workbench.brain.engine.kernel_set import BRAIN_KERNELS

GOALS: Mapping[str, Goal] = {
    "added_memory_full_scale": Goal("MB", 200, False),
    "recall_30_steps_300k": Goal("ms", 100, False),
    "step_0.1_percent": Goal("ms", 3, False),
    "step_2_percent": Goal("ms", 20, False),
    "learn_batch": Goal("triples/s", 1e6, True),
    "learn_single": Goal("ms", 1, False),
    "direct_hit_300k": Goal("%", 99, True),
    "direct_hit_1M": Goal("%", 99, True),
    "two_hops_300k": Goal("%", 95, True),
    "two_hops_1M_strongest24": Goal("%", 80, True),
    "unrelated_cover": Goal("%", 1, False),
    "unrelated_above_5": Goal("%", 0.1, False),
    "completion_from_30_percent": Goal("%", 80, True),
}
#: By which names of the child the figures are told, in the order of the goals.
_NAMES = (
    "memory", "recall", "quiet", "busy", "learned", "single", "direct", "direct", "farther",
    "strongest", "cover", "above", "completion",
)  # fmt: skip
_CONCEPTS, _CUES, _SEED = 100_000, 32, 1009


def run(
    say: Say,
    sizes: tuple[int, int] = (300_000, 1_000_000),
    concepts: int = _CONCEPTS,
    scale: float = 1.0,
) -> list[Row]:
    """Measure every row; what is not of the sizes that goals are for only tries the way."""
    kernels.load(BRAIN_KERNELS)
    found = [
        measured(
            "tests.benchmarks.brain_child", "measure", None, triples=size, concepts=concepts,
            scale=scale, cues=_CUES // (at + 1), seed=_SEED + at,
        )
        for at, size in enumerate(sizes)
    ]  # fmt: skip
    rows = []
    for name, key in zip(GOALS, _NAMES, strict=True):
        large = "1M" in name
        told = found[large]
        on = (
            f"{sizes[large]:,} triples, {told['neurons']:,} neurons, {told['synapses']:,} "
            f"background synapses, {told['links']:,} links, one thread"
        )
        rows.append(judged(name, told[key], GOALS, on))
        say(f"{name}: {rows[-1].value:g} {rows[-1].unit}")
    return rows
