"""Many changes ring the bell a few times, and never one time too few."""

import itertools
import threading
import time

from tests.patience import seconds
from workbench.changes import Changes


def test_many_changes_ring_few_times_and_once_after_the_last() -> None:
    changes = Changes()
    heard: list[float] = []
    last_told = 0.0
    after_last = threading.Event()

    def listener(topic: str) -> None:
        heard.append(time.monotonic())
        if last_told:
            after_last.set()

    changes.subscribe(listener)
    for _ in range(500):
        changes.tell("sources")
        time.sleep(0.0005)
    last_told = time.monotonic()
    changes.tell("sources")
    assert after_last.wait(seconds(60))
    changes.close()
    gaps = [b - a for a, b in itertools.pairwise(heard)]
    assert len(heard) < 100
    assert min(gaps, default=1.0) > 0.05


def test_who_has_left_hears_nothing() -> None:
    changes = Changes()
    heard: list[str] = []
    leave = changes.subscribe(heard.append)
    leave()
    changes.tell("queue")
    time.sleep(0.05)
    changes.close()
    assert heard == []


def test_nobody_listening_starts_no_thread() -> None:
    before = threading.active_count()
    changes = Changes()
    changes.tell("queue")
    assert threading.active_count() == before
    changes.close()
