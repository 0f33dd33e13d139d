"""A background thread for work that follows a change."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from workbench.jobs import Cancel


class Woken(ABC):
    """A thread that lives from the first `wake` to `close`. Any thread may call.

    `_run` is its work; it waits for `_wake`, and ends where `_closed` is set.
    """

    def __init__(self, name: str, busy: Callable[[], bool]) -> None:
        """`busy` says whether others are at work that somebody waits for."""
        self._name = name
        self._others_busy = busy
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
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
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

    @abstractmethod
    def _run(self) -> None: ...

    def _held_up(self, patience: float, look: float) -> bool:
        """Let those that are busy come first for `patience` seconds; whether it was closed then."""
        until = time.monotonic() + patience
        while self._others_busy() and time.monotonic() < until:
            if self._closed.wait(look):
                return True
        return False
