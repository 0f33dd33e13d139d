"""One measurement of the fact memory in a process of its own.

    python -m tests.benchmarks.fact_child WHAT '{"file": …}'

What it found it prints as one line of JSON: times in microseconds, memory in bytes.
"""

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from tests.benchmarks import made_facts
from tests.benchmarks.processes import Figures, answer
from workbench.errors import WorkbenchError
from workbench.library import Library

T = TypeVar("T")

#: Facts in one call of a bulk.
CALL = 10_000
#: Cues of one kind, as many of them as the time allows.
_CUES = 2000
_WARM = 20
HOPS = 50


def timed(work: Callable[[T], object], items: Sequence[T], seconds: float) -> Figures:
    """Median, 95th percentile and mean in µs of as many calls as time allows."""
    taken: list[int] = []
    end = time.perf_counter() + seconds
    for item in items:
        start = time.perf_counter_ns()
        work(item)
        taken.append(time.perf_counter_ns() - start)
        if len(taken) >= 5 and time.perf_counter() > end:
            break
    return {
        "median": statistics.median(taken) / 1e3,
        "p95": percentile(taken, 95) / 1e3,
        "mean": statistics.fmean(taken) / 1e3,
        "times": len(taken),
    }


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that at least so many percent do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


# -- what is measured ------------------------------------------------------------------------------


def build(file: str, size: int) -> Figures:
    """Tell `size` facts in large calls, then a line of people; the file is left behind, closed."""
    seconds, lost = 0.0, 0
    library = Library.open(file)
    for first in range(0, size, CALL):
        call = list(made_facts.facts(first, min(first + CALL, size)))
        text = "\n".join(call)
        start = time.perf_counter()
        made = library.facts.tell(text)
        seconds += time.perf_counter() - start
        lost += len(call) - len(made.new)
    library.facts.tell("\n".join(made_facts.reports(HOPS + 1)))
    library.close()
    return {"seconds": seconds, "lost": lost}


def ask(file: str, size: int, seconds: float) -> Figures:
    """Every kind of question, warm, by the names of their rows."""
    places = made_facts.places(size, _CUES)
    keys = [made_facts.key(place) for place in places]
    asked: dict[str, list[str]] = {
        "recall_rare_word": keys,
        "recall_broad": [made_facts.COMMON] * _CUES,
        "recall_six_frequent": made_facts.frequent(range(3, 30), _CUES),
        "miss": [made_facts.slipped(key) for key in keys],
    }
    found: Figures = {}
    with Library.open(file, read_only=True) as library:
        gc.collect()
        for kind, cues in asked.items():
            for cue in cues[-_WARM:]:
                library.facts.recall(cue)
            found[kind] = timed(library.facts.recall, cues[:-_WARM], seconds)
        questions = [f"who owns the project {key}?" for key in keys]
        found["value_median"] = timed(library.facts.value, questions, seconds)
        for hops in (3, HOPS):
            starts = [made_facts.person(place % (HOPS + 1 - hops)) for place in range(_CUES)]
            path = ["manager"] * hops
            follow = partial(library.facts.chain, path=path)
            if follow(starts[0]).value != made_facts.person(hops):
                raise WorkbenchError("A chain did not arrive.", f"{hops} hops")
            found[f"chain_{hops}"] = timed(follow, starts, seconds)
    return found


def write(file: str, size: int, seconds: float) -> Figures:
    """One fact a call, acknowledged, and one a turn; the last must be found at once."""
    fresh = list(made_facts.facts(size, size + 4 * _CUES))
    single, turns = fresh[: 2 * _CUES], fresh[2 * _CUES : 3 * _CUES]
    with Library.open(file) as library:
        for fact in fresh[-_WARM:]:
            library.facts.tell(fact)
        found: Figures = {"single": timed(library.facts.tell, single, seconds)}
        last = single[found["single"]["times"] - 1]
        found["visible"] = any(fact.text == last for fact in library.facts.recall(last))
        found["turn"] = timed(library.turn, turns, seconds)
    return found


def reopen(file: str, size: int) -> Figures:
    """From a closed library to the texts of the first answer."""
    cue = made_facts.key(size // 2)
    start = time.perf_counter()
    with Library.open(file) as library:
        found = library.facts.recall(cue)
        return {"ms": 1e3 * (time.perf_counter() - start), "found": len(found)}


if __name__ == "__main__":
    answer(build, ask, write, reopen)
