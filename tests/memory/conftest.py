"""A library on disk, and statements for it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.memory.memory_shelf import Put, put_into
from tests.memory.told import ValueOf, value_in
from workbench.library import Library
from workbench.store.store import Store


@pytest.fixture
def clock() -> Clock:
    """The clock of `library`."""
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    """An empty library on disk, whose time is that of `clock`."""
    with Library.open(tmp_path / "library.brain", clock=clock) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty library on disk."""
    with Store.open(tmp_path / "library.brain") as opened:
        yield opened


@pytest.fixture
def put(store: Store) -> Put:
    """Store statements as one source of `store` and return its id."""
    return partial(put_into, store)


@pytest.fixture(scope="module")
def value_of() -> Iterator[ValueOf]:
    """Tell statements and ask for a value of them, each time in a collection of its own."""
    with Library.open(":memory:") as library:
        ask = value_in(library)
        # The threads of a library begin with its first statement: they are this module's.
        ask(["The harbour is deep."], "Is the harbour deep?")
        yield ask
