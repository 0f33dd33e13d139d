"""The suite `sleep`: a sleep over a filled library, alone and while somebody asks, then a year.

Everything through the doors of the library, in a real file and in processes of its own. The clock
is made: the library was told over 200 days, some of it twice, and some of each day was recalled.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks import strength_queries, year
from tests.benchmarks.processes import Figures, measured
from tests.benchmarks.rows import Goal, Row, Say, judged, label
from tests.benchmarks.year import Year
from workbench.errors import WorkbenchError

SIZE = 100_000
GOALS: Mapping[str, Goal] = {
    "sleep_100k_cpu": Goal("s", 10, False),
    "ask_median_while_sleeping": Goal("ms", 50, False),
    "longest_write_lock": Goal("ms", 50, False),
    **strength_queries.GOALS,
    **year.GOALS,
}


def run(
    say: Say,
    size: int = SIZE,
    among: int = strength_queries.SIZE,
    lived: Year | None = None,
) -> list[Row]:
    """Measure every row of the suite; those whose goals are for another size have none.

    `size` memories sleep, strengths are looked up among so many engrams, and a year is lived.
    """
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        found = list(rows(Path(folder), size, say))
    return [*found, *strength_queries.rows(say, among), *year.rows(say, lived or Year())]


def rows(folder: Path, size: int, say: Say) -> Iterator[Row]:
    """The rows of sleeping itself, in this folder."""
    file = folder / "sleep.brain"
    filled = _child("fill", file, size=size)
    asked = file.with_name("asked.brain")
    shutil.copyfile(file, asked)
    say(f"filled: {filled['facts']:,} memories told over 200 days")
    slept = _child("sleep", file, now=filled["now"])
    if slept["again"] or not slept["sound"]:
        raise WorkbenchError(
            "A second sleep at once changed something, or the library is not sound after it."
        )
    did = ", ".join(f"{number} {name}" for name, number in slept["did"].items())
    say(f"slept in {slept['seconds']:.1f} s, {slept['cpu']:.1f} s of CPU: {did}")
    told = f"{label(size)} memories, all phases; {did}"
    yield _row("sleep_100k_cpu", slept["cpu"], told, size)
    meanwhile = _child("ask", asked, now=filled["now"])
    say(f"asked meanwhile: {meanwhile['median_ms']:.1f} ms, {meanwhile['asked']} questions")
    on = f"{label(size)} memories; {meanwhile['asked']} questions in another thread; median"
    yield _row("ask_median_while_sleeping", meanwhile["median_ms"], on, size)
    longest = max(slept["longest_ms"], meanwhile["longest_ms"])
    on = f"{label(size)} memories, {slept['slices']} slices; alone and while asked"
    yield _row("longest_write_lock", longest, on, size)


def _row(name: str, value: float, on: str, size: int) -> Row:
    return judged(name, value, GOALS if size == SIZE else {}, on, GOALS[name].unit)


def _child(what: str, file: Path, **more: object) -> Figures:
    home = file.parent / "home"
    return measured("tests.benchmarks.sleeping_child", what, home, file=file, **more)
