"""Reading part by part: a part that fails is reported and left out, the rest is read.

A part is a message of a mailbox, a row, a member of an archive, a chapter or a page. Whatever its
reader raises ends only that part; a `Notice` says which parts were left out and why. System errors
(a full or unplugged disk) and cancellation propagate.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from ingest.books.naming import one_line
from ingest.errors import DamagedFileError, IngestError
from ingest.records import Notice

T = TypeVar("T")

_log = logging.getLogger(__name__)

#: Parts listed in one notice, and different reasons with a notice of their own.
_MOST_NAMED = 12
_MOST_REASONS = 12

_AGAIN = "Add a sound copy of the file if you need what is missing."


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a part was left out, as a sentence, and what to do about it."""

    code: str
    message: str
    hint: str


_TOO_DEEP = _Reason("too_deep", "It is nested too deeply.", _AGAIN)
_TOO_LARGE = _Reason(
    "too_large", "It needs more memory than is allowed.", "Split it and add the pieces."
)
_NO_TEXT = _Reason("no_text", "Its letters are in no encoding that makes sense.", _AGAIN)
_FAULT = _Reason(
    "fault",
    "It is built in a way that this program does not expect.",
    "Please report this together with the file.",
)


@dataclass(slots=True)
class Parts:
    """Reads parts, each called a `noun`, and records which were left out.

    `code` is the prefix of the codes of its notices; the noun by default.
    """

    noun: str
    code: str = ""
    cancel: Callable[[], None] = lambda: None
    left_out: dict[_Reason, list[str]] = field(default_factory=dict)
    _stopped: BaseException | None = None

    def check(self) -> None:
        """Call `cancel`; its exceptions are not blamed on the part."""
        try:
            self.cancel()
        except BaseException as error:
            self._stopped = error
            raise

    def value(self, name: str, read: Callable[[], T]) -> T | None:
        """The result of `read`; None if the part `name` cannot be read."""
        try:
            return read()
        except Exception as error:  # noqa: BLE001 - named in a notice
            self._note(name, error)
            return None

    def items(self, name: str, read: Callable[[], list[T]]) -> list[T]:
        """All items of `read`; none if the part `name` cannot be read."""
        return self.value(name, read) or []

    def stream(self, name: str, records: Iterator[T]) -> Iterator[T]:
        """Yield the records of the part `name` until it fails."""
        while True:
            try:
                record = next(records)
            except StopIteration:
                return
            except Exception as error:  # noqa: BLE001 - named in a notice
                self._note(name, error)
                return
            yield record

    def leave_out(self, name: str, code: str, message: str, hint: str) -> None:
        """Record a part that was not read at all."""
        self.left_out.setdefault(_Reason(code, message, hint), []).append(one_line(name))

    def _note(self, name: str, error: Exception) -> None:
        if error is self._stopped or (isinstance(error, OSError) and error.errno):
            raise error
        reason = _reason(error)
        if reason is _FAULT:
            _log.error("%s “%s” was left out", self.noun, name, exc_info=error)
        self.leave_out(name, reason.code, reason.message, reason.hint)

    def notices(self) -> Iterator[Notice]:
        """One notice for each reason, listing its parts."""
        for reason, names in list(self.left_out.items())[:_MOST_REASONS]:
            code = f"{self.code or self.noun}_{reason.code}"
            # A part may be tried more than once.
            named = self._names(list(dict.fromkeys(names)))
            yield Notice(code, f"{named} left out: {reason.message}", reason.hint, words="")
        remainder = [
            name for names in list(self.left_out.values())[_MOST_REASONS:] for name in names
        ]
        if remainder:
            message = f"{self._names(remainder)} left out for other reasons."
            yield Notice(f"{self.code or self.noun}_left_out", message, _AGAIN, words="")

    def error(self, otherwise: IngestError) -> IngestError:
        """The error of a source without any readable part: the first reason, if there is one."""
        for notice in self.notices():
            return DamagedFileError(notice.message, notice.hint)
        return otherwise

    def _names(self, names: list[str]) -> str:
        if len(names) == 1:
            return f"The {self.noun} “{names[0]}” was"
        visible = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED])
        more = ", …" if len(names) > _MOST_NAMED else ""
        return f"{len(names)} {self.noun}s ({visible}{more}) were"


def _reason(error: Exception) -> _Reason:
    if isinstance(error, IngestError):
        return _Reason(error.code, error.message, error.hint)
    if isinstance(error, MemoryError):
        return _TOO_LARGE
    if isinstance(error, UnicodeError):
        return _NO_TEXT
    return _TOO_DEEP if isinstance(error, RecursionError) else _FAULT
