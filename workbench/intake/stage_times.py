"""Measures the time of each stage of adding.

Seconds of files processed in parallel add up.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Spent:
    """Seconds by stage. Thread-safe."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        """Attribute the time of a block to a stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            with self._lock:
                self._seconds[stage] += time.perf_counter() - started

    def timed(self, stage: str, items: Iterator[T]) -> Iterator[T]:
        """Yield the items, attributing the time to produce them to a stage."""
        while True:
            with self.on(stage):
                item = next(items, None)
            if item is None:
                return
            yield item

    def seconds(self) -> Mapping[str, float]:
        """The seconds counted so far."""
        with self._lock:
            return dict(self._seconds)
