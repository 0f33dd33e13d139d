"""The suite `facts`: what the fact memory holds, finds and answers, how fast, and how rightly.

Everything through the doors of the library, in real files, on made facts. Libraries are told in
large calls, closed, and then asked, reopened, weighed and written to, each in a process of its
own, so that nothing measured stands on what the process before it had in memory.
"""

import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks import fact_quality
from tests.benchmarks.processes import Figures, measured
from tests.benchmarks.rows import Goal, Row, Say, agreed, judged, label
from workbench.errors import WorkbenchError

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
    """How much is measured on; the goals are for the sizes that stand here.

    `seconds` is the time for each kind of question, `times` how often a library is opened.
    """

    sizes: tuple[int, ...] = (200_000, 1_000_000)
    written: int = 200_000
    seconds: float = 2.0
    times: int = 5
    needles: int = 50_000


def up_to(sizes: tuple[int, ...]) -> Size:
    """The same on libraries of these sizes, and nothing on a larger one."""
    most, whole = max(sizes), Size()
    return replace(
        whole, sizes=sizes, written=min(whole.written, most), needles=min(whole.needles, most)
    )


def run(say: Say, size: Size | None = None) -> list[Row]:
    """Measure every row of the suite; those of a size that was not asked for say so."""
    size = size or Size()
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        for each in sorted({*size.sizes, size.written}):
            # A home of its own, so that what lies in the cache can be told by library.
            found += _Library(Path(folder) / label(each) / "facts.brain", each, size, say).rows()
        found += fact_quality.rows(Path(folder), size.needles, GOALS, say)
    return agreed(found, GOALS, "not measured on these sizes")


class _Library:
    """A library of so many facts; rows whose goal names no size are those of the largest."""

    def __init__(self, file: Path, size: int, of: Size, say: Say) -> None:
        self._file, self._size, self._of, self._say = file, size, of, say
        self._tag, self._largest = label(size), size == max(of.sizes)

    def rows(self) -> Iterator[Row]:
        """Tell the facts, and every row that is measured on so many."""
        self._file.parent.mkdir()
        yield from self._told()
        if self._size in self._of.sizes:
            yield from self._asked()
        if self._largest:
            yield self._reopened()
        if self._size == self._of.written:
            yield from self._written()

    def _child(self, what: str, **more: object) -> Figures:
        home = self._file.parent / "home"
        child = "tests.benchmarks.fact_child"
        return measured(child, what, home, file=self._file, size=self._size, **more)

    def _row(self, name: str, value: float, unit: str, on: str) -> Row:
        if name not in GOALS or not self._largest:
            name = f"{name}_{self._tag}"
        return judged(name, value, GOALS, f"{self._tag} facts{on}", unit)

    def _told(self) -> Iterator[Row]:
        got = self._child("build")
        self._say(f"told {self._tag} facts: {self._size / got['seconds']:,.0f} a second")
        if got["lost"]:
            raise WorkbenchError("Facts were lost.", f"{got['lost']} of {self._size}")
        folder = self._file.parent
        size = _bytes(folder.glob("facts.brain*")) + _bytes((folder / "home").rglob("*"))
        on = ", closed; library file and cache, everything in them"
        yield self._row("disk_per_fact", size / self._size, "bytes", on)

    def _asked(self) -> Iterator[Row]:
        got = self._child("ask", seconds=self._of.seconds)
        self._say(f"asked {self._tag} facts")
        for name, times in got.items():
            on = f"; {times['times']} calls, warm; median"
            yield self._row(name, times["median"] / 1e3, "ms", on)

    def _written(self) -> Iterator[Row]:
        """One fact a call, and one a turn."""
        got = self._child("write", seconds=self._of.seconds)
        if not got["visible"]:
            raise WorkbenchError("A note saved just now could not be found.")
        single, turn = got["single"], got["turn"]
        self._say(f"a fact told to {self._tag} others: {single['median']:.1f} µs")
        on = f"scope of {self._tag} facts; {single['times']} calls, acknowledged, found at once"
        yield judged("tell_rate_one_by_one", 1e6 / single["mean"], GOALS, on)
        yield judged("tell_p95", single["p95"] / 1e3, GOALS, on)
        on = f"; {turn['times']} calls, warm; median"
        yield self._row("turn_store", turn["median"] / 1e3, "ms", on)

    def _reopened(self) -> Row:
        """From a closed library to the first answer, in a fresh process each time."""
        runs = [self._child("reopen") for _ in range(self._of.times)]
        if any(run["found"] == 0 for run in runs):
            raise WorkbenchError("A reopened library did not answer.", self._file.name)
        on = f"; open and first recall with texts; median of {len(runs)} processes"
        value = statistics.median(run["ms"] for run in runs)
        return self._row("open_and_first_answer", value, "ms", on)


def _bytes(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
