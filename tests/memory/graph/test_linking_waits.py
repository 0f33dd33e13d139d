"""While files are being read, what links in the background waits a moment, and then goes slowly."""

import threading

import pytest

from tests.patience import seconds
from workbench.memory.graph import background
from workbench.memory.graph.background import Background


class _Batches:
    """A worker that has so many batches left, and says when the last is done."""

    read_only = False

    def __init__(self, left: int) -> None:
        self.left = left
        self.writes = 0
        self.done = threading.Event()

    def step(self, _limit: int | None = None) -> int:
        if not self.left:
            self.done.set()
            return 0
        self.left -= 1
        self.writes += 1
        return 1


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_WAIT", 0.0)
    monkeypatch.setattr(background, "_POLL", 0.001)
    monkeypatch.setattr(background, "_QUIET", 0.0)


def test_it_links_once_nothing_is_read_any_more() -> None:
    batches, idle = _Batches(3), _Batches(0)
    left: list[int] = []

    def busy() -> bool:
        left.append(batches.left)
        return len(left) < 5

    linking = Background(batches, idle, busy=busy)  # type: ignore[arg-type]
    linking.wake()
    assert batches.done.wait(seconds(60))
    linking.close()
    assert left[:5] == [3] * 5


def test_it_links_though_reading_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_READ_WAIT", 0.01)
    batches, idle = _Batches(2), _Batches(0)
    linking = Background(batches, idle, busy=lambda: True)  # type: ignore[arg-type]
    linking.wake()
    assert batches.done.wait(seconds(60))
    linking.close()
