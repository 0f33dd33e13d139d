"""One import, written in slices, with a record of what each slice brought and changed.

Every slice is a transaction that also stores its record, a row of `import_run`; those after the
first one name that as their run. They have no date until the import is finished, and get it
together. So whoever finds rows without a date, and nobody who imports, knows of an import that was
killed, and takes it back, part by part and the last one first. An import that is cancelled or fails
does so itself.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol, TypeVar

from workbench.errors import LibraryLockedError, NotFoundError, WorkbenchError
from workbench.jobs import Cancel
from workbench.memory.facts.index import FactIndex
from workbench.memory.notes import texts
from workbench.memory.sharing import placing
from workbench.memory.sharing.records import ImportUndone
from workbench.store import (
    collections,
    facts,
    manual_edits,
    notes,
    questions,
    removal,
    sources,
)
from workbench.store.exported_facts import Beside, Record
from workbench.store.slices import Slices
from workbench.store.store import Store

T = TypeVar("T")
Item = TypeVar("Item")

LEASE = "import"
#: Seconds that a slice shall take.
_AIM = 0.02
#: Seconds between two looks whether somebody else still imports.
_POLL = 0.05
#: The date of what belongs to an import that is not finished.
_OPEN = -1.0


@dataclass(slots=True)
class Part:
    """What a slice brought, by ids and names, and how memories were that it changed."""

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
    before: dict[int, Record] = field(default_factory=dict)


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
            part = Part()
            work(connection, part, value)
            return self._record(connection, part)

        number = self._slices.write(recorded)
        self._head = self._head or number

    def portions(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Items in order, as many at once as fit into a slice. Raises `Cancelled`."""
        return self._slices.portions(items)

    def finish(self) -> int | None:
        """Let all of it count; returns the number of the run, None where nothing came."""
        if self._head is not None:
            timestamp = self._store.clock()
            self._slices.write(
                lambda c: c.execute(
                    "UPDATE import_run SET done = ? WHERE done = ?", (timestamp, _OPEN)
                ),
                sync=True,
            )
        return self._head

    def _record(self, connection: sqlite3.Connection, part: Part) -> int | None:
        content = asdict(part)
        previous = content.pop("before")
        if not previous and not any(content.values()):
            return None
        if self._head is not None:
            content["run"] = self._head
        cursor = connection.execute(
            "INSERT INTO import_run(name, done, brought) VALUES (?, ?, ?)",
            (
                self._name,
                _OPEN,
                json.dumps({key: value for key, value in content.items() if value}),
            ),
        )
        number = int(cursor.lastrowid or 0)
        connection.executemany(
            "INSERT INTO import_before(run, engram, record) VALUES (?, ?, ?)",
            [
                (number, id, json.dumps(record, ensure_ascii=False))
                for id, record in previous.items()
            ],
        )
        return number


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
        row = connection.execute(
            "SELECT id FROM import_run WHERE json_extract(brought, '$.run') IS NULL "
            "AND (?1 IS NULL OR id = ?1) ORDER BY id DESC LIMIT 1",
            (run,),
        ).fetchone()
        if row is None:
            raise NotFoundError(
                "There is no import to take back.", "What is told can be forgotten."
            )
        connection.execute(
            "UPDATE import_run SET done = ?1 "
            "WHERE id = ?2 OR (id > ?2 AND json_extract(brought, '$.run') = ?2)",
            (_OPEN, row[0]),
        )

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
    row = connection.execute(
        "SELECT id, brought FROM import_run WHERE done = ? ORDER BY id DESC LIMIT 1", (_OPEN,)
    ).fetchone()
    if row is None:
        return None
    number, content = int(row[0]), json.loads(row[1])
    source_ids = [source.id for source in sources.by_ids(connection, content.get("sources", []))]
    if source_ids:
        questions.redact(connection, source_ids)
        sources.delete(connection, source_ids)
    if content.get("trashed"):
        sources.trash_again(connection, content["trashed"])
    connection.executemany(
        "DELETE FROM membership WHERE collection = ? AND source = ?", content.get("members", [])
    )
    connection.executemany("DELETE FROM tag WHERE source = ? AND fold = ?", content.get("tags", []))
    manual_edits.remove_concepts(connection, content.get("concepts", []))
    manual_edits.remove_words(connection, content.get("words", []))
    facts_removed = facts.remove(connection, content["facts"]) if content.get("facts") else 0
    notes_removed = notes.remove(connection, content["notes"]) if content.get("notes") else 0
    for id, name in content.get("said", []):
        facts.unsay(connection, [id], name)
    back = _restore_changed(connection, number)
    connection.execute("DELETE FROM import_run WHERE id = ?", (number,))
    for name in content.get("collections", []):
        _remove_empty(connection, name)
    return ImportUndone(facts_removed, notes_removed, len(source_ids), back)


def _restore_changed(connection: sqlite3.Connection, number: int) -> int:
    """Let what a part has changed be as before; how many memories that were."""
    rows = connection.execute(
        "SELECT engram, record FROM import_before WHERE run = ?", (number,)
    ).fetchall()
    if not rows:
        return 0
    annotations = Beside(connection)
    for id, packed in rows:
        record = json.loads(packed)
        if record["kind"] == "fact":
            annotations.put(connection, id, record["beside"])
        else:
            placing.note_back(connection, id, record, annotations)
    return len(rows)


def _remove_empty(connection: sqlite3.Connection, name: str) -> None:
    """Remove a collection that the import made and nothing has been put into since."""
    try:
        scope = collections.by_name(connection, name).id
    except NotFoundError:
        return
    used = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM membership WHERE collection = :id) "
        "OR EXISTS (SELECT 1 FROM fact WHERE scope = :id) "
        "OR EXISTS (SELECT 1 FROM note WHERE scope = :id)",
        {"id": scope},
    ).fetchone()[0]
    if not used:
        collections.remove(connection, name, texts.words)
