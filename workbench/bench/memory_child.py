"""One measurement of the memory of concepts and fibers in a process of its own.

    python -m workbench.bench.memory_child WHAT '{"file": …}'

What it found it prints as one line of JSON: seconds, and times of calls in microseconds.
"""

import gc
import re
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from workbench.bench import people
from workbench.bench.fact_child import Figures, timed
from workbench.bench.people import Asked
from workbench.bench.processes import answer
from workbench.library import Library
from workbench.memory.reflex.depth import Depth

#: Statements in one call, and blocks by which flatness is told.
CALL, BLOCKS = 1000, 10


def encode(words: Mapping[str, Any]) -> Figures:
    """Tell `size` statements and link all of them; seconds and CPU of each of ten blocks."""
    size = int(words["size"])
    with Library.open(":memory:") as warm:
        warm.facts.tell("\n".join(people.statements(20)))
        warm.graph.link_concepts()
    told = list(people.statements(size))
    block = max(1, size // BLOCKS)
    seconds, cpu, lost = [], [], 0
    with Library.open(words["file"]) as library:
        for first in range(0, size, block):
            start, before = time.perf_counter(), time.process_time()
            last = min(first + block, size)
            for place in range(first, last, CALL):
                call = told[place : min(place + CALL, last)]
                lost += len(call) - len(library.facts.tell("\n".join(call)).new)
            library.graph.link_concepts()
            seconds.append(time.perf_counter() - start)
            cpu.append(time.process_time() - before)
        lost += library.graph.concepts_behind()
    return {"seconds": seconds, "cpu": cpu, "block": block, "lost": lost}


def recall(words: Mapping[str, Any]) -> Figures:
    """Reflex recall at every depth, by the questions of all kinds, warm."""
    cues = [asked.question for asked in people.questions()]
    seconds = float(words["seconds"])
    found: Figures = {}
    with Library.open(words["file"]) as library:
        gc.collect()
        for depth in Depth:
            call = partial(library.facts.reflex, depth=str(depth))
            for cue in cues[:20]:
                call(cue)
            found[str(depth)] = timed(call, cues[20:] * 4, seconds)
    return found


def questions(words: Mapping[str, Any]) -> Figures:
    """How many questions of each kind are answered rightly, or rightly not at all."""
    right = {"direct": 0, "reworded": 0, "silent": 0}
    with Library.open(words["file"], read_only=True) as library:
        for asked in people.questions():
            right[asked.kind] += _right(library, asked)
    return dict(right)


def _right(library: Library, asked: Asked) -> bool:
    found = library.facts.value(asked.question)
    if not asked.value or found is None:
        return not asked.value and found is None
    said = f"{found.value} {found.fact.text}"
    return re.search(rf"(?<!\w){re.escape(asked.value)}(?!\w)", said, re.IGNORECASE) is not None


MEASURES: Mapping[str, Callable[[Mapping[str, Any]], Figures]] = {
    "encode": encode,
    "recall": recall,
    "questions": questions,
}

if __name__ == "__main__":
    answer(MEASURES)
