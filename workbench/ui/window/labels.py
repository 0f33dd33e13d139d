"""Tags and the names of collections: every change of them, each with its entry in the Undo."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.memory.notes.records import ScopeChange
from workbench.ui.language import tr
from workbench.ui.window.undo import Command, SourcesCommand

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.memories.rows import Memory
    from workbench.ui.window.library_actions import Put, Shelf


def tag(
    shelf: "Shelf",
    sources: Sequence[int],
    name: str,
    told: "Put | None" = None,
    *,
    off: bool = False,
) -> None:
    """Put a tag on sources, or take it `off` them; those that are so already stay out of the Undo.

    A tag that no source has any more goes with the last one.
    """

    def work(library: "Library") -> tuple[int, ...]:
        # The library is asked, not the list on screen, which may be older than the last change.
        rows = (*library.sources.list(tag=name), *library.sources.list(tag=name, trashed=True))
        having = {row.id for row in rows}
        changed = tuple(source for source in sources if (source in having) == off)
        library.sources.tag(list(changed), name, remove=off)
        return changed

    def done(changed: tuple[int, ...]) -> None:
        shelf.put(_entry(shelf, changed, name, off=off) if changed else None, told)

    if sources:
        shelf.change(work, done=done)


def tag_notes(shelf: "Shelf", notes: Sequence["Memory"], name: str, *, on: bool) -> None:
    """Put a tag on facts and notes, or take it off those that have it; Undo does the opposite."""
    ids = [row.id for row in notes if (name in row.tags) != on]

    def work(library: "Library", add: bool = on) -> None:
        from workbench.library.options import Marks

        library.memory.mark(ids, Marks(tags=(name,)) if add else Marks(untag=(name,)))

    if ids:
        text = _entitled(name, off=not on)
        shelf.undoable(text, work, lambda library, _none: work(library, not on))


def _entry(
    shelf: "Shelf", sources: Sequence[int], name: str, *, off: bool = False
) -> SourcesCommand:
    """An entry for a tag that was put on sources, or with `off` taken off them."""

    def step(ids: list[int], back: bool) -> None:
        shelf.retrace(lambda library: library.sources.tag(ids, name, remove=off != back))

    return SourcesCommand(
        *(shelf, _entitled(name, off=off), sources, step),
        lambda ids: tag(shelf, ids, name, off=not off),
    )


def _entitled(name: str, *, off: bool) -> str:
    return tr("Remove Tag “{name}”", name=name) if off else tr("Tag “{name}”", name=name)


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
        return tuple(new if item == name else item for item in names)

    shelf.sources = [
        replace(row, collections=now(row.collections)) if name in row.collections else row
        for row in shelf.sources
    ]
    shelf.collections = [
        replace(row, name=new) if row.name == name else row for row in shelf.collections
    ]
    shelf.outdate()
    shelf.renamed.emit(name, new)
