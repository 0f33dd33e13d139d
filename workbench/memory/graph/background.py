"""Links new statements to concepts in the background.

A thread lives from the first change to `close`. It waits a moment for others to come along, links
small batches, and rests after each for as long as it took, or longer where somebody else writes.
While files are being read it waits for a moment, in which most are done, and then rests longer.
Where nobody has told anything for a while, triples are drawn in the same way, and then names that
surely mean one thing become one.
"""

import time
from collections.abc import Callable

from workbench.background_thread import Woken
from workbench.errors import Cancelled, NotFoundError, UsageError
from workbench.jobs import Cancel
from workbench.memory.graph.batches import InBatches
from workbench.memory.graph.linking import Linker
from workbench.memory.graph.stating import Stating

#: Seconds from a change until it is linked, and at first after a failure.
_WAIT, _RETRY = 0.3, 2.0
#: Seconds without a change after which triples are drawn.
_QUIET = 2.0
#: Engrams of one batch, and of one from which triples are drawn.
_BATCH, _EXTRACTED = 256, 64
#: How long it rests after a batch, as a multiple of how long that took, and where others write.
_PAUSE, _YIELD = 1.0, 9.0
#: Seconds for which it waits for files that are being read, and between two looks at that.
_READ_WAIT, _POLL = 4.0, 0.1
#: How long names are left alone after they were looked through, as a multiple of what that took.
_SELDOM = 30.0


class Background(Woken):
    """The thread that links what is left. Every method may be called from any thread."""

    def __init__(
        self,
        linker: Linker,
        stating: Stating,
        unite: Callable[[Cancel], object] | None = None,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """`busy` says whether files are being read, or something else that somebody waits for."""
        super().__init__("linking", busy, _RETRY)
        self._linker = linker
        self._stating = stating
        self._unite = unite
        #: The write up to which names were looked through, and when they may be again.
        self._united, self._next = linker.writes, 0.0
        self._busy = False

    def begin(self) -> None:
        """Do what is left, where that is not being done; who asks only puts off no drawing."""
        if not self._busy:
            self.wake()

    def wake(self) -> None:
        """There may be something to link."""
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
        """Draw triples until all are, or something else was told, which is linked first.

        Returns whether all are.
        """
        if self._wake.wait(_QUIET):
            return False
        while not self._wake.is_set():
            if not self._rested(self._stating, _EXTRACTED):
                return True
        return False

    def _merge_names(self) -> None:
        """Let names be one that surely mean one thing, where anything was told since."""
        if self._unite is None or self._linker.writes == self._united:
            return
        if self._wake.wait(max(self._next - time.monotonic(), 0.0)):
            return
        start = time.monotonic()
        try:
            self._unite(self._cancel)
        except (Cancelled, NotFoundError, UsageError):
            # Closed, or somebody changed one of them at this moment: it is left for the next time.
            return
        self._united = self._linker.writes
        end = time.monotonic()
        self._next = end + (end - start) * _SELDOM

    def _rested(self, worker: InBatches, size: int) -> int:
        """Let a batch be done, and rest from it; returns how many engrams that was."""
        writes, start = worker.writes, time.perf_counter()
        count = worker.step(size)
        if count:
            seconds = time.perf_counter() - start
            contended = worker.writes - writes > 1 or self._others_busy()
            self._closed.wait(seconds * (_YIELD if contended else _PAUSE))
        return count
