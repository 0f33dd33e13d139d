"""Wait for what was added: until it is stored, read by an embedding model, or linked."""

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

#: Seconds between two looks at whether another program has read the library with a model.
_LOOK_SECONDS = 1.0
#: How often work that fails is tried; seconds before the next time, then twice as many.
_ATTEMPTS, _RETRY_SECONDS = 4, 1.0

_log = logging.getLogger(__name__)


def enqueue(core: Core, items: Sequence[str | Path | int] | None, **options: Any) -> list[int]:
    """Put files, links or sources to be read again (None: all with an original) on the queue."""
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
    """What became of these jobs once they have reached the stage `wait`, as `Library.add` says."""
    run = core.intake.run
    if wait not in ("embedded", "linked"):
        return run(jobs, report=report, cancel=cancel, wait=wait, each=each)
    further = _linked if wait == "linked" else _embedded
    # What has text need not wait for what is recognised meanwhile.
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
    """Let an embedding model read what was added, here or where it does so. Raises `Cancelled`."""
    from workbench.store import vectors

    while True:
        try:
            _retried(lambda: core.embed_if_enabled(report, cancel), cancel)
            break
        except LibraryLockedError:
            # Another program reads it with the model: its end is waited for.
            if cancel.wait(_LOOK_SECONDS):
                raise Cancelled from None
    core.store.write(vectors.reach_embedded)
    return _reached(core, added)


def _linked(core: Core, added: list[Added], report: Report, cancel: Cancel) -> list[Added]:
    """Link what was added, and say what it has brought. Raises `Cancelled`."""
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
    """Do work, a few times if an error in it stops it. Raises `LibraryError`, `Cancelled`."""
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
    """What was added, with the stage that each source has come to."""
    with core.store.read() as connection:
        ids = [each.source for each in added if each.source is not None]
        states = {row.id: row.state for row in catalogue.by_ids(connection, ids)}
    return [
        dataclasses.replace(each, state=states[each.source])
        if each.source in states and each.state == "verified"
        else each
        for each in added
    ]
