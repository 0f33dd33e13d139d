"""The log of changes of a library that is made up: its sources and collections before and after."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from workbench.errors import NotFoundError
from workbench.sleep.records import Undone
from workbench.store.changes import ADDED, Change
from workbench.store.records import SourceRow

#: The calls that are acts, with what the log names them.
ACTS = {
    "sources_trash": "sources moved to the trash",
    "sources_tag": "tags changed",
    "sources_edit": "details changed",
    "collections_assign": "collection changed",
    "collections_change": "collection changed",
    "collections_create": "collection added",
    "collections_remove": "collection removed",
    "notes_highlight": "highlight changed",
    "notes_remove": "notes deleted",
}
_NAMES, _MARK = "names", "highlight"
#: A place (a source and a field of it; 0 and “names”; a highlight, _MARK) before and after.
_Item = tuple[int, str, Any, Any]


class FakeLog:
    """Undo, Redo and changes of a library whose `books`, `names` and `marked` are all there is."""

    books: dict[int, Any]
    names: list[str]
    marked: dict[int, Any]

    def __init__(self) -> None:
        self._log: dict[int, tuple[Change, list[_Item]]] = {}
        self._numbers: list[int] = []

    def tell(self, topic: str) -> None:
        """Tell subscribers that something changed."""
        raise NotImplementedError

    @contextlib.contextmanager
    def numbering(self) -> Iterator[list[int]]:
        """As `Library.numbering`."""
        numbers: list[int] = []
        self._numbers = numbers
        yield numbers

    def recorded(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """A call that is one of `ACTS` as one that is recorded, else as it is."""
        if name not in ACTS:
            return call

        def act(*arguments: Any, **more: Any) -> Any:
            before = self._state()
            made = call(*arguments, **more)
            after = self._state()
            places = [at for at in {**before, **after} if before.get(at) != after.get(at)]
            self._record(ACTS[name], [(*at, before.get(at), after.get(at)) for at in places])
            return made

        return act

    def arrived(self, sources: Sequence[int], begun: float) -> None:
        """Record that sources came, what began at one moment as one change."""
        items = [(source, "trashed", time.time(), None) for source in sources]
        for change, before in self._log.values():
            if (change.kind, change.begun, change.state) == (ADDED, begun, "done"):
                before.extend(items)
                return
        self._record(ADDED, items, begun)

    def _record(self, kind: str, items: list[_Item], begun: float = 1.7e9) -> None:
        if items:
            number = max(self._log, default=0) + 1
            count = len({item[:1] for item in items})
            change = Change(number, kind, None, "", begun, begun, "done", count=count)
            self._log[number] = change, items
            self._numbers.append(number)

    def _state(self) -> dict[tuple[int, str], Any]:
        state: dict[tuple[int, str], Any] = {(0, _NAMES): tuple(self.names)}
        state.update(((id, _MARK), mark) for id, mark in self.marked.items())
        for source, book in self.books.items():
            for field in fields(SourceRow):
                state[source, field.name] = getattr(book.row, field.name)
        return state

    def changes(
        self, limit: int = 20, *, memories: Sequence[int] = (), sources: Sequence[int] = ()
    ) -> list[Change]:
        """As `Library.changes`."""
        wanted = {(id, True) for id in memories} | {(id, False) for id in sources}
        found = [
            change
            for change, items in reversed(self._log.values())
            if not wanted or wanted & {(item[0], item[1] == _MARK) for item in items}
        ]
        return found[:limit] if limit >= 0 else found

    def undo(self, what: str | None = None, run: int | None = None) -> Undone:
        """As `Library.undo`, of one change."""
        assert what is None
        return self._turn(run, again=False)

    def redo(self, run: int | None = None) -> Undone:
        """As `Library.redo`, of one change."""
        return self._turn(run, again=True)

    def _turn(self, run: int | None, *, again: bool) -> Undone:
        change, items = self._log.get(run or 0, (None, []))
        if change is None:
            raise NotFoundError(f"There is no change {run}.", "See `workbench changes`.")
        for source, name, before, after in items:
            old, new = (before, after) if again else (after, before)
            if name == _NAMES:
                self.names[:] = _exchanged(self.names, old, new)
            elif name == _MARK:
                self.marked.pop(source, None)
                self.marked.update({} if new is None else {source: new})
            elif source in self.books:
                book = self.books[source]
                now = getattr(book.row, name)
                value = tuple(_exchanged(now, old, new)) if isinstance(now, tuple) else new
                book.row = replace(book.row, **{name: value})
        self._log[change.id] = replace(change, state="done" if again else "undone"), items
        for topic in ("sources", "collections", "facts"):
            self.tell(topic)
        return Undone(change.id, change.kind, again, rows=len(items), count=change.count)

    def forget_sources(self, sources: Sequence[int]) -> None:
        """Forget what was done to sources that are deleted for good."""
        self._log = {
            number: (change, left)
            for number, (change, items) in self._log.items()
            if (left := [item for item in items if item[0] not in sources])
        }


def _exchanged(now: Sequence[str], old: Sequence[str], new: Sequence[str]) -> list[str]:
    """What a list is without what came to it, and with what went."""
    left = [name for name in now if name in new or name not in old]
    return [*left, *(name for name in new if name not in left and name not in old)]
