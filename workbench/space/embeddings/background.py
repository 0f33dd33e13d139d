"""Embeds new text in the background, if a model is in use.

While files are being added the processor is theirs: the thread waits until that is over. Where it
takes long, hours of a queue, it does not wait for ever.
"""

import time
from collections.abc import Callable

from workbench.background_thread import Woken
from workbench.jobs import Cancel

#: Seconds that it waits for more to come along, and at first after a failure.
_WAIT, _RETRY = 2.0, 10.0
#: Seconds between two looks at whether others are still busy, and for how many it waits for them;
#: after it has read in spite of them, for this multiple of what that took, if that is more.
_POLL, _BUSY_WAIT, _SELDOM = 0.25, 120.0, 10.0


class Background(Woken):
    """The thread that reads what was not read yet. Any thread may call."""

    def __init__(
        self,
        catch_up: Callable[[Cancel], object],
        is_enabled: Callable[[], bool],
        name: str = "vectors",
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """`catch_up(cancel)` reads what has not been read; `is_enabled` says whether anything may.

        `busy` says whether others are at work that somebody waits for.
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
