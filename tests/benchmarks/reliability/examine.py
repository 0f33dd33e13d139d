"""The process that looks at one library, which may be damaged, by every call that a reader has."""

import dataclasses
import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.benchmarks.reliability import sample_library
from tests.benchmarks.reliability.children import Voice, begin, fault
from workbench.errors import WorkbenchError
from workbench.library import Library
from workbench.recall import recall

View = Callable[[Library, Path], object]

#: Figures of the machine, and places that differ from copy to copy.
_UNSTABLE = frozenset(("milliseconds", "seconds", "path", "bytes"))
#: Seconds for the embedding model of a question.
_PATIENCE = 120.0


def _export(library: Library, folder: Path, format: str) -> dict[str, str]:
    target = folder / f"export {format}"
    library.export(target, format=format)
    return {
        str(file.relative_to(target)): file.read_text(encoding="utf-8")
        for file in sorted(target.rglob("*"))
        if file.is_file()
    }


# fmt: off
#: By name; each may be asked of a damaged library and must answer, or refuse with a sentence. What
#: uses memories comes last: how strong they are is written a moment later.
VIEWS: Mapping[str, View] = {
    "sources": lambda library, _: library.sources.list() + library.sources.list(trashed=True),
    "texts": lambda library, _: [
        library.sources.text(section.source, section.start, section.end)
        for source in library.sources.list()
        for section in library.sources.sections(source.id)
    ],
    "passages": lambda library, _: [
        library.sources.passages(each.id) for each in library.sources.list()
    ],
    "collections": lambda library, _: (library.collections.list(), library.sources.tags()),
    "facts": lambda library, _: [
        library.facts.list(collection=scope.collection)
        for scope in library.collections.scopes()
    ],
    "notes": lambda library, _: (
        library.notes.list(),
        library.notes.list("variable"),
        library.notes.list("stance"),
        library.collections.projects(),
    ),
    "history": lambda library, _: library.facts.history("Ada lives"),
    "concepts": lambda library, _: library.graph.concepts(limit=30),
    "sleeps": lambda library, _: (
        library.sleep.history(),
        library.sleep.proposals(),
    ),
    "versions": lambda library, _: library.versions.list(every=True),
    "answers": lambda library, _: library.answers.list(),
    "strengths": lambda library, _: [
        library.memory.strength(fact.id) for fact in library.facts.list()[:12]
    ],
    "jsonl": lambda library, folder: _export(library, folder, "jsonl"),
    "csv": lambda library, folder: _export(library, folder, "csv"),
    "associate": lambda library, _: library.facts.associate("Ada"),
    "value": lambda library, _: [
        library.facts.value(f"Where does {name} live?") for name in ("Ada", "Piet", "Wanda")
    ],
    "recall": lambda library, _: [
        library.facts.recall(cue) for cue in ("valve", "flooding in Graz", "ledger of Leeds")
    ],
    "ask": lambda library, _: [
        library.ask(question, quotes=True)
        for question in ("Who keeps the ledger of Graz?", "What carries the wooden lamp?")
    ],
}
# fmt: on


def plain(value: object) -> Any:
    """A record as values that can be compared and written as JSON."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: plain(getattr(value, each.name))
            for each in dataclasses.fields(value)
            if each.name not in _UNSTABLE
        }
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else repr(value)


#: What is done with each copy, in this order.
CALLS = ("open", "verify", *VIEWS, "backup", "remember", "sleep", "repair", "salvage")


def make(speaker: Connection, library: str, documents: str, home: str) -> None:
    """Make the library that is to be damaged."""
    begin(home)
    sample_library.make(Path(library), Path(documents))
    Voice(speaker).tell(done=True)


def weigh(speaker: Connection, library: str, home: str) -> None:
    """Open a library, as the next program would, and tell its problems and contents."""
    begin(home)
    try:
        with Library.open(library, clock=sample_library.Clock(sample_library.DONE)) as opened:
            problems = list(opened.verify().problems)
        content = sample_library.contents(Path(library))
    except WorkbenchError as error:
        Voice(speaker).tell(problems=[str(error)], content=None)
    else:
        Voice(speaker).tell(problems=problems, content=content)


class _Trial:
    """What was found so far; a call that ends in anything but a `WorkbenchError` is a fault."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.refused: dict[str, str] = {}
        threading.excepthook = self._thread_died

    def _thread_died(self, died: threading.ExceptHookArgs) -> None:
        name = died.thread.name if died.thread else ""
        self.faults.append(f"thread {name}: {fault(died.exc_value)}")

    def call(self, name: str, work: Callable[[], Any]) -> Any:
        """Do this; None where it is refused with a sentence, or fails."""
        try:
            return work()
        except WorkbenchError as error:
            self.refused[name] = str(error)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            self.faults.append(f"{name}: {fault(error)}")
        return None


def look(speaker: Connection, file: str, home: str) -> None:
    """Do all with a copy and say what came of it, in one line."""
    begin(home)
    # A busy machine reads fewer passages in the second that a question has: that is no damage.
    recall._EXACT = _PATIENCE
    library, trial = Path(file), _Trial()
    folder = library.parent / "made"
    folder.mkdir()
    damaged = folder / "damaged.brain"
    shutil.copyfile(library, damaged)
    clock = sample_library.Clock(sample_library.DONE)
    sound, problems = False, []
    views: dict[str, str] = {}
    tables: dict[str, str] = {}
    opened: Library | None = trial.call("open", lambda: Library.open(library, clock=clock))
    if opened is not None:
        verified = trial.call("verify", opened.verify)
        if verified is not None:
            sound, problems = verified.sound, list(verified.problems)
        if sound:
            tables = trial.call("rows", lambda: sample_library.digests(library)) or {}
        for name, view in VIEWS.items():
            value = trial.call(name, partial(_seen, view, opened, folder))
            views[name] = _digest(value)
        trial.call("backup", lambda: opened.backup(folder / "safe.brain", replace=True))
        trial.call("remember", lambda: opened.facts.tell("Sanne winds the clock of the church"))
        trial.call("sleep", opened.sleep.run)
        trial.call("repair", lambda: opened.verify(repair=True))
        trial.call("close", opened.close)
    salvaged = trial.call("salvage", lambda: _salvaged(damaged, folder / "saved.brain"))
    Voice(speaker).tell(
        done=True,
        sound=sound,
        problems=problems[:3],
        refused=trial.refused,
        faults=trial.faults,
        views=views,
        tables=tables,
        salvaged=salvaged,
    )


def _salvaged(damaged: Path, target: Path) -> dict[str, Any]:
    """What is in the library that is made of it, what is amiss there, and what is said to be."""
    made = Library.salvage(damaged, target)
    with Library.open(target) as library:
        problems = library.verify().problems
    return {
        "content": sample_library.contents(target),
        "problems": problems,
        "losses": [*made.lost, *made.damaged],
    }


def _seen(view: View, library: Library, folder: Path) -> Any:
    return plain(view(library, folder))


def _digest(value: Any) -> str:
    written = json.dumps(value, sort_keys=True, default=repr)
    return hashlib.sha256(written.encode()).hexdigest()[:20]


def differences(told: Mapping[str, Any], truth: Mapping[str, Any]) -> list[str]:
    """Where a library that was called sound is not what the undamaged one is."""
    found = [
        f"the answer to “{name}” is another"
        for name, digest in truth["views"].items()
        if told["views"].get(name) != digest
    ]
    found += [
        f"the rows of {name} differ"
        for name, digest in truth["tables"].items()
        if name not in sample_library.DERIVED and told["tables"].get(name) != digest
    ]
    return found
