"""Kills of all else that writes: tell, sleep, import, restore, re-index, migrate and salvage.

A library of everything, and a process that does one operation on a copy and dies: at a moment by
chance, or right before or after each of its commits. The next program opens what is left, finds it
sound and with all that was acknowledged; the operation done once more leads to the very library
that it leads to when nobody is killed.
"""

import random
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.reliability import children, examine, kill_child, sample_library
from workbench.errors import WorkbenchError
from workbench.library import Library
from workbench.store import checksums, migration, row_counts, schema

_PATIENCE = 240.0
#: The longest life, as a share of what an operation takes in peace; how often one tries to kill.
_LONGEST = 0.8
_ROUNDS = 6

#: Tables that an older library is filled with, as far as it had their columns.
_OLDER = (
    "collection", "source", "location", "membership", "section", "page", "passage", "engram",
    "extent", "teller", "fact", "note", "mark",
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """What was tried, and every loss, double or fault as a sentence."""

    kills: int = 0
    commits: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Base:
    """What copies are made of: the folder of an operation's library, and where it leads."""

    operation: str
    folder: Path
    before: Counter[str]
    after: Counter[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Task:
    """One death: at a commit, or after so many seconds."""

    base: _Base
    die: str
    seconds: float | None

    def __str__(self) -> str:
        return f"{self.base.operation}, {self.die}"


def kill(
    folder: Path, kills: int, *, only: Sequence[str] = (), stride: int = 1, lanes: int = 2
) -> Found:
    """Kill so many processes at random moments, and each operation at every `stride`-th commit."""
    folder.mkdir(parents=True, exist_ok=True)
    bases = list(_bases(folder, only or kill_child.OPERATIONS))
    chance = random.Random(23)
    found = Found()

    def work(task: _Task) -> children.Ended:
        died, faults = _trial(task)
        return children.Ended([{"faults": faults}], died, late=False)

    def go(tasks: Sequence[_Task]) -> int:
        died = 0
        for task, ended in children.each(tasks, work, lanes):
            died += ended.code
            found.faults += [f"{task}: {each}" for each in ended.last["faults"]]
        return died

    for round in range(_ROUNDS):
        # Some end before they are killed: those do not count.
        tasks = []
        for number in range(kills - found.kills):
            base = bases[number % len(bases)]
            moment = chance.uniform(0, _LONGEST * base.seconds)
            tasks.append(_Task(base, f"at random {round} {number}", moment))
        found.kills += go(tasks)
    found.commits = go(
        [
            _Task(base, f"{when}:{at}", None)
            for base in bases
            for commits in [_commits(base)]
            for when in ("before", "after")
            for at in range(1, commits + 1, stride)
        ]
    )
    return found


# -- the libraries --------------------------------------------------------------------------------


def _bases(folder: Path, names: Sequence[str]) -> Iterator[_Base]:
    """A library ready for each operation, and what is in it before and after."""
    shelf_folder = folder / "shelf"
    (shelf_folder / "documents").mkdir(parents=True)
    whole = shelf_folder / "killed.brain"
    _run(examine.make, whole, shelf_folder / "documents", shelf_folder / "home")
    for name in names:
        place = folder / name / "base"
        place.mkdir(parents=True)
        shutil.copytree(shelf_folder / "home", place / "home")
        library = place / "killed.brain"
        _READY.get(name, shutil.copyfile)(whole, library)
        before = _weighed(_copied(_Base(name, place, Counter(), Counter(), 0.0), "before"))[1]
        trial = _copied(_Base(name, place, Counter(), Counter(), 0.0), "after")
        began = time.monotonic()
        ended = _operate(name, trial, "", _PATIENCE)
        seconds = time.monotonic() - began
        if ended.code or any("failed" in said for said in ended.said):
            raise WorkbenchError(f"The operation {name} fails in peace.", str(ended))
        problems, after = _weighed(trial)
        if problems:
            raise WorkbenchError(f"The operation {name} does harm in peace.", str(problems))
        yield _Base(name, place, before, after, seconds)


def _with_bundle(whole: Path, library: Path) -> None:
    """A library, and a bundle of another one beside it."""
    shutil.copyfile(whole, library)
    other = library.with_name("other.brain")
    with Library.open(other, clock=sample_library.Clock(sample_library.DONE)) as opened:
        for number in range(200):
            opened.facts.tell(f"Buoy {number} marks the channel of Terschelling")
        opened.notes.add("instruction", "Name the channel first")
        opened.export(library.with_name("brought.zip"))
    other.unlink()


def _with_backup(whole: Path, library: Path) -> None:
    """A library, and a backup from before something was told."""
    shutil.copyfile(whole, library)
    with Library.open(library, clock=sample_library.Clock(sample_library.DONE)) as opened:
        opened.backup(library.with_name("safe.brain"))
        opened.facts.tell("Told after the backup was made")


def _older(whole: Path, library: Path) -> None:
    """A library as the second edition of the program has left it."""
    connection = sqlite3.connect(library, isolation_level=None)
    with closing(connection):
        for statement in migration.statements(migration.OLDEST):
            connection.execute(statement)
        schema.assign_identity(connection)
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={migration.OLDEST}")
        connection.execute("ATTACH ? AS whole", (str(whole),))
        connection.execute("BEGIN")
        for table in _OLDER:
            columns = ", ".join(
                f'"{name}"'
                for (name,) in connection.execute(
                    "SELECT name FROM pragma_table_info(?) INTERSECT "
                    "SELECT name FROM pragma_table_info(?, 'whole') EXCEPT SELECT 'sum'",
                    (table, table),
                )
            )
            connection.execute(
                f"INSERT INTO {table}({columns}) SELECT {columns} FROM whole.{table}"
            )
        connection.execute("UPDATE fact SET claims = X'01'")
        row_counts.recount(connection)
        checksums.fill(connection)
        connection.execute("COMMIT")


def _damaged(whole: Path, library: Path) -> None:
    """No library yet, and a damaged one to salvage."""
    raw = bytearray(whole.read_bytes())
    raw[raw.index(b"Answer question 2")] ^= 1
    library.with_name("damaged.brain").write_bytes(raw)


_READY: dict[str, Callable[[Path, Path], object]] = {
    "import": _with_bundle,
    "restore": _with_backup,
    "migrate": _older,
    "salvage": _damaged,
}


# -- one kill -------------------------------------------------------------------------------------


def _trial(task: _Task) -> tuple[int, list[str]]:
    """Kill one process and look at what is left: whether it died (1 or 0), and what is wrong."""
    base = task.base
    library = _copied(base, task.die)
    untouched = _others(library)
    if task.seconds is None:
        ended = _operate(base.operation, library, task.die, _PATIENCE)
    else:
        ended = _operate(base.operation, library, "", task.seconds)
    died = ended.code == -signal.SIGKILL
    faults = [f"it ended with {ended.code}"] if ended.code and not died else []
    faults += _failed(ended)
    if _others(library) != untouched:
        faults.append("what it reads from was changed")
    if library.exists() or base.operation != "salvage":
        problems, content = _weighed(library)
        faults += [f"after the kill: {problem}" for problem in problems]
        faults += _between(base, ended, content)
    faults += _failed(_operate(base.operation, library, "", _PATIENCE))
    problems, content = _weighed(library)
    faults += [f"at the end: {problem}" for problem in problems]
    for word, items in (("lost", base.after - content), ("too much", content - base.after)):
        if items:
            faults.append(f"{items.total()} {word}, such as {next(iter(items))[:160]}")
    shutil.rmtree(library.parent)
    return int(died), faults


def _between(base: _Base, ended: children.Ended, content: Counter[str]) -> Iterator[str]:
    """What may not be so right after a kill: things gone that are there before and after."""
    if gone := (base.before & base.after) - content:
        yield f"after the kill: {gone.total()} lost, such as {next(iter(gone))[:160]}"
    if more := content - (base.before | base.after):
        yield f"after the kill: {more.total()} too much, such as {next(iter(more))[:160]}"
    told = {said["told"] for said in ended.said if "told" in said}
    there = Counter(words for words in told for item in content if f'"{words}"' in item)
    if lost := told - set(there):
        yield f"{len(lost)} were acknowledged and are lost, such as {min(lost)}"


def _others(library: Path) -> dict[str, bytes]:
    """The files beside a library that an operation only reads."""
    names = ("safe.brain", "damaged.brain", "brought.zip")
    beside = [library.with_name(name) for name in names]
    return {each.name: each.read_bytes() for each in beside if each.exists()}


def _copied(base: _Base, name: str) -> Path:
    """A copy of what an operation needs; where its library lies, or will."""
    place = base.folder.with_name(name.replace(":", " "))
    shutil.copytree(base.folder, place)
    return place / "killed.brain"


def _operate(operation: str, library: Path, die: str, seconds: float) -> children.Ended:
    arguments = (operation, str(library), str(library.parent / "home"), die)
    return children.run(kill_child.operate, arguments, seconds, ready=True)


def _failed(ended: children.Ended) -> list[str]:
    return [str(said["failed"]) for said in ended.said if "failed" in said]


def _commits(base: _Base) -> int:
    """How many commits an operation has in peace."""
    ended = _operate(base.operation, _copied(base, "counted"), "", _PATIENCE)
    return int(ended.last["done"])


def _weighed(library: Path) -> tuple[list[str], Counter[str]]:
    """The problems of a library and all that is in it, found by a process of its own."""
    if not library.exists():
        return [], Counter()
    ended = children.run(examine.weigh, (str(library), str(library.parent / "home")), _PATIENCE)
    if not ended.said:
        return [f"who looked at it ended with {ended.code}"], Counter()
    return list(ended.last["problems"]), Counter(ended.last["content"] or ())


def _run(target: Callable[..., None], *arguments: object) -> None:
    ended = children.run(target, [str(each) for each in arguments], _PATIENCE)
    if ended.code:
        raise WorkbenchError("The library of the benchmark could not be made.", str(ended))
