"""One import, written in slices: one change, with a record of each slice.

Every slice is a transaction that also stores the ids and names it added; changes to existing
memories are recorded as for any act. The change is open until the import is finished. An open
change without a running import is thus a crashed one, and is undone slice by slice, last first. An
import that is cancelled or fails undoes itself.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol, TypeVar

from workbench.errors import LibraryLockedError, NotFoundError, WorkbenchError
from workbench.jobs import Cancel
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing.records import ImportUndone
from workbench.store import (
    changes,
    collections,
    exported,
    facts,
    notes,
    questions,
    removal,
    sources,
    tags,
)
from workbench.store import undo as undo_rows
from workbench.store.lease import Slices
from workbench.store.store import Store

T = TypeVar("T")
Item = TypeVar("Item")

LEASE = "import"
#: The target duration of a slice in seconds.
_AIM = 0.02
#: Seconds between polls for another import.
_POLL = 0.05
#: The kind of an import among the changes, and its state until finished.
KIND, _OPEN = "import", "open"


@dataclass(slots=True)
class Part:
    """What a slice added, by ids and names; `change` is that of its import, 0 for a preview."""

    change: int = 0

    facts: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    #: Sources added to known facts: [fact, name].
    said: list[list[Any]] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    #: Sources restored from the trash: [source, since when].
    trashed: list[list[Any]] = field(default_factory=list)
    members: list[list[int]] = field(default_factory=list)
    tags: list[list[Any]] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    concepts: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def recording(self, connection: sqlite3.Connection) -> contextlib.AbstractContextManager[None]:
        """Record changes to existing memories."""
        if not self.change:
            return contextlib.nullcontext()
        return changes.recording(connection, self.change)


class Writing(Protocol):
    """How an import writes: in slices, or in one transaction for a preview."""

    def write(self, work: Callable[[sqlite3.Connection, Part, T], object], value: T) -> None:
        """Run `work(connection, part, given)`, which records its additions in `part`."""

    def portions(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Yield items in order, in portions for one `write` each."""


def write_portions(
    writing: Writing,
    items: Sequence[Item],
    work: Callable[[sqlite3.Connection, Part, Sequence[Item]], object],
) -> None:
    """Run `work(connection, part, portion)` on all items in portions."""
    for portion in writing.portions(items):
        writing.write(work, portion)


class Previewing:
    """Writes within a transaction that is rolled back."""

    def __init__(self, connection: sqlite3.Connection, cancel: Cancel) -> None:
        self._connection = connection
        self._cancel = cancel

    def write(self, work: Callable[[sqlite3.Connection, Part, T], object], value: T) -> None:
        """Run `work(connection, part, given)`."""
        self._cancel.check()
        work(self._connection, Part(), value)

    def portions(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """All items."""
        return iter([items] if items else [])


class Run:
    """The writes of one import. A context manager, for one thread.

    Entering it waits for another running import. Unless finished, it is undone at the end.
    """

    def __init__(self, store: Store, name: str, cancel: Cancel) -> None:
        self._store = store
        self._name = name
        self._cancel = cancel
        self._head: int | None = None
        self._ends = contextlib.ExitStack()

    def __enter__(self) -> "Run":
        self._slices = self._ends.enter_context(_exclusive(self._store, self._cancel))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._ends:
            if kind is not None and self._head is not None:
                self._slices.finish()
                # If undoing fails now, it is repeated when the library is opened again.
                with contextlib.suppress(WorkbenchError):
                    _take_back(self._slices)

    def renew(self) -> None:
        """Renew the lease while reading. Raises `Cancelled`."""
        self._slices.renew()

    def write(self, work: Callable[[sqlite3.Connection, Part, T], object], value: T) -> None:
        """Run `work(connection, part, given)` as a slice, and store `part`."""

        def recorded(connection: sqlite3.Connection) -> int | None:
            change = self._head or changes.begin(
                connection, KIND, self._store.clock(), state=_OPEN, asked={"name": self._name}
            )
            part = Part(change)
            work(connection, part, value)
            content = {key: ids for key, ids in asdict(part).items() if ids and key != "change"}
            if content:
                changes.note(connection, change, content)
            elif self._head is None and not changes.is_kept(connection, change):
                changes.remove(connection, change)
                return None
            return change

        self._head = self._slices.write(recorded) or self._head

    def portions(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Yield items in order, in portions that fit a slice. Raises `Cancelled`."""
        return self._slices.portions(items)

    def finish(self) -> int | None:
        """Complete the import; returns the id of the run, None if nothing was imported."""
        if self._head is not None:
            run, timestamp = self._head, self._store.clock()
            self._slices.write(lambda c: changes.settle(c, run, "done", timestamp), sync=True)
        return self._head


@contextlib.contextmanager
def _exclusive(store: Store, cancel: Cancel) -> Iterator[Slices]:
    """Slices with an exclusive lease, after undoing a crashed import."""
    with contextlib.ExitStack() as ends:
        slices = None
        while slices is None:
            cancel.check()
            try:
                slices = ends.enter_context(
                    Slices(store, cancel, LEASE, _ImportRunningError, aim=_AIM)
                )
            except _ImportRunningError:
                cancel.wait(_POLL)
        _take_back(slices)
        yield slices


class _ImportRunningError(LibraryLockedError):
    """Another import is running."""

    def __init__(self) -> None:
        super().__init__(
            "Another window or program imports into this library.", "Wait until that is done."
        )


# -- undoing ---------------------------------------------------------------------------------------


def clear(store: Store) -> None:
    """Undo a crashed import, unless one is running."""
    with (
        contextlib.suppress(_ImportRunningError),
        Slices(store, Cancel(), LEASE, _ImportRunningError, aim=_AIM) as slices,
    ):
        _take_back(slices)


def undo(index: FactIndex, run: int | None) -> ImportUndone:
    """Undo an import or a merge of scopes, the last one if `run` is None.

    Later changes stay: a fact that was edited since is kept. After a crash the rest is undone when
    the library is opened again. Raises `NotFoundError`.
    """

    def begin(connection: sqlite3.Connection) -> None:
        row = changes.last(connection, [KIND])
        if run is not None:
            row = changes.by_id(connection, run)
        if row is None or row.kind != KIND:
            raise NotFoundError(
                "There is no import to take back.", "What is told can be forgotten."
            )
        changes.settle(connection, row.id, _OPEN, None)

    index.strengths.flush()
    with _exclusive(index.store, Cancel()) as slices:
        slices.write(begin, sync=True)
        result = _take_back(slices)
    if result.facts:
        index.forget()
    removal.compact(index.store)
    return result


def _take_back(slices: Slices) -> ImportUndone:
    """Undo unfinished changes, last part first."""
    result = ImportUndone(0, 0, 0, 0)
    while (part := slices.write(_undo_last_part)) is not None:
        result = ImportUndone(
            result.facts + part.facts, result.notes + part.notes, result.sources + part.sources,
            result.changed_back + part.changed_back,
        )  # fmt: skip
    return result


def _undo_last_part(connection: sqlite3.Connection) -> ImportUndone | None:
    """Undo the last part of an unfinished change; None if there is none."""
    open_changes = changes.changes(connection, "kind = ? AND state = ?", KIND, _OPEN, limit=1)
    if not open_changes:
        return None
    change = open_changes[0].id
    content = changes.take_note(connection, change)
    if content is None:
        return _restore_changed(connection, change)
    source_ids = [source.id for source in sources.by_ids(connection, content.get("sources", []))]
    if source_ids:
        questions.redact(connection, source_ids)
        sources.delete(connection, source_ids)
    if content.get("trashed"):
        sources.retrash(connection, content["trashed"])
    connection.executemany(
        "DELETE FROM membership WHERE collection = ? AND source = ?", content.get("members", [])
    )
    for id, folded in content.get("tags", []):
        tags.take(connection, [id], folded)
    exported.remove_concepts(connection, content.get("concepts", []))
    exported.remove_words(connection, content.get("words", []))
    facts_removed = facts.remove(connection, content["facts"]) if content.get("facts") else 0
    notes_removed = notes.remove(connection, content["notes"]) if content.get("notes") else 0
    for id, name in content.get("said", []):
        facts.unsay(connection, [id], name)
    for name in content.get("collections", []):
        _remove_empty(connection, name)
    return ImportUndone(facts_removed, notes_removed, len(source_ids), 0)


def _restore_changed(connection: sqlite3.Connection, change: int) -> ImportUndone:
    """Restore memories that a slice has changed; after the last one the change is removed."""
    count = changes.owners_of_last(connection, change)
    if not undo_rows.take_back(connection, change, 1, strict=False).examined:
        changes.remove(connection, change)
    return ImportUndone(0, 0, 0, count)


def _remove_empty(connection: sqlite3.Connection, name: str) -> None:
    """Remove a collection that the import created, if it is unused."""
    try:
        scope = collections.by_name(connection, name).id
    except NotFoundError:
        return
    if not collections.is_used(connection, scope):
        collections.remove(connection, name)
