"""Conditions that stop the whole queue, such as a full disk, and when it retries.

A full disk, a lock of another program, an unreachable share: waiting loses nothing, so the queue
retries, soon at first and then once a minute. Permanent conditions (a read-only library) wait until
somebody asks for work.
"""

import errno
import time

from workbench.errors import LibraryError, LibraryFullError, LibraryUnreachableError

#: Seconds until the first retry, and at most.
FIRST_WAIT = 2.0
LONGEST_WAIT = 60.0

_GOES_ON = "The queue continues automatically."
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_SCARCE = (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)


def blocking_error(error: OSError) -> LibraryError | None:
    """The blocking error that a system error amounts to; None for others."""
    if error.errno in _FULL:
        return LibraryFullError(
            "The disk for temporary files is full; nothing that was stored is lost.",
            "Free some space.",
        )
    if error.errno in _SCARCE:
        return LibraryUnreachableError(
            f"The system could not start a reader ({error.strerror}).",
            "Close some other programs.",
        )
    return None


def failure(error: Exception) -> LibraryError:
    """The message for an error of this program that stops the queue."""
    return LibraryUnreachableError(
        f"The queue stopped because of an error in this program ({type(error).__name__}); see the "
        "log.",
        "Finished work is kept.",
    )


class Blocker:
    """The current blocking error, if any. Guarded by one lock."""

    def __init__(self) -> None:
        self.error: LibraryError | None = None
        self._wait = FIRST_WAIT
        self._retry_at = 0.0

    def arise(self, error: LibraryError) -> bool:
        """Record a blocking error; returns whether it is new."""
        news = self.error is None or self.error.message != error.message
        self.error = error
        self._retry_at = time.monotonic() + self._wait
        self._wait = min(LONGEST_WAIT, 2 * self._wait)
        return news

    def forget(self) -> None:
        """Forget the error, since somebody asks for work."""
        self.error = None
        self._wait = FIRST_WAIT

    def ease(self) -> None:
        """Reset the waiting time after a success."""
        self._wait = FIRST_WAIT

    def retry_due(self) -> bool:
        """Whether to retry now; the error is then forgotten until it returns."""
        if self.error is None or not self.error.passes or time.monotonic() < self._retry_at:
            return False
        self.error = None
        return True

    @property
    def sentence(self) -> tuple[str, str]:
        """The error and what happens next; empty if nothing blocks."""
        if self.error is None:
            return "", ""
        if not self.error.passes:
            return self.error.message, self.error.hint
        hint = self.error.hint.removesuffix(" and try again.").removesuffix(", then try again.")
        hint = hint.removesuffix(", and try again.").rstrip(".")
        return self.error.message, f"{hint}. {_GOES_ON}" if hint else _GOES_ON
