"""How fast and how small the fact memory is, at several sizes, each in a process of its own.

Libraries of made facts are told in large calls, closed, and then asked, reopened, weighed and
written to, so that nothing measured stands on what the process before it had in memory.
"""

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.bench.fact_child import CALL, Figures
from workbench.bench.processes import measured
from workbench.bench.rows import Goal, Row, Say, judged
from workbench.errors import WorkbenchError

_CHILD = "workbench.bench.fact_child"


@dataclass(frozen=True, slots=True)
class Speed:
    """How much is measured on. `seconds` is the time for each kind of question,
    `times` how often a library is opened."""

    sizes: tuple[int, ...]
    written: int
    reopened: tuple[int, ...]
    seconds: float = 2.0
    times: int = 5


def label(size: int) -> str:
    """A number of facts as it stands in the name of a row: 1k, 200k, 1M."""
    for unit, word in ((1_000_000, "M"), (1000, "k")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{word}"
    return str(size)


def rows(folder: Path, speed: Speed, goals: Mapping[str, Goal], say: Say) -> Iterator[Row]:
    """Every row about time and memory, those without a goal among them."""
    bench = _Bench(goals, max(speed.sizes), say)
    for size in sorted({*speed.sizes, *speed.reopened, speed.written}):
        # A home of its own, so that what lies in the cache can be told by library.
        file = folder / label(size) / "facts.brain"
        yield from bench.told(file, size)
        if size in speed.sizes:
            yield from bench.asked(file, size, speed.seconds)
        if size in (*speed.reopened, max(speed.sizes)):
            yield from bench.reopened(file, size, speed.times)
        if size == speed.written:
            yield from bench.written(file, size, speed.seconds)


class _Bench:
    """What the parts share; rows whose goal names no size are those of the largest library."""

    def __init__(self, goals: Mapping[str, Goal], largest: int, say: Say) -> None:
        self._goals = goals
        self._largest = largest
        self._say = say

    def _child(self, what: str, file: Path, size: int, **more: object) -> Figures:
        file.parent.mkdir(exist_ok=True)
        return measured(_CHILD, what, _home(file), file=file, size=size, **more)

    def _row(self, name: str, value: float | None, unit: str, on: str) -> Row:
        goal = self._goals.get(name)
        if goal is not None:
            return judged(name, value, goal, on)
        return Row(name, None if value is None else round(value, 4), unit, input=on)

    def _name(self, name: str, size: int) -> str:
        return name if name in self._goals and size == self._largest else f"{name}_{label(size)}"

    def told(self, file: Path, size: int) -> Iterator[Row]:
        """Tell the facts of a library; the largest gives the figure of the bulk."""
        got = self._child("build", file, size)
        rate = size / got["seconds"]
        self._say(f"told {label(size)} facts: {rate:,.0f} a second")
        if got["lost"]:
            raise WorkbenchError("Facts were lost.", f"{got['lost']} of {size} were not stored.")
        on = f"{label(size)} facts of 57 characters, {CALL} a call, acknowledged; fresh file"
        tag = label(size)
        yield self._row(self._name("bulk_observe", size), rate, "facts/s", on)
        yield self._row(f"bulk_observe_{tag}_cpu", size / got["cpu"], "facts/s of CPU", on)
        disk, kept = _bytes(file.parent.glob("facts.brain*")), _bytes(_home(file).rglob("*"))
        on = f"{tag} facts, closed; library file and cache, everything in them"
        yield self._row(self._name("disk_per_fact", size), (disk + kept) / size, "bytes", on)

    def asked(self, file: Path, size: int, seconds: float) -> Iterator[Row]:
        """Every kind of question."""
        tag = label(size)
        got = self._child("ask", file, size, seconds=seconds)
        self._say(f"asked {tag} facts")
        for kind, name, unit in _KINDS:
            if kind in got:
                yield from self._times(self._name(name, size), got[kind], unit, tag)
        on = f"{tag} facts; 200 questions for an owner; right value"
        yield self._row(f"value_right_{tag}", got["right"] / 2, "%", on)

    def written(self, file: Path, size: int, seconds: float) -> Iterator[Row]:
        """One fact a call, and one a turn."""
        tag = label(size)
        got = self._child("write", file, size, seconds=seconds)
        if not got["visible"]:
            raise WorkbenchError("A note saved just now could not be found.")
        single, turn = got["single"], got["turn"]
        on = f"scope of {tag} facts; {single['times']} calls, acknowledged, found at once"
        self._say(f"a fact told to {tag} others: {single['median']:.1f} µs")
        yield self._row("tell_rate_one_by_one", 1e6 / single["mean"], "facts/s", on)
        yield self._row("tell_p95", single["p95"] / 1e3, "ms", on)
        yield from self._times(f"turn_store_{tag}", turn, "ms", tag)

    def reopened(self, file: Path, size: int, times: int) -> Iterator[Row]:
        """From a closed library to the first answer, in a fresh process each time."""
        tag = label(size)
        runs = [self._child("reopen", file, size) for _ in range(times)]
        if any(run["found"] == 0 for run in runs):
            raise WorkbenchError("A reopened library did not answer.", file.name)
        on = f"{tag} facts; open and first recall with texts; median of {times} processes"
        for what, more in (("ms", ""), ("cpu", "_cpu")):
            value = statistics.median(run[what] for run in runs)
            yield self._row(f"open_and_first_answer_{tag}{more}", value, "ms", on)

    def _times(self, name: str, got: Figures, unit: str, tag: str) -> Iterator[Row]:
        scale = 1e-3
        on = f"{tag} facts; {got['times']} calls, warm"
        yield self._row(name, got["median"] * scale, unit, f"{on}; median")
        yield self._row(f"{name}_p99", got["p99"] * scale, unit, f"{on}; 99th percentile")
        yield self._row(f"{name}_cpu", got["cpu"] * scale, unit, f"{on}; mean of CPU")


#: What the child calls a kind of question, the row's name, its unit.
_KINDS: Sequence[tuple[str, str, str]] = (
    ("selective", "recall_rare_word", "ms"),
    ("broad", "recall_broad", "ms"),
    ("six_frequent_words", "recall_six_frequent", "ms"),
    ("miss", "miss", "ms"),
    ("value", "value_median", "ms"),
    ("chain_3", "chain_3", "ms"),
    ("chain_50", "chain_50", "ms"),
    ("spread", "spread_2_hops", "ms"),
)


def _home(file: Path) -> Path:
    return file.parent / "home"


def _bytes(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
