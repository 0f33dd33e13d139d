"""The library: open, add, ask, list, show, trash, verify. A thin front to the rooms below.

The window, the command line and notebooks are equal clients of it. Logic belongs in the rooms
(`store`, `intake`, `memory`, `recall`); here it is only handed from one to the next.
"""

import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.web import address as links
from workbench import paths
from workbench.changes import Changes
from workbench.errors import InputError, NotFoundError
from workbench.intake import again, asked, queue, relocate
from workbench.intake.again import Changed
from workbench.intake.intake import Intake
from workbench.intake.records import Added, QueueRow, QueueSummary, Watched
from workbench.jobs import Cancel, Report, silent
from workbench.memory import vault
from workbench.memory.audit import differences
from workbench.memory.chains.doors import ChainDoors
from workbench.memory.facts.doors import FactDoors
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.plastic_doors import PlasticDoors
from workbench.memory.facts.single import SingleDoors
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.lexicon import Lexicon
from workbench.memory.notes.doors import NoteDoors
from workbench.memory.schemas.doors import SchemaDoors
from workbench.recall.meaning import MeaningDoors
from workbench.recall.recall import Recall
from workbench.recall.records import Answer
from workbench.recall.told import told, with_told
from workbench.space.corpus_space import CorpusSpace
from workbench.store import backup as copies
from workbench.store import collections, kept, originals, removal, tags, text
from workbench.store import repair as repairs
from workbench.store import sources as catalogue
from workbench.store.backup import Backup, Restored
from workbench.store.kept import Original
from workbench.store.records import (
    CollectionRow,
    PageRow,
    PassageRow,
    SectionRow,
    SourceRow,
    TagRow,
)
from workbench.store.removal import Vanishing
from workbench.store.store import Store
from workbench.store.verify import Verified, verify

PathOrLink = str | Path

_TOPICS = ("sources", "queue", "collections", "facts")
_LOOK_SECONDS = 0.5


class Library(
    FactDoors, SingleDoors, NoteDoors, MeaningDoors, ChainDoors, PlasticDoors, SchemaDoors
):
    """One `.brain` file and everything that can be done with it.

    Thread-safe: every method may be called from any thread, never from the GUI thread where it
    may take longer than a frame. Raises only errors of `workbench.errors`.
    """

    def __init__(self, store: Store, cache: Path | None) -> None:
        """Use `Library.open`."""
        self._store = store
        self._changes = Changes()
        self._lexicon = Lexicon(store, cache)
        self._space = CorpusSpace(store)
        self._fact_index = FactIndex(store, self._space.alike, cache)
        self._graph = ConceptGraph(store)
        self._recall = Recall(store, self._lexicon)
        self._intake = Intake(
            store, index=self._index, find=self._recall.finds, notify=self._changes.tell
        )
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        # What others change before the watcher first looks is a change, too.
        self._opened_at = store.data_version() if store.path is not None else 0

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        read_only: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> Self:
        """Open or create the library at `path` (None: the default; ":memory:": keeps nothing).

        `clock` says what time it is for all that is remembered and fades, in seconds since the
        epoch. Raises a `LibraryError` that says what is wrong with the file, which is
        then untouched.
        """
        wanted = paths.default_library() if path is None else path
        store = Store.open(wanted, read_only=read_only, make_folder=path is None)
        store.clock = clock
        # A library that keeps nothing has no cache on disk either.
        cache = None if store.path is None else paths.cache_dir() / "index" / store.id
        try:
            return cls(store, cache)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Stop every thread and process of this library and close the file."""
        if self._closed.is_set():
            return
        self._closed.set()
        # What still waits for another program's lock must not hold up the end of this one.
        self._store.stop_waiting()
        if self._watcher is not None:
            self._watcher.join()
        self._intake.close()
        self._changes.close()
        self._lexicon.close()
        self._graph.close()
        self._fact_index.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """Where the library lies; None for one that keeps nothing."""
        return self._store.path

    @property
    def id(self) -> str:
        """The library's own id, given at its making."""
        return self._store.id

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored."""
        return self._store.read_only

    @property
    def notice(self) -> str:
        """One sentence on anything unusual about the file's place, or ""."""
        return self._store.notice

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on any thread when something changed; returns an unsubscriber.

        Topics: "sources", "queue", "collections", "facts" (notes, too); at most 10 calls a second
        each. What other processes change in the same library is noticed, too, within a second.
        """
        if self._watcher is None and self._store.path is not None:
            self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
            self._watcher.start()
        return self._changes.subscribe(callback)

    def _watch(self) -> None:
        seen = self._opened_at
        while not self._closed.wait(_LOOK_SECONDS):
            now = self._store.data_version()
            if now != seen:
                seen = now
                for topic in _TOPICS:
                    self._changes.tell(topic)

    # -- adding ---------------------------------------------------------------------------------

    def add(
        self,
        paths: PathOrLink | Sequence[PathOrLink],
        *,
        collection: str | None = None,
        title: str | None = None,
        wait: str = "verified",
        replace: bool = False,
        typed: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Add files and links; return when each is verified (or has failed: see `Added.error`).

        A page of the web is fetched once, and kept as it came (`original`). Only where the user
        `typed` its address it may lie on this machine or in a private network.

        A file that has changed since it was added is kept beside what it was (`Added.former`); with
        `replace` it takes the place of that source, and citations follow by their words (I9).
        """
        wanted = [paths] if isinstance(paths, str | Path) else list(paths)
        jobs = self._intake.enqueue(
            [str(p) for p in wanted],
            collection=collection,
            title=title,
            replace=replace,
            typed=typed,
        )
        return self._intake.run(jobs, report=report, cancel=cancel or Cancel(), wait=wait)

    def add_text(
        self, content: str | bytes, *, title: str | None = None, collection: str | None = None
    ) -> list[Added]:
        """Add text that has no file (pasted, piped); it lives in the library alone."""
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if not asked.first_line(data):
            raise InputError("There was no text to add.", "Paste or pipe some words.", "empty")
        job = self._intake.enqueue_text(
            data, title=title or asked.title_of(data), collection=collection
        )
        return self._intake.run([job])

    @staticmethod
    def links_in(text: str) -> list[str]:
        """The addresses in a dropped or pasted text that is nothing but links; else none."""
        return links.links_in(text)

    def add_sample(self) -> Added:
        """Add the sample book that ships with the program (S3)."""
        return self.add(self.sample_file())[0]

    @staticmethod
    def sample_file() -> Path:
        """The sample book: a short history of memory research, as EPUB."""
        return paths.resources() / "sample" / "the-trace.epub"

    def enqueue(
        self,
        paths: Sequence[PathOrLink],
        *,
        collection: str | None = None,
        title: str | None = None,
        replace: bool = False,
        typed: bool = False,
    ) -> list[int]:
        """Put files and links on the durable queue; return their job ids at once, as a window does.

        A background thread works the queue from then on. `replace`, `typed` are as in `add`.
        """
        jobs = self._intake.enqueue(
            [str(p) for p in paths],
            collection=collection,
            title=title,
            replace=replace,
            typed=typed,
        )
        self._intake.start()
        return jobs

    def changed(self, paths: Sequence[PathOrLink]) -> list[Changed]:
        """Which of these files were added before and have other bytes now (I9): ask before adding.

        Reads a file only where its size is the same and its time is not.
        """
        return again.changed(self._store, [str(p) for p in paths])

    def reindex(
        self,
        sources: Sequence[int] | None = None,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Read sources again from their originals (None: all that have one), and return when done.

        Id, title, tags and collections stay, citations follow by their words (L7). What cannot be
        read again keeps its text (see `Added.error`). Raises `NotFoundError` and, for text that
        never had a file, `InputError`.
        """
        jobs = self._intake.enqueue_again(sources)
        return self._intake.run(jobs, report=report, cancel=cancel)

    def enqueue_reindex(self, sources: Sequence[int] | None = None) -> list[int]:
        """Put sources on the queue to be read again, and return their job ids at once."""
        jobs = self._intake.enqueue_again(sources)
        self._intake.start()
        return jobs

    def work(self) -> None:
        """Work what is left on the queue from an earlier run, in the background."""
        if not self.read_only:
            self._intake.start()

    def queue(self) -> list[QueueRow]:
        """Every job that is not finished, and those that finished or failed since opening."""
        return self._intake.rows()

    def queue_summary(self) -> QueueSummary:
        """The whole queue at a glance, in bytes; cheap enough to ask ten times a second."""
        return self._intake.summary()

    def watch(self, folder: PathOrLink, collection: str | None = None) -> None:
        """Add what lies in a folder, and later what appears or changes in it (I15).

        A file is added when its size has stopped changing. One that is edited later takes the place
        of what it was; another work under the same name is kept beside it. The window watches while
        it is open; nothing is read while the queue rests. Raises `InputError` where there is no
        such folder, `UsageError` for a folder of this program.
        """
        self._intake.watch(folder, collection)

    def unwatch(self, folder: PathOrLink) -> None:
        """Watch a folder no longer; what it brought stays. Raises `NotFoundError`."""
        self._intake.unwatch(folder)

    def watched(self) -> list[Watched]:
        """The folders that are watched; `Watched.problem` says where one cannot be."""
        return self._intake.watched()

    def pause(self) -> None:
        """Stop working the queue after the current batch; survives a restart."""
        self._intake.pause()

    def resume(self) -> None:
        """Work the queue again."""
        self._intake.resume()
        self._intake.start()

    @property
    def paused(self) -> bool:
        """Whether the queue rests."""
        return self._intake.paused

    def skip(self, job: int) -> None:
        """Leave this job out for now; `retry` brings it back."""
        self._intake.skip(job)

    def retry(self, job: int) -> None:
        """Try a failed, skipped or cancelled job again."""
        self._intake.retry(job)
        self._intake.start()

    def prioritize(self, job: int) -> None:
        """Read this first: before all that wait, and beside what is being read just now."""
        self._intake.prioritize(job)

    def leave_out_page(self, job: int, page: int | None = None) -> None:
        """Leave out the page that is being read, or page number `page`, and go on.

        A job that failed at a page is tried again without it. Raises `UsageError` where nobody
        knows a page.
        """
        self._intake.leave_out_page(job, page)
        self._intake.start()

    def cancel(self, job: int) -> None:
        """Stop this job and remove what it has stored."""
        self._intake.cancel(job)

    def dismiss(self, *jobs: int) -> None:
        """Take finished or failed jobs off the list, all of them or none."""
        self._intake.dismiss(*jobs)

    def _index(self) -> None:
        self._lexicon.refresh()

    # -- asking ---------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        *,
        collection: str | None = None,
        sources: Sequence[int] | None = None,
        limit: int = 5,
        quotes: bool = False,
        explain: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Answer:
        """Answer from the library's own words; `sources` or `collection` limit what may count.

        Facts that were told count, too, unless `sources` are named.

        `quotes` never calls a language model (this version has none, so it changes nothing yet).
        """
        wanted: set[int] | None = None if sources is None else set(sources)
        if collection is not None:
            with self._store.read() as connection:
                inside = set(collections.source_ids(connection, collection))
            wanted = inside if wanted is None else wanted & inside
        scope: dict[str, object] = {}
        if collection is not None:
            scope["collection"] = collection
        if sources is not None:
            scope["sources"] = list(sources)
        answer = self._recall.ask(
            question, sources=wanted, limit=limit, explain=explain, cancel=cancel
        )
        if sources is None:
            begun = time.perf_counter()
            scopes = [collection] if collection is not None else self.fact_scopes(about=question)
            answer = with_told(answer, told(self._fact_index, question, scopes))
            took = answer.milliseconds + 1000 * (time.perf_counter() - begun)
            answer = replace(answer, milliseconds=took)
        return replace(answer, scope=scope)

    # -- looking --------------------------------------------------------------------------------

    def sources(
        self, *, collection: str | None = None, tag: str | None = None, trashed: bool = False
    ) -> list[SourceRow]:
        """The sources, newest first; with `trashed`, those in the trash instead."""
        folded = None if tag is None else tags.fold(tag)
        with self._store.read() as connection:
            return catalogue.listing(connection, collection=collection, tag=folded, trashed=trashed)

    def source(self, source: int) -> SourceRow:
        """One source, trashed or not. Raises `NotFoundError`."""
        with self._store.read() as connection:
            return catalogue.by_id(connection, source)

    def collections(self) -> list[CollectionRow]:
        """The collections by name."""
        with self._store.read() as connection:
            return collections.all_collections(connection)

    def create_collection(self, name: str) -> CollectionRow:
        """Make an empty collection (or return the one of that name)."""
        row = self._store.write(lambda c: collections.create(c, name))
        self._changes.tell("collections")
        return row

    def rename_collection(self, name: str, new: str) -> CollectionRow:
        """Give a collection another name; what waits on the queue for it follows.

        Raises `NotFoundError`, and `UsageError` for a name that is taken.
        """

        def work(connection: sqlite3.Connection) -> CollectionRow:
            row = collections.rename(connection, name, new)
            queue.collection_renamed(connection, name, row.name)
            return row

        row = self._store.write(work)
        self._tell_sources()
        return row

    def assign(self, sources: Sequence[int], collection: str) -> None:
        """Put sources into a collection, too (a source can be in many)."""
        self._store.write(lambda c: collections.assign(c, sources, collection))
        self._tell_sources()

    def unassign(self, sources: Sequence[int], collection: str) -> None:
        """Take sources out of a collection; they stay in the library."""
        self._store.write(lambda c: collections.unassign(c, sources, collection))
        self._tell_sources()

    def remove_collection(self, name: str) -> None:
        """Remove a collection; its sources, facts and notes stay in the library."""
        self._store.write(lambda c: collections.remove(c, name))
        self._tell_sources()
        self._changes.tell("facts")

    def tags(self) -> list[TagRow]:
        """The tags of the sources outside the trash, by name."""
        with self._store.read() as connection:
            return tags.all_tags(connection)

    def tag(self, sources: Sequence[int], name: str) -> None:
        """Put a tag on sources (a source can have many); tags ignore case."""
        self._store.write(lambda c: tags.tag(c, sources, name))
        self._changes.tell("sources")

    def untag(self, sources: Sequence[int], name: str) -> None:
        """Take a tag off sources; one that no source has any more is gone."""
        self._store.write(lambda c: tags.untag(c, sources, name))
        self._changes.tell("sources")

    def sections(self, source: int) -> list[SectionRow]:
        """The chapters of a source, in order."""
        with self._store.read() as connection:
            return text.sections(connection, source)

    def section_text(self, section: int) -> str:
        """The whole text of a chapter; its first character is at `SectionRow.start`."""
        with self._store.read() as connection:
            return text.section_text(connection, section)

    def passages(self, source: int) -> list[PassageRow]:
        """Exactly what was indexed of a source, in order (L4)."""
        with self._store.read() as connection:
            return text.passages(connection, source)

    def pages(self, source: int) -> list[PageRow]:
        """The pages of a source, in order; empty where it has none."""
        with self._store.read() as connection:
            return text.pages(connection, source)

    def text_at(self, source: int, start: int, end: int) -> str:
        """The source's text at `[start, end)`."""
        with self._store.read() as connection:
            return text.text_at(connection, source, start, end)

    def page_boxes(
        self, source: int, start: int, end: int
    ) -> list[tuple[int, tuple[float, float, float, float]]]:
        """Boxes of the words at `[start, end)`: (page number, box in fractions), one a line."""
        with self._store.read() as connection:
            return originals.line_boxes(connection, source, start, end)

    def page_picture(self, source: int, number: int, width: int) -> tuple[int, int, bytes]:
        """Render a PDF page `width` pixels wide: (width, height, RGBA rows). From the original.

        Raises `NotFoundError` where the original is gone or has changed since it was read.
        """
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            with self._store.read() as connection:
                original = originals.unchanged(connection, source)
                original = original or originals.kept_copy(connection, source, Path(folder))
            if original is None:
                raise NotFoundError(
                    "The original file is not where it was, or has changed.",
                    "Its text is kept and shown instead.",
                )
            return originals.picture(original, number, width)

    def original(self, source: int) -> Original | None:
        """What is kept of a page of the web or of pasted text: address, media type, date, size.

        None where the original is a file that stays where it is. Raises `NotFoundError`.
        """
        with self._store.read() as connection:
            catalogue.by_id(connection, source)
            return kept.of_source(connection, source)

    def original_bytes(self, source: int) -> bytes:
        """The kept original as it came. Raises `NotFoundError` where none is kept."""
        with self._store.read() as connection:
            title = catalogue.by_id(connection, source).title
            held = kept.of_source(connection, source)
            if held is None:
                raise NotFoundError(
                    f"The library keeps no original of “{title}”.",
                    "It was read from a file, which stays where it is.",
                )
            return kept.content(connection, held.hash)

    def missing(self, *, cancel: Cancel | None = None) -> list[int]:
        """The sources whose original is no longer where it was (L8); asks the file system.

        Holds nothing of the library meanwhile: a network folder may take its time to answer.
        """
        return relocate.missing(self._store, cancel)

    def locate(self, source: int, path: str | Path, *, cancel: Cancel | None = None) -> list[int]:
        """Record where the original of a source is now; returns all sources of that file.

        Raises `InputError` where the file's content is not what was read.
        """
        found = relocate.locate(self._store, source, path, cancel)
        self._changes.tell("sources")
        return found

    def locate_others(
        self, source: int, path: str | Path, *, cancel: Cancel | None = None
    ) -> list[int]:
        """After `locate`: find other missing originals that were moved along with this one."""
        found = relocate.others(self._store, source, path, cancel)
        if found:
            self._changes.tell("sources")
        return found

    # -- the vault ------------------------------------------------------------------------------

    def vault_put(self, scope: str, key: str, value: str, *, secret: str) -> bool:
        """Keep a value that only this secret opens; a former one under the same key is gone.

        Nobody can tell a slip of the pen in `secret` from a secret of somebody else: what is put
        in under it can be had only with it. Takes about half a second and 128 MB. Returns False
        where another program is reading the library, so that a former value, sealed, leaves its
        log only when that program closes it. Raises `UsageError` for an empty key, value or secret.
        """
        return vault.put(self._store, scope, key, value, secret=secret)

    def vault_get(self, scope: str, key: str, *, secret: str) -> str | None:
        """The value under a key, or asked for (“what is the wifi password?”).

        None for a wrong secret as for a key or a scope that was never used.
        """
        return vault.get(self._store, scope, key, secret=secret)

    def vault_scopes(self) -> list[str]:
        """The scopes that have something in the vault; their names are no secret."""
        return vault.scopes(self._store)

    # -- caring ---------------------------------------------------------------------------------

    def trash(self, sources: Sequence[int]) -> None:
        """Move sources to the trash: nothing of them is found any more, nothing is lost."""
        self._store.write(lambda c: catalogue.trash(c, sources))
        self._tell_sources()

    def restore(self, sources: Sequence[int]) -> None:
        """Bring sources back from the trash, with search and citations."""
        self._store.write(lambda c: catalogue.restore(c, sources))
        self._tell_sources()

    def preview_delete(self, sources: Sequence[int]) -> Vanishing:
        """What `delete` would take and what it would leave (L6). Raises `NotFoundError`."""
        with self._store.read() as connection:
            return removal.preview(connection, sources, self._store.path)

    def delete(self, sources: Sequence[int]) -> bool:
        """Remove sources for good, in one transaction; no word of them is left in its files.

        Returns False where another reader holds on to an older moment of the library, so that its
        log is only emptied when the last program closes it. Raises `NotFoundError`, and
        `UsageError` for a source that is being read.
        """

        def work(connection: sqlite3.Connection) -> list[str]:
            places = [p for row in catalogue.by_ids(connection, sources) for p in row.locations]
            queue.let_go(connection, sources)
            removal.remove(connection, sources)
            return places

        places = self._store.write(work, sync=True)
        self._lexicon.forget()
        for place in map(Path, places):
            if place.parent == _pasted_folder():
                place.unlink(missing_ok=True)
        clean = removal.compact(self._store)
        self._tell_sources()
        return clean

    def backup(
        self, file: str | Path, *, report: Report = silent, cancel: Cancel | None = None
    ) -> Backup:
        """Copy the library to one file while it is in use, proven row by row and synced (X1).

        In a folder the copy gets the library's name and the date. An older backup of this library
        is replaced; anything else that has the name is refused with `UsageError`.
        """
        return self._store.backup(Path(file), report, cancel)

    @staticmethod
    def restore_backup(
        file: str | Path,
        path: str | Path | None = None,
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Restored:
        """Put a backup in the place of the library at `path` (None: the default), closed before.

        What lies there is moved aside to `Restored.aside`. Refused with `LibraryLockedError` while
        any program has it open, and with `InputError` where the backup is not as it was made.
        """
        target = paths.default_library() if path is None else Path(path)
        if path is None:
            target.parent.mkdir(parents=True, exist_ok=True)
        restored = copies.restore(Path(file), target, report, cancel)
        # The same id, other engrams under the same numbers: the index must be made anew.
        shutil.rmtree(paths.cache_dir() / "index" / restored.library, ignore_errors=True)
        return restored

    def verify(
        self, *, repair: bool = False, report: Report = silent, cancel: Cancel | None = None
    ) -> Verified:
        """Check integrity, every quote's words at their place, counts, and index against truth.

        With `repair`, what is derivable is mended where something is wrong: counts, ownership,
        rows without an owner, the index; `Verified.problems` are those that are left.
        """
        stop = cancel or Cancel()
        found = self._verify(report, stop)
        if found.sound or not repair:
            return found
        mended = self._store.write(repairs.mend, sync=True)
        self._lexicon.rebuild(stop)
        self._fact_index.rebuild()
        mended.append("The index was made anew.")
        self._tell_sources()
        return replace(self._verify(report, stop), repaired=tuple(mended))

    def _verify(self, report: Report, cancel: Cancel) -> Verified:
        return verify(
            self._store,
            self._recall.finds,
            index=lambda stop: (
                *differences(self._store, self._lexicon, stop),
                *self._fact_index.differences(),
            ),
            report=report,
            cancel=cancel,
        )

    def _tell_sources(self) -> None:
        self._changes.tell("sources")
        self._changes.tell("collections")


def _pasted_folder() -> Path:
    return paths.cache_dir() / "pasted"
