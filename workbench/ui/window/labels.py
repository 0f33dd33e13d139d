"""Tags and the names of collections: every change of them, each with its entry in the Undo."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.store.records import CollectionRow
from workbench.ui.language import tr
from workbench.ui.window.undo import Command, PutCommand

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.window.library_actions import Put, Shelf


def tag(shelf: "Shelf", sources: Sequence[int], name: str, told: "Put | None" = None) -> None:
    """Put a tag on sources; those that have it already stay out of the Undo."""

    def done(fresh: tuple[int, ...]) -> None:
        shelf.put(TagCommand(shelf, fresh, name) if fresh else None, told)

    if shelf.library is not None and sources:
        shelf.change(_tag, shelf.library, tuple(sources), name, done=done)


def untag(shelf: "Shelf", sources: Sequence[int], name: str) -> None:
    """Take a tag off sources; with it go those that no source has any more."""

    def done(had: tuple[int, ...]) -> None:
        if had:
            shelf.undo.push(TagCommand(shelf, had, name, off=True))

    if shelf.library is not None and sources:
        shelf.change(_untag, shelf.library, tuple(sources), name, done=done)


def rename_collection(shelf: "Shelf", name: str, new: str) -> None:
    """Give a collection another name; Undo gives it the old one."""

    def done(row: CollectionRow) -> None:
        _renamed(shelf, name, row.name)
        shelf.undo.push(RenameCommand(shelf, name, row.name))

    if shelf.library is not None and new != name:
        shelf.change(shelf.library.collections.rename, name, new, done=done)


def _renamed(shelf: "Shelf", name: str, new: str) -> None:
    """Show the new name at once: the lists come a moment later, and nothing must jump till then."""

    def now(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if each == name else each for each in names)

    shelf.sources = [
        replace(row, collections=now(row.collections)) if name in row.collections else row
        for row in shelf.sources
    ]
    shelf.collections = [
        replace(row, name=new) if row.name == name else row for row in shelf.collections
    ]
    shelf.outdate()
    shelf.renamed.emit(name, new)


class TagCommand(PutCommand):
    """Put a tag on sources; with `off`, take it off them."""

    def __init__(
        self, shelf: "Shelf", sources: tuple[int, ...], name: str, *, off: bool = False
    ) -> None:
        super().__init__(
            shelf,
            tr("Remove Tag “{name}”", name=name) if off else tr("Tag “{name}”", name=name),
        )
        self.sources, self.name, self.off = sources, name, off

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is not None:
            work = library.sources.untag if self.off != back else library.sources.tag
            self._shelf.retrace(work, list(self.sources), self.name)

    def opposite(self) -> None:
        (tag if self.off else untag)(self._shelf, self.sources, self.name)

    def without(self, gone: frozenset[int]) -> Command | None:
        left = tuple(source for source in self.sources if source not in gone)
        return TagCommand(self._shelf, left, self.name, off=self.off) if left else None


class RenameCommand(Command):
    """Give a collection another name."""

    def __init__(self, shelf: "Shelf", name: str, new: str) -> None:
        super().__init__(shelf, tr("Rename “{name}”", name=name))
        self._name, self._new = name, new

    def step(self, *, back: bool) -> None:
        shelf = self._shelf
        name, new = (self._new, self._name) if back else (self._name, self._new)
        if shelf.library is not None:
            shelf.retrace(
                shelf.library.collections.rename,
                name,
                new,
                done=lambda _row: _renamed(shelf, name, new),
            )

    def without(self, gone: frozenset[int]) -> Command | None:
        return RenameCommand(self._shelf, self._name, self._new)


def _tag(library: "Library", sources: tuple[int, ...], name: str) -> tuple[int, ...]:
    """Tag sources and say which of them had not that tag before."""
    had = _having(library, name)
    fresh = tuple(source for source in sources if source not in had)
    library.sources.tag(list(fresh), name)
    return fresh


def _untag(library: "Library", sources: tuple[int, ...], name: str) -> tuple[int, ...]:
    """Take a tag off sources and say which of them had it."""
    having = _having(library, name)
    had = tuple(source for source in sources if source in having)
    if had:
        library.sources.untag(list(had), name)
    return had


def _having(library: "Library", name: str) -> set[int]:
    # The library is asked, not the list on screen, which may be older than the last change.
    rows = (*library.sources.list(tag=name), *library.sources.list(tag=name, trashed=True))
    return {row.id for row in rows}
