"""A library on disk for questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.store.store import Store


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reader that ships, which gives values and chooses the sentence."""
    monkeypatch.delenv("WORKBENCH_READER")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty library on disk."""
    with Store.open(tmp_path / "library.brain") as opened:
        yield opened
