"""Keeps the gaps of the event loop short while other threads work.

A full garbage collection stops the window and all threads for as long as the heap is big (measured:
150 ms while five books were indexed, 60 ms without); and if it happens on a worker, it may destroy
Qt objects there, which Qt forbids. So collection is taken from the interpreter and done here, on
the GUI thread, where what was there at the start is never looked at again. The program takes it
from the interpreter before it loads the window: the tenth of that time that was spent looking
through modules and classes found nothing. That busy threads take short turns beside is
`workbench.turns`.

After a full collection freed memory goes back to the system.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from workbench.allocator import give_back

_YOUNG_MILLISECONDS = 1000
_FULL_EVERY = 60


class ShortPauses(QObject):
    """Collects garbage on the GUI thread from its making until `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turn = 0
        if gc.isenabled():
            gc.collect()
        # Modules and classes stay: later collections need not look at them.
        gc.freeze()
        gc.disable()
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
        full = self._turn % _FULL_EVERY == 0
        gc.collect(2 if full else 1)
        if full:
            give_back()
