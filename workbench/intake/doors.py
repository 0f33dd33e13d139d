"""The doors of adding: files, links and text on the queue, and what becomes of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace as replace_fields
from pathlib import Path

from ingest.media.listed import Listed
from ingest.web import address as links
from workbench import paths
from workbench.arguments import Id, Limit, Number, Words
from workbench.errors import InputError
from workbench.intake import again, requests
from workbench.intake.again import Changed
from workbench.intake.intake import Intake
from workbench.intake.records import Added, QueueRow, QueueSummary, Watched
from workbench.jobs import Cancel, Report, silent
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.store import graph, sources, vectors
from workbench.store.store import Store

PathOrLink = str | Path


class IntakeDoors:
    """What a library can do with what is added to it; `Library` is one. Any thread may call."""

    _store: Store
    _intake: Intake
    _graph: ConceptGraph
    #: Lets an embedding model read on, where one is to read the library.
    _embed_all: Callable[[Report, Cancel], object]

    def add(
        self,
        paths: PathOrLink | Sequence[PathOrLink],
        *,
        collection: Words | None = None,
        title: Words | None = None,
        wait: Words = "verified",
        replace: bool = False,
        typed: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Add files and links; return when each is verified (or has failed: see `Added.error`).

        `wait` names another stage; at "embedded" an embedding model has read them, too, where one
        is to (some ten seconds a novel), and at "linked" what they say is in the graph of concepts.

        A page of the web is fetched once, and kept as it came (`original`); of a video its captions
        are, in the language named behind the address (`#captions=de,en`), and its sound only with
        `#speech` there and where it has no captions (I12). Only where the user
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
        return self._run(jobs, wait, report, cancel or Cancel())

    def playlist(
        self,
        link: Words,
        *,
        first: Number = 1,
        count: Limit = 200,
        typed: bool = False,
        cancel: Cancel | None = None,
    ) -> Listed:
        """What a list of videos holds, from entry number `first` on, to choose from (I12).

        Asks the site, and loads none of the videos; add those that are wanted by their address.
        Raises `InputError`, `Cancelled`.
        """
        return self._intake.listed(link, first, count, typed=typed, cancel=cancel or Cancel())

    def add_text(
        self,
        content: Words | bytes,
        *,
        title: Words | None = None,
        collection: Words | None = None,
        wait: Words = "verified",
    ) -> list[Added]:
        """Add text that has no file (pasted, piped); it lives in the library alone."""
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if not requests.first_line(data):
            raise InputError("There was no text to add.", "Paste or pipe some words.", "empty")
        job = self._intake.enqueue_text(
            data, title=title or requests.title_of(data), collection=collection
        )
        return self._run([job], wait, silent, Cancel())

    def _run(self, jobs: list[int], wait: str, report: Report, cancel: Cancel) -> list[Added]:
        if wait not in ("embedded", "linked"):
            return self._intake.run(jobs, report=report, cancel=cancel, wait=wait)
        added = self._intake.run(jobs, report=report, cancel=cancel)
        if wait == "linked":
            return self._linked(added, report, cancel)
        self._embed_all(report, cancel)
        self._store.write(vectors.reach_embedded)
        return self._reached(added)

    def _linked(self, added: list[Added], report: Report, cancel: Cancel) -> list[Added]:
        """Link what was added, and say what it has brought. Raises `Cancelled`."""
        self._graph.catch_up(report, cancel)
        self._store.write(graph.reach_linked)
        with self._store.read() as connection:
            ids = [each.source for each in added if each.source is not None]
            known = graph.of_sources(connection, ids)
        return [
            each
            if each.source not in known
            else replace_fields(
                each, concepts=known[each.source][0], associations=known[each.source][1]
            )
            for each in self._reached(added)
        ]

    def _reached(self, added: list[Added]) -> list[Added]:
        """What was added, with the stage that each source has come to."""
        with self._store.read() as connection:
            ids = [each.source for each in added if each.source is not None]
            states = {row.id: row.state for row in sources.by_ids(connection, ids)}
        return [
            replace_fields(each, state=states[each.source])
            if each.source in states and each.state == "verified"
            else each
            for each in added
        ]

    @staticmethod
    def links_in(text: Words) -> list[str]:
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
        collection: Words | None = None,
        title: Words | None = None,
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
        sources: Sequence[Id] | None = None,
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

    def enqueue_reindex(self, sources: Sequence[Id] | None = None) -> list[int]:
        """Put sources on the queue to be read again, and return their job ids at once."""
        jobs = self._intake.enqueue_again(sources)
        self._intake.start()
        return jobs

    def work(self) -> None:
        """Work what is left on the queue from an earlier run, in the background."""
        if not self._store.read_only:
            self._intake.start()
            # What an older version of the program has read was never linked.
            self._graph.wake("sources")

    def queue(self) -> list[QueueRow]:
        """Every job that is not finished, and those that finished or failed since opening."""
        return self._intake.rows()

    def queue_summary(self) -> QueueSummary:
        """The whole queue at a glance, in bytes; cheap enough to ask ten times a second."""
        return self._intake.summary()

    def watch(self, folder: PathOrLink, collection: Words | None = None) -> None:
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

    def skip(self, job: Id) -> None:
        """Leave this job out for now; `retry` brings it back."""
        self._intake.skip(job)

    def retry(self, job: Id) -> None:
        """Try a failed, skipped or cancelled job again."""
        self._intake.retry(job)
        self._intake.start()

    def prioritize(self, job: Id) -> None:
        """Read this first: before all that wait, and beside what is being read just now."""
        self._intake.prioritize(job)

    def leave_out_page(self, job: Id, page: Number | None = None) -> None:
        """Leave out the page that is being read, or page number `page`, and go on.

        A job that failed at a page is tried again without it. Raises `UsageError` where nobody
        knows a page.
        """
        self._intake.leave_out_page(job, page)
        self._intake.start()

    def cancel(self, job: Id) -> None:
        """Stop this job and remove what it has stored."""
        self._intake.cancel(job)

    def dismiss(self, *jobs: Id) -> None:
        """Take finished or failed jobs off the list, all of them or none."""
        self._intake.dismiss(*jobs)
