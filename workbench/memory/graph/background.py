"""Links new statements to concepts in the background.

A thread runs from the first change until `close`. After a short delay for further changes it links
small batches, with a pause as long as each batch took, longer if others write. While files are
being read it waits briefly, since most are read by then, and then pauses longer. After a quiet
period it extracts triples in the same way, and then merges certain aliases.
"""

import time
from collections.abc import Callable

from workbench.background_thread import Woken
from workbench.errors import Cancelled, NotFoundError, UsageError
from workbench.jobs import Cancel
from workbench.memory.graph.batches import InBatches
from workbench.memory.graph.linking import Linker
from workbench.memory.graph.stating import Stating

#: Seconds from a change to linking, and the first delay after a failure.
_WAIT, _RETRY = 0.3, 2.0
#: Seconds without a change before triples are extracted.
_QUIET = 2.0
#: Engrams per batch, of linking and of extraction.
_BATCH, _EXTRACTED = 256, 64
#: The pause after a batch, relative to its duration, and that if others write.
_PAUSE, _YIELD = 1.0, 9.0
#: Maximum seconds to wait for files that are being read, and the polling interval.
_READ_WAIT, _POLL = 4.0, 0.1
#: The pause after alias detection, relative to its duration.
_SELDOM = 30.0


class Background(Woken):
    """The thread that links pending engrams. Thread-safe."""

    def __init__(
        self,
        linker: Linker,
        stating: Stating,
        unite: Callable[[Cancel], object] | None = None,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """`busy` says whether files are being read, or a user waits for something else."""
        super().__init__("linking", busy, _RETRY)
        self._linker = linker
        self._stating = stating
        self._unite = unite
        #: The write up to which aliases were searched, and the time of the next search.
        self._united, self._next = linker.writes, 0.0
        self._busy = False

    def begin(self) -> None:
        """Start pending work if none is running, without delaying extraction."""
        if not self._busy:
            self.wake()

    def wake(self) -> None:
        """Start linking, unless the library is read-only."""
        if not self._linker.read_only:
            super().wake()

    def _delayed(self) -> bool:
        return self._closed.wait(_WAIT) or self._yield_to_busy(_READ_WAIT, _POLL)

    def _work(self) -> None:
        self._busy = True
        try:
            self._link()
            if self._draw():
                self._merge_names()
        finally:
            self._busy = False

    def _link(self) -> None:
        while not self._closed.is_set():
            if not self._rested(self._linker, _BATCH):
                return

    def _draw(self) -> bool:
        """Extract triples until none is pending, or a change wakes the thread.

        Returns whether none is pending.
        """
        if self._wake.wait(_QUIET):
            return False
        while not self._wake.is_set():
            if not self._rested(self._stating, _EXTRACTED):
                return True
        return False

    def _merge_names(self) -> None:
        """Merge certain aliases, if the library has changed since."""
        if self._unite is None or self._linker.writes == self._united:
            return
        if self._wake.wait(max(self._next - time.monotonic(), 0.0)):
            return
        start = time.monotonic()
        try:
            self._unite(self._cancel)
        except (Cancelled, NotFoundError, UsageError):
            # Closed, or changed concurrently: tried again next time.
            return
        self._united = self._linker.writes
        end = time.monotonic()
        self._next = end + (end - start) * _SELDOM

    def _rested(self, worker: InBatches, size: int) -> int:
        """Run a batch and pause; returns how many engrams it processed."""
        writes, start = worker.writes, time.perf_counter()
        count = worker.step(size)
        if count:
            seconds = time.perf_counter() - start
            contended = worker.writes - writes > 1 or self._others_busy()
            self._closed.wait(seconds * (_YIELD if contended else _PAUSE))
        return count
