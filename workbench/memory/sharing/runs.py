"""One import, written in slices: one change, with what each slice brought and changed.

Every slice is a transaction that also stores its record, the ids and names of what it brought; the
rows of memories that were here are recorded as those of any act. The change is open until the
import is finished. So whoever finds one that is open, and nobody who imports, knows of an import
that was killed, and takes it back, part by part and the last one first. An import that is cancelled
or fails does so itself.
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
    facts,
    manual_edits,
    notes,
    questions,
    removal,
    sources,
    tags,
)
from workbench.store import undo as undo_rows
from workbench.store.slices import Slices
from workbench.store.store import Store

T = TypeVar("T")
Item = TypeVar("Item")

LEASE = "import"
#: Seconds that a slice shall take.
_AIM = 0.02
#: Seconds between two looks whether somebody else still imports.
_POLL = 0.05
#: The kind of an import among the changes, and its state until it is finished.
KIND, _OPEN = "import", "open"


@dataclass(slots=True)
class Part:
    """What a slice brought, by ids and names; `change` is that of its import, 0 for a preview."""

    change: int = 0

    facts: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    #: Who said what was known: [fact, name].
    said: list[list[Any]] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    #: Sources that were in the trash: [source, since when].
    trashed: list[list[Any]] = field(default_factory=list)
    members: list[list[int]] = field(default_factory=list)
    tags: list[list[Any]] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    concepts: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def recording(self, connection: sqlite3.Connection) -> contextlib.AbstractContextManager[None]:
        """Record what is changed inside of memories that are here."""
        if not self.change:
            return contextlib.nullcontext()
        return changes.recording(connection, self.change)


class Writing(Protocol):
    """How an import writes: in slices, or all of it in one transaction that ends with a preview."""

    def write(self, work: Callable[[sqlite3.Connection, Part, T], object], value: T) -> None:
        """Run `work(connection, part, given)`, which notes in `part` what it brings."""

    def portions(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Items in order, as many at once as one `write` shall take."""


def write_portions(
    writing: Writing,
    items: Sequence[Item],
    work: Callable[[sqlite3.Connection, Part, Sequence[Item]], object],
) -> None:
    """Run `work(connection, part, some)` with some of the items at once, until all are done."""
    for portion in writing.portions(items):
        writing.write(work, portion)


class Previewing:
    """Writes within a transaction that is undone."""

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
    """The writes of one import. To be used with `with`, on one thread.

    Entering it waits for an import that goes on elsewhere. What is not finished in the end is taken
    back.
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
                # What cannot be taken back now is taken back when the library is opened again.
                with contextlib.suppress(WorkbenchError):
                    _take_back(self._slices)

    def renew(self) -> None:
        """Say that the import goes on, while it reads. Raises `Cancelled`."""
        self._slices.renew()

    def write(self, work: Callable[[sqlite3.Connection, Part, T], object], value: T) -> None:
        """Run `work(connection, part, given)` as a slice that records what it notes in `part`."""

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
        """Items in order, as many at once as fit into a slice. Raises `Cancelled`."""
        return self._slices.portions(items)

    def finish(self) -> int | None:
        """Let all of it count; returns the number of the run, None where nothing came."""
        if self._head is not None:
            run, timestamp = self._head, self._store.clock()
            self._slices.write(lambda c: changes.settle(c, run, "done", timestamp), sync=True)
        return self._head


@contextlib.contextmanager
def _exclusive(store: Store, cancel: Cancel) -> Iterator[Slices]:
    """Slices of the only one who imports now; what a killed import left has been taken back."""
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
    """Somebody else imports."""

    def __init__(self) -> None:
        super().__init__(
            "Another window or program imports into this library.", "Wait until that is done."
        )


# -- taking back -----------------------------------------------------------------------------------


def clear(store: Store) -> None:
    """Take back what a killed import has left, unless somebody imports now."""
    with (
        contextlib.suppress(_ImportRunningError),
        Slices(store, Cancel(), LEASE, _ImportRunningError, aim=_AIM) as slices,
    ):
        _take_back(slices)


def undo(index: FactIndex, run: int | None) -> ImportUndone:
    """Take an import or a merge of scopes back, the last one where `run` is None.

    What people did since then stays: a fact that was edited meanwhile is theirs. Killed meanwhile,
    the rest is taken back when the library is opened again. Raises `NotFoundError`.
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
    """Take back what is not finished, the last part first."""
    result = ImportUndone(0, 0, 0, 0)
    while (part := slices.write(_undo_last_part)) is not None:
        result = ImportUndone(
            result.facts + part.facts, result.notes + part.notes, result.sources + part.sources,
            result.changed_back + part.changed_back,
        )  # fmt: skip
    return result


def _undo_last_part(connection: sqlite3.Connection) -> ImportUndone | None:
    """Take the last part back that is not finished; None where there is none."""
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
    manual_edits.remove_concepts(connection, content.get("concepts", []))
    manual_edits.remove_words(connection, content.get("words", []))
    facts_removed = facts.remove(connection, content["facts"]) if content.get("facts") else 0
    notes_removed = notes.remove(connection, content["notes"]) if content.get("notes") else 0
    for id, name in content.get("said", []):
        facts.unsay(connection, [id], name)
    for name in content.get("collections", []):
        _remove_empty(connection, name)
    return ImportUndone(facts_removed, notes_removed, len(source_ids), 0)


def _restore_changed(connection: sqlite3.Connection, change: int) -> ImportUndone:
    """Let memories be as before that a slice has changed; of the last one the change goes."""
    count = changes.owners_of_last(connection, change)
    if not undo_rows.take_back(connection, change, 1, strict=False).examined:
        changes.remove(connection, change)
    return ImportUndone(0, 0, 0, count)


def _remove_empty(connection: sqlite3.Connection, name: str) -> None:
    """Remove a collection that the import made and nothing has been put into since."""
    try:
        scope = collections.by_name(connection, name).id
    except NotFoundError:
        return
    if not collections.is_used(connection, scope):
        collections.remove(connection, name)
