"""Keeps the event loop responsive while other threads work.

A full garbage collection stops the window and all threads for as long as the heap is big (measured:
150 ms while five books were indexed, 60 ms without); and if it happens on a worker, it may destroy
Qt objects there, which Qt forbids. So collection is taken from the interpreter and done here, on
the GUI thread, where what was there at the start is never looked at again. The program takes it
from the interpreter before it loads the window: the tenth of that time that was spent looking
through modules and classes found nothing. That busy threads take short turns beside is
`workbench.turns`.

What is loaded later stays as well: whenever modules came, all there is then is left out from then
on. So a full collection of a library of five novels in use takes 10 ms and not 130, and comes once
a minute; then freed memory goes back to the system, too. When another library is opened all is
looked through once, for most of what stayed is then of the one that was closed.
"""

import gc
import sys
import time

from PySide6.QtCore import QObject, QTimer

from workbench.allocator import give_back

_YOUNG_MILLISECONDS = 1000
_FULL_EVERY = 60
#: Seconds of processor time of a full collection after which all it looked through is left out.
_LONG = 0.02


class ShortPauses(QObject):
    """Collects garbage on the GUI thread from its making until `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turn = 0
        self._all = False
        if gc.isenabled():
            gc.collect()
        # Modules and classes stay: later collections need not look at them.
        self._modules = len(sys.modules)
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

    def look_through_all(self) -> None:
        """Let the next collection look at what was left out, too."""
        self._all = True

    def _collect(self) -> None:
        self._turn += 1
        gc.collect(1)
        if self._all:
            self._all = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        if len(sys.modules) != self._modules:
            self._modules = len(sys.modules)
            gc.freeze()
        if self._turn % _FULL_EVERY == 0:
            began = time.thread_time()
            gc.collect()
            if time.thread_time() - began > _LONG:
                gc.freeze()
            give_back()
