"""Adding sources and databases; waits until sources are stored, embedded or linked."""

import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.arguments import Id, Limit, Words
from workbench.errors import (
    Cancelled,
    InputError,
    LibraryError,
    LibraryLockedError,
    UsageError,
    WorkbenchError,
)
from workbench.intake.records import Added
from workbench.jobs import Cancel, Report, silent
from workbench.library.core import Core
from workbench.library.group import Group
from workbench.store import sources as catalogue

if TYPE_CHECKING:
    from workbench.memory.schemas.records import Trained

PathOrLink = str | Path
#: Seconds between polls while another process embeds the library.
_LOOK_SECONDS = 1.0
#: Attempts of failing work; seconds before the first retry, doubled for each further one.
_ATTEMPTS, _RETRY_SECONDS = 4, 1.0

_log = logging.getLogger(__name__)


class Adding(Group, mixin=True):
    """A library's calls to add sources."""

    def add(
        self,
        paths: PathOrLink | Sequence[PathOrLink | Id] | None,
        *,
        collection: Words | None = None,
        title: Words | None = None,
        wait: Words = "verified",
        replace: bool = False,
        typed: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
        each: Callable[[Added], None] | None = None,
    ) -> list[Added]:
        """Add files and links; return when each is verified (or has failed: see `Added.error`).

        A source given by its id is read again from its original (None: every source that has one).
        Its id, title, tags and collections stay, citations follow their words, and a source that
        cannot be read keeps its text.

        `wait` is the stage to wait for; at "queued" nothing is waited for: it is read in the
        background, see `queue.results`; at "embedded" an embedding model, if one is active, has
        read the text (about ten seconds for a novel), at "linked" its concepts and triples are in
        the graph.
        `each` is called with every result as soon as it is known; the returned list is then empty.

        A web page is downloaded once and kept as `original`. Of a video the captions are read:
        `#captions=de,en` after its link sets their languages, and `#speech` transcribes the audio
        if there are none. A link to this machine or a private network is refused unless the user
        `typed` it.

        A file that has changed since it was added becomes a new source (see `Added.former`), or
        with `replace` takes the place of the old one, whose citations follow their words.

        Raises `NotFoundError` for an unknown source, and `InputError` to read text again that has
        no file.
        """
        items = [paths] if isinstance(paths, str | Path) else paths
        jobs = enqueue(
            self._core, items, collection=collection, title=title, replace=replace, typed=typed
        )
        return run(self._core, jobs, wait, report, cancel or Cancel(), each)

    def add_text(
        self,
        content: Words | bytes,
        *,
        title: Words | None = None,
        collection: Words | None = None,
        wait: Words = "verified",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Add text without a file (pasted or piped); it is stored in the library only."""
        from workbench.intake import requests

        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if not requests.first_line(data):
            raise InputError("There was no text to add.", "Paste or pipe some words.", "empty")
        job = self._core.intake.enqueue_text(
            data, title=title or requests.title_of(data), collection=collection
        )
        return run(self._core, [job], wait, report, cancel or Cancel())

    def add_link(
        self,
        link: Words,
        *,
        title: Words | None = None,
        collection: Words | None = None,
        wait: Words = "verified",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> list[Added]:
        """Add the web page or video at an address.

        Addresses on this machine or in a private network are refused (`Added.error`).
        """
        if not link.lower().startswith(("http://", "https://")):
            raise UsageError(f"“{link[:80]}” is not a web address.", "Such as https://…")
        return self.add(
            link, title=title, collection=collection, wait=wait, report=report, cancel=cancel
        )

    def train_db(
        self,
        url: Words,
        *,
        domain: Words = "",
        collection: Words | None = None,
        consolidate: bool = False,
        salience_ceiling: float = 0.5,
        initial_stage: Words = "episodic",
        include_patterns: bool = True,
        include_relationships: bool = True,
        max_tables: Limit = 100,
        patience: float = 15.0,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> "Trained":
        """Learn the tables, columns, references and patterns of a database; no row is read.

        `url` is the path of an SQLite file, `sqlite:///…` or `postgresql://user@host/database`; a
        password may be part of it or in PGPASSWORD, and is never stored. The schema becomes facts
        of the collection, stated by the database; `domain` is the name they use for it. Learning it
        again updates what has changed. Of more than `max_tables` tables, the ones with most
        references are learned. A busy server or lock is waited for up to `patience` seconds.

        Raises `UsageError`, `InputError` and `Cancelled`; then nothing was changed.
        """
        # Imported on first use: opens other databases, and network connections.
        from workbench.memory.schemas.records import Training
        from workbench.memory.schemas.training import train

        asked = Training(
            collection=collection,
            domain=domain,
            patterns=include_patterns,
            references=include_relationships,
            max_tables=max_tables,
            salience_ceiling=salience_ceiling,
            stage=initial_stage,
            consolidate=consolidate,
        )
        trained = train(
            self._core.fact_index, url, asked, report=report, cancel=cancel, timeout=patience
        )
        if trained.changed:
            self._core.changes.tell("facts")
            if collection is not None:
                self._core.changes.tell("collections")
        return trained


def enqueue(core: Core, items: Sequence[str | Path | int] | None, **options: Any) -> list[int]:
    """Queue files, links, and sources to be re-read (None: all with an original); the job ids."""
    sources = None if items is None else [item for item in items if isinstance(item, int)]
    jobs = core.intake.enqueue_again(sources) if sources or items is None else []
    if paths := [str(item) for item in items or () if not isinstance(item, int)]:
        jobs += core.intake.enqueue(paths, **options)
    return jobs


def run(
    core: Core,
    jobs: list[int],
    wait: str,
    report: Report,
    cancel: Cancel,
    each: Callable[[Added], None] | None = None,
) -> list[Added]:
    """The results of jobs once they have reached the stage `wait`, see `Library.add`."""
    if wait == "queued":
        core.intake.start()
        waiting = core.intake.outcomes(jobs)
        if each is None:
            return waiting
        for row in waiting:
            each(row)
        return []
    run = core.intake.run
    if wait not in ("embedded", "linked"):
        return run(jobs, report=report, cancel=cancel, wait=wait, each=each)
    further = _linked if wait == "linked" else _embedded
    # Sources with text need not wait for text recognition in others.
    early = further(core, run(jobs, report=report, cancel=cancel, recognised=False), report, cancel)
    ready = {row.source: row for row in early if row.source is not None}
    if each is not None:
        for row in ready.values():
            each(row)
    added = further(core, run(jobs, report=report, cancel=cancel), report, cancel)
    if each is None:
        return added
    for row in added:
        if row.source not in ready:
            each(row)
    return []


def _embedded(core: Core, added: list[Added], report: Report, cancel: Cancel) -> list[Added]:
    """Embed added sources, here or in the process that is at it. Raises `Cancelled`."""
    from workbench.store import vectors

    while True:
        try:
            _retried(lambda: core.embed_if_enabled(report, cancel), cancel)
            break
        except LibraryLockedError:
            # Another process embeds the library: wait for it.
            if cancel.wait(_LOOK_SECONDS):
                raise Cancelled from None
    core.store.write(vectors.reach_embedded)
    return _reached(core, added)


def _linked(core: Core, added: list[Added], report: Report, cancel: Cancel) -> list[Added]:
    """Link added sources; returns the results with their concepts. Raises `Cancelled`."""
    from workbench.store import graph

    _retried(lambda: core.graph.complete(report, cancel), cancel)
    core.store.write(graph.reach_linked)
    with core.store.read() as connection:
        ids = [row.source for row in added if row.source is not None]
        counts = graph.of_sources(connection, ids)
    return [
        row
        if row.source not in counts
        else dataclasses.replace(
            row, concepts=counts[row.source][0], associations=counts[row.source][1]
        )
        for row in _reached(core, added)
    ]


def _retried(work: Callable[[], object], cancel: Cancel) -> None:
    """Do work, retrying after unexpected errors. Raises `LibraryError`, `Cancelled`."""
    for attempt in range(_ATTEMPTS):
        try:
            work()
            return
        except WorkbenchError:
            raise
        except Exception as error:
            _log.exception("what follows adding failed")
            if attempt == _ATTEMPTS - 1:
                raise LibraryError(
                    f"An error in this program stopped what follows ({type(error).__name__}).",
                    "What was added is there and can be asked; open the library to go on.",
                ) from error
            if cancel.wait(_RETRY_SECONDS * 2**attempt):
                raise Cancelled from None


def _reached(core: Core, added: list[Added]) -> list[Added]:
    """The results with the stages that their sources have reached."""
    with core.store.read() as connection:
        ids = [each.source for each in added if each.source is not None]
        states = {row.id: row.state for row in catalogue.by_ids(connection, ids)}
    return [
        dataclasses.replace(each, state=states[each.source])
        if each.source in states and each.state == "verified"
        else each
        for each in added
    ]
