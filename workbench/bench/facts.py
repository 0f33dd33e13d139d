"""The suite `facts`: what the fact memory holds, finds and answers, how fast, and how rightly.

Everything through the doors of the library, in real files, on made facts.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.bench import fact_quality, fact_speed
from workbench.bench.fact_speed import Speed
from workbench.bench.rows import Goal, Row, Say, judged

GOALS: Mapping[str, Goal] = {
    "tell_p95": Goal("ms", 5, False),
    "tell_rate_one_by_one": Goal("facts/s", 2_000, True),
    "turn_store_200k": Goal("ms", 5, False),
    "value_median_200k": Goal("ms", 5, False),
    "recall_rare_word_1M": Goal("ms", 1, False),
    "recall_broad_1M": Goal("ms", 5, False),
    "recall_six_frequent_1M": Goal("ms", 20, False),
    "miss_1M": Goal("ms", 1, False),
    "chain_3": Goal("ms", 10, False),
    "chain_50": Goal("ms", 100, False),
    "open_and_first_answer_1M": Goal("ms", 150, False),
    "disk_per_fact": Goal("bytes", 450, False),
    "distinct_keys_400": Goal("%", 100, True),
    "late_digit_keys_500": Goal("%", 100, True),
    "needles_50_in_50k": Goal("%", 100, True),
    "chains_both_phrasings_96": Goal("%", 100, True),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured on. The goals are for the sizes that stand here."""

    sizes: tuple[int, ...] = (1000, 10_000, 200_000, 1_000_000)
    written: int = 200_000
    reopened: tuple[int, ...] = (50_000,)
    seconds: float = 2.0
    times: int = 5
    needles: int = 50_000


def up_to(sizes: tuple[int, ...]) -> Size:
    """The same on libraries of these sizes, and nothing on a larger one."""
    most, whole = max(sizes), Size()
    return replace(
        whole,
        sizes=sizes,
        written=min(whole.written, most),
        reopened=tuple(size for size in whole.reopened if size <= most),
        needles=min(whole.needles, most),
    )


def run(say: Say, size: Size | None = None) -> list[Row]:
    """Measure every row of the suite; those of a size that was not asked for say so."""
    size = size or Size()
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        speed = Speed(size.sizes, size.written, size.reopened, size.seconds, size.times)
        found += fact_speed.rows(Path(folder), speed, GOALS, say)
        found += fact_quality.rows(Path(folder), size.needles, GOALS, say)
    measured = {row.name: row for row in found}
    agreed = [
        measured.pop(name)
        if name in measured
        else judged(name, None, goal, "not measured on these sizes")
        for name, goal in GOALS.items()
    ]
    return [*agreed, *measured.values()]
