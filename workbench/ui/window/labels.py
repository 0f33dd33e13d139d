"""Tags and the names of collections: every change of them, each with its entry in the Undo."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.memory.notes.records import ScopeChange
from workbench.ui.language import tr
from workbench.ui.window.undo import Command, SourcesCommand

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.window.library_actions import Put, Shelf


def tag(shelf: "Shelf", sources: Sequence[int], name: str, told: "Put | None" = None) -> None:
    """Put a tag on sources; those that have it already stay out of the Undo."""

    def done(fresh: tuple[int, ...]) -> None:
        shelf.put(_entry(shelf, fresh, name) if fresh else None, told)

    if sources:
        shelf.change(lambda library: _tag(library, tuple(sources), name), done=done)


def untag(shelf: "Shelf", sources: Sequence[int], name: str) -> None:
    """Take a tag off sources; with it go those that no source has any more."""

    def done(had: tuple[int, ...]) -> None:
        if had:
            shelf.undo.push(_entry(shelf, had, name, off=True))

    if sources:
        shelf.change(lambda library: _untag(library, tuple(sources), name), done=done)


def _entry(
    shelf: "Shelf", sources: Sequence[int], name: str, *, off: bool = False
) -> SourcesCommand:
    """An entry for a tag that was put on sources, or with `off` taken off them."""

    def step(ids: list[int], back: bool) -> None:
        if off != back:
            shelf.retrace(lambda library: library.sources.tag(ids, name, remove=True))
        else:
            shelf.retrace(lambda library: library.sources.tag(ids, name))

    text = tr("Remove Tag “{name}”", name=name) if off else tr("Tag “{name}”", name=name)
    opposite = tag if off else untag
    return SourcesCommand(shelf, text, sources, step, lambda ids: opposite(shelf, ids, name))


def rename_collection(shelf: "Shelf", name: str, new: str) -> None:
    """Give a collection another name; Undo gives it the old one."""

    def done(change: ScopeChange) -> None:
        _renamed(shelf, name, str(change.collection))
        shelf.undo.push(Command(shelf, tr("Rename “{name}”", name=name), step))

    def step(back: bool) -> None:
        one, other = (new, name) if back else (name, new)
        shelf.retrace(
            lambda library: library.collections.change(one, name=other),
            lambda change: _renamed(shelf, one, str(change.collection)),
        )

    if new != name:
        shelf.change(lambda library: library.collections.change(name, name=new), done=done)


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
        library.sources.tag(list(had), name, remove=True)
    return had


def _having(library: "Library", name: str) -> set[int]:
    # The library is asked, not the list on screen, which may be older than the last change.
    rows = (*library.sources.list(tag=name), *library.sources.list(tag=name, trashed=True))
    return {row.id for row in rows}
