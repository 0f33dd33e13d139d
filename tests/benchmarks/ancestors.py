"""The suite `ancestors`: figures that four published systems state, beside the same ones here.

Each was published by neuron-db, NeuralMemory, neurram or Cortex. Where another suite measures it,
its recorded value counts; the rest is measured here, in processor time, in memory. None has a goal:
the table says what is more or less, and by which command one can see it.
"""

import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import results
from tests.benchmarks.rows import Goal, Row, Say
from workbench.library import Library
from workbench.memory import plasticity

GOALS: Mapping[str, Goal] = {}
PAGE = Path(__file__).parents[2] / "resources" / "guide" / "13-coming-from.md"
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"
_SIZE, _CUES = 10_000, 200
_SUITE = "ancestors"
_HEADER = "| figure | unit | published | here | ratio | command |\n|---|---|---|---|---|---|\n"


class Figure(NamedTuple):
    """A published figure: what it counts, the `value` and where ours stands among the results."""

    name: str
    words: str
    unit: str
    value: float
    suite: str = _SUITE


FIGURES = (
    Figure("told_in_memory", "neuron-db: facts told at once, in Python", "facts/s", 30_000),
    Figure("disk_per_fact", "neuron-db: a fact on disk", "bytes", 48, "facts"),
    Figure("recall_10k", "neuron-db: a selective recall among 10,000 facts", "µs", 5),
    Figure("recall_rare_word_1M", "neuron-db: a rare word among a million", "ms", 0.006, "facts"),
    Figure("recall_broad_1M", "neuron-db: a frequent word among a million", "ms", 400, "facts"),
    Figure("distinct_keys_400", "neuron-db: distinct keys found", "of 100", 100, "facts"),
    Figure("late_digit_keys_500", "neuron-db: look-alike keys found", "of 100", 0.2, "facts"),
    Figure("chains_of_three", "neuron-db: chains of three hops right", "of 100", 100),
    Figure("chain_3", "neuron-db: a chain of three hops", "ms", 0.04, "facts"),
    Figure("vault_put", "neuron-db: secrets kept", "a second", 390),
    Figure("arithmetic", "neuron-db: a sum in a sentence", "µs", 12),
    Figure("overtaken_after", "neuron-db: uses until the older of two is first", "uses", 2),
    Figure("strength_40", "neuron-db: strength after 40 uses, of 1 at first", "", 42),
    Figure("link_5", "neuron-db: link after five joint recalls", "", 8),
    Figure("potentiation_3", "neurram: stability after three recalls", "hours", 1.953),
    Figure("forgotten_after", "neurram: hours until five of 100 are left, S = 1", "hours", 2.995),
    Figure("neurons", "Cortex: neurons", "", 2_000_000),
    Figure("synapses", "Cortex: synapses", "", 2_000_000_000),
    Figure("recall_30_steps_300k", "Cortex: a recall by spikes", "ms", 100, "brain"),
)


def run(say: Say) -> list[Row]:
    """Measure what no other suite does; the table of all figures is said at the end."""
    measured = dict(_measured(say))
    units = {figure.name: figure.unit for figure in FIGURES}
    rows = [
        Row(name, round(value, 4), units[name], input=_on(name)) for name, value in measured.items()
    ]
    recorded = results.recorded_values()
    say(table({**recorded, _SUITE: {row.name: row.value or 0.0 for row in rows}}))
    return rows


def table(recorded: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as lines of Markdown: published, here, ratio, command."""
    lines = (_line(figure, recorded.get(figure.suite, {}).get(figure.name)) for figure in FIGURES)
    return _HEADER + "".join(lines)


def write(page: Path = PAGE) -> None:
    """Put the table of what is recorded into the page of the guide."""
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    text = f"{before}{_BEGIN}{table(results.recorded_values())}{_END}{after}"
    page.write_text(text, encoding="utf-8")


def _line(figure: Figure, value: float | None) -> str:
    here = "–" if value is None else _number(value)
    ratio = "–" if value is None else f"{_rounded(value / figure.value)} ×"
    command = f"`python -m tests.benchmarks {figure.suite}`"
    cells = (figure.words, figure.unit, _number(figure.value), here, ratio, command)
    return f"| {' | '.join(cells)} |\n"


def _number(value: float) -> str:
    """Four digits: 0.006, 7.781, 6,934, 2,016,000,000."""
    digits = 3 - math.floor(math.log10(value)) if value > 0 else 0
    return f"{round(value, max(digits, 0)):,}".removesuffix(".0")


def _rounded(ratio: float) -> str:
    """Two digits: 0.98, 1.5, 120."""
    digits = 1 - math.floor(math.log10(ratio)) if ratio > 0 else 0
    return f"{round(ratio, digits):,g}"


def _on(name: str) -> str:
    return f"{_SIZE:,} facts" if name in ("told_in_memory", "recall_10k", "chains_of_three") else ""


# -- what is measured ------------------------------------------------------------------------------


def _measured(say: Say) -> Iterator[tuple[str, float]]:
    for part in (_facts, _plastic, _small, _brain):
        for name, value in part():
            say(f"{name}: {value:,.4g}")
            yield name, value


def _facts() -> Iterator[tuple[str, float]]:
    count = _SIZE // 3
    told = [
        line
        for n in range(count)
        for line in (
            f"Depot{n}'s keeper is Keeper{n}.",
            f"Keeper{n}'s manager is Manager{n}.",
            f"Manager{n}'s timezone is Zone{n}.",
        )
    ]
    with Library.open(":memory:") as library:
        start = time.process_time()
        library.facts.tell("\n".join(told))
        yield "told_in_memory", len(told) / (time.process_time() - start)
        chosen = range(0, count, count // _CUES)
        yield (
            "recall_10k",
            _microseconds(lambda n: library.facts.recall(f"Depot{n}"), _CUES),
        )
        asked = list(chosen)[:40]
        right = sum(
            library.facts.chain(f"Depot{n}", ["keeper", "manager", "timezone"]).value == f"Zone{n}"
            for n in asked
        )
        yield "chains_of_three", 100 * right / len(asked)


def _plastic() -> Iterator[tuple[str, float]]:
    with Library.open(":memory:") as library:
        # Looking which is first shall strengthen neither.
        library.brain.configure(learning=False)
        library.facts.tell("The meeting with Olga is on Monday.")
        library.facts.tell("The meeting with Ruben is in the barn.")
        uses = 0
        while uses < 40 and not _first(library, "meeting").endswith("Monday."):
            library.memory.strengthen("monday")
            uses += 1
        yield "overtaken_after", uses
        for _ in range(40 - uses):
            library.memory.strengthen("monday")
        (fact,) = library.facts.recall("monday", limit=1)
        yield "strength_40", fact.strength
    with Library.open(":memory:") as library:
        library.facts.tell("The quarry blasts on windy days. Aunt Signe pickles herring.")
        for _ in range(5):
            library.facts.recall("quarry")
            library.facts.recall("herring")
        yield "link_5", library.memory.link("quarry", "herring")
    stability = 1.0
    for uses in range(3):
        stability = plasticity.stabilise(stability, 0.5, uses)
    yield "potentiation_3", stability
    yield "forgotten_after", plasticity.hours_left(1.0, 0.0)


def _small() -> Iterator[tuple[str, float]]:
    with Library.open(":memory:") as library:
        yield "vault_put", 1e6 / _microseconds(lambda n: _secret(library, n), 3)
        yield "arithmetic", _microseconds(lambda n: library.turn(f"what is {n} + 17?"), 200)


def _brain() -> Iterator[tuple[str, float]]:
    with Library.open(":memory:") as library:
        state = library.brain.status()
        yield "neurons", state.neurons
        yield "synapses", state.synapses


def _first(library: Library, cue: str) -> str:
    return library.facts.recall(cue, limit=1)[0].text


def _secret(library: Library, n: int) -> None:
    library.vault.put("bench", f"key {n}", f"value {n}", secret="a long secret")


def _microseconds(work: Callable[[int], object], times: int) -> float:
    """Processor time of a call in its thread, the median."""
    work(times)
    taken: list[int] = []
    for n in range(times):
        start = time.thread_time_ns()
        work(n)
        taken.append(time.thread_time_ns() - start)
    return statistics.median(taken) / 1e3
