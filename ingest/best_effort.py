"""Optional steps of reading (text recognition, outlines, picture metadata) that may fail quietly.

A failure costs only that step. The rest of the document is read, and a `Notice` at its end says
what is missing.
"""

import logging
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import TypeVar

from ingest.errors import IngestError
from ingest.records import Notice, Reading

T = TypeVar("T")

_log = logging.getLogger(__name__)

#: Failures in the current document, None outside of any reading.
_failures: ContextVar[list[Notice] | None] = ContextVar("failures", default=None)

#: Pages listed in one notice.
_NAMED = 8


def attempt(work: Callable[[], T], otherwise: T, notice: Notice) -> T:
    """The result of `work`, or `otherwise` if it fails in any way.

    Then `notice` is added to the document, with the message of an `IngestError`. Cancellation
    passes, so `work` must not call anything that may raise it.
    """
    try:
        return work()
    except IngestError as error:
        failure = Notice(notice.code, error.message, error.hint, notice.pages)
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:  # noqa: BLE001 - also a MemoryError and a panic of a Rust library
        _log.info("%s", notice.message, exc_info=True)
        failure = notice
    result = _failures.get()
    if result is not None:
        result.append(failure)
    return otherwise


def noting(records: Iterator[Reading]) -> Iterator[Reading]:
    """Yield the records of a document, and then a notice for each kind of failure."""
    results: list[Notice] = []
    while True:
        # Set for one step only: between two, the caller may read another document.
        token = _failures.set(results)
        try:
            record = next(records, None)
        finally:
            _failures.reset(token)
        if record is None:
            break
        yield record
    for code in dict.fromkeys(failure.code for failure in results):
        yield _combined([failure for failure in results if failure.code == code])


def _combined(failures: list[Notice]) -> Notice:
    """Failures of one kind as one notice, in the words of the first."""
    first = failures[0]
    pages = tuple(sorted({page for failure in failures for page in failure.pages}))
    if not pages:
        return first
    which = ", ".join(map(str, pages[:_NAMED])) + (" …" if len(pages) > _NAMED else "")
    message = f"{'Page' if len(pages) == 1 else 'Pages'} {which}: {first.message}"
    return Notice(first.code, message, first.hint, pages)
