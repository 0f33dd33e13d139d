"""Minutes of mixed work in one process: do its memory, handles, threads and file go on growing?

Documents come and are deleted for good, statements are told, found, edited and forgotten, questions
asked, statements linked and forgotten in sleep, so that the library ends as large as it was. What
still grows, grows without end.
"""

import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import in_home, tree_megabytes
from tests.benchmarks.prose import Prose
from tests.benchmarks.reliability.children import fault
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

#: How often a process is looked at, in seconds.
_EVERY = 5.0
#: The share of a run before which everything is loaded for the first time.
_WARM = 1 / 6

GOALS = {
    "soak_memory_growth": Goal("%", 2.0, higher=False),
    "soak_handle_growth": Goal("%", 2.0, higher=False),
    "soak_thread_growth": Goal("%", 2.0, higher=False),
    "soak_faults": Goal("count", 0, higher=False),
}
_QUESTIONS = (
    "Where does Ada live?",
    "What did the river carry to the town?",
    "Which valve must be shut?",
    "Who keeps the ledger?",
    "When was the bridge of the valley built?",
)


@dataclass(frozen=True, slots=True)
class Look:
    """A process at one moment: memory of its tree in MB, open handles, threads, file in MB."""

    memory: float
    handles: int
    threads: int
    file: float


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Work for `count` minutes and yield how much grew after the first sixth, in percent."""
    library, ready = folder / "soak.brain", folder / "faults"
    command = [sys.executable, "-m", __name__, str(library), str(ready), str(60 * count)]
    worker = subprocess.Popen(command, env=in_home(folder / "home"))
    looks: list[Look] = []
    try:
        while worker.poll() is None:
            time.sleep(_EVERY)
            if (now := _look(worker.pid, library)) is not None:
                looks.append(now)
                if len(looks) % 24 == 0:
                    say(f"after {len(looks) * _EVERY / 60:.0f} minutes: {now}")
    finally:
        worker.kill()
        worker.wait()
    told = json.loads(ready.read_text()) if ready.exists() else {"faults": ["it ended early"]}
    for line in told["faults"][:5]:
        say(f"fault: {line}")
    did = f"{count} minutes, {told.get('did')}"
    figures: Mapping[str, Callable[[Look], float]] = {
        "soak_memory_growth": lambda look: look.memory,
        "soak_handle_growth": lambda look: look.handles,
        "soak_thread_growth": lambda look: look.threads,
        "soak_file_growth": lambda look: look.file,
    }
    for name, figure in figures.items():
        yield judged(name, growth([figure(look) for look in looks]), GOALS, did, "%")
    yield judged("soak_faults", len(told["faults"]), GOALS, did)


def growth(figures: list[float]) -> float | None:
    """By how many percent the last quarter is above the first after warming up; None: too few."""
    warm = figures[int(len(figures) * _WARM) :]
    quarter = len(warm) // 4
    if not quarter:
        return None
    begin, end = statistics.median(warm[:quarter]), statistics.median(warm[-quarter:])
    return round(100 * (end / begin - 1), 2)


def _look(pid: int, library: Path) -> Look | None:
    process = Path("/proc") / str(pid)
    try:
        handles, threads = (sum(1 for _ in (process / what).iterdir()) for what in ("fd", "task"))
        size = sum(part.stat().st_size for part in library.parent.glob(f"{library.name}*"))
    except OSError:
        return None  # it is ending
    return Look(round(tree_megabytes(pid), 1), handles, threads, round(size / 1e6, 2))


def work(library: Path, seconds: float) -> tuple[dict[str, int], list[str]]:
    """What was done, by name, and every error, in three threads on one library."""
    until, did, faults = time.monotonic() + seconds, dict.fromkeys(_WORK, 0), list[str]()
    with Library.open(library) as opened:
        for number in range(40):
            opened.facts.tell(f"Valve {number} is critical and must be shut by person {number}")

        def go_on(name: str, act: Callable[[Library, int], None]) -> None:
            number = 0
            while time.monotonic() < until:
                number += 1
                try:
                    act(opened, number)
                    did[name] += 1
                except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
                    faults.append(f"{name}: {fault(error)}")

        threads = [threading.Thread(target=go_on, args=each) for each in _WORK.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return did, faults


def _read(library: Library, number: int) -> None:
    prose = Prose(number)
    (added,) = library.add_text(prose.text(4_000), title=f"Report {number}")
    source = added.source
    assert source is not None
    library.sources.tag([source], "soaked")
    library.sources.trash([source])
    library.sources.delete([source])


def _tell(library: Library, number: int) -> None:
    told = library.facts.tell(f"Ada put lamp {number} into cabin {number % 7}")
    edited = library.facts.edit(told.new[0], f"Ada put lamp {number} into the {number % 5}. cabin")
    library.facts.recall(f"lamp {number}")
    library.facts.forget([edited.id])
    if number % 200 == 0:
        library.sleep.run()


def _ask(library: Library, number: int) -> None:
    question = _QUESTIONS[number % len(_QUESTIONS)]
    library.ask(question)
    library.facts.value(question)
    library.search("valve")
    library.facts.associate("valve")


_WORK: Mapping[str, Callable[[Library, int], None]] = {
    "documents": _read,
    "statements": _tell,
    "questions": _ask,
}


def main() -> None:
    """Work on the library of the command line for so many seconds, and write what went wrong."""
    library, told, seconds = sys.argv[1:]
    did, faults = work(Path(library), float(seconds))
    Path(told).write_text(json.dumps({"did": did, "faults": faults}))


if __name__ == "__main__":
    main()
