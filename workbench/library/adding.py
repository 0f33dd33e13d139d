"""Waits until added items are stored, embedded or linked."""

import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from workbench.errors import Cancelled, LibraryError, LibraryLockedError, WorkbenchError
from workbench.intake.records import Added
from workbench.jobs import Cancel, Report
from workbench.library.core import Core
from workbench.store import sources as catalogue

#: Seconds between polls while another process embeds the library.
_LOOK_SECONDS = 1.0
#: Attempts of failing work; seconds before the first retry, doubled for each further one.
_ATTEMPTS, _RETRY_SECONDS = 4, 1.0

_log = logging.getLogger(__name__)


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

    _retried(lambda: core.graph.catch_up(report, cancel), cancel)
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
