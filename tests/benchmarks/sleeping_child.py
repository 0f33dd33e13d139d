"""One measurement of sleep in a process of its own.

    python -m tests.benchmarks.sleeping_child WHAT '{"file": …}'

What it found it prints as one line of JSON: seconds, milliseconds where the name says so.
"""

import statistics
import threading
import time

from tests.benchmarks import people
from tests.benchmarks.processes import Figures, answer
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.plasticity import DAY, HOUR

#: Days over which the library was filled, and when that began.
DAYS, BEGUN = 200, 1_700_000_000.0
#: Of each hundred statements so many are told twice; of each day so many are recalled.
_AGAIN, _RECALLED = 1, 25


def fill(file: str, size: int) -> Figures:
    """Tell `size` statements over 200 days, some twice, recall some of each day, link all."""
    now = BEGUN
    told = list(people.statements(size * 100 // (100 + _AGAIN)))
    a_day = max(1, len(told) // DAYS)
    with Library.open(file, clock=lambda: now) as library:
        for first in range(0, len(told), a_day):
            day = told[first : first + a_day]
            new = library.facts.tell("\n".join(day), report=_unheard).new
            now += HOUR
            library.facts.tell(
                "\n".join(day[: len(day) * _AGAIN // 100]),
                source="Ada",
                options=TellOptions(again=True),
            )
            used = new[:_RECALLED]
            for start in range(0, len(used), 5):
                library._core.fact_index.strengths.use(None, used[start : start + 5])
                now += 120
            library._core.fact_index.strengths.flush()
            now += DAY - 2 * HOUR
        library.graph.link(concepts_only=True)
        return {"facts": len(library.facts.list()), "now": now}


def sleep(file: str, now: float) -> Figures:
    """Sleep alone, then once more at once: seconds of CPU, and how long others waited at most."""
    with Library.open(file, clock=lambda: now) as library:
        library.facts.recall("who works where?")
        began, cpu = time.perf_counter(), time.process_time()
        slept = library.sleep.run()
        took = {"cpu": time.process_time() - cpu, "seconds": time.perf_counter() - began}
        again = library.sleep.run()
        sound = library.verify().sound
    return {
        **took,
        "longest_ms": slept.longest_write,
        "slices": slept.slices,
        "again": again.run is not None,
        "sound": sound,
        "did": {
            name: getattr(slept, name)
            for name in (
                "examined", "replayed", "consolidated", "merged", "summarised", "downscaled",
                "pruned", "proposed",
            )
        },
    }  # fmt: skip


def ask(file: str, now: float) -> Figures:
    """Ask in one thread while another sleeps: milliseconds of each answer meanwhile."""
    questions = [asked.question for asked in people.questions()]
    with Library.open(file, clock=lambda: now) as library:
        for question in questions[:10]:
            library.ask(question)
        longest: list[float] = []
        sleeper = threading.Thread(target=lambda: longest.append(library.sleep.run().longest_write))
        times: list[float] = []
        sleeper.start()
        place = 0
        while sleeper.is_alive():
            began = time.perf_counter()
            library.ask(questions[place % len(questions)])
            times.append(1000 * (time.perf_counter() - began))
            place += 1
        sleeper.join()
    return {
        "median_ms": statistics.median(times),
        "asked": len(times),
        "longest_ms": longest[0],
    }


def _unheard(_progress: object) -> None:
    """Progress that nobody looks at."""


if __name__ == "__main__":
    answer(fill, sleep, ask)
