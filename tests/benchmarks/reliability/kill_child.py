"""The process that is killed: works a library and says what it may be held to.

`live` adds a folder, `operate` does anything else that writes. They write JSON lines:
`{"opening": true}`; `{"queued": [job, ...]}` when the library has acknowledged the jobs;
`{"verified": {hash: engrams}}` for what has become verified; `{"told": words}` for what was told;
`{"failed": {path: why}}`; and at the end `{"done": commits}`. Asked to `die` at `before:N` (or
`after:N`) the process ends itself, as by a kill, right before (or after) its N-th commit: of a
transaction, or of a name in a folder.
"""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.benchmarks.reliability import sample_library
from tests.benchmarks.reliability.children import Voice, begin
from workbench.care.salvage import salvage
from workbench.errors import WorkbenchError
from workbench.library import Library

#: Statements that put something into the file: ends of transactions, and what stands alone.
_COMMITS = ("COMMIT", "PRAGMA JOURNAL_MODE=", "PRAGMA WAL_CHECKPOINT")
_LOOK_SECONDS = 0.01


class _Commits:
    """Counts the commits of this process, and ends it at the one that was asked for."""

    def __init__(self, when: str, at: int) -> None:
        self.count = 0
        self._when, self._at = when, at

    def happen(self, when: str) -> None:
        """A commit begins or has ended."""
        self.count += when == "before"
        if when == self._when and self.count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def _counting(commits: _Commits) -> type[sqlite3.Connection]:
    class Counted(sqlite3.Connection):
        """A connection whose commits are counted."""

        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            if not sql.upper().startswith(_COMMITS):
                return super().execute(sql, parameters)
            commits.happen("before")
            cursor = super().execute(sql, parameters)
            commits.happen("after")
            return cursor

    return Counted


def _mortal(home: str, die: str) -> _Commits:
    """Let this process end at the commit that `die` says."""
    begin(home)
    when, _, at = die.partition(":")
    commits = _Commits(when, int(at or 0))
    connect, kind = sqlite3.connect, _counting(commits)

    def counted(*arguments: Any, **options: Any) -> sqlite3.Connection:
        return connect(*arguments, factory=kind, **options)

    # The product opens its connections with this name; here they count what they commit.
    sqlite3.connect = counted  # type: ignore[assignment]
    for name in ("replace", "rename", "unlink", "link"):
        setattr(os, name, _named(commits, getattr(os, name)))
    return commits


def _named(commits: _Commits, change: Callable[..., None]) -> Callable[..., None]:
    """A change of names in a folder, counted as a commit."""

    def counted(*arguments: Any, **options: Any) -> None:
        commits.happen("before")
        change(*arguments, **options)
        commits.happen("after")

    return counted


def live(speaker: Connection, library: str, words: Sequence[str], home: str, die: str) -> None:
    """Work a library until nothing is left on its queue: the whole life of a process.

    `words` are `add` and paths (as if the user had dropped them), `work` (as if the program was
    opened again), or `verify`, which tells the problems as failures.
    """
    commits = _mortal(home, die)
    voice = Voice(speaker)
    voice.tell(opening=True)
    try:
        with Library.open(library) as opened:
            if words[0] == "verify":
                problems = opened.verify().problems
                voice.tell(failed={f"verify {n}": told for n, told in enumerate(problems)})
            else:
                if words[0] == "add":
                    voice.tell(queued=opened.queue.enqueue(list(words[1:])))
                else:
                    opened.queue.work()
                _follow(opened, voice)
    except WorkbenchError as error:
        voice.tell(failed={library: str(error)})
    voice.tell(done=commits.count)


def _follow(library: Library, voice: Voice) -> None:
    """Tell what becomes verified until no job is left."""
    told: set[str] = set()
    busy = True
    while busy:
        # The queue first: what is verified by the time it is empty is then among the sources.
        rows = library.queue.list()
        busy = any(row.state in ("queued", "running", "paused") for row in rows)
        fresh = {
            row.hash: row.engrams
            for row in library.sources.list()
            if row.verified is not None and row.hash not in told
        }
        if fresh:
            told.update(fresh)
            voice.tell(verified=fresh)
        time.sleep(_LOOK_SECONDS)
    failed = {row.path: f"{row.state}: {row.error}" for row in rows if row.state != "done"}
    if failed:
        voice.tell(failed=failed)


# -- all else that writes -------------------------------------------------------------------------

#: What is told one by one.
TOLD = tuple(f"Lantern {number} burns in bay {number}" for number in range(60))


def _tell(library: Library, voice: Voice, _place: Path) -> None:
    known = {fact.text for fact in library.facts.list()}
    for words in TOLD:
        # Told again, it would count as said twice.
        if words not in known:
            library.facts.tell(words)
        voice.tell(told=words)


def _sleep(library: Library, _voice: Voice, _place: Path) -> None:
    library.sleep.run()


def _import(library: Library, _voice: Voice, place: Path) -> None:
    library.import_(place / "brought.zip")


def _reindex(library: Library, _voice: Voice, _place: Path) -> None:
    library.add(None)


def _nothing(_library: Library, _voice: Voice, _place: Path) -> None:
    """Opening migrates."""


_WITHIN: Mapping[str, Callable[[Library, Voice, Path], None]] = {
    "tell": _tell,
    "sleep": _sleep,
    "import": _import,
    "reindex": _reindex,
    "migrate": _nothing,
}

#: All that `operate` does.
OPERATIONS = (*_WITHIN, "restore", "salvage")


def operate(speaker: Connection, operation: str, library: str, home: str, die: str) -> None:
    """Do one of `OPERATIONS`: with what lies beside the library, or from there to it."""
    commits = _mortal(home, die)
    voice, path = Voice(speaker), Path(library)
    voice.tell(opening=True)
    try:
        if operation == "restore":
            Library.restore_backup(path.with_name("safe.brain"), path)
        elif operation == "salvage":
            # Done before the kill, it is not done again.
            if not path.exists():
                salvage(path.with_name("damaged.brain"), path)
        else:
            with Library.open(path, clock=sample_library.Clock(sample_library.DONE)) as opened:
                _WITHIN[operation](opened, voice, path.parent)
    except WorkbenchError as error:
        voice.tell(failed={operation: str(error)})
    voice.tell(done=commits.count)
