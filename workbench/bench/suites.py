"""The suites by name, and the machine they ran on."""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workbench.bench.processes import compiled
from workbench.bench.rows import Row

Say = Callable[[str], None]


def _books(say: Say) -> list[Row]:
    from workbench.bench.books import run

    return run(say)


def _intake(say: Say) -> list[Row]:
    from workbench.bench.intake import run

    return run(say)


def _facts(say: Say) -> list[Row]:
    from workbench.bench.facts import run

    return run(say)


def _retrieval(say: Say) -> list[Row]:
    from workbench.bench.retrieval import run

    return run(say)


def _answers(say: Say) -> list[Row]:
    from workbench.bench.answers import run

    return run(say)


def _memories(say: Say) -> list[Row]:
    from workbench.bench.memory import run

    return run(say)


def _sleep(say: Say) -> list[Row]:
    from workbench.bench.sleeping import run

    return run(say)


def _brain(say: Say) -> list[Row]:
    from workbench.bench.brain import run

    return run(say)


def _triples(say: Say) -> list[Row]:
    from workbench.bench.triples import run

    return run(say)


def _graph(say: Say) -> list[Row]:
    from workbench.bench.graph import run

    return run(say)


def _media(say: Say) -> list[Row]:
    from workbench.bench.media import run

    return run(say)


def _documents(say: Say) -> list[Row]:
    from workbench.bench.documents import run

    return run(say)


def _emergent(say: Say) -> list[Row]:
    from workbench.bench.emergent import run

    return run(say)


def _ollama(say: Say) -> list[Row]:
    from workbench.bench import ollama, written

    return [*ollama.run(say), *written.rows(say)]


def _doors(say: Say) -> list[Row]:
    from workbench.bench.doors import run

    return run(say)


def _reliability(say: Say) -> list[Row]:
    from workbench.bench.reliability import run

    return run(say)


SUITES: Mapping[str, Callable[[Say], list[Row]]] = {
    "books": _books,
    "intake": _intake,
    "facts": _facts,
    "retrieval": _retrieval,
    "answers": _answers,
    "memory": _memories,
    "sleep": _sleep,
    "triples": _triples,
    "graph": _graph,
    "media": _media,
    "documents": _documents,
    "brain": _brain,
    "ollama": _ollama,
    "emergent": _emergent,
    "doors": _doors,
    "reliability": _reliability,
}


#: The suites that can be run on other sizes than their goals are for.
SIZED = ("facts", "memory", "retrieval", "reliability")

#: The suites of which some parts can be run alone.
PARTED = ("reliability",)


def run_suite(
    name: str, say: Say, sizes: Sequence[int] = (), parts: Sequence[str] = ()
) -> list[Row]:
    """Run one suite; `say` gets a line for each thing that was measured.

    `sizes` are the numbers of facts, statements, passages or trials for a suite in `SIZED`; none:
    those that its goals are for. `parts` are those to run of a suite in `PARTED`; none: all.
    """
    with compiled():
        if name in PARTED:
            from workbench.bench import reliability

            return reliability.run(say, parts, sizes[0] if sizes else None)
        if not sizes:
            return SUITES[name](say)
        if name == "memory":
            from workbench.bench import memory

            return memory.run(say, memory.up_to(tuple(sizes)))
        if name == "retrieval":
            from workbench.bench import retrieval

            return retrieval.run_sized(say, sizes)
        from workbench.bench import facts

        return facts.run(say, facts.up_to(tuple(sizes)))


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
