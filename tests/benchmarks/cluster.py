"""Reading on a Dask cluster: what dies costs and doubles nothing, and what a second worker gains.

The scheduler and its workers are processes of this machine.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import made_files, made_pdf
from tests.benchmarks.prose import Prose
from tests.benchmarks.rows import Goal, Row, Say, judged
from tests.intake import machines
from workbench.library import Library

SOURCES, DOCUMENTS = 10_000, 200
GOALS = {
    "dask_lost_or_doubled": Goal("count", 0, False),
    "dask_scaling_1_to_2": Goal("ratio", 1.7, True),
}
#: Seconds between two deaths of a worker; pages of a document, which are drawn and recognised.
_KILLED_EVERY, _PAGES = 20.0, 6


def measure(
    home: Path, say: Say, sources: int = SOURCES, documents: int = DOCUMENTS
) -> Iterator[Row]:
    """Small sources on two workers that are killed in turn, then PDFs on one worker and on two."""
    home.mkdir()
    small = home / "small"
    small.mkdir()
    for number in range(sources):
        made_files.text(small / f"{number}.txt", Prose(number), 200)
    seconds, deaths, titles = _killed(home, small)
    wrong = sum(abs(count - 1) for count in titles.values()) + abs(sources - len(titles))
    on = f"{sources:,} sources on two workers, {deaths} killed, {seconds:.0f} s"
    say(f"cluster: {on}; {wrong} lost or doubled")
    whole = GOALS if sources == SOURCES else {}
    yield judged("dask_lost_or_doubled", wrong, whole, on, "count")
    large = home / "large"
    large.mkdir()
    for number in range(documents):
        made_pdf.write(large / f"{number}.pdf", _PAGES + number % 3)
    one, two = (_timed(home, large, workers) for workers in (1, 2))
    on = f"{documents} PDFs of {_PAGES} to {_PAGES + 2} pages: {one:.0f} and {two:.0f} s"
    say(f"cluster: {on}")
    whole = GOALS if documents == DOCUMENTS else {}
    yield judged("dask_scaling_1_to_2", one / two, whole, on, "ratio")


def _killed(home: Path, folder: Path) -> tuple[float, int, Counter[str]]:
    """Seconds, deaths, and how often each title is in the library."""
    began = time.perf_counter()
    with (
        machines.started(home / "killed", 2) as cluster,
        Library.open(home / "killed.brain") as library,
    ):
        library.queue.read_on(cluster.address)
        done = threading.Event()

        def kill() -> None:
            while not done.wait(_KILLED_EVERY):
                machines.end(cluster.workers[-2])
                cluster.join()

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            library.add(folder, each=lambda _added: None)
        finally:
            done.set()
            killer.join()
        rows = library.sources.list()
        return time.perf_counter() - began, len(cluster.workers) - 2, Counter(r.hash for r in rows)


def _timed(home: Path, folder: Path, workers: int) -> float:
    """The seconds in which so many workers read a folder, once they are there."""
    with (
        machines.started(home / f"timed {workers}", workers) as cluster,
        Library.open(home / f"timed {workers}.brain") as library,
    ):
        while library.queue.read_on(cluster.address) < 2 * workers:
            time.sleep(0.5)
        began = time.perf_counter()
        library.add(folder, each=lambda _added: None)
        return time.perf_counter() - began
