"""Changes of tags and collection names, each with its act for Undo."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.memories.rows import Memory
    from workbench.ui.shelf.shelf import ActCallback, Shelf


def tag(
    shelf: "Shelf",
    sources: Sequence[int],
    name: str,
    done: "ActCallback | None" = None,
    *,
    off: bool = False,
) -> None:
    """Add a tag to sources, or remove it with `off`.

    A tag without sources is deleted.
    """
    if sources:
        shelf.act(
            _entitled(name, off=off),
            lambda library: library.sources.tag(list(sources), name, remove=off),
            done=done or (lambda _made, _act: None),
        )


def tag_notes(shelf: "Shelf", notes: Sequence["Memory"], name: str, *, on: bool) -> None:
    """Add a tag to facts and notes that lack it, or remove it from those that have it."""
    ids = [row.id for row in notes if (name in row.tags) != on]

    def work(library: "Library") -> None:
        from workbench.library.options import Marks

        library.memory.mark(ids, Marks(tags=(name,)) if on else Marks(untag=(name,)))

    if ids:
        shelf.act(_entitled(name, off=not on), work)


def _entitled(name: str, *, off: bool) -> str:
    return tr("Remove Tag “{name}”", name=name) if off else tr("Tag “{name}”", name=name)


def rename_collection(shelf: "Shelf", name: str, new: str) -> None:
    """Rename a collection."""
    if new != name:
        shelf.act(
            tr("Rename “{name}”", name=name),
            lambda library: library.collections.change(name, name=new),
            show=partial(_renamed, shelf, name, new),
        )


def _renamed(shelf: "Shelf", name: str, new: str, is_applied: bool) -> None:
    """Show the new name before the lists are reloaded, so that nothing jumps."""
    old, new = (name, new) if is_applied else (new, name)

    def replace_name(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if item == old else item for item in names)

    shelf.sources = [
        replace(row, collections=replace_name(row.collections)) if old in row.collections else row
        for row in shelf.sources
    ]
    shelf.collections = [
        replace(row, name=new) if row.name == old else row for row in shelf.collections
    ]
    shelf.outdate()
    shelf.renamed.emit(old, new)
