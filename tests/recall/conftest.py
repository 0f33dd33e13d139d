"""A library on disk for questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty library on disk."""
    with Store.open(tmp_path / "library.brain") as opened:
        yield opened
