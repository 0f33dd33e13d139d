"""A page about tides on a local server, an empty library, and what may be left behind."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import seconds
from tests.web_server import Page, WebServer, article, web_server
from workbench.library import Library

TIDES = article(
    "Tides of Bredal",
    "The tide turns at noon in Bredal, said the keeper of the lock.",
    "He has watched it for forty years from the same chair.",
    head='<meta name="author" content="Ada Holm"><meta name="date" content="2021-05-04">',
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A server with a page about tides."""
    with web_server() as running:
        running.pages["/tides"] = Page(TIDES)
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


def kept_hashes(library: Library) -> list[str]:
    """The hashes of all originals in the library."""
    with library._store.read() as connection:
        return [row[0] for row in connection.execute("SELECT hash FROM original ORDER BY hash")]


def laid_out() -> list[Path]:
    """Files that were laid out for a reader and are still there."""
    folder = Path(os.environ["WORKBENCH_HOME"]) / "cache" / "reading"
    return [path for path in folder.rglob("*") if path.is_file()]


def until(condition: object) -> None:
    deadline = time.monotonic() + seconds(30)
    while not condition():  # type: ignore[operator]
        if time.monotonic() > deadline:
            pytest.fail("it never came true")
        time.sleep(0.01)
