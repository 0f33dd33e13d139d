"""The durable queue: what is to be added, its progress, and its results.

Functions over a connection; callers run them in `Store.write` as one transaction. A job is
`queued`, `running`, `done`, `failed`, `skipped` or `cancelled`; on screen a queued job is `paused`
while the queue is paused.
"""

import json
import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workbench.errors import NotFoundError, UsageError
from workbench.intake.records import STAGES
from workbench.store import kept_originals, meta, sources
from workbench.store.names import without_surrogates

_PAUSED = "queue_paused"
_FINISHED_SECONDS = 7 * 86400.0

UNFINISHED = ("queued", "running")
#: Purpose of a job that reads a document again for the text in its figures.
FIGURES = "figures"
#: Priorities of recognition, which waits for all other reading, and of figures, which come last.
DEFERRED_PRIORITY, FIGURES_PRIORITY = -1, -2


@dataclass(frozen=True, slots=True)
class Job:
    """A job for its worker.

    `hash` is that of its last attempt, or ""; `size` is in bytes, 0 if unknown; `left_out` are
    pages.
    """

    id: int
    path: str
    collection: str | None
    title: str | None
    hash: str
    stage: str
    purpose: str = "add"
    size: int = 0
    left_out: tuple[int, ...] = ()
    typed: bool = False
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Addition:
    """A path to be queued.

    `purpose` says how a changed file is added: as a new source (`add`), replacing the former
    (`replace`), or replacing it if it is the same work (`follow`). `typed` marks an address that
    the user typed; `hash` is that of bytes stored in the library. Additions with the same `added`
    time (default now) are one act.
    """

    path: str
    collection: str | None = None
    title: str | None = None
    size: int | None = None
    purpose: str = "add"
    typed: bool = False
    hash: str | None = None
    added: float | None = None


def enqueue(connection: sqlite3.Connection, addition: Addition) -> int:
    """Queue a path unless it is waiting already; returns its job."""
    row = connection.execute(
        "SELECT id FROM job WHERE path = ? AND collection IS ? AND title IS ? "
        "AND purpose = ? AND state IN ('queued', 'running')",
        (addition.path, addition.collection, addition.title, addition.purpose),
    ).fetchone()
    if row is not None:
        if addition.typed:
            connection.execute("UPDATE job SET typed = 1 WHERE id = ?", (row[0],))
        return int(row[0])
    cursor = connection.execute(
        "INSERT INTO job(path, collection, title, size, added, purpose, typed, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            addition.path,
            addition.collection,
            without_surrogates(addition.title) if addition.title else None,
            addition.size,
            addition.added or time.time(),
            addition.purpose,
            addition.typed,
            addition.hash,
        ),
    )
    return int(cursor.lastrowid or 0)


def enqueue_rereading(
    connection: sqlite3.Connection,
    path: str,
    wanted: Sequence[int],
    hash: str | None = None,
    purpose: str = "reindex",
) -> int:
    """Queue a path from which these sources are read again.

    `hash` is that of the bytes if the library stores them. Figures are read last.
    """
    row = connection.execute(
        "SELECT id FROM job WHERE path = ?1 AND purpose = ?3 AND state = 'queued' "
        "AND (?2 IS NULL OR hash IS ?2)",
        (path, hash, purpose),
    ).fetchone()
    if row is None:
        cursor = connection.execute(
            "INSERT INTO job(path, added, purpose, hash, priority) VALUES (?, ?, ?, ?, ?)",
            (path, time.time(), purpose, hash, FIGURES_PRIORITY if purpose == FIGURES else 0),
        )
        row = (int(cursor.lastrowid or 0),)
    for source in wanted:
        attach(connection, row[0], source, already=True)
    return int(row[0])


def of_figures(connection: sqlite3.Connection, jobs: Collection[int]) -> dict[int, int]:
    """The jobs whose figures are still to be read, each with the job that reads them."""
    rows = connection.execute(
        "SELECT here.job, job.id FROM job JOIN job_source there ON there.job = job.id "
        "JOIN job_source here ON here.source = there.source "
        "WHERE job.state IN ('queued', 'running') AND job.purpose = ? "
        "AND here.job IN (SELECT value FROM json_each(?)) AND here.job <> job.id",
        (FIGURES, json.dumps(list(jobs))),
    )
    return dict(rows.fetchall())


def is_plain_addition(connection: sqlite3.Connection, job: int) -> None:
    """Make the job a plain addition: its file replaces nothing after all."""
    connection.execute("UPDATE job SET purpose = 'add' WHERE id = ?", (job,))


def renewed(connection: sqlite3.Connection, job: int, source: int) -> None:
    """Record that the job replaced the text of this source."""
    connection.execute(
        "INSERT INTO job_source(job, source, already) VALUES (?, ?, 0) "
        "ON CONFLICT(job, source) DO UPDATE SET already = 0",
        (job, source),
    )


def claim(
    connection: sqlite3.Connection,
    *,
    first: Collection[int] = (),
    insist: Collection[int] = (),
    others: bool = True,
    but: Collection[int] = (),
) -> Job | None:
    """Mark the next job as running and return it, excluding `but`.

    Jobs in `first` come first; those in `insist` run even while the queue is paused; others only if
    `others`.
    """
    ready = waiting(connection, first=first, insist=insist, others=others, limit=1 + len(but))
    job = [number for number in ready if number not in but]
    if not job:
        return None
    connection.execute(
        "UPDATE job SET state = 'running', page = NULL, started = coalesce(started, ?) "
        "WHERE id = ?",
        (time.time(), job[0]),
    )
    row = connection.execute(
        "SELECT id, path, collection, title, coalesce(hash, ''), stage, purpose, "
        "coalesce(size, 0), typed, left_out, priority FROM job WHERE id = ?",
        (job[0],),
    ).fetchone()
    left_out = tuple(json.loads(row[9]))
    return replace(Job(*row[:8]), typed=bool(row[8]), left_out=left_out, priority=row[10])


def waiting(
    connection: sqlite3.Connection,
    *,
    first: Collection[int] = (),
    insist: Collection[int] = (),
    others: bool = True,
    orphans: bool = False,
    limit: int = 8,
) -> list[int]:
    """The jobs that could run now, in the order of `claim`.

    `orphans` includes jobs that another process is running, or was when it died.
    """
    if is_paused(connection):
        first, others = insist, False
    # Two queries by index: sorting by membership would cost the length of the queue per job.
    states = ("queued", "running") if orphans else ("queued",)
    results: list[int] = []
    if first:
        rows = connection.execute(
            "SELECT id FROM job WHERE id IN (SELECT value FROM json_each(?)) "
            "AND state IN (SELECT value FROM json_each(?)) ORDER BY priority DESC, id LIMIT ?",
            (json.dumps(list(first)), json.dumps(states), limit),
        )
        results = [row[0] for row in rows]
    for state in states if others else ():
        if len(results) >= limit:
            break
        rows = connection.execute(
            "SELECT id FROM job WHERE state = ? ORDER BY priority DESC, id LIMIT ?", (state, limit)
        )
        results += [row[0] for row in rows if row[0] not in results]
    return results[:limit]


def requeue_orphans(connection: sqlite3.Connection, but: Collection[int] = ()) -> None:
    """Requeue jobs that a dead process left running (call with the lease), except `but`."""
    connection.execute(
        "UPDATE job SET state = 'queued' WHERE state = 'running' "
        "AND id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(list(but)),),
    )


def requeue(connection: sqlite3.Connection, job: int) -> None:
    """Requeue an interrupted job; what it has stored stays."""
    connection.execute("UPDATE job SET state = 'queued' WHERE id = ? AND state = 'running'", (job,))


def defer_recognition(connection: sqlite3.Connection, job: int) -> None:
    """Let a job wait until all others are read: recognising its pages takes long."""
    connection.execute("UPDATE job SET priority = ? WHERE id = ?", (DEFERRED_PRIORITY, job))


def deferred(connection: sqlite3.Connection, jobs: Collection[int]) -> list[int]:
    """The jobs that wait until all others are read, or are being recognised."""
    rows = connection.execute(
        "SELECT id FROM job WHERE id IN (SELECT value FROM json_each(?)) "
        "AND state IN ('queued', 'running') AND priority < 0",
        (json.dumps(list(jobs)),),
    )
    return [row[0] for row in rows]


def state_of(connection: sqlite3.Connection, job: int) -> str:
    """The state of a job; "" if it does not exist."""
    row = connection.execute("SELECT state FROM job WHERE id = ?", (job,)).fetchone()
    return "" if row is None else str(row[0])


def purpose_of(connection: sqlite3.Connection, job: int) -> str:
    """Whether the job is to add, reindex or replace; "" if it does not exist."""
    row = connection.execute("SELECT purpose FROM job WHERE id = ?", (job,)).fetchone()
    return "" if row is None else str(row[0])


def unfinished(
    connection: sqlite3.Connection, jobs: Collection[int], stage: str = "verified"
) -> list[int]:
    """The jobs that are queued or running and have not reached `stage`."""
    rows = connection.execute(
        "SELECT id FROM job WHERE id IN (SELECT value FROM json_each(?)) "
        "AND state IN ('queued', 'running') "
        "AND stage NOT IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(jobs)), json.dumps(STAGES[STAGES.index(stage) :])),
    )
    return [row[0] for row in rows]


def note_hash(connection: sqlite3.Connection, job: int, hash: str, size: int) -> None:
    """Record hash and size of the job's file; a changed file starts over."""
    connection.execute(
        "UPDATE job SET stage = CASE WHEN hash IS ? THEN stage ELSE 'queued' END, "
        "hash = ?, size = ? WHERE id = ?",
        (hash, hash, size, job),
    )


def note_progress(
    connection: sqlite3.Connection, job: int, done: int, total: int | None, unit: str
) -> None:
    """Record the progress of the current stage."""
    connection.execute(
        "UPDATE job SET done = ?, total = ?, unit = ? WHERE id = ?", (done, total, unit, job)
    )


def reach(connection: sqlite3.Connection, job: int, stage: str) -> None:
    """Record that the job, and every source new by it, has reached a stage."""
    fresh = fresh_sources(connection, job)
    if stage != "verified" and purpose_of(connection, job) != "add":
        # A verified source that is read again keeps its stage.
        rows = sources.by_ids(connection, fresh)
        fresh = [row.id for row in rows if row.verified is None]
    sources.set_state(connection, fresh, stage)
    connection.execute("UPDATE job SET stage = ? WHERE id = ?", (stage, job))


def note_restored(connection: sqlite3.Connection, job: int) -> None:
    """Record that the job restored something from the trash."""
    connection.execute("UPDATE job SET restored = 1 WHERE id = ?", (job,))


def finish(connection: sqlite3.Connection, job: int, *, error: str = "") -> None:
    """Finish a job. `already` is set if it added nothing new."""
    connection.execute(
        "UPDATE job SET state = 'done', stage = 'verified', finished = ?, error = ?, "
        "hint = '', reason = '', done = coalesce(total, done), "
        "already = NOT EXISTS (SELECT 1 FROM job_source WHERE job = job.id AND already = 0) "
        "WHERE id = ?",
        (time.time(), error, job),
    )


def fail(
    connection: sqlite3.Connection,
    job: int,
    error: str,
    hint: str,
    reason: str,
    page: int | None = None,
) -> None:
    """Record why, and at which page, the job failed, and remove what it had stored.

    Pasted text stays: there is no other copy, and the job may be retried.
    """
    discard(connection, job)
    connection.execute(
        "UPDATE job SET state = 'failed', stage = 'queued', done = 0, total = NULL, finished = ?, "
        "error = ?, hint = ?, reason = ?, page = ? WHERE id = ? AND state = 'running'",
        (time.time(), without_surrogates(error), without_surrogates(hint), reason, page, job),
    )
    _drop_fetched(connection, job)


def discard(connection: sqlite3.Connection, job: int) -> None:
    """Remove the unverified sources of a job."""
    rows = connection.execute(
        "SELECT s.id FROM job_source j JOIN source s ON s.id = j.source "
        "WHERE j.job = ? AND j.already = 0 AND s.verified IS NULL",
        (job,),
    ).fetchall()
    if rows:
        sources.delete(connection, [row[0] for row in rows])


def _discard_all(connection: sqlite3.Connection, job: int) -> None:
    """Remove the sources of a job, and what was fetched for it."""
    discard(connection, job)
    _drop_fetched(connection, job, besides=job)


def _drop_fetched(connection: sqlite3.Connection, job: int, besides: int | None = None) -> None:
    (hash,) = connection.execute("SELECT hash FROM job WHERE id = ?", (job,)).fetchone()
    if hash is not None:
        kept_originals.drop_unused(connection, [hash], besides=besides)


def skip(connection: sqlite3.Connection, job: int) -> None:
    """Skip a job for now; what it has stored waits for `retry`."""
    _change(connection, job, "skipped", UNFINISHED, "skipped")


def cancel(connection: sqlite3.Connection, job: int) -> None:
    """Stop the job and remove what it has stored."""
    _change(connection, job, "cancelled", (*UNFINISHED, "failed", "skipped"), "cancelled")
    _discard_all(connection, job)


def retry(connection: sqlite3.Connection, job: int) -> None:
    """Try a failed, skipped or cancelled job again."""
    _change(connection, job, "queued", ("failed", "skipped", "cancelled"), "retried")
    connection.execute(
        "UPDATE job SET error = '', hint = '', reason = '', started = NULL, finished = NULL "
        "WHERE id = ?",
        (job,),
    )


def prioritize(connection: sqlite3.Connection, job: int) -> None:
    """Put an unfinished job before all others, including those prioritised earlier."""
    state = _existing(connection, job)
    if state not in UNFINISHED:
        raise UsageError(
            f"This is {state}, so it cannot be read first.", "Retry it, then put it first."
        )
    highest = max(_highest(connection, state) for state in UNFINISHED)
    connection.execute("UPDATE job SET priority = ? WHERE id = ?", (highest + 1, job))


def _highest(connection: sqlite3.Connection, state: str) -> int:
    row = connection.execute(
        "SELECT priority FROM job WHERE state = ? ORDER BY priority DESC LIMIT 1", (state,)
    ).fetchone()
    return 0 if row is None else int(row[0])


def is_urgent(connection: sqlite3.Connection, running: Collection[int]) -> bool:
    """Whether a waiting job has priority over all of these running ones."""
    (maximum,) = connection.execute(
        "SELECT coalesce(max(priority), 0) FROM job WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(running)),),
    ).fetchone()
    return bool(_highest(connection, "queued") > maximum)


def is_as_claimed(connection: sqlite3.Connection, job: Job) -> bool:
    """Whether a job is still running, with the same pages left out."""
    row = connection.execute("SELECT state, left_out FROM job WHERE id = ?", (job.id,)).fetchone()
    return row is not None and row[0] == "running" and tuple(json.loads(row[1])) == job.left_out


def leave_out(connection: sqlite3.Connection, job: int, page: int | None) -> None:
    """Leave a page (from 1; None: the current one) out of this reading.

    A failed job is retried; the worker of a running one notices that it was reclaimed, and resumes
    from what is stored. Raises `UsageError` if no page is known, or the reading is finished.
    """
    state = _existing(connection, job)
    if state == "done":
        raise UsageError(
            "This has already been read, so no page can be skipped.", "Nothing was changed."
        )
    existing, left_out = connection.execute(
        "SELECT page, left_out FROM job WHERE id = ?", (job,)
    ).fetchone()
    page = existing if page is None else page
    if page is None:
        raise UsageError(
            "The current page is not known, so none was skipped.",
            "Skip the whole file, or try again once a page is shown.",
        )
    if page < 1:
        raise UsageError(f"There is no page {page}.", "Pages are counted from 1.")
    pages = sorted({*json.loads(left_out), page})
    connection.execute("UPDATE job SET left_out = ? WHERE id = ?", (json.dumps(pages), job))
    if state not in UNFINISHED:
        retry(connection, job)


def dismiss(connection: sqlite3.Connection, job: int) -> None:
    """Remove a finished job from the list. Its sources stay."""
    state = _existing(connection, job)
    if state in UNFINISHED:
        raise UsageError(
            "This is still being added, so it cannot be taken off the list.", "Cancel it instead."
        )
    _discard_all(connection, job)
    connection.execute("DELETE FROM job WHERE id = ?", (job,))


def remove(connection: sqlite3.Connection, job: int) -> None:
    """Remove a job that others replace."""
    connection.execute("DELETE FROM job WHERE id = ?", (job,))


def _change(
    connection: sqlite3.Connection, job: int, state: str, allowed: Sequence[str], word: str
) -> None:
    current = _existing(connection, job)
    if current == state:
        return
    if current not in allowed:
        raise UsageError(f"This is {current} and cannot be {word}.")
    connection.execute(
        "UPDATE job SET state = ?, finished = ? WHERE id = ?",
        (state, None if state == "queued" else time.time(), job),
    )


def _existing(connection: sqlite3.Connection, job: int) -> str:
    state = state_of(connection, job)
    if not state:
        raise NotFoundError("This is no longer on the list.", "Add it again.")
    return state


def is_paused(connection: sqlite3.Connection) -> bool:
    """Whether the queue is paused."""
    return meta.get(connection, _PAUSED) is not None


def set_paused(connection: sqlite3.Connection, paused: bool) -> None:
    """Pause or resume the queue; this survives a restart."""
    meta.dump(connection, _PAUSED, paused)


def attach(connection: sqlite3.Connection, job: int, source: int, *, already: bool) -> None:
    """Record that the job led to this source; `already` if its content existed."""
    connection.execute(
        "INSERT INTO job_source(job, source, already) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (job, source, already),
    )


def added(connection: sqlite3.Connection, job: int) -> float:
    """When a job was queued, in seconds since the epoch."""
    row = connection.execute("SELECT added FROM job WHERE id = ?", (job,)).fetchone()
    return float(row[0])


def fresh_sources(connection: sqlite3.Connection, job: int) -> list[int]:
    """The sources that are new by this job."""
    rows = connection.execute(
        "SELECT source FROM job_source WHERE job = ? AND already = 0 ORDER BY source", (job,)
    )
    return [source for (source,) in rows]


def all_sources(connection: sqlite3.Connection, job: int) -> list[int]:
    """Every source that the job led to."""
    rows = connection.execute("SELECT source FROM job_source WHERE job = ? ORDER BY source", (job,))
    return [row[0] for row in rows]


def remove_completed(connection: sqlite3.Connection, wanted: Collection[int]) -> None:
    """Remove finished jobs that led to nothing but these sources, before these are removed.

    Jobs of figures stay. Raises `UsageError` if one of the sources is being read otherwise.
    """
    selected = json.dumps(list(wanted))
    connection.execute(
        "DELETE FROM job WHERE purpose = ? AND state IN ('queued', 'running') AND id IN "
        "(SELECT job FROM job_source WHERE source IN (SELECT value FROM json_each(?)))",
        (FIGURES, selected),
    )
    busy = connection.execute(
        "SELECT s.title FROM job j JOIN job_source b ON b.job = j.id "
        "JOIN source s ON s.id = b.source WHERE j.state IN ('queued', 'running') "
        "AND (b.already = 0 OR j.purpose <> 'add') "
        "AND b.source IN (SELECT value FROM json_each(?)) LIMIT 1",
        (selected,),
    ).fetchone()
    if busy is not None:
        raise UsageError(
            f"“{busy[0]}” is still being read, so it cannot be removed.",
            "Cancel its reading first, or wait until it is done.",
        )
    connection.execute(
        "DELETE FROM job WHERE state = 'done' AND id IN (SELECT job FROM job_source "
        "WHERE source IN (SELECT value FROM json_each(:ids))) AND id NOT IN (SELECT job "
        "FROM job_source WHERE source NOT IN (SELECT value FROM json_each(:ids)))",
        {"ids": selected},
    )


def forget_old(connection: sqlite3.Connection) -> None:
    """Delete jobs that ended over a week ago, and text pasted for them in vain."""
    hashes = connection.execute(
        "DELETE FROM job WHERE state IN ('done', 'cancelled', 'failed') AND finished < ? "
        "RETURNING hash",
        (time.time() - _FINISHED_SECONDS,),
    ).fetchall()
    kept_originals.drop_unused(connection, [hash for (hash,) in hashes if hash is not None])
