"""Conditions that stop the whole queue, such as a full disk, and when it tries again.

A full disk, a lock that another program holds, a share that is gone: nothing is lost by waiting
and trying again, so the queue does, sooner at first and then once a minute. What does not pass by
itself (a library that may only be read) waits until somebody asks for work again.
"""

import errno
import time

from workbench.errors import LibraryError, LibraryFullError, LibraryUnreachableError

#: Seconds until the queue tries again: at first, and at most.
FIRST_WAIT = 2.0
LONGEST_WAIT = 60.0

_GOES_ON = "The queue continues automatically."
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_SCARCE = (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)


def blocking_error(error: OSError) -> LibraryError | None:
    """The trouble of the whole queue that a fault of the system amounts to; None for any other."""
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
    """What is told where a fault of this program stops the queue, which is tried again."""
    return LibraryUnreachableError(
        f"The queue stopped because of an error in this program ({type(error).__name__}); see the "
        "log.",
        "Finished work is kept.",
    )


class Blocker:
    """What stands in the way just now, if anything. To be used under one lock."""

    def __init__(self) -> None:
        self.error: LibraryError | None = None
        self._wait = FIRST_WAIT
        self._retry_at = 0.0

    def arise(self, error: LibraryError) -> bool:
        """Note what stands in the way; whether that is news."""
        news = self.error is None or self.error.message != error.message
        self.error = error
        self._retry_at = time.monotonic() + self._wait
        self._wait = min(LONGEST_WAIT, 2 * self._wait)
        return news

    def forget(self) -> None:
        """Somebody asks for work: try again at once."""
        self.error = None
        self._wait = FIRST_WAIT

    def ease(self) -> None:
        """Something went well: the next trouble is a new one."""
        self._wait = FIRST_WAIT

    def retry_due(self) -> bool:
        """Whether it is time to try again; the trouble is then forgotten until it comes back."""
        if self.error is None or not self.error.passes or time.monotonic() < self._retry_at:
            return False
        self.error = None
        return True

    @property
    def sentence(self) -> tuple[str, str]:
        """What happened, and what comes next; empty where nothing stands in the way."""
        if self.error is None:
            return "", ""
        if not self.error.passes:
            return self.error.message, self.error.hint
        hint = self.error.hint.removesuffix(" and try again.").removesuffix(", then try again.")
        hint = hint.removesuffix(", and try again.").rstrip(".")
        return self.error.message, f"{hint}. {_GOES_ON}" if hint else _GOES_ON
