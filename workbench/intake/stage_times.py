"""Measures how long each stage of adding takes.

Seconds of several files that are worked at the same time add up.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Spent:
    """Seconds by stage; safe from any thread."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        """Count what is done within to a stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            with self._lock:
                self._seconds[stage] += time.perf_counter() - started

    def timed(self, stage: str, items: Iterator[T]) -> Iterator[T]:
        """The items; what it takes to make them counts to a stage."""
        while True:
            with self.on(stage):
                item = next(items, None)
            if item is None:
                return
            yield item

    def seconds(self) -> Mapping[str, float]:
        """What was counted so far."""
        with self._lock:
            return dict(self._seconds)
