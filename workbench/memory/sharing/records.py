"""Public records of versions, exports and imports."""

from dataclasses import dataclass
from pathlib import Path

#: Who is right where two say different things of the same.
POLICIES = ("prefer_local", "prefer_remote", "prefer_recent", "prefer_stronger")
#: How a library is written for others; a bundle is read back whole.
FORMATS = ("bundle", "jsonl", "csv", "markdown", "graphml", "anki")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of what was told in a collection (None: the library's own scope).

    `made` is in seconds since the epoch; `automatic` ones were made before a restore.
    """

    name: str
    collection: str | None
    made: float
    facts: int
    notes: int
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One fact or note of a version, with the id that it has or had."""

    id: int
    text: str
    kind: str = "fact"


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A fact or note that is in both versions and is not the same; `what` says in which way.

    `what` holds of: text, kind, priority, expires, tellers, intensity.
    """

    before: Told
    after: Told
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What came, went and changed from one version to another; strength does not count."""

    added: tuple[Told, ...]
    removed: tuple[Told, ...]
    changed: tuple[ChangedText, ...]


@dataclass(frozen=True, slots=True)
class RestoredVersion:
    """What restoring a version did; `before` is the version to restore to take it back."""

    name: str
    collection: str | None
    brought_back: int
    removed: int
    kept: int
    before: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements, or two texts of one note, that cannot both hold; `kept` is local or remote.

    What was kept of them counts; `stored` says whether the other one is in the history.
    """

    local: str
    remote: str
    kept: str
    collection: str | None = None
    stored: bool = True


@dataclass(frozen=True, slots=True)
class Merged:
    """What was brought into a scope.

    `added` are facts and notes that were new and contradicted nothing, `conflicts` those that did,
    `known` what was there already. `Library.undo` takes `run` back; None where nothing changed.
    """

    added: int
    known: int
    conflicts: tuple[Conflict, ...]
    run: int | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where: counts of sources, statements, facts and notes, and bytes.

    `kept` are the notes of a Markdown folder that somebody changed: they stay as they are.
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
    """What an import did, or with `preview` would do.

    `added` are facts and notes, `known` those that were there; of sources likewise. `left` says
    what could not be taken in, each as a sentence. `run` takes it back.
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
    """What taking back an import removed and brought back."""

    facts: int
    notes: int
    sources: int
    changed_back: int
