"""One job from start to end: hash, detect duplicates, read, index, read back, verify.

Each step is a transaction that also checks that the job still belongs to its worker, so a crash at
any moment neither loses nor repeats a finished step. Sections read again after a crash are
recognised by their ordinal.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from ingest import kinds
from ingest.errors import IngestError
from ingest.media.remarks import NO_MODEL, lacks_model
from ingest.models import ocr
from ingest.web import address
from workbench import paths
from workbench.errors import DamagedLibraryError, InputError
from workbench.intake import bibliography, queue, rereading, speech
from workbench.intake.arrival import Arrival, RecordStore, arrive, is_unchanged, reached_end
from workbench.intake.origin import Origin, extracted, of_page
from workbench.intake.places import (
    Print,
    as_path,
    fingerprint,
    host_of,
    is_link,
    is_pasted,
    name_of,
)
from workbench.intake.queue import Addition, Job
from workbench.intake.reader import Reader, Request
from workbench.intake.records import Hooks
from workbench.intake.requests import files_of_job, is_folder
from workbench.intake.stage_times import Spent
from workbench.jobs import Cancel, Progress
from workbench.store import changes, exchange, kept_originals, lease, sources
from workbench.store.kept_originals import Original
from workbench.store.store import Store
from workbench.store.writing import Work

T = TypeVar("T")

#: Share of unchanged statements above which a changed file is the same work.
_SAME_WORK = 0.5
#: Seconds between two videos of one site, out of politeness.
_SITE_INTERVAL_SECONDS = 3.0
#: Errors by which a file, perhaps one picture in it, ends its reader.
_FATAL_REASONS = ("crashed", "timeout", "too_large")
_DEFERRED_REASON = "recognition_put_off"
_PICTURES_SKIPPED = (
    "The text in its pictures was not read: recognising it ended the reader of this file. "
    "Save the pictures that you need as files and add those."
)
#: Notices of a document whose figures are not read yet, and if they cannot be.
_FIGURES_NEXT = f"{ocr.POSTPONED.message} {ocr.POSTPONED.hint}"
_FIGURES_SKIPPED = "The words in its pictures were not read. {}"
#: Engrams after which a long source is indexed before it is read completely.
_INDEX_INTERVAL = 20_000
#: Jobs with up to this many sources are finished in batches.
_SMALL_SOURCES = 8


class Stopped(Exception):
    """The job does not belong to this worker any more: paused, skipped, cancelled or taken over."""


class JobRunner:
    """Runs the jobs of a process, which share the store, the index, and locks on bytes."""

    def __init__(
        self,
        store: Store,
        hooks: Hooks,
        holder: str,
        report: Callable[[int, Progress], None],
        scratch: Path,
    ) -> None:
        self.store = store
        self.holder = holder
        self._report = report
        self.spent = Spent()
        self._scratch = scratch
        self._hooks = hooks
        self._indexing = threading.Lock()
        self._busy: set[str] = set()
        #: Last request to each video site, in monotonic time.
        self._last_requests: dict[str, float] = {}
        self._released = threading.Condition()

    def run(self, job: Job, reader: Reader, insist: bool, cancel: Cancel) -> "Step | None":
        """Run a job to its end, or return its step if only `finish` is left to do.

        Raises `InputError` if its file cannot be used, `Stopped` or `Cancelled` if the job was
        taken away, and a `LibraryError` if the library cannot be written.
        """
        step = Step(self.store, self.holder, job, insist, cancel)
        self._report(job.id, Progress("reading", note=name_of(job.path)))
        if is_folder(job.path):
            step.write(partial(_unfold, job=job, files=files_of_job(job.path, reader)))
            return None
        try:
            with self._origin(step, reader, cancel) as origin:
                return step if self._process(step, origin, reader, cancel) else None
        except InputError as error:
            if job.purpose != queue.FIGURES:
                raise
            # The text is stored: unreadable figures cost only a notice.
            step.write(partial(_skip_figures, job=job, error=error))
            return None

    def _process(self, step: "Step", origin: Origin, reader: Reader, cancel: Cancel) -> bool:
        """Read the job; returns whether its bytes stay locked for it."""
        job, mark, name = step.job, origin.mark, name_of(step.job.path)
        if mark.size == 0:
            raise InputError(
                f"“{name}” is empty.", "Check that it was saved or copied completely.", "empty"
            )
        with self._exclusive(mark.hash, cancel, step):
            if job.purpose != "add":
                step.write(lambda c: queue.note_hash(c, job.id, mark.hash, mark.size))
                if self._renew(step, origin, reader, cancel):
                    return False
                step.write(lambda c: queue.is_plain_addition(c, job.id))
                step.job = job = replace(job, purpose="add")
            # One transaction: all that a file costs which is added again.
            arrival = step.write(partial(arrive, job=job, origin=origin))
            if arrival.is_verified:
                return False
            if not arrival.complete:
                self._read_with_fallback(step, origin, arrival, reader, cancel)
                if origin.has_changed:
                    raise _modified_error(name, origin)
                if is_link(job.path) and step.write(lambda c: is_unchanged(c, job, mark)):
                    return False
                is_small = step.write(lambda c: reached_end(c, job)) <= _SMALL_SOURCES
                speech.forget(mark.hash)
                if is_small:
                    step.locked_hash = mark.hash
                    return True
            self._finish_step(step)
            return False

    @contextmanager
    def _origin(self, step: "Step", reader: Reader, cancel: Cancel) -> Iterator[Origin]:
        """The file to read: the user's, or the stored original, fetched if necessary."""
        stored = step.job.path
        if not is_link(stored) and not is_pasted(stored):
            path = as_path(stored)
            yield Origin(path, fingerprint(path, cancel))
            return
        original = self._original_of(step, reader, cancel)

        def content() -> bytes:
            with self.store.read() as connection:
                try:
                    return kept_originals.content(connection, original.hash)
                except KeyError:
                    # Cancelled meanwhile, together with what was fetched for it.
                    raise Stopped from None
                except DamagedLibraryError as error:
                    # The error concerns one original, not the library: the rest of the queue goes
                    # on.
                    raise InputError(error.message, error.hint, reason="damaged") from error

        mark = Print(original.hash, original.size, int(original.fetched * 1_000_000_000))
        with extracted(self._scratch, original, content) as path:
            yield Origin(path, mark, original)

    def _original_of(self, step: "Step", reader: Reader, cancel: Cancel) -> Original:
        """The stored original of the job; a page that is not stored yet is fetched."""
        job = step.job
        with self.store.read() as connection:
            stored = kept_originals.get(connection, job.hash) if job.hash else None
        if stored is not None:
            return stored
        name = name_of(job.path)
        if job.purpose in ("reindex", queue.FIGURES):
            raise InputError(
                f"The original of “{name}” is not kept in the library.",
                "Its text stays as it is; add the page again to have it read again.",
                reason="missing",
            )
        if is_pasted(job.path):
            raise InputError(
                "The pasted text was discarded when you cancelled reading it.",
                "Paste it again.",
                reason="missing",
            )

        def report_bytes(done: int, total: int | None, unit: str) -> None:
            self._report(job.id, Progress("fetching", done, total, unit, name))

        # One page of a host at a time, like a person.
        with self._exclusive(host_of(job.path), cancel):
            self._report(job.id, Progress("fetching", note=name))
            self._throttle(host_of(job.path), cancel)
            page = reader.fetch(job.path, typed=job.typed, tell=report_bytes, cancel=cancel)
            self._report(job.id, Progress("reading", note=name))
        original = of_page(page)

        def put_original(connection: sqlite3.Connection) -> None:
            kept_originals.store(connection, original, page.content)
            queue.note_hash(connection, job.id, original.hash, original.size)

        step.write(put_original)
        return original

    def _throttle(self, host: str, cancel: Cancel) -> None:
        """Wait until the last request to a video site is some seconds ago."""
        if not address.video_host(host):
            return
        left = self._last_requests.get(host, 0.0) + _SITE_INTERVAL_SECONDS - time.monotonic()
        if left > 0:
            cancel.wait(left)
            cancel.check()
        self._last_requests[host] = time.monotonic()

    @contextmanager
    def _exclusive(self, hash: str, cancel: Cancel, step: "Step | None" = None) -> Iterator[None]:
        """Lock bytes for one worker; the second one then finds them stored.

        A step that is read keeps the lock until it is finished.
        """
        with self._released:
            while hash in self._busy:
                self._released.wait(0.1)
                cancel.check()
            self._busy.add(hash)
        try:
            yield
        finally:
            if step is None or not step.locked_hash:
                self._free(hash)

    def _free(self, hash: str) -> None:
        with self._released:
            self._busy.discard(hash)
            self._released.notify_all()

    def _read_with_fallback(
        self, step: "Step", origin: Origin, arrival: Arrival, reader: Reader, cancel: Cancel
    ) -> None:
        """Read a file, and again without text recognition if a picture ended the reader."""
        job = step.job
        first = job.priority >= 0
        try:
            self._read(step, origin, arrival, reader, cancel, "put off" if first else "scans")
            return
        except InputError as error:
            if error.reason == _DEFERRED_REASON:
                step.write(lambda c: queue.discard(c, job.id))
                if job.priority == 0:
                    step.write(lambda c: queue.defer_recognition(c, job.id))
                    raise Stopped from None
                # The user prioritised it.
                self._read(step, origin, Arrival(), reader, cancel, "scans")
                return
            if error.reason not in _FATAL_REASONS or not _has_pictures(origin.path):
                raise
            failure = error
        step.write(lambda c: queue.discard(c, job.id))
        try:
            self._read(step, origin, Arrival(), reader, cancel, "leave out")
        except InputError:
            # The pictures were not to blame.
            raise failure from None

        def add_notices(connection: sqlite3.Connection) -> None:
            for source in queue.fresh_sources(connection, job.id):
                sources.add_notice(connection, source, _PICTURES_SKIPPED)

        step.write(add_notices)

    def _read(
        self,
        step: "Step",
        origin: Origin,
        arrival: Arrival,
        reader: Reader,
        cancel: Cancel,
        pictures: str,
    ) -> None:
        job = step.job
        name = name_of(job.path)
        stored = RecordStore(job, origin)
        progress = Progress("reading", note=name)
        has_progress = False
        unindexed = page_count = 0
        section_start = arrival.sections
        if job.left_out and section_start:
            # The last stored section may contain that page: check whether the new one matches.
            section_start -= 1
            stored.expect(section_start)

        def store(connection: sqlite3.Connection) -> int:
            engrams = stored.store(records, connection)
            if not has_progress:
                queue.note_progress(
                    connection, job.id, stored.characters, stored.estimate, "characters"
                )
            else:
                queue.note_progress(
                    connection, job.id, progress.done, progress.total, progress.unit
                )
            return engrams

        request = Request(str(origin.path), name, job.title, section_start, job.left_out, pictures)
        frames = reader.read(request, cancel)
        with closing(frames):
            for frame in self.spent.timed("reading", frames):
                if frame[0] == "progress":
                    _, done, total, unit = frame
                    has_progress = True
                    page_count += 1
                    progress = _page_progress(done, total, unit, name, page_count)
                else:
                    records = frame[1]
                    with self.spent.on("storing"):
                        unindexed += step.write(store)
                    if stored.restart:
                        break
                    if not has_progress:
                        progress = Progress(
                            "reading", stored.characters, stored.estimate, "characters", name
                        )
                    if unindexed >= _INDEX_INTERVAL:
                        self.index()
                        unindexed = 0
                self._report(job.id, progress)
        if stored.restart:
            # Stored sections of another reader version, or with a page left out now, do not match.
            step.write(lambda c: queue.discard(c, job.id))
            self._read(step, origin, Arrival(), reader, cancel, pictures)

    def _renew(self, step: "Step", origin: Origin, reader: Reader, cancel: Cancel) -> bool:
        """Replace the text of existing sources; False if the file is to be added instead."""
        job, mark, name = step.job, origin.mark, name_of(step.job.path)
        # Figures belong to an existing source, like everything that is read again.
        is_rereading = job.purpose in ("reindex", queue.FIGURES)
        targets = step.write(lambda c: _targets(c, job, mark))
        if not targets:
            if is_rereading:
                step.write(lambda c: _conclude(c, job))
            return is_rereading
        drafts = rereading.Drafts(mark, list(targets))
        page_count = 0
        request = Request(str(origin.path), name, job.title, left_out=job.left_out)
        for frame in reader.read(request, cancel):
            progress = Progress("reading", drafts.characters, None, "characters", name)
            if frame[0] == "progress":
                _, done, total, unit = frame
                page_count += 1
                progress = _page_progress(done, total, unit, name, page_count)
            else:
                drafts.take(frame[1])
            if drafts.has_many and not is_rereading:
                return False
            self._report(job.id, progress)
        if origin.has_changed:
            raise _modified_error(name, origin)
        _check_model(drafts)
        if job.purpose == "follow" and not self._is_same_work(targets, drafts):
            return False
        lost = sorted(set(targets) - {h for h, draft in drafts.found.items() if draft.engrams})
        if lost and len(lost) == len(targets):
            raise InputError(
                f"“{name}” has changed since it was read; the library keeps the text that it read.",
                "Locate the original, or add the file with “replace” to take its new text.",
                reason="changed",
            )
        for hash, source in targets.items():
            if hash not in lost:
                draft = drafts.found[hash]
                step.write(
                    partial(rereading.place, job=job, origin=origin, source=source, draft=draft)
                )
        if lost:
            step.remark = (
                f"{len(lost)} of {len(targets)} sources are not in “{name}” any more and keep the "
                "text that they had."
            )
        self._finish_step(step)
        return True

    def _is_same_work(self, targets: Mapping[str, int], drafts: rereading.Drafts) -> bool:
        """Whether what was read is an edited version of the source it replaces."""
        with self.store.read() as connection:
            return all(
                hash in drafts.found
                and exchange.overlap(connection, source, drafts.found[hash].sections()) > _SAME_WORK
                for hash, source in targets.items()
            )

    def index(self) -> None:
        """Update the index; one worker at a time."""
        with self._indexing, self.spent.on("indexing"):
            self._hooks.index()

    def finish(self, steps: Sequence["Step"]) -> list[Exception | None]:
        """Index what was read, read it back and mark it verified, in batches.

        Each step ends with None, an `InputError` or `Stopped`. Raises a `LibraryError` if the
        library cannot be written; locks are released in any case.
        """
        try:
            for step in steps:
                self._report(step.job.id, Progress("searchable", note=name_of(step.job.path)))
            self.index()
            self.store.write(partial(_reach_searchable, steps=steps))
            with self.spent.on("verifying"):
                return self._verify(steps)
        finally:
            for step in steps:
                self.release(step)

    def _finish_step(self, step: "Step") -> None:
        (error,) = self.finish([step])
        if error is not None:
            raise error

    def release(self, step: "Step") -> None:
        """Release the bytes locked for this step."""
        if step.locked_hash:
            self._free(step.locked_hash)

    def _verify(self, steps: Sequence["Step"]) -> list[Exception | None]:
        with self.store.read() as connection:
            fresh = [queue.fresh_sources(connection, step.job.id) for step in steps]
        unfound = [self._unfound(step, ids) for step, ids in zip(steps, fresh, strict=True)]

        def verified(connection: sqlite3.Connection) -> list[Exception | None]:
            return [
                _verified(connection, step.job, ids, missing, step.remark)
                if missing is not None and step.is_ours(connection)
                else Stopped()
                for step, ids, missing in zip(steps, fresh, unfound, strict=True)
            ]

        return self.store.write(verified, sync=True)

    def _unfound(self, step: "Step", fresh: Sequence[int]) -> list[int] | None:
        """The sources that a search does not find; None if interrupted."""
        unfound = []
        for number, source in enumerate(fresh):
            if step.cancel.is_set:
                return None
            name = name_of(step.job.path)
            self._report(step.job.id, Progress("verified", number, len(fresh), "sources", name))
            if not self._hooks.find(source):
                unfound.append(source)
        return unfound


class Step:
    """Writes for one job, each only while the job belongs to this worker."""

    def __init__(self, store: Store, holder: str, job: Job, insist: bool, cancel: Cancel) -> None:
        self.job = job
        self.cancel = cancel
        #: The hash of bytes locked until this step is finished, or "".
        self.locked_hash = ""
        #: A notice about the reading.
        self.remark = ""
        self._store = store
        self._holder = holder
        self._insist = insist

    def write(self, work: Work[T]) -> T:
        """Run `work` in one transaction, or raise `Stopped`."""

        def fenced(connection: sqlite3.Connection) -> T:
            if not self.is_ours(connection):
                raise Stopped
            return work(connection)

        return self._store.write(fenced)

    def is_ours(self, connection: sqlite3.Connection) -> bool:
        """Whether the job still belongs to this worker."""
        return (
            lease.is_owner(connection, self._holder)
            and queue.is_as_claimed(connection, self.job)
            and (self._insist or not queue.is_paused(connection))
        )


def _reach_searchable(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    for step in steps:
        if step.is_ours(connection):
            queue.reach(connection, step.job.id, "searchable")


def _verified(
    connection: sqlite3.Connection, job: Job, fresh: Sequence[int], lost: Sequence[int], remark: str
) -> InputError | None:
    """Mark the sources of a job verified, except those a search did not find."""
    name = name_of(job.path)
    if lost and job.purpose != "add":
        # Lost sources stay: their old text is gone, and the new one is complete.
        remark = f"{len(lost)} of the {len(fresh)} sources were not found again by a search."
        lost = []
    if lost and len(lost) == len(fresh):
        return InputError(
            f"“{name}” was read, but a search did not find it again, so it was left out.",
            "Retry it; if that fails, run `workbench verify`.",
            reason="not_found_again",
        )
    if lost:
        remark = (
            f"{len(lost)} of the {len(fresh)} sources in “{name}” were not found again by a search "
            "and were left out."
        )
    sources.delete(connection, lost)
    retained = [source for source in fresh if source not in lost]
    bibliography.complete(connection, retained, queue.all_sources(connection, job.id))
    with_figures = [r for r in sources.by_ids(connection, retained) if _FIGURES_NEXT in r.notices]
    for figure_job in rereading.enqueue(connection, with_figures, queue.FIGURES):
        for page in job.left_out:
            queue.leave_out(connection, figure_job, page)
    if job.purpose == "add":
        now = time.time()
        changes.arrived(connection, dict.fromkeys(retained, now), queue.added(connection, job.id))
    queue.reach(connection, job.id, "verified")
    _conclude(connection, job, remark)
    return None


def _skip_figures(connection: sqlite3.Connection, job: Job, error: InputError) -> None:
    """Note beside the text why the figures of a document cannot be read."""
    notice = (
        _PICTURES_SKIPPED
        if error.reason in _FATAL_REASONS
        else _FIGURES_SKIPPED.format(error.message)
    )
    for source in queue.all_sources(connection, job.id):
        sources.replace_notice(connection, source, _FIGURES_NEXT, notice)
    _conclude(connection, job)


def _conclude(connection: sqlite3.Connection, job: Job, error: str = "") -> None:
    """Finish a job; a job of figures, which nobody queued, is removed."""
    if job.purpose == queue.FIGURES:
        queue.remove(connection, job.id)
    else:
        queue.finish(connection, job.id, error=error)


def _has_pictures(path: Path) -> bool:
    """Whether text recognition applies to files of this kind."""
    try:
        return kinds.sniff(path) in ("pdf", "image")
    except IngestError:
        return False


def _page_progress(done: int, total: int | None, unit: str, name: str, times: int) -> Progress:
    """Report a reader's progress, the `times`-th time.

    A reader of pages reports each page it opens, and opens some all over the file first: no more
    pages are done than were reported.
    """
    if unit != "pages":
        return Progress("reading", done, total, unit, name)
    page = done + 1 if total is None or done < total else None
    return Progress("reading", min(done, times), total, unit, name, page)


def _unfold(
    connection: sqlite3.Connection, job: Job, files: Sequence[tuple[str, int | None]]
) -> None:
    """Queue the files of a folder in its place."""
    for path, size in files:
        added = queue.added(connection, job.id)
        queue.enqueue(
            connection,
            Addition(path, job.collection, size=size, purpose=job.purpose, added=added),
        )
    queue.remove(connection, job.id)


def _modified_error(name: str, origin: Origin) -> InputError:
    if not paths.is_there(origin.path):
        return InputError(
            f"“{name}” disappeared while it was being read.",
            "Retry once it, or its disk, is back.",
            reason="missing",
        )
    return InputError(
        f"“{name}” was changed while it was being read.",
        "Retry when it is no longer written to.",
        reason="changed",
    )


def _check_model(drafts: rereading.Drafts) -> None:
    """Raise `InputError` if there is no model to transcribe a recording.

    An existing transcript is not given up for nothing.
    """
    for draft in drafts.found.values():
        for notice in filter(lacks_model, draft.notices):
            raise InputError(NO_MODEL, notice.removeprefix(NO_MODEL).strip(), "no_model")


def _targets(connection: sqlite3.Connection, job: Job, mark: Print) -> dict[str, int]:
    """The sources whose text is replaced, by their hash in the file."""
    if job.purpose in ("replace", "follow"):
        previous = sources.previous_version(connection, job.path, mark.hash)
        return {} if previous is None else {mark.hash: previous}
    rows = sources.by_ids(connection, queue.all_sources(connection, job.id))
    return {row.hash: row.id for row in rows}
