"""What it costs to ask told statements, in calls of functions, which no busy machine makes more."""

import statistics
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from types import FrameType

import pytest

from tests.benchmarks import made_facts
from workbench.jobs import Cancel
from workbench.library import Library

pytestmark = pytest.mark.slow

_FACTS, _HOPS = 600, 50
#: The most calls of functions that one may make: twice what it did when it was measured.
_MOST = {"value": 14_000, "recall": 17_000, "chain of three": 5_200, "chain of fifty": 80_000}


def _calls(work: Callable[[], object]) -> int:
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_asking_makes_no_more_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    texts = [*made_facts.facts(0, _FACTS), *made_facts.reports(_HOPS + 1)]
    with Library.open(tmp_path / "told.brain") as library:
        for start in range(0, len(texts), 200):
            library.facts.tell("\n".join(texts[start : start + 200]))
        library._core.judge_told(Cancel())
        library._core.index()
        facts, person = library.facts, made_facts.person(0)
        keys = cycle(made_facts.key(4 * number) for number in range(25))
        asked: dict[str, Callable[[], object]] = {
            "value": lambda: facts.value(f"who owns the project {next(keys)}?"),
            "recall": lambda: facts.recall(next(keys)),
            "chain of three": lambda: facts.chain(person, ["manager"] * 3),
            "chain of fifty": lambda: facts.chain(person, ["manager"] * _HOPS),
        }
        costs = {}
        for name, work in asked.items():
            work()
            costs[name] = statistics.median(_calls(work) for _ in range(15))
        answer = asked["value"]()
    assert answer is not None
    assert not {name: cost for name, cost in costs.items() if cost > _MOST[name]}, costs
