"""The queue: files and links to read, and watched folders."""

import builtins
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ingest.books import pdfium
from ingest.errors import EncryptedFileError, IngestError
from ingest.media.playlist import Playlist
from workbench import paths
from workbench.arguments import Id, Limit, Number, Words
from workbench.errors import InputError, UsageError
from workbench.intake import again
from workbench.intake.again import Changed
from workbench.intake.records import QueueRow, QueueSummary, Watched
from workbench.jobs import Cancel
from workbench.library import adding
from workbench.library.group import Group

PathOrLink = str | Path


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
        """Put files, links or sources on the durable queue; return their job ids, as a window does.

        A background thread works the queue from then on. Sources are read again; None is all that
        have an original. `replace`, `typed` are as in `add`.
        """
        jobs = adding.enqueue(
            self._core, items, collection=collection, title=title, replace=replace, typed=typed
        )
        self._core.intake.start()
        return jobs

    def list(self) -> builtins.list[QueueRow]:
        """Every job that is not finished, and those that finished or failed since opening."""
        return self._core.intake.rows()

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
        """Try a password with PDFs that are locked, beside others given before.

        It is stored nowhere and forgotten when the library is closed; the text that it opens is
        stored like any other. A file that failed for its password is retried by `change`. Where a
        `file` of this machine is named and is not opened by it, raises `InputError`.
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
        """Work what is left on the queue from an earlier run, in the background."""
        if not self._core.store.read_only:
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
        """Add what lies in a folder, and later what appears or changes in it, until told to `stop`.

        Returns the folders that are watched; `Watched.problem` says where one cannot be. A file is
        added when its size has stopped changing. One that is edited later takes the place of what
        it was; another work under the same name is kept beside it. The window watches while it is
        open; nothing is read while the queue rests. Raises `InputError` where there is no such
        folder, `UsageError` for a folder of this program, `NotFoundError` for one to stop watching
        that is not watched.
        """
        if folder is not None and stop:
            self._core.intake.unwatch(folder)
        elif folder is not None:
            self._core.intake.watch(folder, collection)
        return self._core.intake.watched()

    def pause(self, paused: bool = True) -> None:
        """Stop working the queue after the current batch, or work it again; survives a restart."""
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
        """Change what becomes of jobs, all of them or none.

        “skip” leaves them out for now, “retry” tries a failed, skipped or cancelled one again,
        “prioritize” reads it before all that wait, “cancel” stops it and removes what it has
        stored, “dismiss” takes finished or failed ones off the list. “without_page” leaves out the
        page that is being read, or page number `page`, and goes on, also where it failed. Raises
        `UsageError`.
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
    ) -> Playlist:
        """What a list of videos holds, from entry number `first` on, to choose from.

        Asks the site, and loads none of the videos; add those that are wanted by their address.
        Raises `InputError`, `Cancelled`.
        """
        return self._core.intake.playlist(
            link, first, count, typed=typed, cancel=cancel or Cancel()
        )
