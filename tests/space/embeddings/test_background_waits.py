"""What is read in the background waits for files that are being added, and not for ever."""

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.patience import seconds
from workbench.jobs import Cancel
from workbench.space.embeddings import background
from workbench.space.embeddings.background import Background


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_WAIT", 0.0)
    monkeypatch.setattr(background, "_POLL", 0.001)


def _run(busy: Callable[[], bool], saw: Callable[[], object]) -> list[object]:
    """Wake it once; returns what was seen when it read."""
    read = threading.Event()
    seen: list[object] = []

    def catch_up(_cancel: Cancel) -> None:
        seen.append(saw())
        read.set()

    reading = Background(catch_up, lambda: True, "waiting", busy)
    try:
        reading.wake()
        assert read.wait(seconds(60))
    finally:
        reading.close()
    return seen


def test_it_reads_once_nobody_is_busy() -> None:
    looks: Iterator[bool] = iter([True, True, True, False])
    answers: list[bool] = []

    def busy() -> bool:
        answers.append(next(looks))
        return answers[-1]

    assert _run(busy, lambda: list(answers)) == [[True, True, True, False]]


def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_BUSY_WAIT", 0.01)
    assert _run(lambda: True, lambda: "busy") == ["busy"]


def test_it_ends_while_it_waits() -> None:
    asked = threading.Event()

    def busy() -> bool:
        asked.set()
        return True

    reading = Background(lambda _cancel: None, lambda: True, "waiting", busy)
    reading.wake()
    assert asked.wait(seconds(60))
    reading.close()
