"""A background thread that processes changes and retries after failures."""

import contextlib
import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from workbench.errors import Cancelled, LibraryLockedError, WorkbenchError
from workbench.jobs import Cancel

#: Maximum delay before a retry, in seconds.
LONGEST_RETRY = 30.0

_log = logging.getLogger(__name__)


class Woken(ABC):
    """A thread that lives from the first `wake` to `close`. Thread-safe.

    Subclasses implement `_work`, which runs after each `wake`, and `_delayed`, which waits before
    it and returns whether the thread was closed. An exception of `_work` is stored in `failure`,
    and the work is retried with exponential backoff, first after `retry` seconds.
    """

    def __init__(self, name: str, busy: Callable[[], bool], retry: float) -> None:
        """`busy` tells whether work runs in the foreground."""
        self.name = name
        self._others_busy = busy
        self._retry = self._pause = retry
        #: Message of the last failure; "" after success, None before the first attempt.
        self.failure: str | None = None
        #: Called on this thread when `failure` changes; may raise a `WorkbenchError`.
        self.on_failure: Callable[[str], object] = lambda _sentence: None
        self._cancel = Cancel()
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Start the thread if need be, and have it work."""
        if self._wake.is_set() or self._closed.is_set():
            return
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """End the thread after the current batch."""
        with self._lock:
            self._closed.set()
        self._cancel.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._wake.wait() and not self._delayed():
            self._wake.clear()
            if self._closed.is_set():
                # `close` set the event: do not wait again.
                return
            try:
                self._work()
            except Exception as error:  # noqa: BLE001 - a fault here must not end the thread
                if self._closed.is_set():
                    return
                self._note(_sentence(error), error)
                self._wake.set()
                if self._closed.wait(self._pause):
                    return
                self._pause = min(LONGEST_RETRY, 2 * self._pause)
            else:
                self._pause = self._retry
                self._note("")

    @abstractmethod
    def _work(self) -> None: ...

    @abstractmethod
    def _delayed(self) -> bool: ...

    def _note(self, sentence: str, error: Exception | None = None) -> None:
        if sentence == self.failure:
            return
        self.failure = sentence
        if error is not None:
            # Another program that writes is no fault of this one: where it stood says nothing.
            trace = None if isinstance(error, LibraryLockedError) else error
            _log.error("%s failed and is tried again: %s", self.name, sentence, exc_info=trace)
        # If storing the message fails as well, the work goes on.
        with contextlib.suppress(WorkbenchError):
            self.on_failure(sentence)

    def _yield_to_busy(self, patience: float, look: float) -> bool:
        """Wait up to `patience` seconds for foreground work; True if the thread was closed."""
        until = time.monotonic() + patience
        while self._others_busy() and time.monotonic() < until:
            if self._closed.wait(look):
                return True
        return False


def _sentence(error: Exception) -> str:
    if isinstance(error, Cancelled):
        # Cancelled on purpose: not a failure.
        return ""
    if isinstance(error, WorkbenchError):
        return str(error)
    return f"An error in this program stopped it ({type(error).__name__}); see the log."
