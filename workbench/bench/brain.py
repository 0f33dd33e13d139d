"""The suite `brain`: the whole brain at 300,000 and at a million triples.

Each brain is measured in a process of its own; graphs, cues and seeds are not those that any
constant was chosen on.
"""

import json
import os
import sys
from collections.abc import Mapping

from workbench import kernels, paths
from workbench.bench.fact_child import Figures
from workbench.bench.processes import run as run_process
from workbench.bench.rows import Goal, Row, Say, judged
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.errors import WorkbenchError

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
#: Where the figure is: at how many triples, and by which name of the child.
_FROM: Mapping[str, tuple[bool, str]] = {
    "added_memory_full_scale": (False, "memory"),
    "recall_30_steps_300k": (False, "recall"),
    "step_0.1_percent": (False, "quiet"),
    "step_2_percent": (False, "busy"),
    "learn_batch": (False, "learned"),
    "learn_single": (False, "single"),
    "direct_hit_300k": (False, "direct"),
    "direct_hit_1M": (True, "direct"),
    "two_hops_300k": (False, "farther"),
    "two_hops_1M_strongest24": (True, "strongest"),
    "unrelated_cover": (False, "cover"),
    "unrelated_above_5": (False, "above"),
    "completion_from_30_percent": (False, "completion"),
}
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
        measured(size, concepts, scale, _CUES if at == 0 else _CUES // 2, _SEED + at)
        for at, size in enumerate(sizes)
    ]
    rows = []
    for name, goal in GOALS.items():
        large, key = _FROM[name]
        figures = found[large]
        rows.append(judged(name, float(figures[key]), goal, _input(figures, sizes[large])))
    for name, at, key, unit in (
        ("recall_30_steps_1M", 1, "recall", "ms"),
        ("two_hops_1M", 1, "farther", "%"),
        ("unrelated_cover_1M", 1, "cover", "%"),
        ("objects_first_300k", 0, "right", "%"),
        ("objects_first_1M", 1, "right", "%"),
        ("arrays_300k", 0, "arrays", "MB"),
    ):
        rows.append(Row(name, round(found[at][key], 3), unit, input=_input(found[at], sizes[at])))
    for row in rows:
        say(f"{row.name}: {row.value:g} {row.unit}")
    return rows


def measured(triples: int, concepts: int, scale: float, cues: int, seed: int) -> Figures:
    """The figures of one brain, from a process of its own."""
    words = {
        "triples": triples, "concepts": concepts, "scale": scale, "cues": cues, "seed": seed,
        "kernels": str(paths.cache_dir()),
    }  # fmt: skip
    finished = run_process(
        [sys.executable, "-m", "workbench.bench.brain_child", json.dumps(words)], os.environ
    )
    if finished.code:
        raise WorkbenchError("The brain could not be measured.", finished.errors.strip()[-800:])
    figures: Figures = json.loads(finished.output.splitlines()[-1])
    return figures


def _input(figures: Figures, triples: int) -> str:
    return (
        f"{triples:,} triples, {figures['neurons']:,} neurons, {figures['synapses']:,} background "
        f"synapses, {figures['links']:,} links, one thread"
    )
