"""What a reader may use, and that one which takes more costs one file and one sentence."""

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench import paths
from workbench.intake import limits
from workbench.intake.intake import Intake
from workbench.store import sources
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these limits are Linux's")


def ended(code: str) -> "subprocess.CompletedProcess[str]":
    """Run a few lines under the limits of a reader, in a process of their own."""
    lines = f"from workbench.intake import limits\nlimits.be_modest()\n{code}"
    return subprocess.run(
        [sys.executable, "-c", lines],
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds(100),
    )


def test_memory_is_limited_where_it_is_private_and_not_where_a_file_is_mapped(
    tmp_path: Path,
) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(limits.MEMORY + (1 << 28))
    done = ended(
        f"import mmap, pathlib\n"
        f"with open({str(large)!r}, 'rb') as f:\n"
        f"    view = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)\n"
        f"    print(len(view))\n"
        f"try:\n    bytearray(limits.MEMORY)\nexcept MemoryError:\n    print('refused')\n"
        f"print(len(bytearray(limits.MEMORY // 4)))"
    )
    assert done.stdout.split() == [
        str(limits.MEMORY + (1 << 28)),
        "refused",
        str(limits.MEMORY // 4),
    ]


@pytest.mark.slow
def test_work_that_never_ends_is_ended_by_the_kernel() -> None:
    done = ended("dog = limits.Watchdog(seconds=1)\ndog.begin()\nwhile True: pass")
    assert done.returncode == -signal.SIGXCPU


def test_silence_is_ended_by_the_kernel_also_where_python_cannot_run() -> None:
    # The expression backtracks for longer than anybody lives and holds on to the interpreter.
    done = ended(
        "import re\ndog = limits.Watchdog(silence=0.3)\ndog.begin()\nre.match('(a+)+b', 'a' * 60)"
    )
    assert done.returncode == -signal.SIGALRM


@pytest.mark.slow
def test_a_reader_at_rest_is_left_alone_and_one_that_speaks_too() -> None:
    done = ended(
        "import time\n"
        "dog = limits.Watchdog(silence=1.2)\n"
        "dog.begin()\n"
        "for _ in range(2):\n    time.sleep(1.05)\n    dog.wind()\n"
        "dog.suspend()\ntime.sleep(1.3)\nprint('alive')"
    )
    assert done.stdout.strip() == "alive"


def test_no_core_is_left_and_what_is_written_is_bounded(tmp_path: Path) -> None:
    done = ended(
        "import resource\n"
        "from ingest import isolation\n"
        f"isolation.enclose(isolation.Cage((), [{str(tmp_path)!r}]))\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], "
        "resource.getrlimit(resource.RLIMIT_FSIZE)[0] == isolation.FILE_SIZE)\n"
        f"file = open({str(tmp_path / 'x')!r}, 'wb')\n"
        "file.seek(isolation.FILE_SIZE)\n"
        "try:\n    file.write(b'x'); file.flush()\nexcept OSError as error:\n    print(error.errno)"
    )
    assert done.stdout.split() == ["0", "True", "27"]


@pytest.mark.slow
def test_a_section_without_an_end_is_one_sentence_and_the_rest_goes_on(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake(lanes=1)
    added = intake.run(intake.enqueue([write_file("line.txt", "endless"), write_file("good.txt")]))
    assert [each.state for each in added] == ["failed", "verified"]
    assert "memory" in str(added[0].error)
    assert verify(store).sound


def an_archive(folder: Path, count: int) -> Path:
    archive = folder / "many.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(count):
            words = f"Chapter {number}\n\n" + "The keeper of the lamp went up. " * 200
            file.writestr(f"{number}.txt", words)
    return archive


@pytest.mark.slow
def test_i4_cancelling_an_archive_leaves_no_file_in_any_folder(
    store: Store,
    make_intake: MakeIntake,
    tmp_path: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aside = tmp_path / "temporary"
    aside.mkdir()
    monkeypatch.setenv("TMPDIR", str(aside))
    intake = make_intake(reader="ingest.readers:read")
    (job,) = intake.enqueue([an_archive(tmp_path, 400)])
    intake.start()

    def reading() -> bool:
        with store.read() as connection:
            return len(sources.listing(connection)) > 3

    until(reading)
    intake.cancel(job)
    until(lambda: not intake._dispatcher.running)
    assert list(aside.rglob("*")) == []
    assert not [path for path in paths.cache_dir().rglob("*") if path.is_file()]
    intake.close()
    assert not (paths.cache_dir() / "reading").exists() or not any(
        (paths.cache_dir() / "reading").rglob("*/*")
    )
    assert os.environ["TMPDIR"] == str(aside)
