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
    "sources": lambda library, _: library.sources() + library.sources(trashed=True),
    "texts": lambda library, _: [
        library.section_text(section.id)
        for source in library.sources()
        for section in library.sections(source.id)
    ],
    "passages": lambda library, _: [library.passages(each.id) for each in library.sources()],
    "collections": lambda library, _: (library.collections(), library.tags()),
    "facts": lambda library, _: [
        library.facts(collection=scope) for scope in library.fact_scopes()
    ],
    "notes": lambda library, _: (
        library.note_list(), library.var_list(), library.stances(), library.project_list(),
    ),
    "history": lambda library, _: library.history("Ada lives"),
    "concepts": lambda library, _: library.concepts(limit=30),
    "sleeps": lambda library, _: (library.sleeps(), library.summaries(), library.proposals()),
    "versions": lambda library, _: library.snapshots(every=True),
    "answers": lambda library, _: library.kept_answers(),
    "strengths": lambda library, _: [
        library.strength_of(fact.id) for fact in library.facts()[:12]
    ],
    "jsonl": lambda library, folder: _export(library, folder, "jsonl"),
    "csv": lambda library, folder: _export(library, folder, "csv"),
    "associate": lambda library, _: library.associate("Ada"),
    "value": lambda library, _: [
        library.value(f"Where does {name} live?") for name in ("Ada", "Piet", "Wanda")
    ],
    "recall": lambda library, _: [
        library.recall(cue) for cue in ("valve", "flooding in Graz", "ledger of Leeds")
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
