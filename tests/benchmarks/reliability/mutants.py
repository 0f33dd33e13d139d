"""Changed files of every kind, read in real reader processes: does one die, hang or swell?

A mutant is a file with a few changes that fit its structure (`mutations`). Whatever it is, its
reader must give records or one plain sentence, within `_CPU` seconds of processor time and a
gigabyte, open no connection and leave no file behind. Each fault is said with the seed and the
number that make the mutant again.
"""

import contextlib
import itertools
import os
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from ingest.records import Notice
from tests.benchmarks.reliability import mutant_files, mutations
from tests.benchmarks.rows import Goal, Row, Say, agreed, judged
from workbench.errors import InputError
from workbench.intake.reader import Reader, Request
from workbench.jobs import Cancel

CRASHES, HANGS, PEAK = "mutants_20000_crashes", "mutants_hangs", "mutants_peak_memory"
GOALS = {
    CRASHES: Goal("count", 0, higher=False),
    HANGS: Goal("count", 0, higher=False),
    PEAK: Goal("MB", 1000, higher=False),
}

#: Seconds of processor time after which a reading counts as hanging.
CPU = 30.0
_SEED = 23
_READER = "tests.benchmarks.reliability.mutant_reader:read"
#: What no sentence for a reader of books says.
_UNPLAIN = re.compile(
    r"\b[A-Z]\w+(?:Error|Exception)\b|Traceback|<class|0x[0-9a-f]{6}|\bNone\b|b'|errno|\.py\b"
)
_LONGEST = 400
#: Notices of `mutant_reader` itself.
_WATCHED = ("part", "connect")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file: made of `original` by the generator of this number."""

    number: int
    original: Path
    data: bytes

    @property
    def name(self) -> str:
        """A file name with the suffix of the original."""
        return f"{self.number}{''.join(self.original.suffixes[-2:])[-20:]}"

    def __str__(self) -> str:
        return f"mutant {self.number} of {self.original.name}"


@dataclass(slots=True)
class Found:
    """What came of so many mutants; each fault as its kind and a sentence.

    Kinds are crash, hang, unplain (a sentence that no reader of books understands), part (a fault
    of the program that cost one part), connect and left (a file).
    """

    mutants: int = 0
    read: int = 0
    refused: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)
    peak: float = 0.0
    largest: str = ""
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    kinds: Counter[str] = field(default_factory=Counter)

    def count(self, *kinds: str) -> int:
        """How many faults there are of these kinds."""
        return sum(kind in kinds for kind, _ in self.faults)


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Read so many mutants and yield the rows of what went wrong."""
    if sys.platform != "linux":
        yield from agreed([], GOALS, "measured on Linux only")
        return
    found = tried(folder, count, peers=mutant_files.peers(), say=say, lanes=os.cpu_count() or 1)
    what = (
        f"{found.mutants:,} changed files of {len(found.kinds)} kinds, {found.read:,} read, "
        f"{found.refused:,} refused with a sentence, {found.count('part')} faults in one part, "
        f"{found.count('unplain')} sentences not plain, {found.count('connect')} connects, "
        f"{found.count('left')} files left, {found.seconds:.0f} s of processor time"
    )
    yield judged(CRASHES, found.count("crash", "unplain", "connect", "left"), GOALS, what)
    slow, which = found.slowest
    most = f"the same, above {CPU:g} s; most {slow:.1f} s, {which}"
    yield judged(HANGS, found.count("hang"), GOALS, most)
    yield judged(PEAK, found.peak, GOALS, f"the same; {found.largest}")


def tried(
    folder: Path,
    count: int,
    *,
    seed: int = _SEED,
    first: int = 0,
    peers: Path | None = None,
    lanes: int = 1,
    only: Callable[[Path], bool] = lambda _: True,
    say: Say = lambda _: None,
) -> Found:
    """Make files, change them `count` times, read each, and tell what became of it.

    Of the files, `only` says which to change.
    """
    originals = folder / "originals"
    originals.mkdir(parents=True)
    files = [path for path in mutant_files.write(originals, peers) if only(path)]
    found = Found()
    waiting = iter(range(first, first + count))
    lock = threading.Lock()

    def lane(number: int) -> None:
        with Lane(folder / f"lane-{number}") as own:
            while True:
                with lock:
                    at = next(waiting, None)
                if at is None:
                    break
                one = mutant(files, seed, at)
                told = own.read(one)
                with lock:
                    note(found, one, told, say)
            with lock:
                found.faults += [("left", str(path)) for path in own.left()]

    with ThreadPoolExecutor(lanes) as pool:
        for _ in pool.map(lane, range(lanes)):
            pass
    return found


def mutant(files: Sequence[Path], seed: int, number: int) -> Mutant:
    """The mutant of this number: files take turns, those of our own making more often."""
    random = Random(f"{seed}-{number}")
    own = list(itertools.takewhile(lambda path: path.stem.startswith("made"), files))
    original = random.choice(own if random.random() < 0.5 or len(own) == len(files) else files)
    data = original.read_bytes()
    match random.randrange(60):
        case 0:
            data = mutations.quine()
        case 1:
            data = mutations.encoded_bomb()
        case _:
            data = mutations.mutated(data, random, original.suffix[1:])
    return Mutant(number, original, data)


@dataclass(frozen=True, slots=True)
class Told:
    """What a reading came to."""

    how: str
    sentence: str
    seconds: float
    megabytes: float
    notices: tuple[tuple[str, str], ...]


class _Slow(Exception):
    """A reading has used up its processor time."""


class Lane:
    """One reader process at a time, its folder, and what it uses."""

    def __init__(self, folder: Path, reader: str = _READER) -> None:
        self._inbox = folder / "inbox"
        self._inbox.mkdir(parents=True)
        self._scratch = folder / "scratch"
        self._reader = Reader(reader, scratch=self._scratch)

    def __enter__(self) -> "Lane":
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    def read(self, mutant: Mutant) -> Told:
        """Read one mutant to its end."""
        path = self._inbox / mutant.name
        path.write_bytes(mutant.data)
        self._reader.start()
        spent = _Spent(self._reader)
        notices: list[tuple[str, str]] = []
        how, sentence = "read", ""
        try:
            for frame in self._reader.read(Request(str(path), path.name), spent):
                if frame[0] == "batch":
                    notices += [(n.message, n.hint) for n in frame[1] if isinstance(n, Notice)]
                    spent.look()
        except InputError as error:
            how = {"crashed": "crashed", "timeout": "hangs"}.get(error.reason, "refused")
            sentence = str(error)
        except _Slow:
            how = "hangs"
        finally:
            spent.look()
            path.unlink()
        return Told(how, sentence, spent.seconds, spent.megabytes, tuple(notices))

    def left(self) -> list[Path]:
        """What readers have left behind."""
        places = [place for place in (self._inbox, self._scratch) if place.exists()]
        return [path for place in places for path in place.rglob("*") if not path.is_dir()]


class _Spent(Cancel):
    """Watches what one reading costs; asked about cancelling some twenty times a second."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader, self._pid = reader, reader.pid
        self._process = Path("/proc", str(self._pid))
        self.megabytes = 0.0
        self._before = self._used()
        self.seconds = 0.0
        with contextlib.suppress(OSError):
            # From here on the kernel notes the high-water mark anew.
            (self._process / "clear_refs").write_text("5")

    def check(self) -> None:
        """Raise `_Slow` where the processor time is used up."""
        self.look()
        if self.seconds > CPU:
            raise _Slow

    def look(self) -> None:
        """Note the processor time so far and the memory at most, its children's too."""
        if self._reader.pid != self._pid:
            # A large file, or a recording, has a process of its own.
            self._pid, self._before = self._reader.pid, 0.0
            self._process = Path("/proc", str(self._pid))
        used = self._used()
        if used:
            self.seconds = max(self.seconds, used - self._before)
        peak = sum(map(_peak, (self._process, *_children(self._process))))
        self.megabytes = max(self.megabytes, peak)

    def _used(self) -> float:
        return sum(map(_seconds, (self._process, *_children(self._process))))


def _seconds(process: Path) -> float:
    """Processor time of a process and of its children that have ended; 0 where it is gone."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _children(process: Path) -> list[Path]:
    """The folders of the processes that a process has started."""
    try:
        found = (process / "task" / process.name / "children").read_text().split()
    except OSError:
        return []
    return [process.parent / number for number in found]


def _peak(process: Path) -> float:
    """Megabytes that a process has held at most; 0 where it is gone."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1000 if found else 0.0


def note(found: Found, mutant: Mutant, told: Told, say: Say) -> None:
    """Count a mutant, and say what is wrong with how it was read."""
    found.mutants += 1
    found.kinds[mutant.original.suffix] += 1
    found.seconds += told.seconds
    found.read += told.how == "read"
    found.refused += told.how == "refused"
    if told.seconds > found.slowest[0]:
        found.slowest = told.seconds, str(mutant)
    if told.megabytes > found.peak:
        found.peak, found.largest = told.megabytes, f"{told.megabytes:.0f} MB for {mutant}"
    before = len(found.faults)
    if told.how == "crashed":
        found.faults.append(("crash", f"{mutant} ended its reader: {told.sentence}"))
    elif told.how == "hangs":
        found.faults.append(("hang", f"{mutant} took {told.seconds:.0f} s: {told.sentence}"))
    else:
        sentences = [told.sentence, *(text for code, text in told.notices if code not in _WATCHED)]
        for sentence in sentences:
            if len(sentence) > _LONGEST or _UNPLAIN.search(sentence):
                found.faults.append(("unplain", f"{mutant}: {sentence[:600]}"))
    for code, text in told.notices:
        if code in _WATCHED:
            found.faults.append((code, f"{mutant}: {text}"))
    for kind, fault in found.faults[before:]:
        say(f"{kind}: {fault}")
    if found.mutants % 1000 == 0:
        say(f"{found.mutants} mutants, {len(found.faults)} faults, {found.peak:.0f} MB")
