"""One measurement of the memory of concepts and fibers in a process of its own.

    python -m tests.benchmarks.memory_child WHAT '{"file": …}'

What it found it prints as one line of JSON: seconds, and times of calls in microseconds.
"""

import gc
import re
import time

from tests.benchmarks import people
from tests.benchmarks.fact_child import timed
from tests.benchmarks.people import Asked
from tests.benchmarks.processes import Figures, answer
from workbench.library import Library

#: Statements in one call.
CALL = 1000


def encode(file: str, size: int) -> Figures:
    """Tell `size` statements and link all of them, in ten blocks; the seconds."""
    with Library.open(":memory:") as warm:
        warm.facts.tell("\n".join(people.statements(20)))
        warm.graph.link(concepts_only=True)
    told, lost = list(people.statements(size)), 0
    block = max(1, size // 10)
    start = time.perf_counter()
    with Library.open(file) as library:
        for first in range(0, size, block):
            last = min(first + block, size)
            for place in range(first, last, CALL):
                call = told[place : min(place + CALL, last)]
                lost += len(call) - len(library.facts.tell("\n".join(call)).new)
            library.graph.link(concepts_only=True)
        seconds = time.perf_counter() - start
        lost += library._core.graph.backlog()
    return {"seconds": seconds, "call": min(CALL, block), "lost": lost}


def recall(file: str, seconds: float) -> Figures:
    """Reflex recall with its context, by the questions of all kinds, warm."""
    cues = [asked.question for asked in people.questions()]
    with Library.open(file) as library:
        gc.collect()
        for cue in cues[:20]:
            library.facts.reflex(cue)
        return timed(library.facts.reflex, cues[20:] * 4, seconds)


def questions(file: str) -> Figures:
    """How many questions of each kind are answered rightly, or rightly not at all."""
    right = {"direct": 0, "reworded": 0, "silent": 0}
    with Library.open(file, read_only=True) as library:
        for asked in people.questions():
            right[asked.kind] += _right(library, asked)
    return dict(right)


def _right(library: Library, asked: Asked) -> bool:
    found = library.facts.value(asked.question)
    if not asked.value or found is None:
        return not asked.value and found is None
    said = f"{found.value} {found.fact.text}"
    return re.search(rf"(?<!\w){re.escape(asked.value)}(?!\w)", said, re.IGNORECASE) is not None


if __name__ == "__main__":
    answer(encode, recall, questions)
