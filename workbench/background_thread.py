"""A background thread for work that follows a change, and that is tried again after a failure."""

import contextlib
import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel

#: Seconds after which work that failed is tried again at the latest.
LONGEST_RETRY = 30.0

_log = logging.getLogger(__name__)


class Woken(ABC):
    """A thread that lives from the first `wake` to `close`. Any thread may call.

    `_work` is what it does after each `wake`; `_delayed` waits before that and says whether the
    thread was closed meanwhile. Whatever `_work` raises is noted in `failure` and the work is tried
    again, after `retry` seconds at first, then after twice as many, and so on.
    """

    def __init__(self, name: str, busy: Callable[[], bool], retry: float) -> None:
        """`busy` says whether others are at work that somebody waits for."""
        self.name = name
        self._others_busy = busy
        self._retry = self._pause = retry
        #: Why the last attempt failed, in a sentence or two; "" where it did not, None before it.
        self.failure: str | None = None
        #: Hears of each change of `failure`, on the thread itself; may raise a `WorkbenchError`.
        self.on_failure: Callable[[str], object] = lambda _sentence: None
        self._cancel = Cancel()
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There may be something to do."""
        if self._wake.is_set() or self._closed.is_set():
            return
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """End the thread after the batch at hand."""
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
                # Woken to end just now: waiting again would be for ever.
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
            _log.error("%s failed and is tried again: %s", self.name, sentence, exc_info=error)
        # Where that cannot be written down either, the work goes on all the same.
        with contextlib.suppress(WorkbenchError):
            self.on_failure(sentence)

    def _yield_to_busy(self, patience: float, look: float) -> bool:
        """Let those that are busy come first for `patience` seconds; whether it was closed then."""
        until = time.monotonic() + patience
        while self._others_busy() and time.monotonic() < until:
            if self._closed.wait(look):
                return True
        return False


def _sentence(error: Exception) -> str:
    if isinstance(error, Cancelled):
        # Somebody chose otherwise: that is no failure.
        return ""
    if isinstance(error, WorkbenchError):
        return str(error)
    return f"An error in this program stopped it ({type(error).__name__}); see the log."
