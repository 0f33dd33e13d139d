"""Kills, faults, damage, mutated files, silence and poisoned texts: looks for the next fault.

Each part is a module with `measure(folder, count, say)`, which makes so many trials in an empty
folder and yields the rows of what went wrong.
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
    """The module of a part, and how many trials its goals are for."""

    module: str
    count: int


PARTS: Mapping[str, Part] = {
    "kills": Part("kills", 500),
    "faults": Part("faults", 2000),
    "corruption": Part("corruption", 1000),
    "silence": Part("silence", 1),
    "poisoned": Part("poisoned", 24),
    "mutants": Part("mutants", 20_000),
}


def run(say: Say, parts: Sequence[str] = (), count: int | None = None) -> list[Row]:
    """Run the parts named, or all; each makes `count` trials where that is fewer than its own.

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
        trials = part.count if count is None else min(count, part.count)
        with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
            rows += measure(Path(folder), trials, say)
    return rows
