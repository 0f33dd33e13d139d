"""Kills, faults, damage, mutated files, silence, poisoned texts, attacks, minutes of hard work.

Each part is a module with `measure(folder, count, say)`, which makes so many trials (`soak` and
`writers`: goes on for so many minutes) in an empty folder and yields the rows of what went wrong.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.benchmarks.rows import Row, Say
from workbench.errors import UsageError

Measure = Callable[[Path, int, Say], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Part:
    """The module of a part, how many trials its goals are for, and how many make a short run."""

    module: str
    count: int
    short: int


PARTS: Mapping[str, Part] = {
    "kills": Part("kills", 500, 20),
    "faults": Part("faults", 2000, 60),
    "corruption": Part("corruption", 1000, 40),
    "silence": Part("silence", 1, 1),
    "poisoned": Part("poisoned", 24, 24),
    "mutants": Part("mutants", 20_000, 300),
    "attacks": Part("attacks", 5, 5),
    "writers": Part("writers", 10, 1),
    "soak": Part("soak", 30, 1),
}


def run(
    say: Say, parts: Sequence[str] = (), count: int | None = None, *, full: bool = False
) -> list[Row]:
    """Run the parts named, or all, each with `count` trials: without, a short run, or a `full` one.

    Raises `UsageError` for a part that does not exist.
    """
    if unknown := [part for part in parts if part not in PARTS]:
        raise UsageError(
            f"The suite reliability has no part “{unknown[0]}”.",
            f"Choose among: {', '.join(PARTS)}.",
        )
    rows: list[Row] = []
    for name in parts or PARTS:
        part = PARTS[name]
        measure: Measure = import_module(f"{__name__}.{part.module}").measure
        few = part.count if full else part.short
        trials = few if count is None else min(count, part.count)
        with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
            rows += measure(Path(folder), trials, say)
    return rows
