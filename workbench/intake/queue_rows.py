"""The jobs of the queue as records: rows for the screen, a summary, results of an `add`."""

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.intake import queue
from workbench.intake.pace import Pace
from workbench.intake.places import is_link, name_of
from workbench.intake.records import FIGURES_WORD, Added, QueueRow, QueueSummary
from workbench.jobs import Progress
from workbench.store import sources
from workbench.store.store import Store

_BOTH_RETAINED = (
    "This {} has changed since it was added before; both versions are kept. Add it with "
    "“replace” to keep only this one."
)
_WORDS = {"queued": "Reading", "read": "Indexing", "searchable": "Verifying"}
_COLUMNS = (
    "id, path, collection, state, stage, done, total, unit, error, hint, already, added, restored, "
    "priority, page, left_out, purpose"
)


class Listing:
    """Lists the jobs repeatedly; unchanged rows are cached.

    Checking ten thousand jobs takes the time of building a hundred rows. For one thread.
    """

    def __init__(self, cutoff: float) -> None:
        self._cutoff = cutoff
        self._signatures: dict[int, tuple[tuple[object, ...], QueueRow]] = {}

    def rows(self, connection: sqlite3.Connection) -> list[QueueRow]:
        """All jobs except those done or cancelled before `since`; without rates."""
        visible = "(state NOT IN ('done', 'cancelled') OR finished >= ?)"
        attached: dict[int, tuple[int, ...]] = {}
        for job, source in connection.execute(
            f"SELECT job, source FROM job_source WHERE job IN (SELECT id FROM job WHERE {visible}) "
            "ORDER BY job, source",
            (self._cutoff,),
        ):
            attached[job] = (*attached.get(job, ()), source)
        paused = queue.is_paused(connection)
        results = []
        existing: dict[int, tuple[tuple[object, ...], QueueRow]] = {}
        for plain in connection.execute(
            f"SELECT {_COLUMNS} FROM job WHERE {visible} ORDER BY id", (self._cutoff,)
        ):
            raw = (*plain, attached.get(plain[0], ()), paused)
            previous = self._signatures.get(plain[0])
            pair = previous if previous is not None and previous[0] == raw else (raw, _row(*raw))
            existing[plain[0]] = pair
            results.append(pair[1])
        self._signatures = existing
        return results


def row(connection: sqlite3.Connection, job: int) -> QueueRow | None:
    """The row of one job; None if it does not exist."""
    plain = connection.execute(f"SELECT {_COLUMNS} FROM job WHERE id = ?", (job,)).fetchone()
    if plain is None:
        return None
    return _row(*plain, tuple(queue.all_sources(connection, job)), queue.is_paused(connection))


def _row(*raw: Any) -> QueueRow:
    id_, path, collection, state, stage, completed, total, unit, error, hint, existed = raw[:11]
    added, restored, priority, page, left_out, purpose, attached, paused = raw[11:]
    return QueueRow(
        id=id_,
        path=path,
        name=name_of(path),
        collection=collection,
        state="paused" if paused and state == "queued" else state,
        stage=stage,
        stage_word=stage_word(state, stage, purpose),
        done=completed,
        total=total,
        unit=unit,
        rate=None,
        seconds_left=None,
        error=error,
        hint=hint,
        sources=attached,
        already=bool(existed),
        added=added,
        restored=bool(restored),
        priority=priority,
        page=page,
        left_out=tuple(json.loads(left_out)) if left_out != "[]" else (),
    )


def stage_word(state: str, stage: str, purpose: str = "add") -> str:
    """The current stage of a job for the screen; "" if it does not run."""
    if purpose == queue.FIGURES and state in queue.UNFINISHED:
        return FIGURES_WORD
    return _WORDS.get(stage, "") if state in queue.UNFINISHED else ""


def outcomes(connection: sqlite3.Connection, jobs: Sequence[int]) -> list[Added]:
    """The results of the jobs, one record per source, in the order of `jobs`."""
    results: list[Added] = []
    for job in jobs:
        row = connection.execute(
            "SELECT path, state, stage, error, hint, restored, started, finished, title, purpose, "
            "coalesce(hash, ''), added FROM job WHERE id = ?",
            (job,),
        ).fetchone()
        if row is None:
            continue
        path, state, stage, error, hint, restored, started, finished, title = row[:9]
        purpose, hash, requested = row[9:]
        seconds = max(0.0, (finished or time.time()) - started) if started else 0.0
        sentence = f"{error} {hint}".strip() or None
        attached = connection.execute(
            "SELECT s.id, s.title, s.state, s.passages, s.engrams, s.key, j.already, s.notices, "
            "s.added "
            "FROM job_source j JOIN source s ON s.id = j.source WHERE j.job = ? ORDER BY s.id",
            (job,),
        ).fetchall()
        has_sources = state == "done" or (state in queue.UNFINISHED and stage != "queued")
        is_empty = Added(
            source=None,
            title=title or name_of(path),
            state=stage if state in queue.UNFINISHED else state,
            passages=0,
            engrams=0,
            concepts=0,
            associations=0,
            seconds=seconds,
            error=sentence,
            path=path,
            job=job,
        )
        if not has_sources or not attached:
            results.append(is_empty)
            continue
        both_retained = _BOTH_RETAINED.format("page" if is_link(path) else "file")
        previous = None
        if purpose == "add" and len(attached) == 1 and not attached[0][6]:
            previous = sources.previous_version(connection, path, hash, current=attached[0][0])
        for id_, source_title, reached, passages, engrams, key, existed, notices, added in attached:
            results.append(
                replace(
                    is_empty,
                    source=id_,
                    title=source_title,
                    state=reached,
                    passages=passages,
                    engrams=engrams,
                    key=key,
                    already=bool(existed),
                    restored=bool(restored and existed),
                    notices=(*json.loads(notices), *([] if previous is None else [both_retained])),
                    renewed=purpose != "add" and not existed and added < requested,
                    former=previous,
                )
            )
    return results


#: Seconds for which counts are cached.
_FRESH = 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """Jobs and bytes by state; `unsized` jobs have an unknown size."""

    left: int
    failed: int
    over: int
    bytes_left: int
    finished_bytes: int
    unsized: int
    paused: bool


def count(connection: sqlite3.Connection, cutoff: float) -> Counts:
    """Count the queue; finished jobs only from `since` (Unix time) on."""
    left = size = unsized = 0
    for state in queue.UNFINISHED:
        jobs, sized, total = connection.execute(
            "SELECT count(*), count(size), coalesce(sum(size), 0) FROM job WHERE state = ?",
            (state,),
        ).fetchone()
        left, size, unsized = left + jobs, size + total, unsized + jobs - sized
    (failed,) = connection.execute("SELECT count(*) FROM job WHERE state = 'failed'").fetchone()
    over, finished_size = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0) FROM job INDEXED BY job_finished "
        "WHERE finished >= ? AND state IN ('done', 'failed')",
        (cutoff,),
    ).fetchone()
    return Counts(left, failed, over, size, finished_size, unsized, queue.is_paused(connection))


class Glance:
    """Summarises the queue of one store. For one thread at a time.

    It counts bytes of files, known before anything is read. The counts are two index queries, a
    fraction of a millisecond for a thousand jobs; the progress of running jobs is added from
    memory, so that it may be called ten times a second.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cutoff = time.time()
        self._counts: Counts | None = None
        self._count_time = 0.0
        self._pace = Pace()

    def sum_up(self, live: Iterable[tuple[int, Progress]], *, fresh: bool) -> QueueSummary:
        """Sum up; `live` has the size in bytes and the progress of each running job.

        `fresh` bypasses the cache.
        """
        current = time.monotonic()
        if fresh or self._counts is None or current - self._count_time >= _FRESH:
            with self._store.read() as connection:
                self._counts = count(connection, self._cutoff)
            self._count_time = current
        counts = self._counts
        if not counts.left:
            # The next jobs are counted from their own beginning.
            self._cutoff = time.time()
            self._pace = Pace()
        completed = counts.finished_bytes + sum(_worked(size, progress) for size, progress in live)
        total = (
            None if counts.unsized else max(completed, counts.bytes_left + counts.finished_bytes)
        )
        self._pace.mark("", completed, current)
        resting = counts.paused or not counts.left
        return QueueSummary(
            left=counts.left,
            failed=counts.failed,
            done=completed,
            total=total,
            rate=None if resting else self._pace.rate(current),
            seconds_left=None if resting else self._pace.seconds_left(completed, total, current),
            paused=counts.paused,
            over=counts.over,
        )


def _worked(size: int, progress: Progress) -> int:
    """The bytes of a file that are done, by its progress."""
    if progress.stage not in ("fetching", "reading"):
        return size
    if not progress.total:
        return 0
    return min(size, size * progress.done // progress.total)
