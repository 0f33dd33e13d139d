"""The suite `group`: desks that share a library through a folder or a PostgreSQL server; a cluster.

Writers are processes of their own on a real server that the suite starts. Some are killed at named
steps and some at any moment, and their connections are cut; then all must be equal, row for row.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import cluster
from tests.benchmarks.rows import Goal, Row, Say, judged
from tests.databases import postgres_server
from tests.databases.postgres_server import PASSWORD, USER
from tests.memory.group.desks import Desk, carry, said
from workbench.errors import WorkbenchError
from workbench.library import Library

#: Writers, and changes that they make together: a statement is two, itself and who said it.
WRITERS, CHANGES = 20, 100_000
#: Statements told while a desk was away, and random edits on two devices.
AWAY, EDITS = 50_000, 500
GOALS: Mapping[str, Goal] = {
    "writers_lost": Goal("statements", 0, False),
    "writers_doubled": Goal("statements", 0, False),
    "writers_unequal": Goal("desks", 0, False),
    "away_50k": Goal("s", 60, False),
    "asking_shared_over_local": Goal("ratio", 1.1, False),
    "two_devices_different": Goal("values", 0, False),
    "two_devices_lost": Goal("statements", 0, False),
    **cluster.GOALS,
}
#: Seconds until what came is asked for.
_SETTLING = 30.0
_POINTS = ("in merge", "after merge", "before append", "after append", "after push")
#: A writer: tells, synchronises now and then, and kills itself at a step.
_WRITER = """
import os, random, signal, sys
from workbench.errors import WorkbenchError
from workbench.library import Library
from workbench.memory.group import syncing

file, place, name, first, last, seed, point, left = sys.argv[1:9]
left = int(left)

def reached(at):
    global left
    left -= at == point
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

syncing.reached = reached
chance = random.Random(int(seed))
with Library.open(file) as library:
    if library.group.status() is None:
        library.group.join(place, name=name)
    there = {fact.text for fact in library.facts.list(limit=-1)}
    texts = [f"Writer {name} put crate {n} on pier {n % 90}." for n in range(int(first), int(last))]
    texts = [text for text in texts if text not in there]
    size = 50
    for start in range(0, len(texts), size):
        library.facts.tell("\\n".join(texts[start:start + size]))
        if chance.random() < 0.15:
            try:
                library.group.sync()
            except WorkbenchError:
                pass
    while True:
        try:
            library.group.sync()
            break
        except WorkbenchError:
            # The connection was cut: once more.
            continue
"""


def up_to(sizes: Sequence[int]) -> int:
    """The changes of the writers."""
    return sizes[0]


def run(
    say: Say, changes: int = CHANGES, writers: int = WRITERS, away: int = AWAY, edits: int = EDITS
) -> list[Row]:
    """Measure every row of the suite; those of other sizes than their goals' have none."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        found = list(_devices(Path(folder) / "devices", edits, say))
        found += _away(Path(folder), away, say)
        found += _writers(Path(folder), writers, changes // (2 * writers), say)
        share = changes / CHANGES
        found += cluster.measure(
            Path(folder) / "cluster", say, int(cluster.SOURCES * share) or 1,
            int(cluster.DOCUMENTS * share) or 1,
        )  # fmt: skip
    return found


def _devices(home: Path, edits: int, say: Say) -> Iterator[Row]:
    """Random edits on two devices; files come late, twice, cut off and in any order."""
    home.mkdir()
    desks = [Desk(home / name, name) for name in ("laptop", "desktop")]
    chance = random.Random(1)
    for _ in range(2 * edits):
        chance.choice(desks).edit(chance)
        if chance.random() < 0.1:
            carry(desks, chance)
            chance.choice(desks).library.group.sync()
    for _ in range(4):
        carry(desks, chance, all=True)
        for desk in desks:
            desk.library.group.sync()
    one, two = (said(desk.library) for desk in desks)
    different = sum(one.get(key) != two.get(key) for key in one.keys() | two.keys())
    told, gone = ({t for d in desks for t in getattr(d, name)} for name in ("told", "gone"))
    texts = {value["text"] for key, value in one.items() if key.startswith("fact/")}
    for desk in desks:
        desk.close()
    on = f"{edits} random edits on each of two devices, {len(one)} values at the end"
    say(f"two devices: {different} values differ, {len(told - gone - texts)} statements lost")
    yield _judged("two_devices_different", different, on, edits == EDITS)
    yield _judged("two_devices_lost", len(told - gone - texts), on, edits == EDITS)


def _away(home: Path, size: int, say: Say) -> Iterator[Row]:
    """A desk that was away, and asking a library that is shared and one that is not."""
    folder = home / "shared"
    folder.mkdir()
    with Library.open(home / "away.brain") as away, Library.open(home / "here.brain") as here:
        for library in (away, here):
            library.group.join(str(folder))
            library.group.sync()
        for start in range(0, size, 1000):
            numbers = range(start, min(start + 1000, size))
            here.facts.tell("\n".join(f"The code of room {n} is {n * 7}." for n in numbers))
        here.group.sync()
        began = time.perf_counter()
        received = away.group.sync().received
        seconds = time.perf_counter() - began
        if len(away.facts.list(limit=-1)) != size:
            raise WorkbenchError("The desk that was away has not everything.")
        on = f"{size:,} statements in {received:,} changes, through a folder"
        say(f"away: {on} in {seconds:.1f} s")
        yield _judged("away_50k", seconds, on, size == AWAY)
        # The one that was filled through the log stays shared, the other is alone again.
        here.group.leave()
        # What came is judged and turned into vectors in the background, as after an import.
        time.sleep(_SETTLING)
        shared, local = _asked((away, here), size)
        asked = f"median of 200 values, in turn: {shared:.2f} ms shared, {local:.2f} ms not"
        say(f"asking: {asked}")
        yield _judged("asking_shared_over_local", shared / local, asked, size == AWAY)


def _asked(libraries: Sequence[Library], size: int) -> list[float]:
    """The median times of a value, in milliseconds, asked of each in turn."""
    chance = random.Random(2)
    times: list[list[float]] = [[] for _ in libraries]
    for _ in range(220):
        number = chance.randrange(size)
        for library, found in zip(libraries, times, strict=True):
            began = time.perf_counter()
            value = library.facts.value(f"What is the code of room {number}?")
            found.append(1000 * (time.perf_counter() - began))
            if value is None or value.value != str(number * 7):
                raise WorkbenchError("A shared library answers otherwise.")
    return [median(found[20:]) for found in times]


def _writers(home: Path, writers: int, told: int, say: Say) -> Iterator[Row]:
    """Writers at once on one server, killed at steps and at random, their connections cut."""
    programs = postgres_server.programs()
    if programs is None:
        raise WorkbenchError("No programs of PostgreSQL: install the dependency group `dev`.")
    with postgres_server.running(programs, connections=writers + 10) as server:
        server.run("CREATE DATABASE crowd")
        place = f"postgresql://{USER}@{server.host}:{server.port}/crowd"
        with Library.open(home / "owner.brain") as owner, _password():
            owner.group.join(place)
        began = time.perf_counter()
        ended = threading.Event()
        cutter = threading.Thread(target=_cut, args=(server, ended))
        cutter.start()
        try:
            with _password():
                deaths = _crowd(home, place, writers, told)
        finally:
            ended.set()
            cutter.join()
        seconds = time.perf_counter() - began
        views: list[dict[str, Any]] = []
        for _ in range(2):
            views = [_view(home / f"w{n}.brain") for n in range(writers)]
        texts = [v["text"] for key, v in views[0].items() if key.startswith("fact/")]
        made = {f"Writer w{n} put crate {c} on pier {c % 90}." for n in range(writers)
                for c in range(told)}  # fmt: skip
        unequal = sum(view != views[0] for view in views)
    on = (
        f"{writers} writers, {writers * told:,} statements ({2 * writers * told:,} changes), "
        f"{deaths} killed, connections cut every 3 s, {seconds:.0f} s"
    )
    say(f"writers: {on}; {len(made - set(texts))} lost, {unequal} desks unequal")
    whole = 2 * writers * told == CHANGES
    yield _judged("writers_lost", len(made - set(texts)), on, whole)
    yield _judged("writers_doubled", len(texts) - len(set(texts)), on, whole)
    yield _judged("writers_unequal", unequal, on, whole)


def _crowd(home: Path, place: str, writers: int, told: int) -> int:
    """Run all writers until each has told everything; returns how many were killed."""
    chance = random.Random(3)
    deaths = 0
    waiting = dict.fromkeys(range(writers), 0)
    running: dict[int, tuple[int, subprocess.Popen[bytes]]] = {}
    while waiting or running:
        for n in list(waiting):
            attempt = waiting.pop(n)
            # Everybody dies at each named step, and sometimes at any other moment.
            point = _POINTS[attempt] if attempt < len(_POINTS) else "never"
            words = (home / f"w{n}.brain", place, f"w{n}", 0, told, n + attempt, point,
                     1 + chance.randrange(3))  # fmt: skip
            process = subprocess.Popen(
                [sys.executable, "-c", _WRITER, *map(str, words)], stderr=subprocess.DEVNULL
            )
            running[n] = attempt, process
        time.sleep(0.2)
        if running and chance.random() < 0.05:
            chance.choice(list(running.values()))[1].send_signal(signal.SIGKILL)
        for n, (attempt, process) in list(running.items()):
            if process.poll() is not None:
                del running[n]
                deaths += process.returncode < 0
                if process.returncode != 0 or attempt < len(_POINTS):
                    waiting[n] = attempt + 1
    return deaths


def _cut(server: postgres_server.Server, ended: threading.Event) -> None:
    """Cut a connection every few seconds."""
    while not ended.wait(3.0):
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = 'crowd' ORDER BY random() LIMIT 1"
        )


@contextmanager
def _password() -> Iterator[None]:
    """The server's password, where libraries look for it."""
    before = os.environ.get("PGPASSWORD")
    os.environ["PGPASSWORD"] = PASSWORD
    try:
        yield
    finally:
        os.environ.pop("PGPASSWORD")
        if before is not None:
            os.environ["PGPASSWORD"] = before


def _judged(name: str, value: float, on: str, whole: bool) -> Row:
    return judged(name, value, GOALS if whole else {}, on, GOALS[name].unit)


def _view(file: Path) -> dict[str, Any]:
    with _password(), Library.open(file) as library:
        library.group.sync()
        return said(library)
