"""What was read lately is read by a model in the background, where one is active.

While files are being added the processor is theirs: the thread waits until that is over. Where it
takes long, hours of a queue, it does not wait for ever.
"""

import threading
import time
from collections.abc import Callable

from workbench.errors import Cancelled, WorkbenchError
from workbench.jobs import Cancel

#: Seconds that it waits for more to come along, and after trouble.
_WAIT, _TROUBLE = 2.0, 10.0
#: Seconds between two looks at whether others are still busy, and for how many it waits for them;
#: after it has read in spite of them, for this multiple of what that took, if that is more.
_LOOK, _PATIENCE, _SELDOM = 0.25, 120.0, 10.0


class Background:
    """A thread that lives from the first change to `close`. Any thread may call."""

    def __init__(
        self,
        catch_up: Callable[[Cancel], object],
        wanted: Callable[[], bool],
        name: str = "vectors",
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """`catch_up(cancel)` reads what has not been read; `wanted` says whether anything may.

        `busy` says whether others are at work that somebody waits for.
        """
        self._name = name
        self._catch_up = catch_up
        self._wanted = wanted
        self._busy = busy
        self._patience = _PATIENCE
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
            if self._closed.wait(_WAIT) or self._held_up():
                return
            self._wake.clear()
            if self._closed.is_set():
                return
            try:
                if self._wanted():
                    begun = time.monotonic()
                    self._catch_up(self._cancel)
                    self._patience = max(_PATIENCE, _SELDOM * (time.monotonic() - begun))
            except Cancelled:
                return
            except WorkbenchError:
                # Another program reads it, the disk is full, the model is gone: later once more.
                if self._closed.wait(_TROUBLE):
                    return

    def _held_up(self) -> bool:
        """Wait for those that are busy; returns whether it was closed meanwhile."""
        until = time.monotonic() + self._patience
        while self._busy() and time.monotonic() < until:
            if self._closed.wait(_LOOK):
                return True
        return False
