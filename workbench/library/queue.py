"""The queue: files and links to read, and watched folders."""

import builtins
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ingest.books import pdfium
from ingest.errors import EncryptedFileError, IngestError
from ingest.media.playlist import Playlist
from workbench import paths
from workbench.arguments import Id, Limit, Number, Words
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.intake import rereading
from workbench.intake.records import Added, QueueRow, QueueSummary, Watched
from workbench.intake.rereading import Changed
from workbench.jobs import Cancel
from workbench.library import adding
from workbench.library.adding import PathOrLink
from workbench.library.group import Group


class Queue(Group):
    """A library's calls on its reading queue."""

    def enqueue(
        self,
        items: Sequence[PathOrLink | Id] | None,
        *,
        collection: Words | None = None,
        title: Words | None = None,
        replace: bool = False,
        typed: bool = False,
    ) -> builtins.list[int]:
        """Add files, links or sources to the persistent queue; returns their job ids.

        A background thread processes it from then on. Sources are read again; None is all that have
        an original. `replace`, `typed` are as in `add`.
        """
        jobs = adding.enqueue(
            self._core, items, collection=collection, title=title, replace=replace, typed=typed
        )
        self._core.intake.start()
        return jobs

    def read_on(self, address: Words) -> int:
        """Read files on the workers of a Dask scheduler while the library is open.

        `address` is such as “tls://host:8786”; needs the extra `cluster`. Files go to the workers
        where they do not see them themselves; what they read is checked and stored here. Returns
        how many are read at once. Raises `InputError` where no scheduler answers, no worker is
        there, or one has another version of this program.
        """
        return self._core.intake.read_on(address)

    def list(self) -> builtins.list[QueueRow]:
        """Unfinished jobs, and those that finished or failed since the library was opened."""
        return self._core.intake.rows()

    def results(self, *jobs: Id) -> builtins.list[Added]:
        """How far these jobs are: their sources, each with the stage reached, or their error.

        Raises `NotFoundError` for an unknown job.
        """
        results = self._core.intake.outcomes(jobs)
        unknown = set(jobs).difference(row.job for row in results)
        if unknown:
            raise NotFoundError(
                f"There is no job {min(unknown)}.", "Adding with wait=“queued” names jobs."
            )
        return results

    def summary(self) -> QueueSummary:
        """The whole queue at a glance, in bytes; cheap enough to ask ten times a second."""
        return self._core.intake.summary()

    @property
    def spent(self) -> Mapping[str, float]:
        """Seconds spent reading, storing, indexing and verifying since the library was opened.

        Summed over files that were processed in parallel.
        """
        return self._core.intake.spent.seconds()

    def unlock(self, password: Words, file: PathOrLink | None = None) -> None:
        """Try a password on locked PDFs, in addition to earlier ones.

        It is kept in memory until the library is closed; the decrypted text is stored like any
        other. Files that failed for lack of it are retried by `change`. Raises `InputError` if it
        does not open the given local `file`.
        """
        if file is not None and paths.is_there(Path(file)):
            try:
                with pdfium.unlocking([password]), pdfium.open_document(Path(file)):
                    pass
            except EncryptedFileError as error:
                raise InputError(
                    f"This is not the password of “{Path(file).name}”.", "Check it and try again."
                ) from error
            except IngestError as error:
                raise InputError(error.message, error.hint, error.code) from error
        self._core.intake.unlock(password)

    def work(self) -> None:
        """Process the jobs left from an earlier run, in the background."""
        if not self._store.read_only:
            self._core.intake.start()
            # Linking may not have finished when the program ended.
            self._core.graph.wake("sources")

    def watch(
        self,
        folder: PathOrLink | None = None,
        collection: Words | None = None,
        *,
        stop: bool = False,
    ) -> builtins.list[Watched]:
        """Add the files in a folder, and later new and changed ones, until called with `stop`.

        Returns the watched folders; `Watched.problem` is set for unreadable ones. A file is added
        when its size has stopped changing. An edited file replaces its former version; another work
        under the same name is added beside it. The window watches while it is open; nothing is read
        while the queue is paused. Raises `InputError` for a missing folder, `UsageError` for a
        folder of this program, `NotFoundError` to stop watching an unwatched one.
        """
        if folder is not None and stop:
            self._core.intake.unwatch(folder)
        elif folder is not None:
            self._core.intake.watch(folder, collection)
        return self._core.intake.watched()

    def pause(self, paused: bool = True) -> None:
        """Pause the queue after the current batch, or resume it; survives a restart."""
        if paused:
            self._core.intake.pause()
        else:
            self._core.intake.resume()
            self._core.intake.start()

    @property
    def paused(self) -> bool:
        """Whether the queue is paused."""
        return self._core.intake.paused

    def change(self, *jobs: Id, to: Words, page: Number | None = None) -> None:
        """Change the state of jobs, all of them or none.

        “skip” postpones, “retry” restarts failed, skipped and cancelled ones, “prioritize” moves to
        the front, “cancel” stops and removes what was stored, “dismiss” removes finished or failed
        ones from the list. “without_page” continues without the page being read, or page number
        `page`, also after a failure. Raises `UsageError`.
        """
        intake = self._core.intake
        if to == "dismiss":
            intake.dismiss(*jobs)
            return
        changes: Mapping[str, Callable[[int], None]] = {
            "skip": intake.skip,
            "retry": intake.retry,
            "prioritize": intake.prioritize,
            "cancel": intake.cancel,
            "without_page": lambda job: intake.leave_out_page(job, page),
        }
        if to not in changes:
            raise UsageError(f"A job cannot become “{to}”.", f"Choose of: {', '.join(changes)}.")
        for job in jobs:
            changes[to](job)
        if to in ("retry", "without_page"):
            intake.start()

    def changed(self, paths: Sequence[PathOrLink]) -> builtins.list[Changed]:
        """The files among these that were added before and have changed since.

        Reads a file only if its size is equal and its time is not.
        """
        return rereading.changed(self._store, [str(p) for p in paths])

    def playlist(
        self,
        link: Words,
        *,
        first: Number = 1,
        count: Limit = 200,
        typed: bool = False,
        cancel: Cancel | None = None,
    ) -> Playlist:
        """The entries of a playlist of videos, from number `first` on.

        Queries the site without loading any video; add the selected ones by their addresses. Raises
        `InputError`, `Cancelled`.
        """
        return self._core.intake.playlist(
            link, first, count, typed=typed, cancel=cancel or Cancel()
        )
