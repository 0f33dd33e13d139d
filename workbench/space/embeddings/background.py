"""What was read lately is read by a model in the background, where one is active."""

import threading
from collections.abc import Callable

from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel

#: Seconds that it waits for more to come along, and after trouble.
_WAIT, _TROUBLE = 2.0, 10.0


class Background:
    """A thread that lives from the first change to `close`. Any thread may call."""

    def __init__(
        self,
        catch_up: Callable[[Cancel], object],
        wanted: Callable[[], bool],
        name: str = "vectors",
    ) -> None:
        """`catch_up(cancel)` reads what has not been read; `wanted` says whether anything may."""
        self._name = name
        self._catch_up = catch_up
        self._wanted = wanted
        self._cancel = Cancel()
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There may be something to read."""
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

    def _run(self) -> None:
        while True:
            self._wake.wait()
            if self._closed.wait(_WAIT):
                return
            self._wake.clear()
            if self._closed.is_set():
                return
            try:
                if self._wanted():
                    self._catch_up(self._cancel)
            except Cancelled:
                return
            except WorkbenchError:
                # Another program reads it, the disk is full, the model is gone: later once more.
                if self._closed.wait(_TROUBLE):
                    return
