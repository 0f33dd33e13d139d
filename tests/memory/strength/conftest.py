"""A library in memory whose clock is moved by hand."""

from collections.abc import Iterator

import pytest

from tests.memory.strength.remembered import Clock
from workbench.library import Library


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(clock: Clock) -> Iterator[Library]:
    with Library.open(":memory:", clock=clock) as library:
        yield library
