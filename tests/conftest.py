"""What every test stands on: no display, a home of its own, and nothing left running behind it."""

import os

# The hundreds of programs that tests start would each compile all they import, numpy included.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Before any import of Qt: without a display it would abort the process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
# Most tests are about what is found; to read it takes a second of two cores a question.
os.environ.setdefault("WORKBENCH_READER", "off")
# What is said is compared in English, whatever language a developer reads.
os.environ["LANGUAGE"] = "en"

import gc
import itertools
import multiprocessing
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import new_library, shared_reader
from tests.patience import seconds

# What pytest-timeout allows a test, set-up included; some of them compile loops first.
os.environ.setdefault("PYTEST_TIMEOUT", f"{seconds(150):.0f}")
# Time says nothing on a machine that does other things, too.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")


#: Files with one test of minutes: begun last, it would keep one process busy and the other idle.
_LONG = ("test_window_suite.py", "test_big_schemas.py", "test_books_suite.py")
#: A folder in memory, and the free bytes that the default run may take up there.
_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Put temporary files of the default run in memory, where there is room for them.

    On a disk, thousands of small libraries wait for it, each several times. Slow tests make files
    too large for this, and a folder that a developer has named is left as it is.
    """
    if config.getoption("shuffle") is not None or config.getoption("markexpr") == "slow":
        # Otherwise the files with most tests come first, whatever order they are collected in.
        config.option.loadscopereorder = False
    if config.getoption("markexpr") != "not slow" or os.environ.get("TMPDIR"):
        return
    if sys.platform == "linux" and _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        system = os.statvfs(_MEMORY)
        if shutil.disk_usage(_MEMORY).free > _ROOM and not system.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"], tempfile.tempdir = str(_MEMORY), None


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Collect tests without collecting garbage, and never look through them for any later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    # Counted here: to number a folder, `mktemp` looks at all that there are, thousands by then.
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in itertools.count())


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes by their number: what is packed while tests are collected holds the time of it.

    With names of such bytes two workers that collect in different seconds know different tests.
    """
    return f"{argname}: {len(val)} bytes" if isinstance(val, bytes) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shuffle", type=int, metavar="SEED", help="run files, and the tests of each, in any order"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long files first; shuffle files, and the tests of each, which may share what is made."""
    if config.getoption("markexpr") == "slow":
        items.sort(key=lambda item: item.path.name not in _LONG)
    seed = config.getoption("shuffle")
    if seed is None:
        return
    drawn = random.Random(seed)
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    order = list(files.values())
    drawn.shuffle(order)
    for tests in order:
        drawn.shuffle(tests)
    items[:] = itertools.chain(*order)


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, cache and default library of each test lie in a folder of its own."""
    home = next(_homes)
    home.mkdir()
    monkeypatch.setenv("WORKBENCH_HOME", str(home))


#: Where libraries are made from nothing.
_MADE_ANEW = frozenset(("benchmarks", "care", "live", "models", "packaging", "resources", "store"))
#: Where processes, their ends and their settings are tested, or take part in a picture.
_OWN_READERS = frozenset(
    ("benchmarks", "brain", "care", "cli", "ingest", "intake", "links", "live", "models",
     "packaging", "resources", "sleep", "ui", "test_background_workers.py", "test_library_care.py",
     "test_ways.py")
)  # fmt: skip


@pytest.fixture(scope="session")
def _readers() -> Iterator[None]:
    yield
    shared_reader.end()


@pytest.fixture(autouse=True, scope="module")
def _light_libraries(request: pytest.FixtureRequest, _readers: None) -> Iterator[None]:
    """Libraries begin as copies of one, and have their files read by one process after another."""
    place = request.path.relative_to(Path(__file__).parent).parts[0]
    with pytest.MonkeyPatch.context() as patch:
        if place not in _OWN_READERS:
            patch.setattr("workbench.intake.reader.Process", shared_reader.SharedProcess)
        if place not in _MADE_ANEW:
            patch.setattr("workbench.store.file._first_page", new_library.content)
        yield


#: Threads that a library starts when there is something for them.
_LATER = frozenset(("changes", "linking", "strengths", "vectors", "watcher"))


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process behind."""
    threads = set(threading.enumerate())
    # A library of a whole module begins these when its changes reach them, in whichever test.
    later = _LATER if any(t.name == "workbench-sync" for t in threads) else frozenset()
    yield
    deadline = time.monotonic() + seconds(20)
    while True:
        left = [
            t
            for t in threading.enumerate()
            if t not in threads and t.name not in later and not _harmless(t)
        ]
        children = multiprocessing.active_children()
        if not left and not children:
            return
        if time.monotonic() > deadline:
            names = ", ".join([t.name for t in left] + [c.name for c in children])
            pytest.fail(f"left running after the test: {names}")
        time.sleep(0.02)


def _harmless(thread: threading.Thread) -> bool:
    # Qt's own pool threads show up as dummies once Python code has run in them.
    return isinstance(thread, threading._DummyThread) or thread.name.startswith(
        ("pytest_timeout", shared_reader.NAME)
    )


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The evaluation data; its tests are skipped, with this reason, where it is absent."""
    folder = Path(os.environ.get("WORKBENCH_CORPUS", "../shared/data"))
    if not folder.is_dir():
        pytest.skip(f"no evaluation data at {folder}: set WORKBENCH_CORPUS to run these tests")
    return folder.resolve()
