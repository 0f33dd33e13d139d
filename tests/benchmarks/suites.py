"""The suites by name, and the machine they ran on."""

import os
import platform
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks import ollama_real, written
from tests.benchmarks.corpus import NoCorpus
from tests.benchmarks.processes import compiled
from tests.benchmarks.rows import Row, Say, agreed

#: Suites whose module is not called as they are.
_MODULES = {"sleep": "sleeping"}
SUITES = (
    "books", "intake", "facts", "retrieval", "answers", "unseen", "memory", "sleep", "triples",
    "media", "documents", "brain", "ollama", "emergent", "window", "doors", "reliability",
    "ancestors", "tables", "processors", "group",
)  # fmt: skip

#: The suites that can be run on other sizes than their goals are for.
SIZED = ("facts", "memory", "retrieval", "window", "reliability", "group")

#: The suites of which some parts can be run alone.
PARTED = ("reliability",)


def run_suite(
    name: str,
    say: Say,
    sizes: Sequence[int] = (),
    parts: Sequence[str] = (),
    *,
    full: bool = False,
) -> list[Row]:
    """Run one suite; `say` gets a line for each thing that was measured.

    `sizes` are the numbers of facts, statements, passages, sources or trials for a suite in
    `SIZED`; none: those that its goals are for. `parts` are those to run of a suite in `PARTED`;
    none: all; such a suite makes as many trials as its goals are for only where `full`.
    """
    module: Any = import_module(f"tests.benchmarks.{_MODULES.get(name, name)}")
    try:
        with compiled():
            if name in PARTED:
                found: list[Row] = module.run(say, parts, sizes[0] if sizes else None, full=full)
                return found
            if not sizes:
                found = module.run(say)
            elif name == "retrieval":
                found = module.run_sized(say, sizes)
            else:
                found = module.run(say, module.up_to(tuple(sizes)))
            if name == "ollama":
                found += [*ollama_real.run(say), *written.rows(say)]
    except NoCorpus as missing:
        say(f"nothing was measured: {missing}")
        found = []
    return agreed(found, module.GOALS, "no evaluation data")


def machine() -> str:
    """One line on the machine: processor, cores that may be used, memory, system, Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores, {_memory()}{platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names or "SC_PAGE_SIZE" not in names:
        return ""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{total / 2**30:.0f} GiB, "
