"""The reader is loaded by the first who asks, and goes when nobody does."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench import allocator
from workbench.recall import reader_at_hand


def test_a_reader_that_nobody_asks_goes_and_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []

    def load(folder: Path, *, threads: int) -> object:
        loaded.append(folder)
        return object()

    now = 1000.0
    monkeypatch.setattr(reader_at_hand, "Reader", SimpleNamespace(load=load))
    monkeypatch.setattr(reader_at_hand, "time", SimpleNamespace(monotonic=lambda: now))
    monkeypatch.setattr(reader_at_hand._reader, "loaded", None)
    monkeypatch.setenv("WORKBENCH_READER", "somewhere")
    first = reader_at_hand.at_hand()
    now += 200
    allocator.give_back()
    assert reader_at_hand.at_hand() is first
    now += 400
    allocator.give_back()
    assert reader_at_hand.at_hand() is not first
    assert len(loaded) == 2
