"""A library with an intake, an index small enough to see through, and files to add."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.intake.intake import Intake
from workbench.intake.records import Hooks
from workbench.store import text
from workbench.store.store import Store

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]


class SeeThroughIndex:
    """Knows the sources of all engrams up to the last call."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last = 0
        self._lock = threading.Lock()
        self.sources: set[int] = set()
        self.times = 0

    def index(self) -> None:
        """Take in the engrams that are new."""
        with self._lock, self._store.read() as connection:
            self.times += 1
            while batch := text.replay(connection, self._last, 1000):
                self.sources.update(item[1] for item in batch)
                self._last = batch[-1][0]

    def find(self, source: int) -> bool:
        """Whether a source has been taken in."""
        return source in self.sources


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty library."""
    with Store.open(tmp_path / "library.brain") as opened:
        yield opened


@pytest.fixture
def make_intake(store: Store) -> Iterator[MakeIntake]:
    """Make intakes over `store` (or another), closed after the test."""
    made: list[Intake] = []

    def make(
        other: Store | None = None,
        *,
        reader: str = "fake_readers:read",
        lanes: int | None = None,
        find: Callable[[int], bool] | None = None,
        notify: Callable[[str], None] = lambda topic: None,
        look_seconds: float = 3.0,
    ) -> Intake:
        index = SeeThroughIndex(other or store)
        intake = Intake(
            other or store,
            Hooks(index.index, find or index.find, notify),
            reader=reader,
            lanes=lanes,
            look_seconds=look_seconds,
        )
        made.append(intake)
        return intake

    yield make
    for intake in made:
        intake.close()


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """Write a file for the fake reader: directives, then numbered lines."""

    def write(name: str, directives: str = "plain", lines: int = 10, word: str = "amber") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        body = [f"{word} number {n} of {name}" for n in range(lines)]
        path.write_text("\n".join([directives, *body]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def until() -> Until:
    """Wait until a condition holds; fail when it does not within half a minute."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + seconds(30)
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail("it never came true")
            time.sleep(0.01)

    return wait


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file before which recognition waits until it is there, for some minutes at most."""
    real = shutil.which("tesseract")
    opened = tmp_path / "opened"
    script = tmp_path / "bin" / "tesseract"
    script.parent.mkdir()
    script.write_text(
        "#!/bin/sh\nleft=6000\n"
        f"while [ ! -e '{opened}' ] && [ $left -gt 0 ]; do sleep 0.05; left=$((left - 1)); done\n"
        f"exec '{real}' \"$@\"\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("WORKBENCH_OCR", "tesseract")
    return opened
