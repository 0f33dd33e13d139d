"""Adds the contents of one file to the library: its bytes, its sources, and their sections.

Nothing is stored twice: files are recognised by hash, and sections read again after a crash by
their ordinal.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Notice, Reading, Section, Source
from workbench.errors import InputError
from workbench.intake import queue
from workbench.intake.origin import Origin
from workbench.intake.places import Print, is_link, is_pasted, name_of
from workbench.intake.queue import Job
from workbench.store import changes, collections, kept_originals, names, sources, text


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the library has of a file: everything (`known`), all its text, or some sections."""

    is_verified: bool = False
    complete: bool = False
    sections: int = 0


def arrive(connection: sqlite3.Connection, job: Job, origin: Origin) -> Arrival:
    """Record the bytes of a file, and return what the library has of them."""
    mark = origin.mark
    queue.note_hash(connection, job.id, mark.hash, mark.size)
    source = sources.id_by_hash(connection, mark.hash)
    if source is None:
        was_read = job.stage in ("read", "searchable") and job.hash == mark.hash
        return Arrival(complete=was_read and bool(queue.fresh_sources(connection, job.id)))
    verified, state = connection.execute(
        "SELECT verified IS NOT NULL, state FROM source WHERE id = ?", (source,)
    ).fetchone()
    _settle(connection, job, origin, source, already=bool(verified))
    if verified:
        queue.finish(connection, job.id)
        return Arrival(is_verified=True)
    return Arrival(
        complete=state in ("read", "searchable"), sections=text.section_count(connection, source)
    )


def is_unchanged(connection: sqlite3.Connection, job: Job, mark: Print) -> bool:
    """Whether a page that was fetched again has the same text; then the stored one stays.

    Few pages repeat byte for byte: they contain times, form tokens, advertisements.
    """
    fresh = queue.fresh_sources(connection, job.id)
    if not is_link(job.path) or len(fresh) != 1:
        return False
    previous = sources.previous_version(connection, job.path, mark.hash)
    if previous is None or not text.are_same(connection, previous, fresh[0]):
        return False
    sources.delete(connection, fresh)
    queue.attach(connection, job.id, previous, already=True)
    if job.collection:
        collections.assign(connection, [previous], job.collection)
    queue.finish(connection, job.id)
    kept_originals.drop_unused(connection, [mark.hash], besides=job.id)
    return True


def reached_end(connection: sqlite3.Connection, job: Job) -> int:
    """Finish a file that was read completely: count its sources, without those that have no text.

    A recording has no text without a transcript. Raises `InputError` if no source remains.
    """
    rows = connection.execute(
        "SELECT s.id, s.kind, s.engrams FROM job_source j JOIN source s ON s.id = j.source "
        "WHERE j.job = ? AND j.already = 0",
        (job.id,),
    ).fetchall()
    sources.delete(
        connection,
        [source for source, kind, engrams in rows if not engrams and kind != "recording"],
    )
    if not queue.all_sources(connection, job.id):
        raise InputError(
            f"“{name_of(job.path)}” contains no words to remember.",
            "Check that it is the right file, and that its text is not a picture of text.",
            reason="empty",
        )
    queue.reach(connection, job.id, "read")
    queue.note_progress(connection, job.id, 0, None, "")
    return len(rows)


def _settle(
    connection: sqlite3.Connection, job: Job, origin: Origin, source: int, *, already: bool
) -> None:
    """Link a source to the job, to the location of its bytes, and to the requested collection."""
    since = sources.trashed(connection, source)
    if since is not None:
        sources.restore(connection, [source])
        changes.arrived(connection, {source: since}, queue.added(connection, job.id))
        queue.note_restored(connection, job.id)
    mark = origin.mark
    if not is_pasted(job.path):
        sources.add_location(
            connection, source, job.path, size=mark.size, mtime=mark.mtime_ns / 1_000_000_000
        )
    if origin.copy is not None:
        kept_originals.attach(connection, source, mark.hash)
    if job.collection:
        collections.assign(connection, [source], job.collection)
    queue.attach(connection, job.id, source, already=already)


class RecordStore:
    """Stores the records of one reading, batch by batch."""

    def __init__(self, job: Job, origin: Origin) -> None:
        self._job = job
        self._origin = origin
        self._source: int | None = None
        # The source a notice is about, which may have existed before and take no text. If it is not
        # news to that source, it concerns the file and goes to a source new by this file.
        self._notice_source: int | None = None
        self._fresh: int | None = None
        self._pending_notices: list[Notice] = []
        self._sections: list[Section] = []
        self._engrams = 0
        self._expected: int | None = None
        self.characters = 0
        self.estimate: int | None = None
        self.restart = False

    def expect(self, ordinal: int) -> None:
        """Keep stored sections only if this one is read again unchanged."""
        self._expected = ordinal

    def store(self, records: Sequence[Reading], connection: sqlite3.Connection) -> int:
        """Store a batch; returns the number of new engrams."""
        self._engrams = 0
        for record in records:
            if self.restart:
                break
            if isinstance(record, Section):
                if record.ordinal == self._expected:
                    self._compare(connection, record)
                self._sections.append(record)
                self.characters = max(self.characters, record.end)
                continue
            self._flush(connection)
            if isinstance(record, Source):
                self._source = self._open(connection, record)
                self.estimate = record.characters or None
                pending, self._pending_notices = self._pending_notices, []
                for notice in pending:
                    self._add_notice(connection, notice)
                continue
            self._add_notice(connection, record)
        self._flush(connection)
        return self._engrams

    def _add_notice(self, connection: sqlite3.Connection, notice: Notice) -> None:
        source_id, sentence = self._notice_source, f"{notice.message} {notice.hint}".strip()
        if source_id is None:
            self._pending_notices.append(notice)
            return
        if source_id != self._fresh:
            attached = sources.by_ids(connection, queue.all_sources(connection, self._job.id))
            if any(sentence in row.notices for row in attached):
                return
            source_id = self._fresh or source_id
        sources.add_notice(connection, source_id, sentence, sources.left_out_line(notice))

    def _open(self, connection: sqlite3.Connection, record: Source) -> int | None:
        mark = self._origin.mark
        hash = record.content_hash or mark.hash
        source = sources.id_by_hash(connection, hash)
        if source is None:
            stored = self._origin.annotated(record, self._job.path)
            source = sources.insert(connection, stored, hash=hash, size=mark.size)
            _settle(connection, self._job, self._origin, source, already=False)
            self._notice_source = self._fresh = source
            return source
        self._notice_source = source
        verified, reader = connection.execute(
            "SELECT verified IS NOT NULL, reader FROM source WHERE id = ?", (source,)
        ).fetchone()
        _settle(connection, self._job, self._origin, source, already=bool(verified))
        if verified:
            return None
        if reader != record.reader:
            self.restart = True
            return None
        self._fresh = source
        return source

    def _compare(self, connection: sqlite3.Connection, section: Section) -> None:
        self._expected = None
        if self._source is None:
            return
        stored = text.section_at(connection, self._source, section.ordinal)
        if stored is not None and stored != (section.start, names.without_surrogates(section.text)):
            self.restart = True

    def _flush(self, connection: sqlite3.Connection) -> None:
        if self._source is not None and self._sections and not self.restart:
            self._engrams += text.append(connection, self._source, self._sections).engrams
            sources.add_metadata(connection, self._source, self._sections)
        self._sections = []
