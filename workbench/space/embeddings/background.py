"""Embeds new text in the background, if a model is active.

While files are being added it waits, to leave them the processor, but not for ever: a queue may
take hours.
"""

import time
from collections.abc import Callable

from workbench.background_thread import Woken
from workbench.jobs import Cancel

#: Seconds to wait for more text, and until the first retry after a failure.
_WAIT, _RETRY = 2.0, 10.0
#: Seconds between checks for other work, and the longest wait for it; after working in spite of it,
#: the pause is this multiple of the time taken, if longer.
_POLL, _BUSY_WAIT, _SELDOM = 0.25, 120.0, 10.0


class Background(Woken):
    """The thread that embeds new text. Thread-safe."""

    def __init__(
        self,
        catch_up: Callable[[Cancel], object],
        is_enabled: Callable[[], bool],
        name: str = "vectors",
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """`catch_up(cancel)` embeds what is missing; `is_enabled` says whether it may.

        `busy` says whether work is going on that somebody waits for.
        """
        super().__init__(name, busy, _RETRY)
        self._catch_up = catch_up
        self._is_enabled = is_enabled
        self._busy_wait = _BUSY_WAIT

    def _delayed(self) -> bool:
        return self._closed.wait(_WAIT) or self._yield_to_busy(self._busy_wait, _POLL)

    def _work(self) -> None:
        if self._is_enabled():
            start = time.monotonic()
            self._catch_up(self._cancel)
            self._busy_wait = max(_BUSY_WAIT, _SELDOM * (time.monotonic() - start))
