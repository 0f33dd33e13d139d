"""What told statements cost to ask, in lookups of a plain SQLite table in the same run.

Processor time, so that other programs do not count; medians, so that a pause of the garbage
collector does not.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from tests.benchmarks import made_facts
from workbench.jobs import Cancel
from workbench.library import Library

pytestmark = pytest.mark.slow

_FACTS, _HOPS = 600, 50
#: The most lookups that a call may cost: twice what it did when it was measured, of recall what a
#: new cue costs, since half of the calls have one.
_MOST = {"value": 1000, "recall": 500, "chain of three": 220, "chain of fifty": 3_300}


def _median(call: Callable[[], object], times: int) -> float:
    call()
    taken = []
    for _ in range(times):
        start = time.process_time_ns()
        call()
        taken.append(time.process_time_ns() - start)
    return statistics.median(taken)


def _lookup(folder: Path, texts: list[str]) -> float:
    with sqlite3.connect(folder / "plain.db") as connection:
        connection.execute("CREATE TABLE fact(key TEXT PRIMARY KEY, text TEXT)")
        connection.executemany("INSERT OR IGNORE INTO fact VALUES (?, ?)", ((t, t) for t in texts))
        connection.commit()
        keys = texts[::10]

        def lookups() -> None:
            for key in keys:
                connection.execute("SELECT text FROM fact WHERE key = ?", (key,)).fetchone()

        taken = _median(lookups, 20) / len(keys)
    connection.close()
    return taken


def test_asking_costs_no_more_lookups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    texts = [*made_facts.facts(0, _FACTS), *made_facts.reports(_HOPS + 1)]
    lookup = _lookup(tmp_path, texts)
    with Library.open(tmp_path / "told.brain") as library:
        for start in range(0, len(texts), 200):
            library.facts.tell("\n".join(texts[start : start + 200]))
        library._core.judge_told(Cancel())
        library._core.index()
        facts, person = library.facts, made_facts.person(0)
        keys = cycle(made_facts.key(4 * number) for number in range(25))
        calls: dict[str, Callable[[], object]] = {
            "value": lambda: facts.value(f"who owns the project {next(keys)}?"),
            "recall": lambda: facts.recall(next(keys)),
            "chain of three": lambda: facts.chain(person, ["manager"] * 3),
            "chain of fifty": lambda: facts.chain(person, ["manager"] * _HOPS),
        }
        costs = {name: _median(call, 50) / lookup for name, call in calls.items()}
        answer = calls["value"]()
    assert answer is not None
    over = {name: round(cost) for name, cost in costs.items() if cost > _MOST[name]}
    assert not over, {name: round(cost) for name, cost in costs.items()}
