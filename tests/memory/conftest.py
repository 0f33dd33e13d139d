"""A library on disk, and statements for it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.memory.memory_shelf import Put, put_into
from workbench.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty library on disk."""
    with Store.open(tmp_path / "library.brain") as opened:
        yield opened


@pytest.fixture
def put(store: Store) -> Put:
    """Store statements as one source of `store` and return its id."""
    return partial(put_into, store)
