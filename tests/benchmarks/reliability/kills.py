"""Is anything lost or doubled when the process dies? Kills at random moments, and at every commit.

A process adds a mixed folder and is killed, with its readers, after a random time; the library is
looked at, another process goes on, and so on until the folder is in; then the library must be equal
to one that was made without kills. What a process has said, it is held to: jobs that were queued,
sources that were verified. In the second part the process dies right before and right after each
commit that the road of one document has.
"""

import random
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks import made_files
from tests.benchmarks.prose import Prose
from tests.benchmarks.reliability import children, kill_child, killed_operations
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.errors import WorkbenchError
from workbench.store.store import Store
from workbench.store.verify import verify

#: Lives of a library after which it is left in peace, so that what comes after is seen as well.
_LIVES = 40
#: The longest life, as a share of the time that all takes in peace; lives are evenly spread.
_LONGEST = 1 / 3
_PATIENCE = 120.0

NAME = "kills_500_lost_or_doubled"
GOALS = {NAME: Goal("count", 0, higher=False)}

#: Kinds of files for the commits of their roads.
COMMIT_KINDS = (".txt", ".pdf", ".epub", ".jsonl", ".zip", ".eml", ".md")
#: How long they are, in bytes; the first one is stored in several batches.
_LONG, _SHORT = 500_000, 4_000


@dataclass(slots=True)
class Found:
    """What was tried, and every loss, double or fault as a sentence.

    `midway` counts the kills that left a document of which only a part was stored.
    """

    kills: int = 0
    midway: int = 0
    libraries: int = 0
    commits: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        """Take in what another has found."""
        self.kills += other.kills
        self.midway += other.midway
        self.libraries += other.libraries
        self.commits += other.commits
        self.faults += other.faults


@dataclass(slots=True)
class Promises:
    """What the processes of one library have said is in it."""

    jobs: set[int] = field(default_factory=set)
    verified: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    commits: int | None = None

    def hear(self, said: Mapping[str, Any]) -> None:
        """Take in what a process says."""
        self.jobs.update(said.get("queued", ()))
        self.verified.update(said.get("verified", {}))
        self.failed.update(said.get("failed", {}))
        self.commits = said.get("done", self.commits)


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Kill `count` processes at random moments, others at each commit, and count the faults.

    Half of them add a mixed folder; the others do all else that writes.
    """
    if sys.platform == "win32":
        yield judged(NAME, None, GOALS, "not measured on Windows")
        return
    adds = adding(folder / "adding", kills=count - count // 2, say=say)
    others = killed_operations.kill(folder / "others", count // 2)
    faults = [*adds.faults, *others.faults]
    for fault in faults:
        say(fault)
    on = (
        f"{adds.kills + others.kills} kills at random moments ({adds.midway} with a document "
        f"stored in part), {adds.commits + others.commits} right before and after commits: add, "
        f"{', '.join(kill_child.OPERATIONS)}"
    )
    yield judged(NAME, len(faults), GOALS, on)


def adding(
    folder: Path,
    *,
    kills: int = 500,
    size: int = 150_000,
    kinds: Sequence[str] = COMMIT_KINDS,
    say: Say,
) -> Found:
    """Kill so many processes, then one before and one after each commit of each kind of file.

    `folder` is empty and gets everything; `size` is about what each file of the mixed folder
    holds, in bytes. Only where processes can be killed outright (POSIX).
    """
    if sys.platform == "win32":
        raise WorkbenchError("Kills are measured on Linux and macOS only.", "Run it there.")
    folder.mkdir(parents=True, exist_ok=True)
    mixed = folder / "mixed"
    made_files.mixed(mixed, size)
    found = Found()
    began = time.monotonic()
    reference = _undisturbed(folder, "reference", mixed)
    longest = _LONGEST * (time.monotonic() - began)
    left = _Counter(kills)
    with ThreadPoolExecutor(children.LANES) as pool:
        lanes = [
            pool.submit(_kill_often, folder / f"lane {lane}", mixed, reference, left, longest)
            for lane in range(children.LANES)
        ]
        for each in lanes:
            found.add(each.result())
    say(
        f"{found.kills} kills over {found.libraries} libraries, {found.midway} midway: "
        f"{len(found.faults)} lost, doubled or wrong"
    )
    with ThreadPoolExecutor(children.LANES) as pool:
        roads = [
            pool.submit(_every_commit, folder / f"commits{kind}", kind, new=kind == kinds[0])
            for kind in kinds
        ]
        for road in roads:
            found.add(road.result())
    say(f"{found.commits} deaths at commits, {len(found.faults)} faults altogether")
    return found


class _Counter:
    """How many kills are left, for several threads."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether there was one left."""
        with self._lock:
            self._count -= 1
            return self._count >= 0

    def put_back(self) -> None:
        """It was not used after all."""
        with self._lock:
            self._count += 1

    @property
    def any(self) -> bool:
        """Whether there is one left."""
        with self._lock:
            return self._count > 0


# -- at random moments ------------------------------------------------------------------------


def _kill_often(
    folder: Path, mixed: Path, reference: "Content", left: _Counter, longest: float
) -> Found:
    chance = random.Random(folder.name)
    found = Found()
    while left.any:
        place = folder / str(found.libraries)
        found.libraries += 1
        promises = Promises()
        library = place / "killed.brain"
        place.mkdir(parents=True)
        for life in range(_LIVES + 1):
            # A user may drop the folder again after the crash, or just open the program.
            again = not promises.jobs or chance.random() < 0.3
            words = ["add", str(mixed)] if again else ["work"]
            patience = chance.uniform(0, longest)
            kill = life < _LIVES and left.take()
            died = _live(library, words, promises, patience if kill else None)
            found.kills += died
            if kill and not died:
                left.put_back()
            what = f"{folder.name}, library {found.libraries}, life {life + 1}"
            found.faults += [f"{what}: {fault}" for fault in looked_at(library, promises)]
            if not died:
                break
            found.midway += _is_midway(library)
        found.faults += [
            f"{folder.name}, library {found.libraries}, at the end: {fault}"
            for fault in [*differences(library, reference), *_verified(library)]
        ]
    return found


def _live(
    library: Path,
    words: Sequence[str],
    promises: Promises,
    patience: float | None = None,
    die: str = "",
) -> bool:
    """Let one process work the library; kill it after `patience` seconds. Was it killed?"""
    home = str(library.parent / "home")
    # Before it opens the library there is nothing to interrupt.
    ended = children.run(
        kill_child.live,
        (str(library), tuple(words), home, die),
        _PATIENCE if patience is None else patience,
        ready=True,
    )
    if ended.late and patience is None:
        raise WorkbenchError("A process of the benchmark hung.", f"It had said: {ended.last}")
    for said in ended.said:
        promises.hear(said)
    killed = ended.code == -signal.SIGKILL
    if not killed and ended.code:
        promises.failed["the process"] = f"it ended with {ended.code}"
    return killed


# -- at every commit ----------------------------------------------------------------------------


def _every_commit(folder: Path, kind: str, new: bool) -> Found:
    """Die before and after each commit of adding one small file; where `new`, a long file, and of
    the library's making as well."""
    folder.mkdir(parents=True)
    file = folder / f"document{kind}"
    made_files.SMALL[kind](file, Prose(len(kind)), _LONG if new else _SHORT)
    reference = _undisturbed(folder, "reference", file)
    found = Found()
    for when in ("before", "after"):
        number = 0
        died = True
        while died:
            number += 1
            place = folder / f"{when} {number}"
            place.mkdir()
            library = place / "killed.brain"
            if not new:
                Store.open(library).close()
            promises = Promises()
            words = ["add", str(file)]
            died = _live(library, words, promises, die=f"{when}:{number}")
            found.commits += died
            faults = looked_at(library, promises)
            if died:
                again = ["work"] if promises.jobs else words
                if _live(library, again, promises):
                    faults.append("the process that went on was killed by somebody else")
                faults += looked_at(library, promises)
            faults += differences(library, reference)
            if number % 5 == 0:
                faults += _verified(library)
            found.faults += [f"{kind}, {when} commit {number}: {fault}" for fault in faults]
    return found


# -- what must hold -----------------------------------------------------------------------------

#: What a library holds, without ids and times: how often each thing occurs.
Content = Mapping[str, Counter[tuple[Any, ...]]]

_CONTENT = {
    "source": "SELECT hash, key, title, author, language, date, kind, reader, size, characters, "
    "passages, engrams, pages, state, trashed, metadata, notices FROM source",
    "location": "SELECT s.hash, l.path, l.size FROM location l JOIN source s ON s.id = l.source",
    "section": "SELECT s.hash, c.ordinal, c.title, c.level, c.kind, c.start, c.end, c.text "
    "FROM section c JOIN source s ON s.id = c.source",
    "page": "SELECT s.hash, p.number, p.label, p.start, p.end, p.width, p.height, p.boxes "
    "FROM page p JOIN source s ON s.id = p.source",
    "passage": "SELECT s.hash, c.ordinal, p.start, p.end, p.page, p.page_label, p.seconds, p.box, "
    "p.last_engram - p.first_engram FROM passage p JOIN section c ON c.id = p.section "
    "JOIN source s ON s.id = p.source",
    "engram": "SELECT s.hash, p.start, e.kind, e.start, e.end, e.text FROM engram e "
    "JOIN passage p ON p.id = e.passage JOIN source s ON s.id = p.source",
    "membership": "SELECT s.hash, c.name FROM membership m JOIN source s ON s.id = m.source "
    "JOIN collection c ON c.id = m.collection",
    "unfinished job": "SELECT path, state, error FROM job WHERE state <> 'done'",
}


def _undisturbed(folder: Path, name: str, path: Path) -> Content:
    """What the library holds when nobody is killed. Raises where that does not work."""
    place = folder / name
    place.mkdir()
    promises = Promises()
    _live(place / "whole.brain", ["add", str(path)], promises)
    if promises.failed or promises.commits is None:
        raise WorkbenchError("The folder could not even be added in peace.", str(promises.failed))
    return content(place / "whole.brain")


def content(library: Path) -> Content:
    """All that a library holds."""
    with Store.open(library, read_only=True) as store, store.read() as connection:
        return {name: Counter(connection.execute(query)) for name, query in _CONTENT.items()}


def differences(library: Path, reference: Content) -> Iterator[str]:
    """How a library that is done differs from the one that was made in peace."""
    held = content(library)
    for name, wanted in reference.items():
        lost, more = wanted - held[name], held[name] - wanted
        for word, which in (("lost", lost), ("too much", more)):
            if which:
                example = str(next(iter(which)))[:200]
                yield f"{which.total()} {name} {word}, such as {example}"


def looked_at(library: Path, promises: Promises) -> list[str]:
    """What is wrong between two lives: promises that are not kept, doubles, faults."""
    faults = [f"{path} failed: {why}" for path, why in promises.failed.items()]
    promises.failed.clear()
    if not library.exists():
        return [*faults, *(["the library is gone"] if promises.jobs else [])]
    with Store.open(library) as store:
        faults += verify(store).problems
        with store.read() as connection:
            faults += _broken_promises(connection, promises)
            faults += _doubles(connection)
    return faults


def _is_midway(library: Path) -> bool:
    """Whether some source has a part of its text and is not read to its end."""
    if not library.exists():
        return False
    with Store.open(library, read_only=True) as store, store.read() as connection:
        return bool(
            connection.execute(
                "SELECT count(*) FROM source WHERE state = 'queued' AND characters > 0"
            ).fetchone()[0]
        )


def _broken_promises(connection: sqlite3.Connection, promises: Promises) -> Iterator[str]:
    jobs = {row[0] for row in connection.execute("SELECT id FROM job")}
    if missing := promises.jobs - jobs:
        yield f"{len(missing)} jobs that were queued are gone"
    there = dict(
        connection.execute("SELECT hash, engrams FROM source WHERE verified IS NOT NULL").fetchall()
    )
    for hash, engrams in promises.verified.items():
        if there.get(hash) != engrams:
            yield f"source {hash[:12]} was verified with {engrams} statements: {there.get(hash)}"


_DOUBLES = {
    "passages": "SELECT count(*) - count(DISTINCT section || ':' || start) FROM passage",
    "statements": "SELECT count(*) - count(DISTINCT passage || ':' || start) FROM engram",
    "jobs": "SELECT count(*) - count(DISTINCT path) FROM job WHERE state IN ('queued', 'running')",
}


def _doubles(connection: sqlite3.Connection) -> Iterator[str]:
    for name, query in _DOUBLES.items():
        (count,) = connection.execute(query).fetchone()
        if count:
            yield f"{count} {name} are doubled"


def _verified(library: Path) -> list[str]:
    """What `verify`, index included, has to say about a library, to a process of its own."""
    promises = Promises()
    _live(library, ["verify"], promises)
    return list(promises.failed.values())
