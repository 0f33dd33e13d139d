"""The processes of one fault: one works on a broken disk, one looks at what is left.

The worker tells a JSON line when a step has been acknowledged (`did`), refused with a sentence
(`refused`) or ended in anything else (`fault`), when what it was told is safe (`safe`), and, at a
loss of power, how far it had come.
"""

import json
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benchmarks.reliability import faulty_disk, sample_library
from tests.benchmarks.reliability.broken_disk import BrokenDisk
from tests.benchmarks.reliability.children import Voice, begin, fault
from workbench.care.salvage import salvage
from workbench.errors import WorkbenchError
from workbench.library import Library

#: Facts of the burst.
BURST = 24

Step = Callable[[Library, Path], object]


def _burst(number: int) -> Step:
    return lambda library, _: library.facts.tell(f"Lantern {number} burns in bay {number}")


def _import(library: Library, folder: Path) -> object:
    lines = folder / "told.jsonl"
    lines.write_text(
        "".join(
            json.dumps({"text": f"Buoy {number} marks the channel of Terschelling"}) + "\n"
            for number in range(8)
        ),
        encoding="utf-8",
    )
    return library.import_(lines)


def _edit(library: Library, _folder: Path) -> object:
    (fact, *_) = library.facts.recall("keel is oak")
    return library.facts.edit(fact.id, "The keel is larch")


def _answers(library: Library, _folder: Path) -> object:
    """Ask what is known; a wrong answer is a fault of its own."""
    for name, city in (("Cem", "Lille"), ("Piet", "Graz")):
        value = library.facts.value(f"Where does {name} live?")
        if value is not None and value.value != city:
            raise WrongAnswer(f"{name} lives in {value.value}")
    return None


class WrongAnswer(Exception):
    """The library said something that nobody had told it."""


def _backup(library: Library, folder: Path) -> object:
    return library.backup(folder / "safe.brain", replace=True)


#: What is done to the library, in order. None of them needs what another one does.
STEPS: tuple[tuple[str, Step], ...] = (
    ("value", _answers),
    ("tell", lambda library, _: library.facts.tell("Grethe keeps the log of the harbour")),
    (
        "tell into a collection",
        lambda library, _: library.facts.tell(
            "The mast of the Kestrel is pine", collection="Boats"
        ),
    ),
    (
        "note",
        lambda library, _: library.notes.add("instruction", "Answer in the language of the book"),
    ),
    ("variable", lambda library, _: library.notes.add("variable", "north-west", key="wind")),
    ("edit", _edit),
    ("import", _import),
    (
        "forget",
        lambda library, _: library.facts.forget("lamp of cabin 6 hangs", collection="Boats"),
    ),
    (
        "read",
        lambda library, _: library.add_text(
            "Ilmar Kask repaired the tide gauge. It had been silent since spring.", title="Gauge"
        ),
    ),
    ("collection", lambda library, _: library.collections.create("Tides")),
    (
        "trash",
        lambda library, _: library.sources.trash(
            [row.id for row in library.sources.list() if row.kind == "pdf"]
        ),
    ),
    ("sleep", lambda library, _: library.sleep.run()),
    ("backup", _backup),
    *((f"burst {number}", _burst(number)) for number in range(BURST)),
)

_PLACES = {name: number for number, (name, _) in enumerate(STEPS)}

#: Days of a library: each is one process that takes some of the steps.
DAYS: tuple[tuple[int, ...], ...] = tuple(
    tuple(_PLACES[name] for name in names)
    for names in (
        ("value", "tell", *(f"burst {number}" for number in range(BURST)), "value"),
        ("tell", "note", "variable", "edit", "import", "forget", "value"),
        ("read", "collection", "tell", "trash", "value"),
        ("tell into a collection", "sleep", "backup", "value"),
    )
)


def work(
    speaker: Connection,
    file: str,
    home: str,
    kind: str,
    at: int,
    seed: int,
    steps: Sequence[int],
    each: bool,
) -> None:
    """Take these steps on a disk that spoils operation `at`; with `each`, tell what is there then.

    The time is told by the number of a step, so that it does the same whatever else is done.
    """
    begin(home)
    voice, library = Voice(speaker), Path(file)
    folder = library.parent / "made"
    folder.mkdir()

    def safe() -> None:
        # What was told stands in the log, or has been copied from there.
        if disk.safe(f"{library}-wal"):
            voice.tell(safe=True)

    disk = BrokenDisk(kind, at, seed, lost=lambda: _lost(voice), synced=safe)
    fsync = os.fsync

    def synced(handle: int) -> None:
        fsync(handle)
        disk.fsync(handle)

    os.fsync = synced  # type: ignore[assignment]
    threading.excepthook = lambda died: voice.tell(fault=-1, why=f"thread: {fault(died.exc_value)}")
    clock = sample_library.Clock(sample_library.DONE)
    with faulty_disk.under(disk):
        opened = None
        try:
            opened = Library.open(library, clock=clock)
            if each:
                voice.tell(content=_content(library))
            for number in steps:
                clock.now = sample_library.DONE + 60.0 * number
                voice.tell(tries=number)
                _take(voice, opened, folder, number)
                if each:
                    voice.tell(content=_content(library))
        except WorkbenchError as error:
            voice.tell(refused=-1, why=str(error))
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            voice.tell(fault=-1, why=fault(error))
        finally:
            if opened is not None:
                try:
                    opened.close()
                except WorkbenchError as error:
                    voice.tell(refused=-1, why=str(error))
                except Exception as error:  # noqa: BLE001 - that is what is looked for
                    voice.tell(fault=-1, why=f"close: {fault(error)}")
    voice.tell(done=True, counts=disk.counts, flipped=disk.flipped)


def _take(voice: Voice, library: Library, folder: Path, number: int) -> None:
    try:
        STEPS[number][1](library, folder)
    except WorkbenchError as error:
        voice.tell(refused=number, why=str(error))
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        voice.tell(fault=number, why=fault(error))
    else:
        voice.tell(did=number)


def _lost(voice: Voice) -> None:
    voice.tell(power="lost")
    os._exit(0)


def _content(file: Path) -> list[str]:
    """What a library contains, but for strengths, which use writes down when it finds the time."""
    unsure = tuple(f'["{kind}"' for kind in ("strength", "answer"))
    return [line for line in sample_library.contents(file) if not line.startswith(unsure)]


def look(speaker: Connection, file: str, home: str, backup: bool) -> None:
    """Open what is left on a healthy disk and tell what is in it; `backup`: restore that, too."""
    begin(home)
    library, voice = Path(file), Voice(speaker)
    folder = library.parent / "made"
    copy = library.parent / "as left"
    copy.mkdir()
    for beside in library.parent.glob(f"{library.name}*"):
        shutil.copyfile(beside, copy / beside.name)
    told: dict[str, object] = {}
    try:
        with Library.open(library, clock=sample_library.Clock(sample_library.DONE)) as opened:
            verified = opened.verify()
            told["sound"], told["problems"] = verified.sound, verified.problems[:3]
        if verified.sound:
            # What is damaged is not to be read past the program, which has said so.
            told["content"] = _content(library)
        if backup:
            again = folder / "again.brain"
            Library.restore_backup(folder / "safe.brain", again)
            told["restored"] = _content(again)
    except WorkbenchError as error:
        told["refused"] = str(error)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        told["fault"] = fault(error)
    if not told.get("sound"):
        told["salvaged"] = _salvaged(copy / library.name, folder / "saved.brain", told)
    voice.tell(done=True, **told)


def _salvaged(damaged: Path, target: Path, told: dict[str, object]) -> list[str] | None:
    try:
        salvage(damaged, target)
    except WorkbenchError as error:
        told["refused salvage"] = str(error)
        return None
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        told["fault"] = f"salvage: {fault(error)}"
        return None
    return _content(target)
