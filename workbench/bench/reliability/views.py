"""What a library answers: everything a reader may look at, as plain values to compare."""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workbench.library import Library

View = Callable[[Library, Path], object]

#: Figures of the machine, and places that differ from copy to copy.
_UNSTABLE = frozenset(("milliseconds", "seconds", "path", "bytes"))


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
        library.sources.text(section.id)
        for source in library.sources.list()
        for section in library.sources.sections(source.id)
    ],
    "passages": lambda library, _: [
        library.sources.passages(each.id) for each in library.sources.list()
    ],
    "collections": lambda library, _: (library.collections.list(), library.sources.tags()),
    "facts": lambda library, _: [
        library.facts.list(collection=scope) for scope in library.facts.scopes()
    ],
    "notes": lambda library, _: (
        library.notes.list(),
        library.notes.variables(),
        library.notes.stances(),
        library.collections.projects(),
    ),
    "history": lambda library, _: library.facts.history("Ada lives"),
    "concepts": lambda library, _: library.graph.concepts(limit=30),
    "sleeps": lambda library, _: (
        library.sleep.history(),
        library.sleep.summaries(),
        library.sleep.proposals(),
    ),
    "versions": lambda library, _: library.versions.list(every=True),
    "answers": lambda library, _: library.answers.list(),
    "strengths": lambda library, _: [
        library.memory.retention(fact.id) for fact in library.facts.list()[:12]
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
