"""Public records of versions, exports and imports."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Which statement wins a conflict.
POLICIES = ("prefer_local", "prefer_remote", "prefer_recent", "prefer_stronger")
#: The export formats; a bundle can be imported completely.
FORMATS = ("bundle", "jsonl", "csv", "markdown", "graphml", "anki")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export, in one of `FORMATS`: a collection, these sources and memories, or all."""

    format: str
    collection: str | None
    sources: Sequence[int] | None
    memories: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: all into `collection` if given, by one of `POLICIES`, or a preview."""

    collection: str | None
    policy: str
    preview: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the memories of a collection (None: the library's own scope).

    `made` is in seconds since the epoch; `automatic` ones precede a restore.
    """

    name: str
    collection: str | None
    made: float
    facts: int
    notes: int
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One fact or note of a version, with its id at that time."""

    id: int
    text: str
    kind: str = "fact"


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A fact or note that differs between versions; `what` lists the differences.

    Those are of text, kind, priority, expires, tellers, intensity.
    """

    before: Told
    after: Told
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What was added, removed and changed between two versions; strength is ignored."""

    added: tuple[Told, ...]
    removed: tuple[Told, ...]
    changed: tuple[ChangedText, ...]


@dataclass(frozen=True, slots=True)
class RestoredVersion:
    """The result of restoring a version; restoring `before` undoes it."""

    name: str
    collection: str | None
    brought_back: int
    removed: int
    kept: int
    before: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two contradicting statements, or texts of one note; `kept` is local or remote.

    The kept one is current; `stored` says whether the other is in the history.
    """

    local: str
    remote: str
    kept: str
    collection: str | None = None
    stored: bool = True


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of merging into a scope.

    `added` counts new facts and notes without contradictions, `conflicts` lists the others, `known`
    counts existing ones. `Library.undo` reverts `run`; None if nothing changed.
    """

    added: int
    known: int
    conflicts: tuple[Conflict, ...]
    run: int | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """The result of an export: numbers of sources, statements, facts and notes, and bytes.

    `kept` are notes of a Markdown folder that were edited, and are left unchanged.
    """

    path: Path
    format: str
    files: tuple[str, ...]
    sources: int
    statements: int
    facts: int
    notes: int
    concepts: int
    bytes: int
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import, or with `preview` the expected one.

    `added` counts new facts and notes, `known` existing ones; likewise for sources. `left` lists
    what could not be imported, as sentences. `run` is the id to undo it by.
    """

    name: str
    preview: bool
    sources: int
    known_sources: int
    statements: int
    added: int
    known: int
    concepts: int
    collections: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    left: tuple[str, ...] = ()
    run: int | None = None


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """The numbers of removed and restored items after undoing an import."""

    facts: int
    notes: int
    sources: int
    changed_back: int
