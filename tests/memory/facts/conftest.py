"""A library of its own for each test of the fact memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.brain"


@pytest.fixture
def library(file: Path) -> Iterator[Library]:
    with Library.open(file) as made:
        yield made
