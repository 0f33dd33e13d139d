"""The library: open, add, ask, list, show, trash, verify. A thin front to the rooms below.

The window, the command line and notebooks are equal clients of it. Logic belongs in the rooms
(`store`, `intake`, `memory`, `recall`); here it is only handed from one to the next.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from workbench.intake.records import Added, QueueRow
from workbench.jobs import Cancel, Report, silent
from workbench.recall.records import Answer
from workbench.store.records import CollectionRow, PageRow, PassageRow, SectionRow, SourceRow

PathOrLink = str | Path


class Library:
    """One `.brain` file and everything that can be done with it.

    Thread-safe: every method may be called from any thread, never from the GUI thread where it
    may take longer than a frame. Raises only errors of `workbench.errors`.
    """

    path: Path | None

    @classmethod
    def open(cls, path: str | Path | None = None, *, read_only: bool = False) -> Self:
        """Open or create the library at `path` (None: the default; ":memory:": keeps nothing)."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop every thread and process of this library and close the file."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    # -- adding ---------------------------------------------------------------------------------

    def add(
        self,
        paths: PathOrLink | Sequence[PathOrLink],
        *,
        collection: str | None = None,
        title: str | None = None,
        wait: str = "verified",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Add files and return when each is verified (or has failed: see `Added.error`)."""
        raise NotImplementedError

    def enqueue(
        self,
        paths: Sequence[PathOrLink],
        *,
        collection: str | None = None,
        title: str | None = None,
    ) -> list[int]:
        """Put files on the durable queue and return their job ids at once (what the window does).

        A background thread works the queue from then on.
        """
        raise NotImplementedError

    def queue(self) -> list[QueueRow]:
        """Every job that is not finished, and those that finished or failed since opening."""
        raise NotImplementedError

    def pause(self) -> None:
        """Stop working the queue after the current batch; survives a restart."""
        raise NotImplementedError

    def resume(self) -> None:
        """Work the queue again."""
        raise NotImplementedError

    @property
    def paused(self) -> bool:
        """Whether the queue rests."""
        raise NotImplementedError

    def skip(self, job: int) -> None:
        """Leave this job out for now; `retry` brings it back."""
        raise NotImplementedError

    def retry(self, job: int) -> None:
        """Try a failed, skipped or cancelled job again."""
        raise NotImplementedError

    def cancel(self, job: int) -> None:
        """Stop this job and remove what it has stored."""
        raise NotImplementedError

    def dismiss(self, job: int) -> None:
        """Take a finished or failed job off the list."""
        raise NotImplementedError

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call `callback(topic)` on any thread when something changed; returns an unsubscriber.

        Topics: "sources", "queue", "collections". At most 10 calls a second each.
        """
        raise NotImplementedError

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
        """Answer from the library's own words; `sources` or `collection` limit what may count."""
        raise NotImplementedError

    # -- looking --------------------------------------------------------------------------------

    def sources(self, *, collection: str | None = None, trashed: bool = False) -> list[SourceRow]:
        """The sources, newest first; with `trashed`, those in the trash instead."""
        raise NotImplementedError

    def source(self, source: int) -> SourceRow:
        """One source, trashed or not. Raises `NotFoundError`."""
        raise NotImplementedError

    def collections(self) -> list[CollectionRow]:
        """The collections by name."""
        raise NotImplementedError

    def create_collection(self, name: str) -> CollectionRow:
        """Make an empty collection (or return the one of that name)."""
        raise NotImplementedError

    def assign(self, sources: Sequence[int], collection: str) -> None:
        """Put sources into a collection, too (a source can be in many)."""
        raise NotImplementedError

    def sections(self, source: int) -> list[SectionRow]:
        """The chapters of a source, in order."""
        raise NotImplementedError

    def section_text(self, section: int) -> str:
        """The whole text of a chapter; its first character is at `SectionRow.start`."""
        raise NotImplementedError

    def passages(self, source: int) -> list[PassageRow]:
        """Exactly what was indexed of a source, in order (L4)."""
        raise NotImplementedError

    def pages(self, source: int) -> list[PageRow]:
        """The pages of a source, in order; empty where it has none."""
        raise NotImplementedError

    def page_boxes(
        self, source: int, start: int, end: int
    ) -> list[tuple[int, tuple[float, float, float, float]]]:
        """Boxes of the words at `[start, end)`: (page number, box in fractions), one a line."""
        raise NotImplementedError

    def page_picture(self, source: int, number: int, width: int) -> tuple[int, int, bytes]:
        """Render a PDF page `width` pixels wide: (width, height, RGBA rows). From the original."""
        raise NotImplementedError

    def text_at(self, source: int, start: int, end: int) -> str:
        """The source's text at `[start, end)`."""
        raise NotImplementedError

    # -- caring ---------------------------------------------------------------------------------

    def trash(self, sources: Sequence[int]) -> None:
        """Move sources to the trash: nothing of them is found any more, nothing is lost."""
        raise NotImplementedError

    def restore(self, sources: Sequence[int]) -> None:
        """Bring sources back from the trash, with search and citations."""
        raise NotImplementedError

    def delete(self, sources: Sequence[int]) -> None:
        """Remove sources for good, in one transaction."""
        raise NotImplementedError

    def add_sample(self) -> Added:
        """Add the sample book that ships with the program (S3)."""
        raise NotImplementedError
