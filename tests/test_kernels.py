"""Kernels: plain Python until they are loaded, the same results afterwards, made once."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.patience import seconds
from tests.plain_kernels import interpreted
from tests.sample_kernels import SAMPLE, twice_the_sum
from workbench import kernels, paths
from workbench.errors import Cancelled
from workbench.jobs import Cancel


@pytest.fixture(scope="module")
def cache() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.slow
def test_a_kernel_runs_as_python_until_it_is_loaded_and_gives_the_same_after(cache: Path) -> None:
    values = np.arange(1000)
    before = twice_the_sum(values)
    assert not kernels.is_cached(SAMPLE, cache)
    assert kernels.load(SAMPLE, cache)
    assert kernels.ready(SAMPLE)
    assert kernels.is_cached(SAMPLE, cache)
    assert twice_the_sum.run is not twice_the_sum.function
    assert twice_the_sum(values) == before == 999_000


@pytest.mark.slow
def test_machine_code_is_found_again_and_not_made_anew(cache: Path) -> None:
    kernels.load(SAMPLE, cache)
    code = (
        "import sys; from pathlib import Path; from workbench import kernels\n"
        "from tests.sample_kernels import SAMPLE, twice_the_sum\n"
        "kernels.load(SAMPLE, Path(sys.argv[1]))\n"
        "print(sum(twice_the_sum.run.stats.cache_hits.values()),"
        " sum(twice_the_sum.run.stats.cache_misses.values()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(cache)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "0"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("g++") is None, reason="making that code needs a C++ compiler")
def test_a_program_that_carries_machine_code_needs_no_compiler(tmp_path: Path) -> None:
    """As a bundle, in which numba is not installed."""
    code = (
        "import sys, numpy; from pathlib import Path\n"
        "import workbench; workbench.__path__.append(sys.argv[1])\n"
        "from tests.sample_kernels import SAMPLE, twice_the_sum\n"
        "if sys.argv[2] == 'compile':\n"
        "    import ahead; ahead.compile_ahead(SAMPLE, Path(sys.argv[1]))\n"
        "else:\n"
        "    sys.modules['numba'] = None\n"
        "    from workbench import kernels\n"
        "    print(kernels.is_cached(SAMPLE), kernels.prepare(SAMPLE), kernels.ready(SAMPLE),\n"
        "          twice_the_sum.run.__module__, twice_the_sum(numpy.arange(1000)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([".", "packaging"])}
    printed = ""
    for act in ("compile", "run"):
        printed = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), act],
            capture_output=True, text=True, check=True, env=environment,
        ).stdout  # fmt: skip
    assert printed.split() == ["True", "True", "True", "workbench.sample_compiled",
                               "999000"]  # fmt: skip


@pytest.mark.slow
def test_interpreted_puts_the_python_twin_back_for_a_while(cache: Path) -> None:
    kernels.load(SAMPLE, cache)
    with interpreted():
        assert not kernels.ready(SAMPLE)
        assert twice_the_sum.run is twice_the_sum.function
    assert kernels.ready(SAMPLE)


@pytest.mark.slow
def test_begin_makes_them_in_another_process_and_takes_them_over() -> None:
    code = (
        "from workbench import kernels\n"
        "from tests.sample_kernels import SAMPLE\n"
        "import sys\n"
        "if __name__ == '__main__':\n"
        "    kernels.begin([SAMPLE])\n"
        "    kernels._beginning.join()\n"
        "    print(kernels.ready(SAMPLE), kernels.is_cached(SAMPLE))\n"
        "    kernels.end()\n"
    )
    script = paths.cache_dir().parent / "begin.py"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert done.stdout.split() == ["True", "True"]
    assert done.stderr.splitlines() == [kernels._COMPILING]


def test_end_stops_a_making_in_hand() -> None:
    kernels.begin([kernels.KernelSet("sample-2", ("tests.sample_kernels",))])
    kernels.end()
    assert not kernels.ready(kernels.KernelSet("sample-2", ("tests.sample_kernels",)))


def test_what_begins_waits_for_those_who_are_busy_unless_somebody_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, looks = threading.Event(), [0]
    monkeypatch.setattr(kernels, "_POLL_SECONDS", 0.001)
    monkeypatch.setattr(kernels, "load", lambda wanted: loaded.append((wanted.name, looks[0])))
    monkeypatch.setattr(kernels, "is_cached", lambda _wanted: True)
    loaded: list[tuple[str, int]] = []

    def busy() -> bool:
        looks[0] += 1
        return looks[0] < 4

    def ever() -> bool:
        asked.set()
        return True

    first = kernels.KernelSet("sample-7", ("tests.sample_kernels",))
    kernels.begin([first], busy)
    beginning = kernels._beginning
    assert beginning is not None
    beginning.join()
    kernels.end()
    # It was looked at once more before the machine code was taken over.
    assert loaded == [("sample-7", 5)]
    kernels.begin([first], ever)
    assert asked.wait(seconds(60))
    assert kernels.making(first)
    kernels.prepare(first)
    kernels.end()
    assert len(loaded) == 3
    asked.clear()
    kernels.begin([first], ever)
    assert asked.wait(seconds(60))
    kernels.end()
    assert not kernels.making(first)


def test_a_process_that_fails_to_compile_is_started_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    def fails(wanted: kernels.KernelSet) -> "subprocess.Popen[bytes]":
        started.append(wanted.name)
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])

    monkeypatch.setattr(kernels, "_start_compiler", fails)
    monkeypatch.setattr(kernels, "_RETRY_SECONDS", 0.0)
    wanted = kernels.KernelSet("sample-5", ("tests.sample_kernels",))
    kernels.begin([wanted])
    beginning = kernels._beginning
    assert beginning is not None
    beginning.join()
    kernels.end()
    assert started == ["sample-5", "sample-5"]
    assert not kernels.ready(wanted)


@pytest.mark.slow
def test_a_set_is_prepared_by_a_process_of_its_own_that_says_how_far_it_is() -> None:
    told: list[tuple[int, int | None]] = []
    fresh = kernels.KernelSet("sample-3", ("tests.sample_kernels",))
    with interpreted():
        assert kernels.prepare(fresh, lambda each: told.append((each.done, each.total)))
    assert kernels.is_cached(fresh)
    assert told
    assert all(total == 1 for _, total in told)
    stop = Cancel()
    stop.set()
    with pytest.raises(Cancelled):
        kernels.prepare(kernels.KernelSet("sample-4", ("tests.sample_kernels",)), cancel=stop)
