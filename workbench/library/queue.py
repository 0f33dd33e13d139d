"""The queue: files and links to be read, and folders that are watched."""

import builtins
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.media.listed import Listed
from ingest.web import address as links
from workbench import paths
from workbench.arguments import Id, Limit, Number, Words
from workbench.intake import again
from workbench.intake.again import Changed
from workbench.intake.records import QueueRow, QueueSummary, Watched
from workbench.jobs import Cancel
from workbench.library.group import Group

PathOrLink = str | Path


class Queue(Group):
    """What a library can do with its queue of things to read."""

    def enqueue(
        self,
        paths: Sequence[PathOrLink],
        *,
        collection: Words | None = None,
        title: Words | None = None,
        replace: bool = False,
        typed: bool = False,
    ) -> builtins.list[int]:
        """Put files and links on the durable queue; return their job ids at once, as a window does.

        A background thread works the queue from then on. `replace`, `typed` are as in `add`.
        """
        jobs = self._core.intake.enqueue(
            [str(p) for p in paths],
            collection=collection,
            title=title,
            replace=replace,
            typed=typed,
        )
        self._core.intake.start()
        return jobs

    def reindex(self, sources: Sequence[Id] | None = None) -> builtins.list[int]:
        """Put sources on the queue to be read again, and return their job ids at once."""
        jobs = self._core.intake.enqueue_again(sources)
        self._core.intake.start()
        return jobs

    def list(self) -> builtins.list[QueueRow]:
        """Every job that is not finished, and those that finished or failed since opening."""
        return self._core.intake.rows()

    def summary(self) -> QueueSummary:
        """The whole queue at a glance, in bytes; cheap enough to ask ten times a second."""
        return self._core.intake.summary()

    def spent(self) -> Mapping[str, float]:
        """Seconds that reading, storing, indexing and verifying took since the library was opened.

        Those of files that were worked at the same time add up.
        """
        return self._core.intake.spent.seconds()

    def work(self) -> None:
        """Work what is left on the queue from an earlier run, in the background."""
        if not self._core.store.read_only:
            self._core.intake.start()
            # What was read right before the program ended may not be linked yet.
            self._core.graph.wake("sources")

    def watch(self, folder: PathOrLink, collection: Words | None = None) -> None:
        """Add what lies in a folder, and later what appears or changes in it.

        A file is added when its size has stopped changing. One that is edited later takes the place
        of what it was; another work under the same name is kept beside it. The window watches while
        it is open; nothing is read while the queue rests. Raises `InputError` where there is no
        such folder, `UsageError` for a folder of this program.
        """
        self._core.intake.watch(folder, collection)

    def unwatch(self, folder: PathOrLink) -> None:
        """Watch a folder no longer; what it brought stays. Raises `NotFoundError`."""
        self._core.intake.unwatch(folder)

    def watched(self) -> builtins.list[Watched]:
        """The folders that are watched; `Watched.problem` says where one cannot be."""
        return self._core.intake.watched()

    def pause(self) -> None:
        """Stop working the queue after the current batch; survives a restart."""
        self._core.intake.pause()

    def resume(self) -> None:
        """Work the queue again."""
        self._core.intake.resume()
        self._core.intake.start()

    @property
    def paused(self) -> bool:
        """Whether the queue rests."""
        return self._core.intake.paused

    def skip(self, job: Id) -> None:
        """Leave this job out for now; `retry` brings it back."""
        self._core.intake.skip(job)

    def retry(self, job: Id) -> None:
        """Try a failed, skipped or cancelled job again."""
        self._core.intake.retry(job)
        self._core.intake.start()

    def prioritize(self, job: Id) -> None:
        """Read this first: before all that wait, and beside what is being read just now."""
        self._core.intake.prioritize(job)

    def without_page(self, job: Id, page: Number | None = None) -> None:
        """Leave out the page that is being read, or page number `page`, and go on.

        A job that failed at a page is tried again without it. Raises `UsageError` where nobody
        knows a page.
        """
        self._core.intake.leave_out_page(job, page)
        self._core.intake.start()

    def cancel(self, job: Id) -> None:
        """Stop this job and remove what it has stored."""
        self._core.intake.cancel(job)

    def dismiss(self, *jobs: Id) -> None:
        """Take finished or failed jobs off the list, all of them or none."""
        self._core.intake.dismiss(*jobs)

    def changed(self, paths: Sequence[PathOrLink]) -> builtins.list[Changed]:
        """Which of these files were added before and have other bytes now: ask before adding.

        Reads a file only where its size is the same and its time is not.
        """
        return again.changed(self._core.store, [str(p) for p in paths])

    def playlist(
        self,
        link: Words,
        *,
        first: Number = 1,
        count: Limit = 200,
        typed: bool = False,
        cancel: Cancel | None = None,
    ) -> Listed:
        """What a list of videos holds, from entry number `first` on, to choose from.

        Asks the site, and loads none of the videos; add those that are wanted by their address.
        Raises `InputError`, `Cancelled`.
        """
        return self._core.intake.listed(link, first, count, typed=typed, cancel=cancel or Cancel())

    @staticmethod
    def links_in(text: Words) -> builtins.list[str]:
        """The addresses in a dropped or pasted text that is nothing but links; else none."""
        return links.links_in(text)

    @staticmethod
    def sample_file() -> Path:
        """The sample book: a short history of memory research, as EPUB."""
        return paths.resources() / "sample" / "the-trace.epub"
