"""Change notifications to subscribers, rate-limited.

`tell("sources")` may be called any number of times; subscribers are called at most ten times a
second for each topic, and always once more after the last change.
"""

import logging
import threading
import time
from collections.abc import Callable

Subscriber = Callable[[str], None]

_GAP_SECONDS = 0.1

_log = logging.getLogger(__name__)


class Changes:
    """Publishes changes, at most ten times a second for each topic. Thread-safe.

    `at_once(topic)` is called for every change, on the thread of `tell`, and must return quickly.
    """

    def __init__(self, at_once: Subscriber | None = None) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []
        self._rung: dict[str, float] = {}
        self._waiting: set[str] = set()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = False

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber(topic)` after changes, on any thread; returns the unsubscriber."""
        with self._lock:
            self._subscribers.append(subscriber)

        def unsubscribe() -> None:
            with self._lock:
                if subscriber in self._subscribers:
                    self._subscribers.remove(subscriber)

        return unsubscribe

    def tell(self, topic: str) -> None:
        """Publish a change of `topic`. Cheap without subscribers."""
        if self._at_once is not None:
            self._at_once(topic)
        with self._lock:
            if self._closed or not self._subscribers:
                return
            self._waiting.add(topic)
            if self._thread is None:
                self._thread = threading.Thread(target=self._ring, name="changes", daemon=True)
                self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """Stop publishing, and end the thread."""
        with self._lock:
            self._closed = True
            thread = self._thread
        self._wake.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _ring(self) -> None:
        while True:
            self._wake.wait()
            with self._lock:
                self._wake.clear()
                if self._closed:
                    return
                now = time.monotonic()
                due = {t for t in self._waiting if now - self._rung.get(t, 0.0) >= _GAP_SECONDS}
                self._waiting -= due
                self._rung.update(dict.fromkeys(due, now))
                listeners = list(self._subscribers)
                more = bool(self._waiting)
            for topic in sorted(due):
                for listener in listeners:
                    _call(listener, topic)
            if more:
                time.sleep(_GAP_SECONDS / 4)
                self._wake.set()


def _call(listener: Subscriber, topic: str) -> None:
    try:
        listener(topic)
    except Exception:  # noqa: BLE001 - a subscriber's own fault
        # Other subscribers, and later changes, must still be delivered.
        _log.exception("a subscriber failed at “%s”", topic)
