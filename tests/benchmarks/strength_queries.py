"""How long it takes to look up a strength, what is due for review and what fades, among a million.

The library is made quickly: statements are told in bulk, a day's worth at a time, and a share of
them gets a past and a review by the doors of the store rather than by a million recalls.
"""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.rows import Goal, Row, judged
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory import use_history
from workbench.memory.plasticity import DAY, DEFAULTS
from workbench.store import reviews, strengths
from workbench.store.reviews import ReviewRow
from workbench.store.store import Store
from workbench.store.strengths import StrengthRow

#: Engrams that the goal is for.
SIZE = 1_000_000
GOALS = {"strength_queries_1M": Goal("ms", 5, False)}
#: Days over which the statements are told, and where the clock stands when they begin.
_DAYS, _BEGIN = 200, 1_700_000_000.0
#: One statement of so many was used, and one of so many is kept for review.
_USED, _REVIEWED = 5, 20
#: One statement of so many is something to do, which fades faster.
_TODO = 50
_CALLS = 60
_WARM = 5


class MovedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = _BEGIN) -> None:
        self.now = now

    def __call__(self) -> float:
        """The time, in seconds since the epoch."""
        return self.now


def make(path: Path, size: int, clock: MovedClock, days: int = _DAYS) -> None:
    """Make a library of so many statements, some of them used, some kept for review."""
    each = max(1, size // days)
    with Library.open(path, clock=clock) as library:
        for first in range(0, size, each):
            every = range(first, min(first + each, size))
            plain = [_statement(place) for place in every if place % _TODO]
            library.facts.tell("\n".join(plain))
            todos = "\n".join(_statement(place) for place in every if not place % _TODO)
            library.facts.tell(todos, options=TellOptions(kind="todo", expires_days=3650))
            clock.now += DAY
    chance = random.Random(7)
    with Store.open(path) as store:
        store.write(lambda connection: _use(connection, chance, clock.now))


def _statement(place: int) -> str:
    return f"Locker {place} in hall {place % 97} belongs to the crew of barge {place * 7 % 1009}."


def _use(connection: sqlite3.Connection, chance: random.Random, now: float) -> None:
    used: list[StrengthRow] = []
    fades: dict[int, float] = {}
    for engram, told in connection.execute("SELECT engram, told FROM fact").fetchall():
        if engram % _USED == 0:
            at, uses = chance.uniform(told, now), chance.randrange(1, 9)
            row = StrengthRow(engram, min(8.0, 1.0 + uses), at, uses, came=told, days=1, windows=1)
            fades[engram] = use_history.fades_at(row, DEFAULTS.half_life("fact"), DEFAULTS)
            used.append(row)
        if engram % _REVIEWED == 0:
            due = chance.uniform(now - 30 * DAY, now + 30 * DAY)
            reviews.begin(connection, [ReviewRow(engram, due)])
    strengths.store(connection, used, fades)


def median_ms(call: Callable[[int], object], places: range) -> float:
    """The median time of calls in milliseconds, after a few to warm up."""
    for place in places[:_WARM]:
        call(place)
    seconds = []
    for place in places:
        begun = time.perf_counter()
        call(place)
        seconds.append(time.perf_counter() - begun)
    return 1000 * statistics.median(seconds)


def measured(path: Path, size: int, clock: MovedClock) -> dict[str, float]:
    """The median milliseconds of each question."""
    step = max(1, size // _CALLS)
    places = range(1, size, step)
    with Library.open(path, clock=clock) as library:
        return {
            "strength_of": median_ms(library.memory.strength, places),
            "reviews_due": median_ms(lambda _: library.memory.reviews(), places),
            "fading": median_ms(lambda _: library.memory.fading(), places),
        }


def rows(say: Callable[[str], None], size: int = SIZE) -> list[Row]:
    """Make a library of `size` engrams and ask it; the row is the slowest of the three medians."""
    clock = MovedClock()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "queries.brain"
        make(path, size, clock)
        found = measured(path, size, clock)
    for name, value in found.items():
        say(f"{name}: {value:.2f} ms at {size:,} engrams")
    slowest = max(found.values())
    on = f"{size:,} engrams, slowest median"
    name = "strength_queries_1M" if size == SIZE else "strength_queries"
    return [judged(name, slowest, GOALS, on, "ms")]
