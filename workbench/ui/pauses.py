"""Keeps the event loop responsive while other threads work.

A full garbage collection stops the window and all threads for as long as the heap is big (measured:
150 ms while five books were indexed, 60 ms without); and if it happens on a worker, it may destroy
Qt objects there, which Qt forbids. So collection is taken from the interpreter and done here, on
the GUI thread, where what was there at the start is never looked at again. The program takes it
from the interpreter before it loads the window: the tenth of that time that was spent looking
through modules and classes found nothing. That busy threads take short turns beside is
`workbench.turns`.

A full collection stops the window for a quarter of a second once novels are linked, so it comes
only when there is more to look through than last time, and while nobody types or points. Once a
minute freed memory goes back to the system.
"""

import gc
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from workbench.allocator import give_back

_YOUNG_MILLISECONDS = 1000
_FULL_EVERY = 60
#: Seconds without input after which a pause holds up nobody.
_RESTING = 5.0
#: By how much memory has to grow for a full collection at rest, and at any time.
_GROWN, _OVERGROWN = 1.1, 1.5


class ShortPauses(QObject):
    """Collects garbage on the GUI thread from its making until `stop`.

    `resting` says for how many seconds nothing has come from the user.
    """

    def __init__(self, parent: QObject, resting: Callable[[], float] = lambda: _RESTING) -> None:
        super().__init__(parent)
        self._resting = resting
        self._turn = 0
        if gc.isenabled():
            gc.collect()
        # Modules and classes stay: later collections need not look at them.
        gc.freeze()
        gc.disable()
        #: Pieces of memory in use after the last full collection.
        self._after = sys.getallocatedblocks()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_YOUNG_MILLISECONDS)

    def stop(self) -> None:
        """Give collection back to the interpreter."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        self._turn += 1
        gc.collect(1)
        if self._turn < _FULL_EVERY:
            return
        grown = sys.getallocatedblocks() / self._after
        if grown > _OVERGROWN or (grown > _GROWN and self._resting() >= _RESTING):
            gc.collect()
            self._after = sys.getallocatedblocks()
        elif grown > _GROWN:
            return  # soon, when the user rests
        self._turn = 0
        give_back()
